"""What is missing filled in by the rule that the recipe declares, never otherwise.

`skip` fills in nothing: the parts that a place has carry the weight of those that it lacks. The others take the median of all places,
or the median or the mean of the places of the same group (OECD/JRC handbook, step 3: unconditional imputation).
"""

import numpy as np

from kpis.index.figures import Figures, Numbers
from kpis.index.groups import mean, median, of_group
from kpis.index.recipe import GroupMean, GroupMedian, Recipe


def imputed(values: Numbers, recipe: Recipe, figures: Figures) -> Numbers:
    """(…, places, indicators) with what can be filled in; NaN where a group has nothing to give."""
    if isinstance(recipe.missing, GroupMedian):
        given = of_group(values, figures, recipe.missing.group_median, median)
    elif isinstance(recipe.missing, GroupMean):
        given = of_group(values, figures, recipe.missing.group_mean, mean)
    elif recipe.missing == "median":
        given = median(values)
    else:
        return values
    return np.where(np.isfinite(values), values, given)


def group_of(recipe: Recipe) -> str | None:
    """The column or trait by which what is missing is filled in."""
    if isinstance(recipe.missing, GroupMedian):
        return recipe.missing.group_median
    return recipe.missing.group_mean if isinstance(recipe.missing, GroupMean) else None
