"""What is due when: the path from a baseline to a target, as one number for a chart and as a column for judging.

Due is read off the path at the last day of the value's own period, so that a value of May is held against what was
planned for the end of May even when it is the latest one in July.
"""

from datetime import date

import polars as pl

from kpis.definition import Aim, Basis, Path, Target

SCHEDULED: frozenset[str] = frozenset({"on_schedule", "progress"})
"""The bases for which a straight line is a schedule. Ratio and absolute look at the target, or at the step reached."""


def first_day(aim: Aim) -> date | None:
    """The day from which something is due: the first step, or the baseline's; None: always."""
    if aim.path.steps:
        return aim.path.steps[0].date
    return aim.baseline.date if aim.baseline else None


def due(aim: Aim, day: date, basis: Basis = "on_schedule") -> float | None:
    """What is due on a day; None before the path begins and where there is no target."""
    target, baseline, first = aim.target, aim.baseline, first_day(aim)
    if target is None or (first is not None and day < first):
        return None
    if day >= target.date:
        return target.value
    if aim.path.steps:
        return next(step.value for step in reversed(aim.path.steps) if step.date <= day)
    if baseline is None or basis not in SCHEDULED:
        return target.value
    return baseline.value + (target.value - baseline.value) * ((day - baseline.date).days / (target.date - baseline.date).days)


def points(aim: Aim, basis: Basis = "on_schedule") -> list[tuple[date, float]]:
    """The path as points to join by straight lines, from its first day to the target; [] without a target.

    A step is two points of one day, before and after. Where nothing is due before the target, the target is the only point.
    """
    target, baseline = aim.target, aim.baseline
    if target is None:
        return []
    if aim.path.steps:
        return _stairs(aim.path, target)
    if baseline and basis in SCHEDULED:
        return [(baseline.date, baseline.value), (target.date, target.value)]
    return [(target.date, target.value)]


def _stairs(path: Path, target: Target) -> list[tuple[date, float]]:
    steps = [step for step in path.steps if step.date < target.date]
    ends = [*(step.date for step in steps[1:]), target.date]
    treads = [((step.date, step.value), (end, step.value)) for step, end in zip(steps, ends, strict=False)]
    return [point for tread in treads for point in tread] + [(target.date, target.value)]


def due_column() -> pl.Expr:
    """`due` for every row of a table with the columns of kpis.aims, the value's `period` and the `step` reached by then."""
    baseline, target, day = pl.col("baseline"), pl.col("target"), pl.col("period")
    past, whole = (day - pl.col("baseline_date")).dt.total_days(), (pl.col("target_date") - pl.col("baseline_date")).dt.total_days()
    line = pl.col("basis").is_in(list(SCHEDULED)) & baseline.is_not_null()
    return (
        pl.when(day.is_null() | (day < pl.col("first_day")))
        .then(None)
        .when(day >= pl.col("target_date"))
        .then(target)
        .when("stepped")
        .then(pl.col("step"))
        .when(line)
        .then(baseline + (target - baseline) * (past / whole))
        .otherwise(target)
    )
