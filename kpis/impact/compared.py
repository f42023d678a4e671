"""What difference-in-differences and event studies share: the doubt of everything they estimate, and the Effect that says it."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from kpis.impact.before_after import fit_of, points
from kpis.impact.beside import Beside, beside
from kpis.impact.doubt import Doubt, Kind, joint_p
from kpis.impact.effect import Effect, Placebo, Point
from kpis.impact.inference import (
    FEW,
    MANY,
    left_out,
    left_out_covariance,
    left_out_degrees,
    of_left_out,
    of_placebos,
    placebos,
    sides,
    without_donors,
)
from kpis.impact.panel import Numbers, Panel
from kpis.impact.study import Study

TREND_LEAST = 3
"""Periods before the start, from which on a move among them can be seen."""


@dataclass(frozen=True, eq=False)
class Compared:
    """A panel, its treated beside the never treated, and the same numbers drawn again: among placebos, or with each cluster left out.

    The numbers of a draw are the effect, the mean gap by period, that by periods since the start, and its moves before it.
    """

    panel: Panel
    study: Study
    kind: Kind
    found: Beside
    drawn: Numbers | None

    @property
    def doubt(self) -> Doubt:
        """Of the effect, as the draws tell it."""
        if self.drawn is None:
            return Doubt("none", None, None)
        if self.kind != "placebo":
            return of_left_out(self.panel, self.drawn)
        start = self.panel.start
        return of_placebos(self.panel, self.drawn, self.found.path[:start], self.drawn[:, 1 : 1 + start])

    @property
    def covariance(self) -> Numbers | None:
        """Of all numbers; None where nothing was drawn again."""
        if self.drawn is None:
            return None
        return np.cov(self.drawn.T) if self.kind == "placebo" else left_out_covariance(self.panel, self.drawn)

    @property
    def reach(self) -> Numbers:
        """How far the interval of each number reaches to each side; NaN where it is not known."""
        if self.covariance is None or self.doubt.reach is None:
            return np.full(1 + 3 * len(self.panel.periods), np.nan)
        with np.errstate(invalid="ignore"):
            return self.doubt.reach * np.sqrt(np.diag(self.covariance))


def compared(panel: Panel, study: Study, kind: Kind, estimate: Callable[[Panel], float]) -> Compared:
    """The treated of a panel beside its never treated; `estimate` is the method's own effect, made again in every draw."""
    before = panel.start

    def numbers(one: Panel) -> Numbers:
        found = beside(one, study.covariates)
        return np.concatenate([[estimate(one)], found.path, found.events, found.moves(before)])

    drawn: Numbers | None = None
    if kind == "placebo":
        drawn = np.array([numbers(one) for one in placebos(panel, study)])
    elif min(sides(panel)) >= FEW:
        drawn = left_out(panel, numbers)
    return Compared(panel, study, kind, beside(panel, study.covariates), drawn)


def effect(told: Compared, estimate: float, doubt: Doubt, others: dict[str, float | str | bool | None]) -> Effect:
    """All that was found, with its doubt, its series, its events and its placebos; `others` are diagnostics of the method's own."""
    panel, found = told.panel, told.found
    weights = found.weights
    actual = np.average(panel.values[panel.treated], axis=0, weights=weights)
    expected = actual - found.path
    low, high = doubt.interval(estimate)
    periods = len(panel.periods)
    after = np.arange(periods) >= panel.start
    return Effect(
        method=told.study.method,
        estimate=estimate,
        se=doubt.se,
        low=low,
        high=high,
        p=doubt.p(estimate),
        n_treated=int(panel.treated.sum()),
        n_control=len(panel.donors),
        before=panel.start,
        after=periods - panel.start,
        series=points(panel.periods, actual, expected, np.where(after, told.reach[1 : 1 + periods], np.nan)),
        placebos=_placebos(told),
        diagnostics={**fit_of(actual, expected, panel.start), **_doubted(told, doubt), **others},
    )


def events(told: Compared) -> tuple[Point, ...]:
    """The mean gap by periods since the start, each with its interval, against none."""
    span, reach = told.found.events, told.reach[1 + len(told.panel.periods) :]
    known = np.flatnonzero(np.isfinite(span))
    return tuple(
        Point(str(at - told.found.zero), float(span[at]), 0.0, *(_or_none(span[at] + side * reach[at]) for side in (-1, 1))) for at in known
    )


def _doubted(told: Compared, doubt: Doubt) -> dict[str, float | str | bool | None]:
    return {
        "errors": doubt.kind,
        "few_clusters": min(sides(told.panel)) < MANY,
        "degrees": doubt.degrees,
        "wider": doubt.wider,
        "trend_p": _trend(told),
        **_rank(told),
        **without_donors(told.panel, lambda one: beside(one, told.study.covariates).estimate),
    }


def _trend(told: Compared) -> float | None:
    """Whether the treated moved away before the start: by rank among the placebos, else by Hotelling's test over the clusters."""
    before = told.panel.start
    if told.drawn is None or told.covariance is None or before < TREND_LEAST:
        return None
    moves = told.found.moves(before)
    if told.kind == "placebo":
        others = np.square(told.drawn[:, -len(moves) :]).sum(axis=1)
        return float((1 + (others >= np.square(moves).sum()).sum()) / (1 + len(others)))
    return joint_p(moves, told.covariance[-len(moves) :, -len(moves) :], left_out_degrees(told.panel, told.drawn))


def _rank(told: Compared) -> dict[str, float | None]:
    """How many placebos, the treated among them, grew away after the start at least as much as it did."""
    if told.kind != "placebo" or told.drawn is None:
        return {}
    start, periods = told.panel.start, len(told.panel.periods)
    own = _ratio(told.found.path, start)
    rank = 1 + sum(_ratio(row[1 : 1 + periods], start) >= own for row in told.drawn)
    return {"placebo_rank": float(rank), "placebo_p": rank / (1 + len(told.drawn))}


def _placebos(told: Compared) -> tuple[Placebo, ...]:
    """Those never treated in the place of the treated; the names of several drawn at once are joined."""
    if told.kind != "placebo" or told.drawn is None:
        return ()
    start, periods = told.panel.start, len(told.panel.periods)
    names = (", ".join(np.array(one.units)[one.treated]) for one in placebos(told.panel, told.study))
    paths = ((name, row[0], row[1 : 1 + periods]) for name, row in zip(names, told.drawn, strict=True))
    return tuple(Placebo(name, tuple(gaps.tolist()), float(estimate), _ratio(gaps, start)) for name, estimate, gaps in paths)


def _ratio(gap: Numbers, start: int) -> float:
    before = float(np.mean(np.square(gap[:start])))
    return float(np.mean(np.square(gap[start:]))) / before if before > 0 else np.inf


def _or_none(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
