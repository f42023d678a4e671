"""What the data office does beyond the records: figures arrive, months are closed and opened again, values are published.

A month is closed with the facts and the records of its own day, so that what came later is what has changed since.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from data.access import Actor
from data.definitions import Definitions
from data.demo.meetings.months import Closed, MonthFile
from data.demo.plan.telling import Event, Telling
from data.demo.plan.timeline import moment
from data.home import Home
from data.loads import Rows, apply
from data.periods import Month
from data.reviews.publishing import publish
from data.reviews.reviews import review_of
from data.snapshots.freezing import freeze
from data.snapshots.judging import Statuses
from data.snapshots.reopening import reopen


class Closing:
    """`loads` are all that ever arrive; `statuses` says what a month says when it is closed."""

    def __init__(
        self, telling: Telling, home: Home, definitions: Definitions, office: str, loads: Sequence[Rows], statuses: Statuses
    ) -> None:  # fmt: skip
        self._telling, self._home, self._definitions, self._office = telling, home, definitions, office
        self._left, self._statuses = list(loads), statuses
        self._place = definitions.city.place

    def steps(self, told: MonthFile) -> Iterator[Event]:
        """Every one of them needs what was written before it on the disk."""
        for each in told.closed:
            yield self._closed(each)
            if again := each.reopened:
                at = moment(again.day, each.month, "reopened")
                yield Event(at, lambda at=at, each=each, why=again.why: self._reopen(at, each.month, why), alone=True)
        if any(each.validated for each in told.values.typed):
            at = moment(told.values.published, "published")
            yield Event(at, lambda: self._publish(at, told.values.month), alone=True)

    def arrive(self, until: date) -> None:
        """What was known by a day is loaded, unless it was before."""
        here = [each for each in self._left if each[0].known_on <= until]
        self._left = self._left[len(here) :]
        if here:
            apply(self._home, self._definitions, here)

    def _closed(self, told: Closed) -> Event:
        at = moment(told.day, told.month, "closed")

        def happens() -> None:
            self.arrive(told.day)
            month, by = Month.parse(told.month), self._actor(at)
            freeze(
                self._home, self._telling.records, by, self._place, month, accepted=told.accepted, statuses=self._statuses, at=at
            )  # fmt: skip

        return Event(at, happens, alone=True)

    def _reopen(self, at: datetime, month: str, why: str) -> None:
        reopen(self._telling.records, self._actor(at), self._place, Month.parse(month), why, at)

    def _publish(self, at: datetime, month: str) -> None:
        self.arrive(at.date())
        review = review_of(self._telling.records, self._place, Month.parse(month))
        assert review is not None, "the meeting about the month was planned before"
        publish(self._home, self._telling.records, self._actor(at), self._definitions, review["id"], at)

    def _actor(self, at: datetime) -> Actor:
        return self._telling.players.actor(self._office, at.date())
