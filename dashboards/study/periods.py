"""The periods of a study: dates where they are a calendar's, and names where they are anything else."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from dashboards import formats
from data.periods import Frequency, NotAPeriod, parse, start

FREQUENCIES: tuple[Frequency, ...] = ("month", "quarter", "half", "week", "year", "day")
"""In this order: a form that is read as one of these is no other's."""


@dataclass(frozen=True)
class Calendar:
    """Periods as a study writes them; `frequency` is None where some are no calendar's."""

    labels: tuple[str, ...]
    frequency: Frequency | None
    locale: str

    @cached_property
    def days(self) -> dict[str, date]:
        """The first day of each, by which the axis has the period's name; of days and weeks the last one, by which they are called."""
        if self.frequency is None:
            return {}
        return {label: self._day(parse(label, self.frequency)) for label in self.labels}

    def _day(self, end: date) -> date:
        assert self.frequency is not None
        return end if self.frequency in ("day", "week") else start(end, self.frequency)

    def name(self, label: str) -> str:
        """October 2025, octubre de 2025; of what is no calendar's, what the study calls it."""
        found = self._parsed(label)
        return formats.period(*found, self.locale) if found else label

    def short(self, label: str) -> str:
        found = self._parsed(label)
        return formats.short_period(*found, self.locale) if found else label

    def _parsed(self, label: str) -> tuple[date, Frequency] | None:
        for frequency in (self.frequency,) if self.frequency else FREQUENCIES:
            with suppress(NotAPeriod):
                return parse(label, frequency), frequency
        return None


def of(labels: Sequence[str], locale: str) -> Calendar:
    """The calendar of these periods, in their order."""
    return Calendar(tuple(labels), next((each for each in FREQUENCIES if labels and _all(labels, each)), None), locale)


def _all(labels: Sequence[str], frequency: Frequency) -> bool:
    try:
        return all(parse(label, frequency) for label in labels)
    except NotAPeriod:
        return False
