"""What is demanded of the dated points of a path, be they steps or milestones. Written as the rules of kpis.rules, which holds them all."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from data.problems import N_, Problem
from kpis.definition import Aim, Step
from kpis.definition_files import Goal, Written


@dataclass(frozen=True)
class Kind:
    """Points of one kind, called `name` as their method and their key in the file, with the sentences of their problems.

    The last one may lie on the target's own day where `up_to_the_target`: a step is due from its day on, a milestone is passed before.
    """

    name: str
    stray: str
    write_method: str
    missing: str
    add: str
    aimless: str
    unordered: str
    order: str
    beyond: str
    late: str
    early: str
    up_to_the_target: bool

    def of(self, aim: Aim) -> Sequence[Step]:
        """The points of this kind that an aim has."""
        return getattr(aim.path, self.name)


STEPS = Kind(
    name="steps",
    stray=N_("steps are given, but the method is {method}"),
    write_method=N_("write `method: steps`"),
    missing=N_("the method is steps, but there are none"),
    add=N_("add `steps:`, each with `date` and `value`"),
    aimless=N_("steps lead to a target, and there is none"),
    unordered=N_("this step is not after the one before it"),
    order=N_("write the steps in the order of their dates, each date once"),
    beyond=N_("the step {step:g} goes beyond the target {target:g}"),
    late=N_("this step is after the target's date {date}"),
    early=N_("this step is not after the baseline's date"),
    up_to_the_target=True,
)
MILESTONES = Kind(
    name="milestones",
    stray=N_("milestones are given, but the method is {method}"),
    write_method=N_("write `method: milestones`"),
    missing=N_("the method is milestones, but there are none"),
    add=N_("add `milestones:`, each with `date` and `value`"),
    aimless=N_("milestones lead to a target, and there is none"),
    unordered=N_("this milestone is not after the one before it"),
    order=N_("write the milestones in the order of their dates, each date once"),
    beyond=N_("the milestone {step:g} goes beyond the target {target:g}"),
    late=N_("this milestone is not before the target's date {date}"),
    early=N_("this milestone is not after the baseline's date"),
    up_to_the_target=False,
)
KINDS = (STEPS, MILESTONES)


def points_belong_to_their_method(written: Written) -> Iterator[Problem]:
    for goal in written.every_goal:
        for kind in KINDS if goal.wrote("path") else ():
            yield from _methods(goal, kind)


def points_lead_to_a_target_in_order(written: Written) -> Iterator[Problem]:
    for goal in written.every_goal:
        for kind in KINDS:
            points = kind.of(goal.aim)
            if points and not goal.aim.target and goal.wrote("path", "target"):
                yield goal.problem("path", kind.aimless, N_("add `target:`"))
            for i, (one, following) in enumerate(pairwise(points if goal.wrote("path") else ())):
                if following.date <= one.date:
                    yield goal.problem(f"path.{kind.name}.{i + 1}.date", kind.unordered, kind.order)


def points_stay_between_baseline_and_target(written: Written) -> Iterator[Problem]:
    for goal in written.every_goal:
        if goal.aim.target and goal.wrote("path", "target", "baseline"):
            for kind in KINDS:
                yield from _strays(goal, kind)


def _methods(goal: Goal, kind: Kind) -> Iterator[Problem]:
    path, points = goal.aim.path, kind.of(goal.aim)
    if points and path.method != kind.name:
        yield goal.problem(f"path.{kind.name}", kind.stray, kind.write_method, method=path.method)
    if path.method == kind.name and not points:
        yield goal.problem("path", kind.missing, kind.add)


def _strays(goal: Goal, kind: Kind) -> Iterator[Problem]:
    baseline, target = goal.aim.baseline, goal.aim.target
    assert target is not None
    for i, point in enumerate(kind.of(goal.aim)):
        key, values = f"path.{kind.name}.{i}", {"step": point.value, "target": target.value, "date": target.date}
        if goal.kpi.sign * (point.value - target.value) > 0:
            yield goal.problem(f"{key}.value", kind.beyond, N_("correct one of them"), **values)
        if point.date > target.date or (point.date == target.date and not kind.up_to_the_target):
            yield goal.problem(f"{key}.date", kind.late, N_("correct one of them"), **values)
        if baseline and point.date <= baseline.date:
            yield goal.problem(f"{key}.date", kind.early, N_("correct one of the two dates"))


RULES: tuple[Callable[[Written], Iterable[Problem]], ...] = (
    points_belong_to_their_method,
    points_lead_to_a_target_in_order,
    points_stay_between_baseline_and_target,
)
