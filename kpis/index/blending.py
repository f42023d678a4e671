"""A place's own value mixed with its region's, for what a place does not change alone, or has not measured."""

import numpy as np

from kpis.index.figures import Figures, Numbers
from kpis.index.groups import mean, of_group
from kpis.index.recipe import Recipe


def blended(values: Numbers, recipe: Recipe, figures: Figures) -> Numbers:
    """(1 - share) · own + share · mean of the region, itself among them; the region's where its own is missing.

    The region's mean is over the places that are ranked, each counting once.
    """
    if recipe.blend is None:
        return values
    region = of_group(values, figures, recipe.blend.region, mean)
    mixed = np.where(np.isfinite(values), (1 - recipe.blend.share) * values + recipe.blend.share * region, region)
    chosen = [not recipe.blend.of or name in recipe.blend.of for name in recipe.names]
    return np.where(np.array(chosen) & np.isfinite(region), mixed, values)
