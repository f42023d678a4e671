"""Each practice on its day: written down by whoever knew of it, kept or withdrawn by whoever keeps them."""

from collections.abc import Iterator
from datetime import datetime

from data.demo.plan.telling import Event, Telling
from data.demo.plan.timeline import moment
from data.demo.practices.story import PracticeFile, Told
from data.practices.practices import DESCRIBED, Practice, add_practice, keep_practice, withdraw_practice
from data.records.writing import FIRST


def practised(telling: Telling, told: PracticeFile) -> Iterator[Event]:
    """All of it."""
    for each in told.practices:
        yield from _Practice(telling, told.keeper, each).steps()


class _Practice:
    """One practice; it knows its id and version by the time they are asked."""

    def __init__(self, telling: Telling, keeper: str, told: Told) -> None:
        self._telling, self._keeper, self._told = telling, keeper, told
        self._id, self._version = 0, FIRST

    def steps(self) -> Iterator[Event]:
        told = self._told
        at = moment(told.written, told.key)
        yield Event(at, lambda: self._add(at))
        if told.kept:
            kept = moment(told.kept, told.key, "kept")
            yield Event(kept, lambda: self._keep(kept))
        if told.withdrawn:
            gone = moment(told.withdrawn.day, told.key, "withdrawn")
            yield Event(gone, lambda: self._withdraw(gone))

    def _add(self, at: datetime) -> None:
        by = self._telling.players.actor(self._told.by, at.date())
        words = {name: getattr(self._told, name) for name in DESCRIBED}
        self._id = add_practice(self._telling.records, by, Practice(key=self._told.key, **words), at)

    def _keep(self, at: datetime) -> None:
        by = self._telling.players.actor(self._keeper, at.date())
        self._version = keep_practice(self._telling.records, by, self._id, self._version, at)

    def _withdraw(self, at: datetime) -> None:
        assert self._told.withdrawn is not None
        by = self._telling.players.actor(self._keeper, at.date())
        self._version = withdraw_practice(self._telling.records, by, self._id, self._version, self._told.withdrawn.why, at)
