"""Evidence: the area says that a stage was reached and brings what shows it; somebody outside the area accepts it, or sends it back."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from data.demo.plan.papers import pdf, png
from data.demo.plan.telling import Event, Telling
from data.demo.plan.timeline import SEEN, Course, between, moment
from data.model import say
from data.plans.evidence import bring_file, bring_link, judge
from data.plans.ladder import Stage
from data.plans.reporting import reach
from data.records.writing import FIRST

NOTES = (
    "Falta la firma del acta.",
    "El documento corresponde a otra fase; traigan el que acredita esta.",
    "La fecha no coincide con la declarada.",
    "Es una nota de prensa; hace falta la resolución.",
)
LINK = "https://example.org/villa-quimera/expedientes/{key}/{stage}"


def proofs(telling: Telling) -> Iterator[Event]:
    """Every stage reached, its evidence where there is some, and what became of it."""
    for course in telling.courses.values():
        proved = len(course.reached) - course.action.lacks
        for number, stage in enumerate(course.ladder.stages[: len(course.reached)]):
            yield _reached(telling, course, number, stage)
            if number < proved:
                yield from _evidence(telling, course, number, stage, newest=number == proved - 1)


def accepted(course: Course, day: date) -> float:
    """The share, in percent, of the stages whose evidence was accepted by the day."""
    proved = len(course.reached) - course.action.lacks - (course.action.last is not None)
    steps = enumerate(course.ladder.stages[: max(proved, 0)])
    return sum(stage.share for number, stage in steps if _moments(course, number, stage)[1].date() <= day)


def _moments(course: Course, number: int, stage: Stage) -> tuple[datetime, datetime]:
    """When the evidence of a stage is brought, and when it is judged."""
    key = course.action.key
    brought = moment(course.reached[number] + timedelta(days=between(3, 15, key, stage.id)), key, stage.id, "brought")
    return brought, moment(brought.date() + timedelta(days=between(4, 24, key, stage.id, "j")), key, stage.id, "judged")


def _reached(telling: Telling, course: Course, number: int, stage: Stage) -> Event:
    action, day = course.action, course.reached[number]
    at = moment(day + timedelta(days=1), action.key, stage.id, "reached")

    def happens() -> None:
        speaker = telling.players.speaker(action, at.date())
        reach(telling.records, speaker, telling.milestones[action.key, stage.id], FIRST, day, at)

    return Event(at, happens)


def _evidence(telling: Telling, course: Course, number: int, stage: Stage, *, newest: bool) -> Iterator[Event]:
    action = course.action
    brought, judged = _moments(course, number, stage)
    returned = newest and action.last == "returned"
    kept: list[int] = []

    def comes() -> None:
        kept.append(_bring(telling, course, number, stage, brought))

    def is_judged() -> None:
        by = telling.players.judge(action, judged.date(), stage.id)
        state, note = ("returned", NOTES[between(0, len(NOTES) - 1, action.key, "note")]) if returned else ("accepted", "")
        judge(telling.records, by, kept[0], FIRST, state, note, judged)

    if brought.date() <= SEEN:
        yield Event(brought, comes)
    if judged.date() <= SEEN and not (newest and action.last == "waiting"):
        yield Event(judged, is_judged)


def _bring(telling: Telling, course: Course, number: int, stage: Stage, at: datetime) -> int:
    action = course.action
    milestone = telling.milestones[action.key, stage.id]
    title, name = say(stage.needs, "es"), say(action.name, "es")
    by = telling.players.speaker(action, at.date())
    if action.file and number == 0:
        paper = pdf("Ayuntamiento de Villa Quimera", f"{action.key} {name}", f"{title}, {course.reached[0]:%d/%m/%Y}")
        return bring_file(telling.records, by, milestone, title, f"{action.key} {title}.pdf", paper, at)
    if action.file and stage.id in ("half_built", "in_use"):
        picture = png(between(120, 230, action.key, stage.id))
        return bring_file(telling.records, by, milestone, title, f"{action.key} {title}.png", picture, at)
    return bring_link(telling.records, by, milestone, title, LINK.format(key=action.key, stage=stage.id), at)
