"""What a reader must know of the doubt that an index declares: what of it can never be drawn, and errors that its intervals cannot hold."""

from collections.abc import Iterator

import numpy as np

from data.problems import N_, Problem
from kpis.index.built import Built
from kpis.index.drawing import uncertain
from kpis.index.reading import Written
from kpis.index.scoring import Scoring
from kpis.index.tried import combinations

LARGE = 0.25
"""Of an indicator's standard deviation. With errors of 0.3 of it, intervals under min-max hold the true score less often than they say
(docs/doubt.md)."""


def of_doubt(written: Written, built: Built) -> Iterator[Problem]:
    """Of an index as it came out."""
    yield from _never_drawn(written, built)
    yield from _large_errors(written, built)


def _never_drawn(written: Written, built: Built) -> Iterator[Problem]:
    """Ways that go together with no other: what they make of the figures is below zero, which no mean that is declared can multiply."""
    scoring = Scoring(built)
    options = {"normalise": scoring.options.normalise, "combine": scoring.options.combine}
    drawn = {scoring.settled(kind) for kind in combinations(scoring)}
    for place, (name, ways) in enumerate(options.items()):
        for number in sorted(set(range(len(ways))) - {kind[place] for kind in drawn}):
            message = N_("{way} is never drawn: values fall below zero, and a geometric or a harmonic mean cannot combine those")
            hint = N_("remove it, or name a way beside it that goes together with it")
            yield written.problem(f"doubt.{name}", message, hint, way=ways[number])


def _large_errors(written: Written, built: Built) -> Iterator[Problem]:
    for column in uncertain(built).tolist():
        one = built.recipe.indicators[column]
        values = built.steps["denominated"][:, column]
        if one.normalise != "minmax" or np.isfinite(values).sum() < 2:
            continue
        error = built.recipe.doubt.error[one.name] / built.figures.denominators[:, column]
        if np.sqrt(np.nanmean(error**2)) > LARGE * np.nanstd(values, ddof=1):
            message = N_("the error of {name} is large beside how much places differ: under min-max, intervals are narrower than they say")
            hint = N_("measure it against goalposts that somebody set")
            yield written.problem(f"doubt.error.{one.name}", message, hint, name=one.name)
