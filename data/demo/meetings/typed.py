"""Values of the newest review as their areas type and send them, and as the data office validates them or asks about them."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

from data.access import Actor
from data.definitions import Definitions
from data.demo.meetings.months import Typed, Values
from data.demo.plan.telling import Event, Telling
from data.demo.plan.timeline import moment
from data.periods import Month
from data.records.records import Records
from data.reviews import checking
from data.reviews.reviews import review_of
from data.reviews.values import Seen, send, send_back, type_values, validate

SENDING = timedelta(minutes=20)


def typed(telling: Telling, definitions: Definitions, office: str, told: Values) -> Iterator[Event]:
    """Every step of every value."""
    for number, each in enumerate(told.typed):
        yield from _Batch(telling, definitions, office, Month.parse(told.month), each, str(number)).steps()


class _Batch:
    """Values that go the same way together; `_seen` is the version of each by its id."""

    def __init__(self, telling: Telling, definitions: Definitions, office: str, month: Month, told: Typed, name: str) -> None:
        self._telling, self._definitions, self._office = telling, definitions, office
        self._month, self._told, self._name = month, told, name
        self._seen: Seen = {}

    def steps(self) -> Iterator[Event]:
        told, at = self._told, moment(self._told.day, "typed", self._name)
        yield Event(at, lambda: self._type(at))
        if not told.draft:
            sent, known = at + SENDING, self._definitions
            yield self._step(sent, told.by, lambda by: send(self._records, by, known, self._review, self._seen, sent))
        if told.validated:
            judged = moment(told.validated, "judged", self._name)
            yield self._step(judged, self._office, lambda by: validate(self._records, by, self._review, self._seen, judged))
        if back := told.returned:
            asked = moment(back.day, "judged", self._name)
            yield self._step(asked, self._office, lambda by: send_back(self._records, by, self._review, self._seen, back.question, asked))

    def _type(self, at: datetime) -> None:
        told, by = self._told, self._actor(self._told.by, at.date())
        values = [
            checking.Typed(place, told.indicator, self._month.last, value, said=told.said) for place, value in told.values.items()
        ]  # fmt: skip
        self._seen = type_values(self._records, by, self._definitions, self._review, values, at)

    def _step(self, at: datetime, who: str, verb: Callable[[Actor], Seen]) -> Event:
        def happens() -> None:
            self._seen = verb(self._actor(who, at.date()))

        return Event(at, happens)

    def _actor(self, person: str, day: date) -> Actor:
        return self._telling.players.actor(person, day)

    @property
    def _records(self) -> Records:
        return self._telling.records

    @property
    def _review(self) -> int:
        found = review_of(self._records, self._definitions.city.place, self._month)
        assert found is not None, "the meeting about the month was planned before"
        return found["id"]
