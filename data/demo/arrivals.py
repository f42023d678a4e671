"""When each figure arrived: most in the month after, some later, some wrong at first and corrected."""

from collections.abc import Iterable

import numpy as np
import polars as pl

from data.demo.recipe import FIRST, MONTHS, Recipe, place_in_time
from data.demo.recipes import RECIPES
from data.demo.series import Series, chance, ratio, strays
from data.demo.story import CITY, DELAYED, GAPS, NEVER_MEASURED, PEERS_GAP, PEERS_GAPS, REISSUED, REVISED, REVISION, STOPPED, Months
from data.periods import MONTHS as LENGTH
from data.places import Place

NEVER = MONTHS
"""A month after the last one: what comes with it has not come yet."""


def as_they_came(told: Iterable[tuple[Series, Place]]) -> pl.DataFrame:
    """Every value that ever arrived, as an observation, and `month`: the number of the month that it came with.

    A corrected value has two rows. Sorted by month, place, indicator, segment and period.
    """
    parts = [_arrivals(series, place) for series, place in told]
    rows = pl.DataFrame({name: np.concatenate([part[name] for part in parts]) for name in parts[0]})
    known = pl.when(pl.col("flag") == "").then(pl.col(pl.Float64).fill_nan(None))
    rows = rows.filter("due").with_columns(known, pl.col("flag").replace("", None))
    firsts = {"value": "first_value", "numerator": "first_numerator", "month": "arrives"}
    wrong = rows.filter(pl.col("corrected") < NEVER)
    return (
        pl.concat(
            [
                _told(rows.filter(pl.col("corrected") == NEVER), {"month": "arrives"}),
                _told(wrong, firsts),
                _told(wrong, {"month": "corrected"}),
            ]
        )
        .filter(pl.col("month") < NEVER)
        .sort("month", "place", "indicator", "segment", "period")
    )


def _told(rows: pl.DataFrame, taken: dict[str, str]) -> pl.DataFrame:
    """The rows as observations; `taken` says which column stands for which."""
    columns = ("month", "place", "indicator", "segment", "period", "value", "numerator", "denominator", "flag")
    ends = pl.Series("period", [FIRST.plus(i).last for i in range(MONTHS)])
    return rows.with_columns(pl.lit(ends).gather(pl.col("at")).alias("period")).select(
        pl.col(taken.get(name, name)).alias(name) for name in columns
    )


def _arrivals(series: Series, place: Place) -> dict[str, np.ndarray]:
    """One series as columns. Districts are late, missing and corrected together with their city."""
    name, whose = series.indicator.id, place.parent or place.id
    arrives = _arrives(name, whose)
    off, corrected = _corrections(name, whose, arrives)
    first = _first_told(series, RECIPES[name], off)
    flag = _gaps(name, whose)
    return {
        "place": np.full(MONTHS, place.id),
        "indicator": np.full(MONTHS, name),
        "segment": np.full(MONTHS, series.segment),
        "at": np.arange(MONTHS),
        "due": _due(series, whose),
        "value": series.value,
        "numerator": _or_nothing(series.numerator),
        "denominator": _or_nothing(series.denominator),
        "first_value": first.value,
        "first_numerator": _or_nothing(first.numerator),
        "flag": flag,
        "arrives": arrives,
        "corrected": np.where((flag != "") | (first.value == series.value), NEVER, corrected),
    }


def _or_nothing(values: np.ndarray | None) -> np.ndarray:
    return np.full(MONTHS, np.nan) if values is None else values


def _due(series: Series, whose: str) -> np.ndarray:
    """In which months a value of this frequency ends, as long as the city sends it."""
    length = LENGTH[series.indicator.frequency]
    due = np.array([FIRST.plus(i).number % length == 0 for i in range(MONTHS)])
    if whose == CITY and series.indicator.id in NEVER_MEASURED:
        due[:] = False
    if whose == CITY and series.indicator.id in STOPPED:
        due[place_in_time(STOPPED[series.indicator.id]) + 1 :] = False
    return due


def _arrives(indicator: str, whose: str) -> np.ndarray:
    """With which month each value first came."""
    arrives = np.arange(MONTHS) + RECIPES[indicator].late
    for months, month in DELAYED.items():
        if whose == CITY and months.indicator == indicator:
            arrives[_span(months)] = place_in_time(month)
    return arrives


def _corrections(indicator: str, whose: str, arrives: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """By what share each value was off at first, and with which month the right one came."""
    wrong = chance(indicator, whose, "wrong") < REVISED
    off = np.where(wrong, REVISION * strays(indicator, whose, "off"), 0.0)
    corrected = np.where(wrong & (arrives + 1 < MONTHS), arrives + 1, NEVER)
    for months, (month, share) in REISSUED.items():
        if whose == CITY and months.indicator == indicator:
            off[_span(months)], corrected[_span(months)] = share, place_in_time(month)
    return off, corrected


def _first_told(series: Series, recipe: Recipe, off: np.ndarray) -> Series:
    """The series as it was before any correction, within the limits of its indicator."""
    indicator = series.indicator
    if series.numerator is None or series.denominator is None:
        value = np.clip(np.round(series.value * (1 + off), indicator.decimals), indicator.min, indicator.max)
        return Series(series.place, indicator, value)
    most = series.denominator if indicator.max is not None else np.inf
    return ratio(recipe, series.place, indicator, np.minimum(np.rint(series.numerator * (1 + off)), most), series.denominator)


def _gaps(indicator: str, whose: str) -> np.ndarray:
    """Why each value is missing; "" where it is not."""
    if whose != CITY:
        return np.where(chance(indicator, whose, "gap") < PEERS_GAPS, PEERS_GAP, "")
    why = [""] * MONTHS
    for months, reason in GAPS.items():
        if months.indicator == indicator:
            span = range(MONTHS)[_span(months)]
            why = [reason if at in span else known for at, known in enumerate(why)]
    return np.array(why)


def _span(months: Months) -> slice:
    return slice(place_in_time(months.first), place_in_time(months.last) + 1)
