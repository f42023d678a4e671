"""Where an action stands in the cycle of plan, do, check and act, as its area writes it down."""

from collections.abc import Iterator
from datetime import date, timedelta

from data.demo.plan.telling import Event, Telling
from data.demo.plan.timeline import SEEN, Course, moment
from data.plans.deciding import describe


def cycle(telling: Telling, learnt: frozenset[str]) -> Iterator[Event]:
    """It is done from its first stage on, and checked once it is finished; what was `learnt` from (keys of actions) is acted upon."""
    for course in telling.courses.values():
        key = course.action.key
        steps = {course.reached[0]: "do"} if course.reached else {}
        if course.finished:
            steps[course.finished + timedelta(days=30)] = "act" if key in learnt else "check"
        yield from (_event(telling, course, day, stage) for day, stage in steps.items() if day <= SEEN - timedelta(days=4))


def _event(telling: Telling, course: Course, day: date, stage: str) -> Event:
    key = course.action.key
    at = moment(day + timedelta(days=2), key, stage)

    def happens() -> None:
        by, version = telling.players.speaker(course.action, at.date()), telling.versions[key]
        telling.versions[key] = describe(telling.records, by, telling.nodes[key], version, at, pdca=stage)

    return Event(at, happens)
