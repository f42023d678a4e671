"""What a level of an index is made of, whether indicators or the levels below it."""

from collections.abc import Mapping

import numpy as np

from kpis.index.figures import Numbers
from kpis.index.recipe import Level, Recipe


def members(level: Level, recipe: Recipe, normalised: Numbers, parts: Mapping[str, Numbers]) -> Numbers:
    """(…, places, members): the indicators and the lower levels that a level is made of."""
    names = recipe.names
    each = [parts[name] if name in parts else normalised[..., names.index(name)] for name in level.of]
    whole = np.broadcast_arrays(*each)  # a level below may differ from draw to draw where an indicator does not
    return np.swapaxes(np.stack(whole, axis=-2), -1, -2)  # copied as each lies in memory: several times as fast as along the last axis
