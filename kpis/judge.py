"""All goals of all places in all months, judged in one pass: the only place where a light gets its colour.

See docs/statuses.md for the rules in words. A frame of observations comes in, a frame of verdicts goes out.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache

import polars as pl

from data.definitions import Definitions
from data.periods import Month
from kpis.aims import Aims, aims
from kpis.attainment import attainment, progress, status
from kpis.band_columns import with_bands
from kpis.catalogue import Catalogue
from kpis.change import difference, direction, previous, previous_period, with_a_year_ago
from kpis.paths import due_column
from kpis.sums import (
    added_up,
    annual_compliance,
    plan_progress,
    target_of_the_year,
    with_last_years_shares,
    with_last_years_value,
    with_running_sums,
    with_sums_before,
    with_years_amounts,
)

VERDICT = (
    *("kpi", "place", "month", "value", "period", "due", "target", "progress", "attainment", "status", "age_days", "limit_days"),
    *("previous", "previous_period", "difference", "direction"),
    *("reported", "base", "hold", "annual_compliance", "plan_progress"),
    *("band", "edges"),
)
"""`value` is what is judged and `reported` the latest figure, which are one unless values are added up. `base` is what a way is
measured from. `hold` says why a goal with a value cannot be judged: gap, season or last_year. The two after it are of a plan's years.
`edges` are where the bands of a preset or a list begin, where they are widened.
"""
UNJUDGED = ("untracked", "no_data", "not_due", "stale")
SERIES = "series"
DAYS = 2**24
"""More than any day has since 1970, so that series and day are one number to sort by."""
BY_THE_YEARS = frozenset({"sums", "seasons", "last_year", "programme"})
"""What needs more of the series than its latest value."""


def judge(
    observations: pl.DataFrame, catalogue: Catalogue, definitions: Definitions, places: Sequence[str], months: Iterable[Month]
) -> pl.DataFrame:
    """One row for each KPI, place and month, in that order, with the columns VERDICT; `month` and `period` are last days.

    `observations` has the columns place, indicator, segment, period, value, as data.facts gives them; only totals count.
    """
    wanted = aims(catalogue, definitions, tuple(places))
    seen = _seen(observations, wanted)
    if not wanted.needs.isdisjoint(BY_THE_YEARS):
        seen = with_running_sums(seen, wanted.table, wanted.needs)
    table = _latest(wanted, seen, _calendar(months))
    for columns in _steps_of_judging(wanted.needs):  # eagerly: for one city's month the lazy planner takes longer than the work
        table = columns(table, wanted, seen) if callable(columns) else table.with_columns(**columns)
    return with_bands(table, catalogue).select(VERDICT)


def _calendar(months: Iterable[Month]) -> pl.DataFrame:
    """The last day of each month."""
    return pl.DataFrame([month.last for month in sorted(set(months))], schema={"month": pl.Date})


def _seen(observations: pl.DataFrame, wanted: Aims) -> pl.DataFrame:
    """Every real value of the totals, by series and period, each with the real one before it."""
    totals = observations.filter((pl.col("segment") == "") & pl.col("value").is_finite())
    rows = totals.select(wanted.series, "period", "value").drop_nulls("series")
    order = pl.col("series").cast(pl.Int64) * DAYS + pl.col("period").to_physical()
    if not rows.select(order).to_series().is_sorted():
        rows = rows.sort(order)
    same = pl.col(SERIES) == pl.col(SERIES).shift()
    return rows.with_columns(pl.when(same).then(pl.col(name).shift()).alias(f"before_{name}") for name in ("value", "period"))


def _latest(wanted: Aims, seen: pl.DataFrame, calendar: pl.DataFrame) -> pl.DataFrame:
    """Each goal and month with the latest real value whose period ended by then, and the real one before it."""
    goals = with_sums_before(wanted.table, seen) if "sums" in wanted.needs else wanted.table
    every = goals.join(calendar, how="cross")
    # Both sides are sorted within each series, which Polars does not check there.
    return every.join_asof(seen, left_on="month", right_on="period", by=SERIES, coalesce=False, check_sortedness=False)


def _on_legs(table: pl.DataFrame, wanted: Aims, _seen: pl.DataFrame) -> pl.DataFrame:
    """The leg of the path on which the value's period lies."""
    day = pl.col("period").fill_null(date.min)  # no value yet: before every leg
    own = table.drop("leg_day", "leg_value", "leg_end_day", "leg_end_value").with_columns(day.alias("day"))
    return own.join_asof(wanted.legs, left_on="day", right_on="since", by="aim", check_sortedness=False)


Step = Mapping[str, pl.Expr] | Callable[[pl.DataFrame, Aims, pl.DataFrame], pl.DataFrame]
MISSING = pl.lit(None, pl.Float64)


@cache
def _steps_of_judging(needs: frozenset[str]) -> tuple[Step, ...]:
    """Columns by name, or joins; each reads the columns of those before it. Built once: that takes as long as one city's month."""
    return (
        *_steps_of_counting(needs),
        {"due": due_column(needs), "age_days": _age(), "previous_period": previous_period(needs)},
        *([lambda table, _, seen: with_a_year_ago(table, seen)] if "restarts" in needs else []),
        {"progress": progress(needs), "previous": previous()},
        {"attainment": attainment(needs), "difference": difference(needs)},
        {"status": status(needs), "direction": direction(needs)},
        {"attainment": pl.when(pl.col("status").is_in(UNJUDGED).not_()).then("attainment")},
        *_steps_of_the_plan(needs),
    )


def _steps_of_counting(needs: frozenset[str]) -> Iterator[Step]:
    """From the latest value to the figure that is judged, and what it leans on."""
    if "legs" in needs:
        yield _on_legs
    yield added_up(needs) if "sums" in needs else {"reported": pl.col("value"), "hold": pl.lit(None, pl.String)}
    if not needs.isdisjoint(("sums", "last_year")):
        yield {"target": target_of_the_year()}
    if "seasons" in needs:
        yield lambda table, _, seen: with_last_years_shares(table, seen)
        yield {"hold": _unless_held("season", _without_season())}
    if "last_year" in needs:
        yield lambda table, _, seen: with_last_years_value(table, seen, needs)
        yield {"base": _base(), "hold": _unless_held("last_year", _without_base())}


def _steps_of_the_plan(needs: frozenset[str]) -> Iterator[Step]:
    """The two figures of a plan that programmes its years."""
    if "programme" not in needs:
        yield {"annual_compliance": MISSING, "plan_progress": MISSING}
        return
    yield lambda table, wanted, _: with_years_amounts(table, wanted.years, needs)
    yield {"annual_compliance": annual_compliance(needs), "plan_progress": plan_progress(needs)}


def _age() -> pl.Expr:
    """From the value's period to the day of the following month on which the goal is reviewed."""
    return pl.col("month").to_physical() - pl.col("period").to_physical() + pl.col("review_day")


def _unless_held(why: str, held: pl.Expr) -> pl.Expr:
    return pl.when(pl.col("hold").is_null() & held & pl.col("target").is_not_null()).then(pl.lit(why)).otherwise("hold")


def _without_season() -> pl.Expr:
    return pl.col("seasonal") & pl.col("season_share").is_null()


def _base() -> pl.Expr:
    return pl.when(_yearly()).then("last_year").otherwise("base")


def _without_base() -> pl.Expr:
    return _yearly() & pl.col("last_year").is_null()


def _yearly() -> pl.Expr:
    return (pl.col("accumulation") == "reduction_annual").fill_null(value=False)
