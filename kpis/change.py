"""Against the period just before: the previous value, the difference, and what it means, as columns over a table of goals.

What is added up since the year began is held against the same period of the year before: against the month before it always grows.
"""

import polars as pl

from kpis.attainment import HIGH, LOW, SIGN, VALUE, equal

DAYS_OF_A_WEEK = 7


def previous_period(needs: frozenset[str]) -> pl.Expr:
    """Last day of the period just before, as data.periods.previous gives it."""
    period, months = pl.col("period"), pl.col("period_months")
    day = period.to_physical()  # a whole number, which is faster than a duration
    by_month = (day - period.dt.day()).cast(pl.Date)
    if "longer" in needs:
        start = period.dt.year().cast(pl.Int32) * 12 + period.dt.month() - months
        by_month = pl.date(start // 12, start % 12 + 1, 1) - pl.duration(days=1)
    return pl.when(months > 0).then(by_month).otherwise((day - pl.col("period_days")).cast(pl.Date))


def with_a_year_ago(table: pl.DataFrame, seen: pl.DataFrame) -> pl.DataFrame:
    """Where a series begins anew with each year, the same period of the year before in place of the period just before."""
    period, restarts = pl.col("period"), pl.col("restarts")
    by_month = period.dt.offset_by("-1y").dt.month_end()
    by_day = pl.when(pl.col("period_days") == DAYS_OF_A_WEEK).then(period.dt.offset_by("-52w")).otherwise(period.dt.offset_by("-1y"))
    ago = pl.when(pl.col("period_months") > 0).then(by_month).otherwise(by_day)
    moved = table.with_columns(previous_period=pl.when(restarts).then(ago).otherwise("previous_period"))
    known = seen.select("series", pl.col("period").alias("previous_period"), ago="value")
    joined = moved.join(known, on=["series", "previous_period"], how="left", maintain_order="left")
    return joined.with_columns(
        before_period=pl.when(restarts).then(pl.when(pl.col("ago").is_not_null()).then("previous_period")).otherwise("before_period"),
        before_value=pl.when(restarts).then("ago").otherwise("before_value"),
    ).drop("ago")


def previous() -> pl.Expr:
    """The value of the period just before; null where that period has none."""
    return pl.when(pl.col("previous_period") == pl.col("before_period")).then("before_value")


def difference(needs: frozenset[str]) -> pl.Expr:
    """Value minus previous value, both as they were reported and not as they were added up; 0 where the two are equal."""
    value = pl.col("reported") if "sums" in needs else VALUE
    return pl.when(equal(value, pl.col("previous"))).then(0.0).otherwise(value - pl.col("previous"))


def direction(needs: frozenset[str]) -> pl.Expr:
    """What the difference means: better, equal or worse by polarity, unknown without a previous value, or where neither is better.

    Of a range the value that is nearer to it is the better one.
    """
    gain = SIGN * pl.col("difference")
    if "range" in needs:
        gain = pl.when(LOW.is_null()).then(gain).otherwise(_outside(pl.col("previous")) - _outside(VALUE))
    neither = (SIGN == 0) & (LOW.is_null() if "range" in needs else True) & (pl.col("difference") != 0)
    return (
        pl.when(gain.is_null() | neither).then(pl.lit("unknown"))
        .when(gain > 0).then(pl.lit("better"))
        .when(gain < 0).then(pl.lit("worse"))
        .otherwise(pl.lit("equal"))
    )  # fmt: skip


def _outside(value: pl.Expr) -> pl.Expr:
    return pl.when(value.is_not_null()).then(pl.max_horizontal(LOW - value, value - HIGH, 0.0))
