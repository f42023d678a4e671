"""Which values areas owe to the review of a month, and how far each has come. Nothing here reads or writes.

A series owes the value of each of its periods in one review: the first whose month holds the period's end, and whose time for collecting
ends no sooner than the figure is to be had (`review.lag_days` of the goals that it moves). So a month is owed in its own review, a quarter
or a year in that of its last month, and a figure that takes fifty days a month or two later. Of a day nobody types a value: days come by
file.

The city itself owes every indicator; of districts, and of the parts of people or things, those of which a value was known in the last
thirteen months (of years: in the last forty).
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import polars as pl

from data.city import Cycle
from data.definitions import Definitions
from data.indicators import Indicator
from data.periods import Frequency, Month, ending, previous, year_ago
from kpis.catalogue import Catalogue
from kpis.reviews.cycle import phases

STATES = ("owed", "draft", "returned", "sent", "validated", "published", "known")
"""Nothing typed yet; typed; sent back with a question; with the data office; found right; loaded from here; in the facts by a file."""
MISSING = STATES[:5]
"""The states in which the facts do not have the value, or not the one that was typed."""
OWING = ("owed", "draft", "returned")
"""Those in which it is the area's turn."""
SERIES = ("place", "indicator", "segment")
LIVES = {"year": timedelta(days=1220)}
"""For how long after its last value a series is still expected to have another."""
LIVES_ELSE = timedelta(days=400)

COLUMNS = {
    "area": pl.String, "place": pl.String, "indicator": pl.String, "segment": pl.String, "period": pl.Date, "due": pl.Date,
    "state": pl.String, "id": pl.Int64, "version": pl.Int64, "value": pl.Float64, "numerator": pl.Float64, "denominator": pl.Float64,
    "said": pl.String, "question": pl.String, "typed_by_name": pl.String, "typed_at": pl.Datetime("us", "UTC"), "publishing": pl.String,
    "known": pl.Float64, "last": pl.Float64, "year_ago": pl.Float64,
}  # fmt: skip
"""Of what `values_owed` gives. `value` is what was typed, `known` what the facts have of the period, `last` of the one before."""
_TYPED = ("id", "version", "value", "numerator", "denominator", "said", "question", "typed_by_name", "typed_at", "publishing")
Key = tuple[str, str, str, date]


def values_owed(
    held: pl.DataFrame, typed: Sequence[Mapping[str, Any]], definitions: Definitions, catalogue: Catalogue, place: str, month: Month
) -> pl.DataFrame:
    """Every value that a review is about, a row each with COLUMNS, in the order of areas, indicators, places, segments and periods.

    `held` are observations of the place and its districts with all segments (place, indicator, segment, period, value), `typed` the rows of
    data.reviews.values.sent. What was typed is there even where nobody owes it any more.
    """
    known = _by_key(held)
    sent = {(row["place"], row["indicator"], row["segment"], row["period"]): row for row in typed}
    due = phases(month, definitions.city.cycle)[0].last
    keys = dict.fromkeys([*_expected(held, definitions, lags(catalogue), place, month), *sent])
    rows = [_row(key, definitions, known, sent.get(key), due) for key in keys]
    return pl.DataFrame(sorted(rows, key=_order(definitions)), schema=COLUMNS)


def lags(catalogue: Catalogue) -> dict[str, int]:
    """Days after its period's end until the figure of an indicator is to be had, as the goals say that it moves; the longest counts."""
    found: dict[str, int] = {}
    for kpi in catalogue.kpis:
        if kpi.review and kpi.review.lag_days:
            for indicator in catalogue.sources(kpi):
                found[indicator] = max(found.get(indicator, 0), kpi.review.lag_days)
    return found


def owed_in(period: date, lag: int, cycle: Cycle) -> Month:
    """The month in whose review a period is owed that ends on a day; `lag` in days."""
    month = Month.of(period)
    while phases(month, cycle)[0].last < period + timedelta(days=lag):
        month = month.plus(1)
    return month


