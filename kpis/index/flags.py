"""What a reader of the ranks must know, and was not refused."""

from collections.abc import Iterator, Mapping

import numpy as np

from data.problems import N_, Problem
from kpis.index.faults import MULTIPLIED, OF_THE_PLACES, without_variation
from kpis.index.figures import Figures, Marks, Numbers
from kpis.index.imputing import group_of
from kpis.index.reading import Written
from kpis.index.treating import STILL
from kpis.score import Reason

ASK = N_("bring the figures that are missing")


def of_steps(written: Written, figures: Figures, steps: Mapping[str, Numbers], done: Mapping[str, Reason]) -> Iterator[Problem]:
    """What was missing or filled in, without variation, without a group, or still far out."""
    yield from _under_half(written, figures, steps)
    for column, one in enumerate(written.recipe.indicators):
        yield from _missing(written, figures, steps, column)
        yield from _still(written, steps, column)
        if one.name in done and done[one.name].sentence == STILL:
            hint = N_("see its values: one of them may be wrong")
            message = N_("{name} was treated, and some places still lie far from the others")
            yield written.problem(f"indicators.{column}.treat", message, hint, name=one.name)
    yield from _no_group(written, figures)


def of_level(written: Written, figures: Figures, place: int, values: Numbers, weights: Mapping[str, float]) -> Iterator[Problem]:
    """A place without a whole part, and a part of nothing that makes the mean nothing. `values` are places by parts of the level."""
    level = written.recipe.levels[place]
    for name, column in zip(level.of, values.T, strict=True):
        if name not in written.recipe.names and np.isnan(column).any():
            message = N_("nothing of {name} is known of {places}: the other parts of {level} carry its weight")
            told = {"places": _places(figures, np.isnan(column)), "name": name, "level": level.name}
            yield written.problem(f"levels.{place}.of", message, ASK, **told)
        if level.combine in MULTIPLIED and weights[name] > 0 and (column == 0).any():
            message = N_("{name} is zero in {places}: nothing else can raise their {level} above zero")
            hint = N_("write a `floor`, or goalposts that no place falls short of")
            told = {"places": _places(figures, column == 0), "name": name, "level": level.name}
            yield written.problem(f"levels.{place}.combine", message, hint, **told)


def _missing(written: Written, figures: Figures, steps: Mapping[str, Numbers], column: int) -> Iterator[Problem]:
    name = written.recipe.names[column]
    lacks = np.isnan(steps["denominated"][:, column])
    filled = lacks & np.isfinite(steps["imputed"][:, column])
    if filled.any():
        told = {"name": name, "places": _places(figures, filled)}
        yield written.problem(f"indicators.{column}", N_("{name} of {places} is filled in, not measured"), ASK, **told)
    if (lacks & ~filled).any():
        told = {"name": name, "places": _places(figures, lacks & ~filled)}
        message = N_("{name} of {places} is missing: the other parts carry its weight")
        yield written.problem(f"indicators.{column}", message, ASK, **told)


def _no_group(written: Written, figures: Figures) -> Iterator[Problem]:
    """Places that say no group by which they would be filled in, or mixed."""
    recipe = written.recipe
    for key, group in (("missing", group_of(recipe)), ("blend", recipe.blend and recipe.blend.region)):
        if group and (out := np.array([said == "" for said in figures.groups[group]])).any():
            told = {"places": _places(figures, out), "group": group}
            yield written.problem(key, N_("no {group} is known of {places}: what they lack stays missing"), N_("write it"), **told)


def _still(written: Written, steps: Mapping[str, Numbers], column: int) -> Iterator[Problem]:
    """The same everywhere, whether it was measured so or made so by what it is measured against."""
    one = written.recipe.indicators[column]
    if column in without_variation(steps["treated"]):
        if one.normalise not in OF_THE_PLACES:
            message, hint = N_("{name} is the same everywhere: it moves no place"), N_("see whether it belongs here")
            yield written.problem(f"indicators.{column}", message, hint, name=one.name)
    elif column in without_variation(steps["normalised"]):
        message = N_("places differ in {name}, and none of that is left once it is made comparable: it moves no place")
        hint = N_("write goalposts that places lie between, or another cap or floor")
        yield written.problem(f"indicators.{column}", message, hint, name=one.name)


def _under_half(written: Written, figures: Figures, steps: Mapping[str, Numbers]) -> Iterator[Problem]:
    """All places that are ranked by less than half of what the index is made of, where it asks for less."""
    known = np.isfinite(steps["denominated"]).mean(axis=1)
    if few := [figures.names[place] for place in np.flatnonzero(known < LEAST_KNOWN).tolist()]:
        message = N_("ranked with under half of the indicators: {places}")
        hint = N_("bring what is missing, or ask for more: `coverage: 0.5`")
        yield written.problem("coverage", message, hint, places=", ".join(few))


LEAST_KNOWN = 0.5
"""Share of its indicators under which a ranked place is always named."""
SHOWN = 3
"""Places that are named; the others are counted."""


def _places(figures: Figures, which: Marks) -> str:
    names = [figures.names[place] for place in np.flatnonzero(which).tolist()]
    more = f" (+{len(names) - SHOWN})" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + more
