"""All goals of all places in all months, judged in one pass: the only place where a light gets its colour.

See docs/statuses.md for the rules in words. A frame of observations comes in, a frame of verdicts goes out.
"""

from collections.abc import Iterable, Sequence
from datetime import date

import polars as pl

from data.city import City
from data.definitions import Definitions
from data.periods import Month
from kpis.aims import aims, steps
from kpis.attainment import attainment, progress, status
from kpis.catalogue import Catalogue
from kpis.change import difference, direction, previous, previous_period
from kpis.paths import due_column

VERDICT = (
    *("kpi", "place", "month", "value", "period", "due", "target", "progress", "attainment", "status", "age_days", "limit_days"),
    *("previous", "previous_period", "difference", "direction"),
)
UNJUDGED = ("untracked", "no_data", "not_due", "stale")

AGE = (pl.col("review") - pl.col("period")).dt.total_days()
JUDGED_ATTAINMENT = pl.when(pl.col("status").is_in(UNJUDGED).not_()).then("attainment")
STEPS_OF_JUDGING: tuple[dict[str, pl.Expr], ...] = (
    {"due": due_column(), "age_days": AGE, "previous_period": previous_period()},
    {"progress": progress(), "previous": previous()},
    {"attainment": attainment(), "difference": difference()},
    {"status": status(), "direction": direction()},
    {"attainment": JUDGED_ATTAINMENT},
)
"""Columns by name; each group reads the columns of those before it. Built once: that takes as long as one city's month."""


def judge(
    observations: pl.DataFrame, catalogue: Catalogue, definitions: Definitions, places: Sequence[str], months: Iterable[Month]
) -> pl.DataFrame:
    """One row for each KPI, place and month, in that order, with the columns VERDICT; `month` and `period` are last days.

    `observations` has the columns place, indicator, segment, period, value, as data.facts gives them; only totals count.
    """
    aim = aims(catalogue, definitions, tuple(places))
    table = _latest(aim, observations, _calendar(months, definitions.city))
    table = _with_steps(table, steps(catalogue, tuple(places)))
    for columns in STEPS_OF_JUDGING:  # eagerly: for one city's month the lazy planner takes longer than the work
        table = table.with_columns(**columns)
    return table.select(VERDICT)


def _calendar(months: Iterable[Month], city: City) -> pl.DataFrame:
    """The last day of each month, and the day on which it is reviewed."""
    days = [(month.last, city.reviewed(month)) for month in sorted(set(months))]
    return pl.DataFrame(days, schema={"month": pl.Date, "review": pl.Date}, orient="row")


def _latest(aim: pl.DataFrame, observations: pl.DataFrame, calendar: pl.DataFrame) -> pl.DataFrame:
    """Each goal and month with the latest real value whose period ended by then, and the real one before it."""
    series = ["indicator", "place"]
    same = pl.all_horizontal(pl.col(name) == pl.col(name).shift() for name in series)
    seen = (
        observations.filter((pl.col("segment") == "") & pl.col("value").is_finite())
        .select(*series, "period", "value")
        .sort(*series, "period")
        .with_columns(pl.when(same).then(pl.col(name).shift()).alias(f"before_{name}") for name in ("value", "period"))
    )
    every = aim.join(calendar, how="cross")
    # Both sides are sorted within each series, which Polars does not check there.
    return every.join_asof(seen, left_on="month", right_on="period", by=series, coalesce=False, check_sortedness=False)


def _with_steps(latest: pl.DataFrame, steps: pl.DataFrame) -> pl.DataFrame:
    """The step of a stepped path that is reached by the end of the value's period."""
    day = pl.col("period").fill_null(date.min)  # no value yet: before every step
    return latest.with_columns(day.alias("day")).join_asof(
        steps, left_on="day", right_on="step_date", by=["kpi", "place"], check_sortedness=False
    )
