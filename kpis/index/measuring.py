"""What the true scores may be, where indicators are measured with an error.

To add another error to what was measured would say how the next measurement may come out, not what is true: errors widen the range of an
indicator and its standard deviation, so that places seem closer together than they are once these have been divided by (and means that
multiply bend what is far out). So the true places are imagined with the spread that is left when the error's part is taken off,
measured many times over, and it is seen how scores come out beside theirs: by an intercept and a slope for all places. What was measured
is brought back by the same line, and around it lies what chance does to each place (bootstrap calibration; the spread is that of T. Louis,
1984). Held to account by `python -m tests.simulate.indices`; docs/doubt.md has the figures.
"""

from dataclasses import dataclass

import numpy as np

from kpis.index.drawing import Counts, Draws, as_written, luck, uncertain
from kpis.index.figures import Numbers
from kpis.index.scoring import Kind, Scoring, alike

TRIED = 400
"""Measurements of the imagined places from which the line is taken."""
LEAST_TRUE = 0.05
"""The least share of an indicator's variance that is taken for true; where the error is as large as all of it nothing can be told apart."""


@dataclass(frozen=True, eq=False)
class Line:
    """Measured = intercept + slope · true; `bias` is what chance does to each imagined place in the mean."""

    intercept: float
    slope: float
    bias: Numbers


class Measuring:
    """Turns draws into possible true scores; without any error these are the scores themselves."""

    def __init__(self, scoring: Scoring) -> None:
        self.scoring, self._lines = scoring, dict[Kind, Line]()
        self._imagined = imagined(scoring)

    def possible(self, draws: Draws) -> Numbers:
        """(draws, places)."""
        measured = self.scoring.scores(draws)
        if draws.luck is None:
            return measured
        moved = self.scoring.scores(draws, mismeasured(self.scoring, self._imagined, draws.luck)) - self.scoring.scores(
            draws, self._imagined
        )
        found = np.empty(measured.shape)
        for kind, rows in alike(draws.kind):
            line = self._line(kind)
            found[rows] = (measured[rows] - line.intercept + moved[rows] - line.bias) / line.slope
        return found

    def _line(self, kind: Kind) -> Line:
        settled = self.scoring.settled(kind)
        if settled not in self._lines:
            self._lines[settled] = self._tried(settled)
        return self._lines[settled]

    def _tried(self, kind: Kind) -> Line:
        built = self.scoring.built
        chance = luck(built, np.random.default_rng((built.recipe.doubt.seed, TRIED)), TRIED)
        assert chance is not None
        true = self.scoring.scores(_as(kind, 1, self.scoring), self._imagined)[0]
        moved, known = np.zeros(len(true)), np.zeros(len(true))
        at_once = self.scoring.at_a_time(len(built.recipe.names))
        for begin in range(0, TRIED, at_once):
            some = chance[begin : begin + at_once]
            values = mismeasured(self.scoring, self._imagined, some)
            apart = self.scoring.scores(_as(kind, len(some), self.scoring), values) - true
            moved, known = moved + np.nansum(apart, axis=0), known + np.isfinite(apart).sum(axis=0)
        bias = moved / np.maximum(known, 1)
        slope = 1 + _slope(true, bias)
        return Line(float(bias.mean() - (slope - 1) * np.nanmean(true)), slope, bias)


def imagined(scoring: Scoring) -> Numbers:
    """Raw values, (places, indicators), of which each indicator with an error has the spread that is left without it."""
    built = scoring.built
    values = built.steps["denominated"].copy()
    for column in uncertain(built).tolist():
        own, divided = values[:, column], built.figures.denominators[:, column]
        known = np.isfinite(own)
        variance = own[known].var(ddof=1) if known.sum() > 1 else 0.0
        error = ((built.recipe.doubt.error[built.recipe.names[column]] / divided[known]) ** 2).mean()
        share = max(LEAST_TRUE, 1 - error / variance) if variance > 0 else 1.0
        values[:, column] = own[known].mean() + np.sqrt(share) * (own - own[known].mean())
    return values * built.figures.denominators


def mismeasured(scoring: Scoring, values: Numbers, luck: Numbers) -> Numbers:
    """(draws, places, indicators): raw values with their luck added, in the unit of each."""
    built, columns = scoring.built, uncertain(scoring.built)
    errors = np.array([built.recipe.doubt.error[built.recipe.names[column]] for column in columns])
    found = np.repeat(values[None], len(luck), axis=0)
    found[:, :, columns] += luck * errors
    return found


def _as(kind: Kind, count: int, scoring: Scoring) -> Draws:
    draws = as_written(scoring.built, count)
    kinds: Counts = np.repeat(np.array([kind]), count, axis=0)
    return Draws(kinds, draws.out, draws.weights, None)


def _slope(true: Numbers, bias: Numbers) -> float:
    """Of what chance does in the mean on what is true, by least squares; no less than what would turn the order round."""
    known = np.isfinite(true)
    apart = true[known] - true[known].mean()
    total = float(apart @ apart)
    return max(float(apart @ bias[known]) / total, LEAST_TRUE - 1) if total > 0 else 0.0
