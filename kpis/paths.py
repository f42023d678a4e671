"""What is due when: the path from a baseline to a target, as one number for a chart and as a column for judging.

Due is read off the path at the last day of the value's own period, so that a value of May is held against what was
planned for the end of May even when it is the latest one in July.

A path is a row of legs. Each holds from its day until the next one's, and leads from one value to another: the same one
for a step. A seasonal leg is walked as the year before was, and not evenly.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate, pairwise

import polars as pl

from data.periods import end_of_year, year_of
from kpis.accumulation import Counting, amounts, begins, direction, on_top_of
from kpis.definition import Aim, Basis, Path, Target

SCHEDULED: frozenset[str] = frozenset({"on_schedule", "progress"})
"""The bases for which a straight line is a schedule. Ratio and absolute look at the target, or at the step reached."""
AS_IT_IS = Counting(None, None, None, above_baseline=False, broken=False)


@dataclass(frozen=True)
class Leg:
    """From `since` on: what is due between (day, value) and (end_day, end_value)."""

    since: date
    day: date
    value: float
    end_day: date
    end_value: float


def first_day(aim: Aim, counted: Counting = AS_IT_IS) -> date | None:
    """The day from which something is due: the first step, or the baseline's; None: always."""
    if aim.path.steps:
        return aim.path.steps[0].date
    if counted.sums:
        return begins(aim, counted.year_starts)
    if aim.programmed and not counted.broken:
        return end_of_year(int(min(aim.programmed)), counted.year_starts)
    if aim.path.milestones and not aim.baseline:
        return aim.path.milestones[0].date
    return aim.baseline.date if aim.baseline else None


def due(aim: Aim, day: date, basis: Basis = "on_schedule", counted: Counting = AS_IT_IS) -> float | None:
    """What is due on a day; None before the path begins, where there is no target, and on a seasonal path.

    A seasonal path leans on the values of the year before: kpis.judge reads it.
    """
    target, first = aim.target, first_day(aim, counted)
    if target is None or (first is not None and day < first) or (counted.sums and aim.path.method == "seasonal"):
        return None
    if day >= target.date and counted.sums != "year":
        return target.value
    leg = next((leg for leg in reversed(legs(aim, basis, counted)) if leg.since <= day), None)
    if leg is None:
        return target.value
    whole = (leg.end_day - leg.day).days
    return leg.value + (leg.end_value - leg.value) * (min((day - leg.day).days / whole, 1.0) if whole else 0.0)


def points(aim: Aim, basis: Basis = "on_schedule", counted: Counting = AS_IT_IS) -> list[tuple[date, float]]:
    """The path as points to join by straight lines, from its first day to the target; [] without a target.

    A step is two points of one day, before and after. Where nothing is due before the target, the target is the only point.
    """
    target = aim.target
    if target is None or target.range:
        return []
    if counted.sums and aim.path.method == "seasonal":
        return [(target.date, target.value)]
    corners = [point for leg in legs(aim, basis, counted) for point in ((leg.day, leg.value), (leg.end_day, leg.end_value))]
    if counted.sums != "year":
        corners = [(day, value) for day, value in corners if day <= target.date] + [(target.date, target.value)]
    return [point for number, point in enumerate(corners) if number == 0 or point != corners[number - 1]]


def legs(aim: Aim, basis: Basis, counted: Counting = AS_IT_IS) -> list[Leg]:
    """The legs in the order of their days; [] where the target itself is asked for at all times."""
    target = aim.target
    if target is None or target.range or counted.accumulation == "maintain":
        return []
    if aim.path.steps:
        return _stairs(aim.path, target)
    if counted.sums == "year" or counted.accumulation == "reduction_annual":
        return _years(aim, target, counted)
    if aim.programmed and not counted.broken:
        return _programme(aim, target, counted)
    return _lines(aim, target, counted) if aim.path.milestones or (aim.baseline and basis in SCHEDULED) else []


