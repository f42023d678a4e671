"""What was decided about the mandate plan: dates that moved, actions that were cancelled, left out or added, each with its reason."""

from collections.abc import Iterator
from typing import Any

from data.demo.plan.documents import entry
from data.demo.plan.reports import Stop
from data.demo.plan.story import DecisionEntry, StopEntry
from data.demo.plan.telling import Event, Telling
from data.demo.plan.timeline import moment
from data.periods import Month
from data.plans.deciding import Decision, add, change, decide


def decisions(telling: Telling, office: str, plan_id: int, told: tuple[DecisionEntry, ...]) -> Iterator[Event]:
    """Each decision, written down by whom it names; the office changes the plan by it."""
    for number, each in enumerate(told):
        yield _event(telling, office, plan_id, each, str(number))


def stops(told: tuple[StopEntry, ...]) -> dict[str, Stop]:
    """Actions at which nobody works any more, by their keys."""
    return {each.action: Stop(each.status, Month.parse(each.since), each.reason) for each in told}


def _event(telling: Telling, office: str, plan_id: int, told: DecisionEntry, name: str) -> Event:
    at = moment(told.day, "decision", name)

    def happens() -> None:
        about = telling.nodes[told.action] if told.action else None
        words = Decision(plan_id, told.day, told.title, told.reason, told.why, about, told.body, told.link)
        made = decide(telling.records, telling.players.actor(told.by, told.day), words, at)
        by = telling.players.actor(office, told.day)
        if told.action and told.changes:
            version = telling.versions[told.action]
            changes = _changes(told)
            telling.versions[told.action] = change(telling.records, by, telling.nodes[told.action], version, made, at, **changes)
        if told.adds:
            new = entry(telling.courses[told.adds], told.adds.rsplit(".", 1)[0], 2, telling.players.posts)
            add(telling.records, by, plan_id, made, new, at)
            telling.adopted(plan_id)

    return Event(at, happens)


def _changes(told: DecisionEntry) -> dict[str, Any]:
    found = told.changes.model_dump(exclude_none=True) if told.changes else {}
    return found | ({"ends": Month.parse(found["ends"]).last} if "ends" in found else {})
