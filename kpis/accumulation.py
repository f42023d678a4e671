"""How the values of a series become the figure that is judged, and whether what the plan programmes adds up to its target.

A plan that programmes amounts for its years says by them what it means: with a baseline B, a target T, the amounts V of the
years and their sum S, one of the identities below holds. Where none does, nobody can say how the years make the target: the
series' own latest value is judged, as the plan's accumulated one, and a warning says so.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import isclose
from typing import Literal

from data.indicators import Indicator
from data.periods import Frequency, end_of_year, previous, year_of
from kpis.definition import Accumulation, Aim, Kpi, Scale

Identity = Literal["maintained", "last", "total", "increments", "last_increment"]
IDENTITIES: dict[Identity, str] = {
    "maintained": "B = T = every V",
    "last": "T = last V",
    "total": "T = S",
    "increments": "|T - B| = S",
    "last_increment": "|T - B| = last V",
}
"""In the order in which they are looked for."""
MEANT: dict[Identity, Accumulation] = {
    "maintained": "maintain",
    "last": "level",
    "total": "cumulative",
    "increments": "cumulative",
    "last_increment": "cumulative",
}
"""What a plan means by its years where it does not say so."""
FITS: dict[Accumulation, tuple[Identity, ...]] = {
    "level": ("last", "maintained"),
    "flow": (),  # each year stands alone
    "cumulative": ("total", "increments", "last_increment"),
    "capacity": ("last", "maintained"),
    "reduction": ("last", "maintained"),
    "reduction_annual": ("last", "maintained"),
    "maintain": ("maintained",),
}
"""By which identity the years of a declared accumulation make its target."""

BY_RATIO: frozenset[Accumulation] = frozenset({"level", "flow", "cumulative", "maintain"})
"""Their figure is held against what is asked without subtracting a baseline."""
Form = Literal["way", "ratio", "range", "performance", "none"]


def identities(baseline: float | None, target: float, programmed: Sequence[float]) -> tuple[Identity, ...]:
    """Every identity that holds, in the order of IDENTITIES."""
    if not programmed:
        return ()
    last, total, way = programmed[-1], sum(programmed), None if baseline is None else abs(target - baseline)
    holds: dict[Identity, bool] = {
        "maintained": all(_same(one, target) for one in programmed) and (baseline is None or _same(baseline, target)),
        "last": _same(last, target),
        "total": _same(total, target),
        "increments": way is not None and _same(total, way),
        "last_increment": way is not None and _same(last, way),
    }
    return tuple(name for name, true in holds.items() if true)


def identity(kpi: Kpi, aim: Aim, *, adds_up: bool = False) -> Identity | None:
    """By which identity the years make the target; None where none holds, or nothing is programmed.

    Of a count that adds up over its periods the total comes before the last amount.
    """
    if aim.target is None or not aim.programmed:
        return None
    found = identities(aim.baseline.value if aim.baseline else None, aim.target.value, amounts(aim))
    if kpi.accumulation is not None:
        return next((name for name in found if name in FITS[kpi.accumulation]), None)
    if adds_up and "total" in found and "maintained" not in found:
        return "total"
    return next(iter(found), None)


@dataclass(frozen=True)
class Counting:
    """How one place's values are counted.

    `sums` is the stretch that is added up: a year, or the whole plan (on top of the baseline where `above_baseline`).
    `broken`: the plan's years do not make its target, so the latest value is taken for the accumulated one.
    """

    accumulation: Accumulation | None
    identity: Identity | None
    sums: Literal["year", "plan"] | None
    above_baseline: bool
    broken: bool
    year_starts: int = 1
    """The month in which a year begins."""

    def eve(self, day: date) -> date:
        """The last day before the year that a day lies in."""
        return end_of_year(year_of(day, self.year_starts) - 1, self.year_starts)


def counting(kpi: Kpi, aim: Aim, *, adds_up: bool = False, year_starts: int = 1) -> Counting:
    """How this goal's values are counted, from what it declares or what its years say."""
    found = identity(kpi, aim, adds_up=adds_up)
    broken = bool(aim.programmed) and found is None and kpi.accumulation != "flow" and aim.target is not None
    means = kpi.accumulation or (MEANT[found] if found else "level" if broken else None)
    sums = None if broken else "year" if means == "flow" else "plan" if means == "cumulative" else None
    above = found in ("increments", "last_increment") and aim.baseline is not None
    return Counting(means, found, sums, above, broken, year_starts)


def counted(kpi: Kpi, aim: Aim, indicator: Indicator) -> Counting:
    """How the values of a goal on this indicator are counted."""
    return counting(kpi, aim, adds_up=indicator.kind == "flow", year_starts=indicator.year_starts)


def scale(kpi: Kpi, indicator: Indicator) -> Scale | None:
    """The ends of the scale for basis performance: the goal's own, or the least and most that the indicator can be."""
    if kpi.scale or indicator.min is None or indicator.max is None:
        return kpi.scale
    return Scale(min=indicator.min, max=indicator.max)


def form(kpi: Kpi, how: Counting) -> Form:
    """Which formula gives the attainment: range, none, performance, ratio or way."""
    if kpi.polarity == "range":
        return "range"
    if kpi.basis == "absolute":
        return "none"
    if kpi.basis == "performance" or kpi.basis == "ratio":
        return kpi.basis
    return "ratio" if how.accumulation in BY_RATIO and not how.above_baseline else "way"


def on_top_of(aim: Aim, how: Counting) -> float:
    """What a sum starts with: the baseline, or nothing."""
    return aim.baseline.value if how.above_baseline and aim.baseline else 0.0


def direction(aim: Aim, how: Counting) -> float:
    """1 where what is added up adds to the figure; -1 where it takes from a baseline above the target."""
    falls = how.above_baseline and aim.target and aim.baseline and aim.target.value < aim.baseline.value
    return -1.0 if falls else 1.0


def running(history: Iterable[tuple[date, float | None]], aim: Aim, how: Counting, frequency: Frequency) -> list[float | None]:
    """The judged figure after each period of a series, oldest first: the values themselves, or their sum so far, None over a gap."""
    if how.sums is None:
        return [value for _period, value in history]
    told: list[float | None] = []
    total, last, start = None, None, begins(aim, how.year_starts) or date.min
    base, sign = on_top_of(aim, how), direction(aim, how)
    for period, value in history:
        since = how.eve(period) if how.sums == "year" else start
        before = previous(period, frequency)
        total = base if before <= since else total if last == before else None
        total = None if total is None or value is None or period <= since else total + sign * value
        told.append(total)
        last = period
    return told


def amounts(aim: Aim) -> list[float]:
    """What the plan programmes, in the order of its years."""
    return [value for _year, value in sorted(aim.programmed.items())]


def begins(aim: Aim, year_starts: int = 1) -> date | None:
    """The day after which a sum counts: the end of the year before the first that is programmed, or the baseline's day."""
    if aim.programmed:
        return end_of_year(int(min(aim.programmed)) - 1, year_starts)
    return aim.baseline.date if aim.baseline else None


def _same(one: float, other: float) -> bool:
    return isclose(one, other, rel_tol=1e-6, abs_tol=1e-9)
