"""A series added up as it goes: over the last periods, since the year began, or since the mandate did.

Every period that counts must be known: a gap leaves what comes after it without a value until it is out of reach.
"""

from datetime import date

import polars as pl

from data.periods import MONTHS, Frequency
from kpis.metrics.expression import DAYS, divided, finite
from kpis.metrics.grain import DENOMINATOR, VALUE, How, known, weighted

KEYS = ("place", "since")


def over_window(series: pl.DataFrame, how: How, periods: int) -> pl.DataFrame:
    """Each period with those before it, so many in all."""
    rows = series.with_columns(value=pl.when(known(how)).then(VALUE), weighted=pl.when(known(how)).then(weighted()))

    def rolled(name: str, kind: str = "sum") -> pl.Expr:
        return getattr(pl.col(name), f"rolling_{kind}")(window_size=periods, min_samples=periods).over("place")

    if how == "recompute":
        return _rates(rows, rolled("weighted"), rolled("numerator"), rolled("denominator"))
    return _plain(rows, rolled("value", {"average": "mean"}.get(how, how)))


def to_date(series: pl.DataFrame, how: How, frequency: Frequency, mandate: tuple[date, date] | None, year_starts: int = 1) -> pl.DataFrame:
    """Each period with those before it, since its year began (in the month `year_starts`) or within the mandate."""
    first = _first_day(frequency)
    since = _year_began(year_starts) if mandate is None else pl.lit(mandate[0])
    rows = series.with_columns(first=first, since=since).filter(pl.col("first") >= pl.col("since"))
    if mandate:
        rows = rows.filter(pl.col("period") <= mandate[1])
    begun = (_day_before(frequency) < pl.col("since")).first().over(KEYS)  # nothing is missing before the first row
    whole = begun & (known(how).not_().cum_sum().over(KEYS) == 0)

    def summed(part: pl.Expr) -> pl.Expr:
        return pl.when(whole).then(part.cum_sum().over(KEYS))

    if how == "recompute":
        return _rates(rows, summed(weighted()), summed(pl.col("numerator")), summed(DENOMINATOR))
    found = {
        "sum": VALUE.cum_sum(),
        "average": VALUE.cum_sum() / VALUE.cum_count(),
        "min": VALUE.cum_min(),
        "max": VALUE.cum_max(),
    }[how]
    return _plain(rows, pl.when(whole).then(found.over(KEYS)))


def _rates(rows: pl.DataFrame, weighted: pl.Expr, numerator: pl.Expr, denominator: pl.Expr) -> pl.DataFrame:
    return rows.select("place", "period", value=divided(weighted, denominator), numerator=numerator, denominator=denominator)


def _plain(rows: pl.DataFrame, value: pl.Expr) -> pl.DataFrame:
    nothing = pl.lit(None, pl.Float64)
    return rows.select("place", "period", value=finite(value), numerator=nothing, denominator=nothing)


def _year_began(month: int) -> pl.Expr:
    period = pl.col("period")
    return pl.date(period.dt.year() - (period.dt.month() < month).cast(pl.Int32), month, 1)


def _first_day(frequency: Frequency) -> pl.Expr:
    period = pl.col("period")
    if frequency in DAYS:
        return period - pl.duration(days=DAYS[frequency] - 1)
    return period.dt.offset_by(f"-{MONTHS[frequency] - 1}mo").dt.month_start()


def _day_before(frequency: Frequency) -> pl.Expr:
    """First day of the period before."""
    first = pl.col("first")
    return first - pl.duration(days=DAYS[frequency]) if frequency in DAYS else first.dt.offset_by(f"-{MONTHS[frequency]}mo")
