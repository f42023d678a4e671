"""What every page of promises and concerns knows: the words, the day on which it measures, and what things are about."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from dashboards import formats
from dashboards.meetings.clock import today
from dashboards.meetings.items import Items
from dashboards.session import Session
from dashboards.words import Words, translator


@dataclass(frozen=True, eq=False)
class Reading:
    """Everything is read once, when it is asked for."""

    session: Session

    @property
    def words(self) -> Words:
        return translator(self.session.locale)

    @cached_property
    def day(self) -> date:
        """On which it is measured what is due, how old things are, and who holds a post."""
        return today(self.session)

    @cached_property
    def items(self) -> Items:
        return Items(self.session, self.day)

    def date(self, day: date) -> str:
        return formats.day(day, self.session.locale)
