"""Which places are ranked: those that have enough of the indicators; others would be ranked by what they happen to have."""

import numpy as np

from data.problems import N_
from kpis.index.figures import Figures, Numbers
from kpis.index.recipe import Recipe
from kpis.score import Reason

FEW = N_("{name} has {known} of {all} indicators, and {least} are asked for")
NOTHING_WEIGHED = N_("{name} has nothing of what weighs anything")


def selected(recipe: Recipe, figures: Figures, values: Numbers) -> tuple[list[int], dict[str, Reason]]:
    """The numbers of the places that are kept, and why each other one is left out. `values` are places by indicators, NaN where missing."""
    known, count = np.isfinite(values).sum(axis=1), len(recipe.indicators)
    least = max(1, int(np.ceil(round(recipe.coverage * count, 9))))
    out = {
        figures.places[place]: Reason(FEW, {"name": figures.names[place], "known": int(known[place]), "all": count, "least": least})
        for place in np.flatnonzero(known < least).tolist()
    }
    return np.flatnonzero(known >= least).tolist(), out
