"""What the page knows: the months that cities sent, the day on which it is measured, and whose keys are trusted."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from dashboards import formats
from dashboards.meetings.reading import Reading
from data.access import may
from data.exchange.received import CityMonth, months, received
from data.exchange.trusting import RECEIVED, Trusted, trusted
from data.records.records import begun
from kpis.cities.attention import Why, in_order, whys


@dataclass(frozen=True, eq=False)
class Known(Reading):
    """Measured on the day of every page of promises, with what cities sent."""

    @cached_property
    def cities(self) -> list[CityMonth]:
        """The newest month of each city, those that need a call first; of as many reasons, by name."""
        return in_order(received(self.session.records), self.day) if begun(self.session.home) else []

    @cached_property
    def trusted(self) -> dict[str, Trusted]:
        """The key that is trusted of each city."""
        return trusted(self.session.records) if begun(self.session.home) else {}

    @property
    def may(self) -> bool:
        """Whether the reader may receive months, and say whose key is trusted."""
        actor = self.session.actor
        return actor is not None and may(actor, "receive_city", RECEIVED)

    def months(self, city: str) -> list[CityMonth]:
        """Every month of a city, the newest first."""
        return months(self.session.records, city)

    def whys(self, month: CityMonth) -> tuple[Why, ...]:
        return whys(month, self.day)

    def name(self, month: CityMonth) -> str:
        return self.session.say(month.name)

    def date(self, day: date) -> str:
        return super().date(day.date() if isinstance(day, datetime) else day)

    def count(self, number: float) -> str:
        return formats.number(number, 0, self.session.locale)
