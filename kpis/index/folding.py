"""Levels that are all combined one way folded into one: a mean of means of a kind is a mean of that kind of all that they are made of.

Each indicator then weighs what it weighs in its level, times what that level weighs in the one above, up to the top. It holds where every
place has every indicator: who lacks one has the others of the same level fill its room, not those of the whole index.
"""

from collections import defaultdict
from collections.abc import Mapping

import numpy as np

from kpis.index.faults import MULTIPLIED
from kpis.index.figures import Numbers
from kpis.index.recipe import Recipe


def foldable(recipe: Recipe, normalised: Numbers) -> bool:
    """Whether one mean says what the levels say; what is below zero has no mean that multiplies, and its level is left out alone."""
    how = recipe.top.combine
    if how == "copeland" or any(level.combine != how for level in recipe.levels) or not np.isfinite(normalised).all():
        return False
    return how not in MULTIPLIED or normalised.min() >= 0


def folded(recipe: Recipe, weights: Mapping[str, Numbers]) -> Numbers:
    """What each indicator weighs in the whole, (draws, indicators), from each level's (draws, members)."""
    reach = defaultdict[str, Numbers | float](float, {recipe.top.name: 1.0})
    for level in reversed(recipe.levels):
        for name, weight in zip(level.of, weights[level.name].T, strict=True):
            reach[name] = reach[name] + reach[level.name] * weight
    return np.stack(np.broadcast_arrays(*(reach[name] for name in recipe.names)), axis=-1)
