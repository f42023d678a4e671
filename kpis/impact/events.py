"""What else happened: the events of the city that concern a study's outcome, in the periods of its panel."""

from collections.abc import Sequence
from datetime import date

from data.city import Event
from data.definitions import Definitions
from data.periods import Frequency, start
from data.places import around
from kpis.impact.panel import Happened, Panel


def happened(
    panel: Panel, ends: Sequence[date], frequency: Frequency, indicator: str, places: Sequence[str], definitions: Definitions
) -> tuple[Happened, ...]:
    """The events that name the indicator, or none, and concern one of the places under the policy; `ends` are the panel's periods."""
    found = [event for event in definitions.city.events if _concerns(event, indicator, places, definitions)]
    at = [(event, _period(event.date, ends, frequency)) for event in sorted(found, key=lambda event: event.date)]
    return tuple(Happened(event.name, number) for event, number in at if number is not None and number != panel.start)


def _concerns(event: Event, indicator: str, places: Sequence[str], definitions: Definitions) -> bool:
    named = set(event.places or [definitions.city.place])
    here = any(named & set(around(definitions.place, place)) for place in places)
    return here and (not event.indicators or indicator in event.indicators)


def _period(day: date, ends: Sequence[date], frequency: Frequency) -> int | None:
    return next((number for number, end in enumerate(ends) if start(end, frequency) <= day <= end), None)
