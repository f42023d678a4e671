"""What the areas report, month by month: how far, in which status, and what was reached."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from data.demo.plan.telling import Event, Telling
from data.demo.plan.timeline import FIRST, LAST, Course, moment
from data.model import say
from data.periods import Month
from data.plans.reporting import Report, report

DAY = 4
"""Day of the following month, or the Monday after it, on which a month is reported."""


@dataclass(frozen=True)
class Stop:
    """From a month on, an action stands still, and why."""

    status: str
    since: Month
    reason: str


def reports(telling: Telling, stops: dict[str, Stop]) -> Iterator[Event]:
    """A report whenever something changed, and at the end of each quarter in which an action runs; none after it has ended."""
    for course in telling.courses.values():
        yield from _reports(telling, course, stops.get(course.action.key))


def _reports(telling: Telling, course: Course, stop: Stop | None) -> Iterator[Event]:
    before: tuple[float, str] | None = (0.0, "not_started")
    for month in _months(course):
        declared = course.declared(month.last, hopeful=telling.hopeful(course.action))
        status, reason = _status(declared, month, stop)
        if (declared, status) != before or (month.number % 3 == 0 and status == "started"):
            yield _event(telling, course, month, declared, status, reason)
        before = declared, status
        if status in ("completed", "cancelled"):
            return


def _status(declared: float, month: Month, stop: Stop | None) -> tuple[str, str | None]:
    if stop and month.first >= stop.since.first:
        return stop.status, stop.reason
    return ("completed" if declared >= 100 else "started" if declared else "not_started"), None


def _months(course: Course) -> Iterator[Month]:
    month = max(course.action.first, FIRST, key=lambda month: month.first)
    while month.first <= LAST.first:
        yield month
        month = month.plus(1)


def _event(telling: Telling, course: Course, month: Month, declared: float, status: str, reason: str | None) -> Event:
    action = course.action
    at = moment(month.plus(1).first.replace(day=DAY), action.key, str(month), "report")

    def happens() -> None:
        told = Report(
            telling.nodes[action.key], telling.versions[action.key], month.last, declared, status, _said(course, month, status), reason
        )
        telling.versions[action.key] = report(telling.records, telling.players.speaker(action, at.date()), told, at)

    return Event(at, happens)


def _said(course: Course, month: Month, status: str) -> str | None:
    """The stage that was reached in the month, in the area's words."""
    stages = zip(course.ladder.stages, course.reached, strict=False)
    found = [say(stage.name, "es") for stage, on in stages if _in(on, month)]
    if not found and status == "started" and course.action.says is not None:
        return "Sin cambios respecto al mes anterior."
    return f"{found[-1]}." if found else None


def _in(day: date, month: Month) -> bool:
    return month.first <= day <= month.last