def counts(owed: pl.DataFrame) -> pl.DataFrame:
    """How many values of each area are in each state: area, then a column for each of STATES; in the order of the rows."""
    found = [pl.col("state").eq(state).sum().cast(pl.Int64).alias(state) for state in STATES]
    return owed.group_by("area", maintain_order=True).agg(found)


def missing(owed: pl.DataFrame) -> pl.DataFrame:
    """What the facts lack when a month is closed, all columns."""
    return owed.filter(pl.col("state").is_in(MISSING))


def _expected(held: pl.DataFrame, definitions: Definitions, lag: Mapping[str, int], place: str, month: Month) -> Iterator[Key]:
    city = place == definitions.city.place
    lasts = held.filter(pl.col("value").is_not_null(), pl.col("period") <= month.last).group_by(*SERIES).agg(pl.col("period").max())
    series = {(where, name, segment): last for where, name, segment, last in lasts.iter_rows()}
    for indicator in definitions.indicators:
        if indicator.frequency == "day":
            continue
        periods = list(_periods(indicator, lag.get(indicator.id, 0), definitions.city.cycle, month))
        alive = month.first - LIVES.get(indicator.frequency, LIVES_ELSE)
        own = [key for key, last in series.items() if key[1] == indicator.id and last >= alive]
        for key in dict.fromkeys([*([(place, indicator.id, "")] if city else []), *sorted(own)]):
            yield from ((key[0], key[1], key[2], period) for period in periods)


def _periods(indicator: Indicator, lag: int, cycle: Cycle, month: Month) -> Iterator[date]:
    """The periods that are owed in the review of the month, the newest first."""
    end = ending(month.last, indicator.frequency, indicator.year_starts)
    end = end if end == month.last else previous(end, indicator.frequency)
    while (owed := owed_in(end, lag, cycle)) >= month:
        if owed == month:
            yield end
        end = previous(end, indicator.frequency)


def _by_key(held: pl.DataFrame) -> dict[Key, float | None]:
    return {(row[0], row[1], row[2], row[3]): row[4] for row in held.select(*SERIES, "period", "value").iter_rows()}


def _row(
    key: Key, definitions: Definitions, known: Mapping[Key, float | None], typed: Mapping[str, Any] | None, due: date
) -> dict[str, Any]:
    place, name, segment, period = key
    indicator = definitions.indicator.get(name)
    frequency: Frequency = indicator.frequency if indicator else "month"
    before, ago = ((place, name, segment, day) for day in (previous(period, frequency), year_ago(period, frequency)))
    told = {column: typed[column] if typed else None for column in _TYPED}
    return {
        "area": indicator.owner if indicator else None, "place": place, "indicator": name, "segment": segment, "period": period, "due": due,
        "state": _state(known.get(key), typed, there=key in known), **told,
        "known": known.get(key), "last": known.get(before), "year_ago": known.get(ago),
    }  # fmt: skip


def _state(known: float | None, typed: Mapping[str, Any] | None, *, there: bool) -> str:
    """What was published and was taken out of the facts again is owed once more."""
    if typed and typed["state"] != "published":
        return typed["state"]
    if typed and there and (known is not None or typed["value"] is None):
        return "published"
    return "known" if known is not None else "owed"


def _order(definitions: Definitions) -> Any:
    areas = {area: at for at, area in enumerate(definitions.area)}
    indicators = {name: at for at, name in enumerate(definitions.indicator)}
    places = {name: at for at, name in enumerate(definitions.place)}

    def order(row: Mapping[str, Any]) -> tuple[Any, ...]:
        last = len(areas) + len(indicators) + len(places)
        at = areas.get(row["area"] or "", last), indicators.get(row["indicator"], last), places.get(row["place"], last)
        return *at, row["indicator"], row["place"], row["segment"], row["period"]

    return order
