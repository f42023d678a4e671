"""The arithmetic of a status: progress, attainment and the status itself, as columns over a table of goals.

Every expression reads the columns of kpis.aims, the value with its period, and what is due. None ever gives an infinity
or NaN. Numbers that differ by less than a billionth of the larger one are equal, so that 0.1 + 0.2 reaches 0.3.
"""

import polars as pl

from kpis.definition import EXCEEDED

EQUAL = 1e-9

VALUE, DUE, BASELINE, TARGET, SIGN = (pl.col(name) for name in ("value", "due", "baseline", "target", "sign"))


def progress() -> pl.Expr:
    """How much of the way from baseline to target is done; null where there is no way: no baseline, or target = baseline."""
    return pl.when(equal(TARGET, BASELINE).not_()).then((VALUE - BASELINE) / (TARGET - BASELINE))


def attainment() -> pl.Expr:
    """How much of what is asked is done, by the KPI's basis; null for absolute, which is met or not."""
    basis = pl.col("basis")
    return (
        pl.when(basis == "on_schedule").then(_share_of_the_way(DUE))
        .when(basis == "progress").then(_share_of_the_way(TARGET))
        .when(basis == "ratio").then(_ratio(DUE))
    )  # fmt: skip


def status() -> pl.Expr:
    """The first status that holds, top down, as docs/statuses.md lists them."""
    first_day = pl.col("first_day")
    return (
        pl.when(TARGET.is_null()).then(pl.lit("untracked"))
        .when(VALUE.is_null()).then(pl.lit("no_data"))
        .when(pl.col("month") < first_day).then(pl.lit("not_due"))
        .when(pl.col("age_days") > pl.col("limit_days")).then(pl.lit("stale"))
        .when(pl.col("period") < first_day).then(pl.lit("not_due"))
        .when(_met(TARGET) & _exceeded()).then(pl.lit("exceeded"))
        .when(_met(TARGET)).then(pl.lit("reached"))
        .when(_from_band("on_track")).then(pl.lit("on_track"))
        .when(_from_band("at_risk")).then(pl.lit("at_risk"))
        .otherwise(pl.lit("off_track"))
    )  # fmt: skip


def _share_of_the_way(end: pl.Expr) -> pl.Expr:
    """Of the way from baseline to `end`. Where there is none, all is done while the value is no worse than the baseline."""
    kept = pl.when(_met(BASELINE)).then(1.0).otherwise(0.0)
    return pl.when(equal(end, BASELINE)).then(kept).otherwise((VALUE - BASELINE) / (end - BASELINE))


def _ratio(asked: pl.Expr) -> pl.Expr:
    """Value to what is asked, or the other way round where lower is better; null where that says nothing."""
    higher = pl.when(asked > 0).then(VALUE / asked)
    lower = pl.when((asked >= 0) & (VALUE > 0)).then(asked / VALUE)
    return pl.when(SIGN > 0).then(higher).otherwise(lower)


def _exceeded() -> pl.Expr:
    """A target that is met by a tenth more than asked: of the way from the baseline, or else of the target, if above 0."""
    way = pl.col("progress") >= EXCEEDED - EQUAL
    ratio = pl.when(SIGN > 0).then(VALUE >= (EXCEEDED - EQUAL) * TARGET).otherwise(TARGET >= (EXCEEDED - EQUAL) * VALUE) & (TARGET > 0)
    return pl.when(pl.col("progress").is_null()).then(ratio).otherwise(way)


def _from_band(band: str) -> pl.Expr:
    """Whether the value is in this band or above: by share; with absolute by value, or by what is due without bands."""
    by_value = pl.when(pl.col(band).is_not_null()).then(_met(pl.col(band))).otherwise(_met(DUE))
    by_share = (pl.col("attainment") + EQUAL >= pl.col(band)).fill_null(value=False)
    return pl.when(pl.col("basis") == "absolute").then(by_value).otherwise(by_share)


def _met(asked: pl.Expr) -> pl.Expr:
    return SIGN * (VALUE - asked) >= -_tolerance(VALUE, asked)


def equal(one: pl.Expr, other: pl.Expr) -> pl.Expr:
    return (one - other).abs() <= _tolerance(one, other)


def _tolerance(one: pl.Expr, other: pl.Expr) -> pl.Expr:
    return EQUAL * pl.max_horizontal(one.abs(), other.abs())
