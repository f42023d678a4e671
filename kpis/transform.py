"""One series made into another, to be compared: by resident, smoothed, against a year before, as an index of 100.

Each function takes rows of period (its last day) and value, oldest first, some values null, and returns the same, with a row
for every period in between. What cannot be computed is null; what never can is a Reason that says why.
"""

from collections.abc import Sequence
from datetime import date

import polars as pl

from data.indicators import Indicator
from data.periods import Frequency, previous, start, year_ago
from data.problems import N_
from kpis.score import Reason

Rows = pl.DataFrame


def with_gaps(rows: Rows, frequency: Frequency) -> Rows:
    """The rows, with an empty one for each period in between that has none: what is not known must not be bridged."""
    if rows.is_empty():
        return rows
    first, end = rows["period"].min(), rows["period"].max()
    assert isinstance(first, date) and isinstance(end, date)
    periods = []
    while end >= first:
        periods.append(end)
        end = previous(end, frequency)
    wanted = pl.DataFrame({"period": periods}, schema={"period": pl.Date})
    return wanted.join(rows, on="period", how="full", coalesce=True).sort("period")


def per_residents(rows: Rows, indicator: Indicator, residents: int | None, per: int) -> Rows | Reason:
    """value x per / residents, of what is counted only: a rate has been divided already."""
    if not indicator.is_count:
        return Reason(NOT_A_COUNT[indicator.kind])
    if not residents:
        return Reason(N_("its residents are not known: `population` in data/places.yaml"))
    whole = with_gaps(rows.select("period", "value"), indicator.frequency)
    return whole.with_columns(pl.col("value") * per / residents)


def moving_average(rows: Rows, indicator: Indicator, periods: int) -> Rows | Reason:
    """The mean of each period and those before it, `periods` in all; null where one of them is missing.

    A ratio is computed anew from its parts, sum of numerators over sum of denominators, and never averaged: its rows hold
    `denominator` too, and value x denominator is its numerator up to the factor of its unit.
    """
    weighted = indicator.kind == "ratio"
    if weighted and rows["denominator"].drop_nulls().is_empty():
        return Reason(N_("a rate is never averaged, and its parts are not known: load its numerators and denominators"))
    weight = pl.col("denominator") if weighted else pl.when(pl.col("value").is_not_null()).then(1.0)
    whole = with_gaps(rows, indicator.frequency)
    above, below = (part.rolling_sum(window_size=periods, min_samples=periods) for part in (pl.col("value") * weight, weight))
    return whole.select("period", value=pl.when(below > 0).then(above / below))


def against_a_year_ago(rows: Rows, indicator: Indicator) -> Rows | Reason:
    """The change since the same period a year before: of a count in per cent of it, else the difference in the indicator's unit.

    There is no percentage of zero or of less than zero: such a period has no value.
    """
    whole = with_gaps(rows.select("period", "value"), indicator.frequency)
    then = pl.Series([year_ago(period, indicator.frequency) for period in whole["period"]], dtype=pl.Date)
    before = whole.select(pl.lit(then).alias("then")).join(whole.rename({"period": "then", "value": "before"}), on="then", how="left")
    found = whole.with_columns(before["before"])
    change = pl.col("value") - pl.col("before")
    percent = pl.when(pl.col("before") > 0).then(100 * change / pl.col("before"))
    shown = found.select("period", value=percent if indicator.is_count else change)
    return shown if shown["value"].count() else Reason(N_("no value is known of the same period a year before, or it is not above zero"))


def index(rows: Rows, indicator: Indicator, base: date) -> Rows | Reason:
    """100 x value / value of the period that `base` lies in."""
    frequency = indicator.frequency
    whole = with_gaps(rows.select("period", "value"), frequency)
    found = next((value for period, value in whole.iter_rows() if start(period, frequency) <= base <= period), None)
    if found is None:
        return Reason(N_("no value is known of the base period"))
    if found <= 0:
        return Reason(N_("the value of the base period is not above zero, and nothing can be compared with that"))
    return whole.with_columns(pl.col("value") * 100 / found)


def first_common(series: Sequence[Rows]) -> date | None:
    """The oldest period of which every series has a value above zero: the usual base of an index."""
    held = [set(rows.filter(pl.col("value") > 0)["period"]) for rows in series]
    return min(set.intersection(*held), default=None) if held else None


NOT_A_COUNT = {
    "ratio": N_("it is a rate already and is not divided by residents again"),
    "level": N_("it is not a count: `adds_up: true` in data/indicators.yaml says that it is one"),
    "flow": N_("it does not add up over places: `non_additive_over` in its metric says so"),
}