def _stairs(path: Path, target: Target) -> list[Leg]:
    steps = [step for step in path.steps if step.date < target.date]
    ends = [*(step.date for step in steps[1:]), target.date]
    return [Leg(step.date, step.date, step.value, end, step.value) for step, end in zip(steps, ends, strict=False)]


def _lines(aim: Aim, target: Target, counted: Counting) -> list[Leg]:
    """From the baseline over the milestones to the target. A sum of the whole plan begins with nothing."""
    baseline, from_nothing = aim.baseline, counted.accumulation == "cumulative" and not counted.above_baseline
    start = [(baseline.date, 0.0 if from_nothing else baseline.value)] if baseline else []
    corners = [*start, *((stone.date, stone.value) for stone in aim.path.milestones), (target.date, target.value)]
    return [Leg(day, day, value, end, end_value) for (day, value), (end, end_value) in pairwise(corners) if day < end]


def _years(aim: Aim, target: Target, counted: Counting) -> list[Leg]:
    """One leg a year: of a flow from nothing to the year's target; of a yearly reduction the year's target throughout."""
    starts = counted.year_starts
    start, last = begins(aim, starts), year_of(target.date, starts)
    first = year_of(start + timedelta(days=1), starts) if start else last
    told = []
    for year in range(first, last + 1):
        wanted = aim.programmed.get(str(year), 0.0 if aim.programmed else target.value)
        eve, end = end_of_year(year - 1, starts), end_of_year(year, starts)
        told.append(Leg(eve + timedelta(days=1), eve, 0.0 if counted.sums else wanted, end, wanted))
    return told


def _programme(aim: Aim, target: Target, counted: Counting) -> list[Leg]:
    """A sum grows year by year; another figure is due at each year's end."""
    ends, wanted = [end_of_year(int(year), counted.year_starts) for year in sorted(aim.programmed)], amounts(aim)
    if not counted.sums:
        following = [*ends[1:], target.date]
        return [Leg(end, end, value, until, value) for end, value, until in zip(ends, wanted, following, strict=True) if end < target.date]
    base, signed = on_top_of(aim, counted), direction(aim, counted)
    reached = wanted if counted.identity == "last_increment" else list(accumulate(wanted))
    starts = [base, *(base + signed * value for value in reached[:-1])]
    eves = [counted.eve(end) for end in ends]
    return [Leg(eve, eve, start, end, base + signed * value) for eve, start, end, value in zip(eves, starts, ends, reached, strict=True)]


def due_column(needs: frozenset[str] = frozenset()) -> pl.Expr:
    """`due` for every row of a table with the columns of kpis.aims, the value's `period` and the leg that holds then.

    `needs` names what some goal of the table uses: "sums", "seasons", "range".
    """
    day, target = pl.col("period"), pl.col("target")
    begin = pl.col("leg_day").to_physical()
    past, whole = day.to_physical() - begin, pl.col("leg_end_day").to_physical() - begin
    walked = pl.min_horizontal(past / whole, 1.0)
    if "seasons" in needs:
        walked = pl.when("seasonal").then(pl.col("season_share")).otherwise(walked)
    on_leg = pl.col("leg_value") + (pl.col("leg_end_value") - pl.col("leg_value")) * walked
    at_end = day >= pl.col("target_date")
    if "sums" in needs:
        at_end &= pl.col("sums").eq_missing("year").not_()
    asked = (
        pl.when(day.is_null() | (day < pl.col("first_day"))).then(None)
        .when(at_end).then(target)
        .when(pl.col("leg_day").is_not_null()).then(on_leg)
        .otherwise(target)
    )  # fmt: skip
    return pl.when(pl.col("low").is_not_null() & day.is_not_null()).then(_nearest()).otherwise(asked) if "range" in needs else asked


def _nearest() -> pl.Expr:
    """Of a range, the end that is nearest to the value; inside it the value itself."""
    return pl.col("value").clip(pl.col("low"), pl.col("high"))
