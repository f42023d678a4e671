"""Failures and successes with their lessons, and results by the four criteria."""

from collections.abc import Iterator
from datetime import date, timedelta

from data.demo.plan.story import OutcomeEntry, OutcomeFile, ResultEntry
from data.demo.plan.telling import Event, Telling
from data.demo.plan.timeline import moment
from data.plans.outcomes import Outcome, Result, close_outcome, record_outcome, record_result
from data.records.writing import FIRST

MEASURED = date(2026, 11, 5)
"""When the results were written down."""


def outcomes(telling: Telling, plan_id: int, told: OutcomeFile) -> Iterator[Event]:
    """What came of it, each at its time."""
    for number, each in enumerate(told.outcomes):
        yield from _outcome(telling, plan_id, each, str(number))
    for number, each in enumerate(told.results):
        yield _result(telling, each, str(number))


def _outcome(telling: Telling, plan_id: int, told: OutcomeEntry, name: str) -> Iterator[Event]:
    kept: list[int] = []
    at = moment(told.day, "outcome", name)

    def happens() -> None:
        owner = telling.players.posts[told.owner] if told.owner else None
        words = Outcome(
            plan_id, told.day, told.succeeded, told.title, told.reason, told.what, told.lesson, telling.nodes[told.action],
            told.corrective, owner, told.due,
        )  # fmt: skip
        kept.append(record_outcome(telling.records, telling.players.actor(told.by, told.day), words, at))

    yield Event(at, happens)
    if told.done_on:
        done = moment(told.done_on + timedelta(days=1), "outcome", name, "done")
        by = telling.players.actor(told.by, told.done_on)
        yield Event(done, lambda: close_outcome(telling.records, by, kept[0], FIRST, told.done_on, done))


def _result(telling: Telling, told: ResultEntry, name: str) -> Event:
    at = moment(MEASURED, "result", name)

    def happens() -> None:
        by = telling.players.speaker(telling.courses[told.action].action, at.date())
        values = told.model_dump(exclude={"action"})
        record_result(telling.records, by, Result(telling.nodes[told.action], **values), at)

    return Event(at, happens)
