"""What figures must not be ranked by, each with its place and its cure."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from data.problems import N_, Problem
from kpis.index.figures import Figures, Numbers
from kpis.index.reading import Written
from kpis.index.recipe import Combine, Normalise
from kpis.score import Reason

OF_THE_PLACES: tuple[Normalise, ...] = ("minmax", "zscore", "rank", "percentile")
"""Ways of normalising that read how places differ: without any difference they tell nothing."""
MULTIPLIED: tuple[Combine, ...] = ("geometric", "harmonic")
LEAST_PLACES = 2


def of_denominators(written: Written, figures: Figures) -> list[Problem]:
    """What would be divided by nothing, or by less."""
    hint = N_("correct the denominator, or leave the value out")
    message = N_("{name} of {place} would be divided by {number:g}")
    return [
        written.of_value(figures, place, column, message, hint, name=written.recipe.names[column], number=number)
        for place, column in np.argwhere(figures.denominators <= 0).tolist()
        for number in (float(figures.denominators[place, column]),)
    ]


def of_places(written: Written, kept: Sequence[int], left_out: Mapping[str, Reason]) -> list[Problem]:
    """Too few to be ranked; whoever was left out is named."""
    if len(kept) >= LEAST_PLACES:
        return []
    why = "; ".join(map(str, list(left_out.values())[:3]))
    message = N_("places left to be ranked: {count}, and two are the least: {why}") if why else N_("there are not two places to rank")
    return [written.problem("coverage", message, N_("bring their figures, or ask for a smaller coverage"), count=len(kept), why=why)]


def of_steps(written: Written, figures: Figures, steps: Mapping[str, Numbers]) -> list[Problem]:
    """Nothing known, missing where nothing may be, no logarithm, no variation."""
    return [*_unknown(written, steps), *_missing(written, figures, steps), *_no_logarithm(written, figures, steps), *_same(written, steps)]


def of_level(written: Written, figures: Figures, place: int, values: Numbers, weights: Mapping[str, float]) -> list[Problem]:
    """What is below zero has no mean that multiplies. `values` are places by parts of the level."""
    level = written.recipe.levels[place]
    if level.combine not in MULTIPLIED:
        return []
    below = (values < 0) & np.array([weights[name] > 0 for name in level.of])
    hint = N_("normalise to between zero and one (minmax, goalposts), or combine by the arithmetic mean")
    message = N_("{name} is below zero in {count} places, such as {place}: `{how}` cannot combine it")
    return [
        written.problem(f"levels.{place}.combine", message, hint, name=name, count=int(where.sum()), place=first, how=level.combine)
        for name, where in zip(level.of, below.T, strict=True)
        if where.any()
        for first in (figures.names[int(np.argmax(where))],)
    ]


def _unknown(written: Written, steps: Mapping[str, Numbers]) -> Iterator[Problem]:
    for column in np.flatnonzero(~np.isfinite(steps["denominated"]).any(axis=0)).tolist():
        hint = N_("bring its figures, or remove it")
        yield written.problem(f"indicators.{column}", N_("no place has a figure of {name}"), hint, name=written.recipe.names[column])


def _missing(written: Written, figures: Figures, steps: Mapping[str, Numbers]) -> Iterator[Problem]:
    if written.recipe.missing != "refuse":
        return
    for place, column in np.argwhere(np.isnan(steps["imputed"])).tolist():
        hint = N_("bring it, or declare under `missing` how it is to be filled in")
        yield written.of_value(figures, place, column, N_("{name} of {place} is missing"), hint, name=written.recipe.names[column])


def _no_logarithm(written: Written, figures: Figures, steps: Mapping[str, Numbers]) -> Iterator[Problem]:
    logs = np.array([one.log for one in written.recipe.indicators])
    for place, column in np.argwhere((steps["treated"] <= 0) & logs).tolist():
        hint = N_("remove `log: true`, or correct the value")
        told = {"name": written.recipe.names[column], "number": float(steps["treated"][place, column])}
        yield written.of_value(figures, place, column, N_("{name} of {place} is {number:g}, which has no logarithm"), hint, **told)


def _same(written: Written, steps: Mapping[str, Numbers]) -> Iterator[Problem]:
    """The same everywhere, where differences are all that is read."""
    for column in without_variation(steps["treated"]):
        one = written.recipe.indicators[column]
        if one.normalise in OF_THE_PLACES:
            hint = N_("remove it, or measure it against goalposts")
            message = N_("{name} is the same everywhere: it tells no place from another")
            yield written.problem(f"indicators.{column}", message, hint, name=one.name)


def without_variation(values: Numbers) -> list[int]:
    """The numbers of the indicators that are known and alike in all places."""
    least, most = np.fmin.reduce(values, axis=0), np.fmax.reduce(values, axis=0)
    return np.flatnonzero(least == most).tolist()
