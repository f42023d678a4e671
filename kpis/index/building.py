"""An index built: from figures to ranks by the steps that its file declares. What must not be ranked is refused."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from data.problems import Problem, Refused
from kpis.index import faults, flags
from kpis.index.built import Built
from kpis.index.combining import combined
from kpis.index.contradictions import contradictions
from kpis.index.denominating import denominated
from kpis.index.doubt_flags import of_doubt
from kpis.index.figures import Figures, Marks, Numbers
from kpis.index.levels import members
from kpis.index.ranking import ranks, rounded
from kpis.index.reading import Written
from kpis.index.selecting import NOTHING_WEIGHED, selected
from kpis.index.stepping import stepped
from kpis.index.treating import treated
from kpis.index.weighing import pca_flags, pca_refusal, weights
from kpis.score import Reason


def build(written: Written, figures: Figures) -> Built:
    """The index with every step kept. Raises Refused with every problem that its figures have."""
    if problems := [*contradictions(written.recipe, written.document), *faults.of_denominators(written, figures)]:
        raise Refused(problems)
    kept, left_out = selected(written.recipe, figures, denominated(figures.values, figures))
    if problems := faults.of_places(written, kept, left_out):
        raise Refused(problems)
    return _built(written, figures.only(kept), left_out)


def _built(written: Written, figures: Figures, left_out: Mapping[str, Reason]) -> Built:
    recipe = written.recipe
    steps = stepped(recipe, figures, figures.values)
    done = treated(steps["imputed"], recipe)[1]
    if problems := faults.of_steps(written, figures, steps):
        raise Refused(problems)
    levels = _Levels(written, figures, steps["normalised"])
    score = rounded(levels.parts[recipe.top.name], recipe.round)
    if np.isnan(score).any():
        return _without(written, figures, left_out, np.isnan(score))
    filled = np.isnan(steps["denominated"]) & np.isfinite(steps["imputed"])
    said = (*figures.notes, *flags.of_steps(written, figures, steps, done), *levels.flags)
    built = Built(recipe, figures, steps, levels.parts, levels.weights, score, ranks(score), filled, done, left_out, said)
    return replace(built, flags=(*said, *of_doubt(written, built)))


def _without(written: Written, figures: Figures, left_out: Mapping[str, Reason], lacking: Marks) -> Built:
    """Built again without the places that have nothing that weighs anything."""
    out = {figures.places[place]: Reason(NOTHING_WEIGHED, {"name": figures.names[place]}) for place in np.flatnonzero(lacking).tolist()}
    kept = np.flatnonzero(~lacking).tolist()
    if problems := faults.of_places(written, kept, {**left_out, **out}):
        raise Refused(problems)
    return _built(written, figures.only(kept), {**left_out, **out})


class _Levels:
    """The levels put together from the bottom up, with the weights in force and what must be said of them. Raises Refused."""

    def __init__(self, written: Written, figures: Figures, normalised: Numbers) -> None:
        self.parts = dict[str, Numbers]()
        self.weights = dict[str, Mapping[str, float]]()
        self.flags = list[Problem]()
        for place, level in enumerate(written.recipe.levels):
            values = members(level, written.recipe, normalised, self.parts)
            if level.weights == "pca" and (problem := pca_refusal(level, place, values, written)):
                raise Refused([problem])
            given = weights(level, written.recipe, values)
            if problems := faults.of_level(written, figures, place, values, given):
                raise Refused(problems)
            self.flags += pca_flags(level, place, values, written) if level.weights == "pca" else []
            self.flags += flags.of_level(written, figures, place, values, given)
            self.parts[level.name] = combined(values, np.array([given[name] for name in level.of]), level.combine)
            self.weights[level.name] = given
