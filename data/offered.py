"""The months that can be looked at: those that have data."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import lru_cache

from data.city import City
from data.definitions import Definitions
from data.facts import Facts
from data.periods import Month


def months(held: Facts, *places: str) -> Sequence[Month]:
    """The months from the first to the last in which any of the places has data, newest first."""
    firsts = [first for place in places if (first := held.first_period(place))]
    lasts = [last for place in places if (last := held.last_period(place))]
    if not firsts or not lasts:
        return ()
    return _down(Month.of(max(lasts)), Month.of(min(firsts)))


def choosable(held: Facts | None, definitions: Definitions, place: str) -> Sequence[Month]:
    """The months to choose from, newest first: the place's own; else the city's; else those of any place; else the mandate's."""
    city = definitions.city
    found = held and (months(held, place) or months(held, city.place) or months(held, *held.places))
    return found or mandate_months(city, datetime.now(UTC).date())


def mandate_months(city: City, today: date) -> Sequence[Month]:
    """The months of the mandate down from the last one whose review day has come; its first month where none has.

    For a city that has a plan and no figures yet: its plan is measured on its last review, not on the one that opened the mandate.
    """
    first, last = Month.of(city.mandate.start), Month.of(city.mandate.end)
    reviewed = Month.of(today).plus(-1 if today.day >= city.review_day else -2)
    newest = max(first, min(last, reviewed))
    return _down(newest, first)


def names(offered: Sequence[Month]) -> tuple[str, ...]:
    """The months as they stand in an address: 2026-06. For months that follow each other, as above."""
    return _names(offered[0], offered[-1])


@lru_cache(maxsize=256)
def _names(newest: Month, first: Month) -> tuple[str, ...]:
    return tuple(map(str, _down(newest, first)))


@lru_cache(maxsize=256)
def _down(newest: Month, first: Month) -> tuple[Month, ...]:
    count = (newest.year - first.year) * 12 + newest.number - first.number + 1
    return tuple(newest.plus(-back) for back in range(count))
