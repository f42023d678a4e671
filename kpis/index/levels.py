"""What a level of an index is made of, whether indicators or the levels below it."""

from collections.abc import Mapping

import numpy as np

from kpis.index.figures import Numbers
from kpis.index.recipe import Level, Recipe


def members(level: Level, recipe: Recipe, normalised: Numbers, parts: Mapping[str, Numbers]) -> Numbers:
    """(…, places, members): the indicators and the lower levels that a level is made of."""
    column = {name: place for place, name in enumerate(recipe.names)}
    each = [parts[name] if name in parts else normalised[..., column[name]] for name in level.of]
    return np.stack(np.broadcast_arrays(*each), axis=-1)  # a level below may differ from draw to draw where an indicator does not
