"""Against the period just before: the previous value, the difference, and what it means, as columns over a table of goals."""

import polars as pl

from kpis.attainment import SIGN, VALUE, equal


def previous_period() -> pl.Expr:
    """Last day of the period just before, as data.periods.previous gives it."""
    period, months = pl.col("period"), pl.col("period_months")
    start = period.dt.year().cast(pl.Int32) * 12 + period.dt.month() - months
    by_month = pl.date(start // 12, start % 12 + 1, 1) - pl.duration(days=1)
    by_day = period - pl.duration(days=pl.col("period_days"))
    return pl.when(months > 0).then(by_month).otherwise(by_day)


def previous() -> pl.Expr:
    """The value of the period just before; null where that period has none."""
    return pl.when(pl.col("previous_period") == pl.col("before_period")).then("before_value")


def difference() -> pl.Expr:
    """Value minus previous value; 0 where the two are equal."""
    return pl.when(equal(VALUE, pl.col("previous"))).then(0.0).otherwise(VALUE - pl.col("previous"))


def direction() -> pl.Expr:
    """What the difference means: better, equal or worse by polarity, unknown without a previous value."""
    gain = SIGN * pl.col("difference")
    return (
        pl.when(gain.is_null()).then(pl.lit("unknown"))
        .when(gain > 0).then(pl.lit("better"))
        .when(gain < 0).then(pl.lit("worse"))
        .otherwise(pl.lit("equal"))
    )  # fmt: skip
