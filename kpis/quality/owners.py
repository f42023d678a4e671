"""Owners who never load: areas that answer for indicators and have sent none of them, or nothing for too long."""

from collections.abc import Iterator, Sequence
from datetime import date

import polars as pl

from data.definitions import Definitions
from data.indicators import Indicator
from data.loads import Load
from data.periods import FRESH_DAYS
from data.problems import N_
from kpis.quality.finding import Finding, Found
from kpis.quality.series import real
from kpis.score import Reason

NEVER = N_("answers for {count} indicators, and no value of any of them was ever loaded")
NEVER_ONE = N_("answers for one indicator, and no value of it was ever loaded")
LATE = N_("its last load that brought a new value became known on {day}, {age} days before the review; {limit} is the limit")


def owners(
    series: pl.DataFrame,
    anywhere: pl.DataFrame,
    loads: Sequence[Load],
    definitions: Definitions,
    expected: Sequence[str],
    place: str,
    review: date,
) -> Found:
    """A finding for each such area. `expected` are the indicators that the place itself should have.

    Whoever never loaded one of the place is judged by what they loaded of others, in `anywhere` (indicator, load). The limit is that
    of the indicator with the shortest: a little longer than the period, so that whoever sends each in time is within.
    A load that became known after the review day, as when old files are brought together later, counts as of that day.
    """
    promised = anywhere.filter(pl.col("indicator").is_in(expected))
    here, everywhere = _newest_of(real(series), loads, review), _newest_of(promised, loads, review)
    found: list[Finding] = []
    for area in definitions.city.areas:
        owned = [indicator for indicator in definitions.indicators if indicator.owner == area.id]
        if days := _days(owned, here) or _days(owned, everywhere):
            found += _late(area.id, owned, max(days), place, review)
        elif any(indicator.id in expected for indicator in owned):
            found.append(_never(area.id, owned, place))
    return Found(tuple(found))


def _newest_of(rows: pl.DataFrame, loads: Sequence[Load], review: date) -> dict[str, date]:
    """The day of the newest load of each indicator."""
    known_on = {load.number: load.known_on for load in loads}
    brought = rows.select("indicator", pl.col("load").replace_strict(known_on, return_dtype=pl.Date).alias("known_on"))
    return dict(brought.group_by("indicator").agg(_newest(review)).iter_rows())


def _days(owned: list[Indicator], newest: dict[str, date]) -> list[date]:
    return [newest[indicator.id] for indicator in owned if indicator.id in newest]


def _newest(review: date) -> pl.Expr:
    """The newest day up to the review; where all came later, the review day itself."""
    day = pl.col("known_on")
    return day.filter(day <= review).max().fill_null(review)


def _never(area: str, owned: list[Indicator], place: str) -> Finding:
    reason = Reason(NEVER, {"count": len(owned)}) if len(owned) > 1 else Reason(NEVER_ONE)
    names = tuple(indicator.id for indicator in owned)
    return Finding("owners", "never", "mend", area, names, (place,), reason, weight=float("inf"))


def _late(area: str, owned: list[Indicator], newest: date, place: str, review: date) -> Iterator[Finding]:
    age, names = (review - newest).days, tuple(indicator.id for indicator in owned)
    limit = min(max(indicator.freshness_limit, FRESH_DAYS[indicator.frequency]) for indicator in owned)
    if age > limit:
        reason = Reason(LATE, {"day": newest, "age": age, "limit": limit})
        yield Finding("owners", "late", "mend", area, names, (place,), reason, weight=age / limit)
