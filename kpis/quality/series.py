"""The values under review as series: one indicator of one place, its periods in order and counted."""

from collections.abc import Iterator
from typing import Any

import polars as pl

from data.definitions import Definitions
from data.periods import MONTHS
from kpis.quality.finding import Found, Untold
from kpis.score import Reason

SERIES = ("indicator", "place")
LENGTHS = {**{frequency: f"{months}mo" for frequency, months in MONTHS.items()}, "week": "1w", "day": "1d"}
"""How long a period lasts, as Polars writes it."""
EPOCH_DAYS = {"day": 1, "week": 7}


def in_order(observations: pl.DataFrame, definitions: Definitions) -> pl.DataFrame:
    """The totals of defined indicators, sorted by series and period.

    Columns indicator, place, period, value, numerator, denominator, flag, load, frequency, turn. `turn` counts periods: it is one more
    in the next period of the same frequency. A value that is not finite is none.
    """
    kinds = pl.DataFrame(
        [(indicator.id, indicator.frequency) for indicator in definitions.indicators],
        schema={"indicator": pl.String, "frequency": pl.String},
        orient="row",
    )
    finite = pl.when(pl.col("value").is_finite()).then("value")
    return (
        observations.filter(pl.col("segment") == "")
        .select(*SERIES, "period", finite, "numerator", "denominator", "flag", "load")
        .join(kinds, on="indicator")
        .with_columns(turn=_turn())
        .sort(*SERIES, "period")
    )


def real(series: pl.DataFrame) -> pl.DataFrame:
    """Only the periods that have a value."""
    return series.filter(pl.col("value").is_not_null())


def changes(series: pl.DataFrame) -> pl.DataFrame:
    """The real values that directly follow another one, with that one as `before` and the difference as `change`."""
    follows = (pl.col("turn") - pl.col("turn").shift()).over(SERIES) == 1
    return (
        real(series)
        .with_columns(before=pl.when(follows).then(pl.col("value").shift().over(SERIES)))
        .filter(pl.col("before").is_not_null())
        .with_columns(change=pl.col("value") - pl.col("before"))
    )


def following(period: pl.Expr) -> pl.Expr:
    """Last day of the period that follows the one ending on a day; reads `frequency`."""
    length = pl.col("frequency").replace_strict(LENGTHS, return_dtype=pl.String)
    return (period + pl.duration(days=1)).dt.offset_by(length) - pl.duration(days=1)


def rows_of(series: pl.DataFrame, indicator: str, place: str) -> list[dict[str, Any]]:
    """One series, oldest first."""
    return series.filter(pl.col("indicator") == indicator, pl.col("place") == place).to_dicts()


def pairs(series: pl.DataFrame) -> tuple[tuple[str, str], ...]:
    """Each series of a frame once, as indicator and place."""
    return tuple(series.select(SERIES).unique(maintain_order=True).iter_rows())


def too_few(series: pl.DataFrame, fewest: dict[str, int], sentence: str) -> Iterator[Untold]:
    """The series with fewer real values than their frequency needs, by frequency; the sentence may name {fewest}."""
    counted = real(series).group_by(*SERIES, "frequency", maintain_order=True).len()
    for frequency, least in fewest.items():
        short = counted.filter(pl.col("frequency") == frequency, pl.col("len") < least)
        if not short.is_empty():
            yield Untold(Reason(sentence, {"fewest": least}), pairs(short))


def without(series: pl.DataFrame, untold: Found) -> pl.DataFrame:
    """The series that a part can judge."""
    left_out = [pair for found in untold.untold for pair in found.series]
    unwanted = pl.DataFrame(left_out, schema=dict.fromkeys(SERIES, pl.String), orient="row")
    return series.join(unwanted, on=SERIES, how="anti", maintain_order="left")


def _turn() -> pl.Expr:
    period, turn = pl.col("period"), pl.lit(None, pl.Int32)
    months = period.dt.year().cast(pl.Int32) * 12 + period.dt.month()
    for frequency, length in MONTHS.items():
        turn = pl.when(pl.col("frequency") == frequency).then(months // length).otherwise(turn)
    for frequency, length in EPOCH_DAYS.items():
        turn = pl.when(pl.col("frequency") == frequency).then(period.cast(pl.Int32) // length).otherwise(turn)
    return turn
