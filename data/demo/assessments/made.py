"""Each policy and each step of its assessments on its day, written down by whoever keeps them."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from data.access import Actor
from data.assessments import assessments as steps
from data.assessments.assessments import WRITTEN, Planned
from data.assessments.policies import Policy, add_policy
from data.assessments.scores import Score, judge_criterion
from data.demo.assessments.story import Judged, Made, PolicyFile, Told
from data.demo.plan.telling import Event, Telling
from data.demo.plan.timeline import moment
from data.records.writing import FIRST

AFTERNOON = timedelta(hours=5)


def assessed(telling: Telling, place: str, told: PolicyFile) -> Iterator[Event]:
    """All of it; an assessment of which nothing but the day is told stays planned."""
    for each in told.policies:
        ids: dict[str, int] = {}
        at = moment(each.written, each.key)
        yield Event(at, lambda each=each, ids=ids, at=at: ids.update(policy=_add(telling, place, told.keeper, each, at)))
        for number, made in enumerate(each.assessments):
            yield from _Assessment(telling, told.keeper, made, ids, f"{each.key}/{number}").steps()


def _add(telling: Telling, place: str, keeper: str, told: Told, at: datetime) -> int:
    nodes, owner = tuple(telling.nodes[key] for key in told.actions), telling.players.posts[told.owner]
    words = Policy(
        place, told.key, told.name, told.problem, told.theory, told.starts, told.ends, told.area, owner, nodes, told.goals
    )  # fmt: skip
    return add_policy(telling.records, telling.players.actor(keeper, at.date()), words, at)


class _Assessment:
    """One assessment; `ids` holds the policy's id by the time it is asked."""

    def __init__(self, telling: Telling, keeper: str, told: Made, ids: dict[str, int], name: str) -> None:
        self._telling, self._keeper, self._told, self._ids, self._name = telling, keeper, told, ids, name
        self._id, self._version = 0, FIRST

    def steps(self) -> Iterator[Event]:
        told = self._told
        written = moment(told.planned, self._name) + AFTERNOON  # on the day on which the policy itself was written down, after it
        yield Event(written, lambda: self._plan(self._telling.players.actor(self._keeper, written.date()), written))
        if told.begun:
            yield self._step(told.begun, "begun", self._begin)
        if told.done:
            yield self._step(told.done, "done", self._finish)
        if told.dropped:
            yield self._step(told.dropped.day, "dropped", self._drop)

    def _step(self, day: date, name: str, act: Callable[[Actor, datetime], None]) -> Event:
        at = moment(day, self._name, name)
        return Event(at, lambda: act(self._telling.players.actor(self._keeper, at.date()), at))

    def _plan(self, by: Actor, at: datetime) -> None:
        told = self._told
        words = Planned(self._ids["policy"], told.moment, told.due, told.judge, told.judge_name, told.method, told.study, told.appraisal)
        self._id = steps.plan_assessment(self._telling.records, by, words, at)

    def _begin(self, by: Actor, at: datetime) -> None:
        self._version = steps.begin(self._telling.records, by, self._id, self._version, at)

    def _finish(self, by: Actor, at: datetime) -> None:
        told = self._told
        assert told.done is not None
        for judged in told.scores:
            judge_criterion(self._telling.records, by, self._id, _score(told, judged), at=at)
        changes: dict[str, Any] = {name: getattr(told, name) for name in WRITTEN}
        steps.finish(self._telling.records, by, self._id, self._version, told.done, at, **changes)

    def _drop(self, by: Actor, at: datetime) -> None:
        told = self._told.dropped
        assert told is not None
        steps.drop(self._telling.records, by, self._id, self._version, told.why, at)


def _score(told: Made, judged: Judged) -> Score:
    return Score(**{**judged.model_dump(), "judge": judged.judge or told.judge})
