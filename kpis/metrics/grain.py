"""A series brought to longer periods: months to quarters, quarters to years. A rate is computed anew and never averaged.

A series is a frame of place, period (its last day), value, numerator and denominator, by place and period, with a row for every
period between a place's first and last. A longer period has a value when every shorter one in it has; the last one is enough
for `last`, and `count` counts those that have one.
"""

from typing import Literal

import polars as pl

from data.periods import MONTHS, Frequency
from kpis.metrics.definition import Aggregation
from kpis.metrics.expression import DAYS, divided, finite

How = Aggregation | Literal["recompute"]
SERIES: dict[str, type[pl.DataType]] = {
    "place": pl.String,
    "period": pl.Date,
    "value": pl.Float64,
    "numerator": pl.Float64,
    "denominator": pl.Float64,
}
FITS: dict[Frequency, tuple[Frequency, ...]] = {
    "day": ("day", "week", "month", "quarter", "half", "year"),
    "week": ("week",),
    "month": ("month", "quarter", "half", "year"),
    "quarter": ("quarter", "half", "year"),
    "half": ("half", "year"),
    "year": ("year",),
}
"""Which periods are made of whole ones of each frequency. A week may begin in one month and end in the next."""

VALUE, DENOMINATOR = pl.col("value"), pl.col("denominator")


def whole(series: pl.DataFrame, frequency: Frequency) -> pl.DataFrame:
    """The series with an empty row for each period in between that has none."""
    if series.is_empty():
        return series
    spans = series.group_by("place").agg(first=pl.col("period").min(), last=pl.col("period").max())
    if frequency in DAYS:
        days = pl.date_ranges("first", "last", f"{DAYS[frequency]}d")
    else:
        days = pl.date_ranges(pl.col("first").dt.month_start(), pl.col("last"), f"{MONTHS[frequency]}mo")
    periods = spans.select("place", period=days).explode("period")
    if frequency not in DAYS:
        periods = periods.with_columns(pl.col("period").dt.month_end())
    return periods.join(series, on=["place", "period"], how="full", coalesce=True).sort("place", "period")


def coarser(series: pl.DataFrame, how: How, frequency: Frequency, longer: Frequency) -> pl.DataFrame:
    """The series by longer periods, named by their last days."""
    if frequency == longer:
        return series.with_columns(value=VALUE.is_not_null().cast(pl.Float64)) if how == "count" else series
    rows = series.with_columns(end=_end(longer), known=known(how), weighted=weighted())
    found = rows.group_by("place", "end", maintain_order=True).agg(
        complete=_complete(how, _expected(frequency, longer)),
        value=_value(how),
        numerator=_part(pl.col("numerator"), how),
        denominator=_part(DENOMINATOR, how),
    )
    numbers = (pl.when("complete").then(finite(pl.col(name))).alias(name) for name in ("value", "numerator", "denominator"))
    return found.select("place", pl.col("end").alias("period"), *numbers)


def known(how: How) -> pl.Expr:
    """Whether a row holds what is needed: its value; for a rate its parts, which it may hold without one, as 0 of 0."""
    if how != "recompute":
        return VALUE.is_not_null()
    return (DENOMINATOR.is_not_null() & (VALUE.is_not_null() | (DENOMINATOR == 0))).fill_null(value=False)


def weighted() -> pl.Expr:
    """A rate times its denominator: its numerator, in the unit of the rate."""
    return pl.when(DENOMINATOR == 0).then(0.0).otherwise(VALUE * DENOMINATOR)


def _complete(how: How, expected: pl.Expr | int) -> pl.Expr:
    """Whether a longer period has what it takes: its last row for `last`, all its rows to be counted, all its values for the others."""
    if how == "last":
        return pl.col("period").last() == pl.col("end").last()
    return pl.len() == expected if how == "count" else pl.col("known").sum() == expected


def _value(how: How) -> pl.Expr:
    if how == "recompute":
        return divided(pl.col("weighted").sum(), DENOMINATOR.sum())
    found = {"sum": VALUE.sum(), "average": VALUE.mean(), "min": VALUE.min(), "max": VALUE.max(), "last": VALUE.last()}
    return VALUE.count().cast(pl.Float64) if how == "count" else found[how]


def _part(part: pl.Expr, how: How) -> pl.Expr:
    """A numerator or denominator of the longer period, where that is a rate."""
    if how == "recompute":
        return pl.when(part.count() == pl.len()).then(part.sum())
    return part.last() if how == "last" else pl.lit(None, pl.Float64)


def _end(longer: Frequency) -> pl.Expr:
    """Last day of the longer period that each row lies in; weeks end on Sunday."""
    period = pl.col("period")
    if longer == "week":
        return period + pl.duration(days=7 - period.dt.weekday())
    months = MONTHS[longer]
    month = (period.dt.month() - 1) // months * months + months
    return pl.date(period.dt.year(), month, 1).dt.month_end()


def _expected(frequency: Frequency, longer: Frequency) -> pl.Expr | int:
    """How many periods make a longer one."""
    if longer == "week":
        return 7
    if frequency != "day":
        return MONTHS[longer] // MONTHS[frequency]
    end = pl.col("end").last()
    return (end - end.dt.offset_by(f"-{MONTHS[longer] - 1}mo").dt.month_start()).dt.total_days() + 1
