"""The plan as a document, which is what a plan is adopted from: its tree, milestones from the ladders, and budget lines."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from data.city import City
from data.demo.plan.money import lines
from data.demo.plan.story import Action, AxisFile, PlanFile
from data.demo.plan.timeline import Course
from data.periods import Month
from data.plans.document import MilestoneEntry, NodeEntry, PlanDocument
from data.plans.ladder import Ladder

MANDATE = "mandato_2025_2028"
LEVELS = (
    {"one": {"es": "Eje", "en": "Axis"}, "many": {"es": "Ejes", "en": "Axes"}},
    {"one": {"es": "Línea", "en": "Line"}, "many": {"es": "Líneas", "en": "Lines"}},
    {"one": {"es": "Acción", "en": "Action"}, "many": {"es": "Acciones", "en": "Actions"}},
)


def mandate(city: City, axes: Iterable[AxisFile], courses: Mapping[str, Course], posts: Mapping[str, int]) -> PlanDocument:
    """The mandate plan; `posts` gives the id of each post."""
    return PlanDocument(
        key=MANDATE, name={"es": "Plan de mandato 2025-2028", "en": "Mandate plan 2025-2028"}, place=city.place, levels=LEVELS,
        nodes=tuple(_tree(city, axes, courses, posts)), kind="mandate", starts=city.mandate.start, ends=city.mandate.end,
    )  # fmt: skip


def beside(city: City, told: PlanFile, courses: Mapping[str, Course], posts: Mapping[str, int], nodes: Mapping[str, int]) -> PlanDocument:
    """A plan beside the mandate plan; `nodes` gives the ids of the mandate plan's actions, which its own serve."""
    return PlanDocument(
        key=told.key, name=told.name, place=told.place or city.place, levels=tuple(level.model_dump() for level in told.levels),
        nodes=tuple(_lines(told, courses, posts, nodes)), kind=told.kind,
        starts=Month.parse(told.begins).first, ends=Month.parse(told.ends).last,
    )  # fmt: skip


def entry(course: Course, parent: str | None, level: int, posts: Mapping[str, int], **more: Any) -> NodeEntry:
    """An action as a node, nothing of it done yet."""
    action = course.action
    return NodeEntry(
        key=action.key, name=action.name, level=level, parent=parent, fields={**_fields(action, posts), **more},
        milestones=tuple(_milestones(course.ladder, course)), lines=lines(course),
    )  # fmt: skip


def _tree(city: City, axes: Iterable[AxisFile], courses: Mapping[str, Course], posts: Mapping[str, int]) -> Iterator[NodeEntry]:
    names = {axis.id: axis.name for axis in city.mandate.axes}
    for axis in axes:
        yield NodeEntry(key=axis.key, name=names.get(axis.axis, axis.axis), level=0)
        for line in axis.lines:
            yield NodeEntry(key=line.key, name=line.name, level=1, parent=axis.key)
            yield from (entry(courses[action.key], line.key, 2, posts) for action in line.actions if not action.added)


def _lines(told: PlanFile, courses: Mapping[str, Course], posts: Mapping[str, int], nodes: Mapping[str, int]) -> Iterator[NodeEntry]:
    for line in told.lines:
        yield NodeEntry(key=line.key, name=line.name, level=0)
        for action in line.actions:
            serves = [nodes[key] for key in action.serves] or None
            yield entry(courses[action.key], line.key, 1, posts, serves=serves)


def _fields(action: Action, posts: Mapping[str, int]) -> dict[str, Any]:
    latitude, longitude = action.at or (None, None)
    return {
        "area": action.area, "owner": posts[action.owner] if action.owner else None, "ladder": action.ladder,
        "status": "not_started", "declared": 0.0, "starts": action.first.first, "ends": action.final.last,
        "place": action.place, "latitude": latitude, "longitude": longitude, "work": action.at is not None, "limits": action.limits,
        "sdg": list(action.sdg or ()), "goals": list(action.goals or ()), "beneficiaries": action.people,
        "participation": action.participation.model_dump() if action.participation else None, "pdca": "plan", "pilot": action.pilot,
    }  # fmt: skip


def _milestones(ladder: Ladder, course: Course) -> Iterator[MilestoneEntry]:
    for stage, due in zip(ladder.stages, course.due, strict=True):
        yield MilestoneEntry(name=stage.name, share=stage.share, stage=stage.id, needs=stage.needs, due=due)
