"""Every verb that writes, each made ready to be done once to the town's water works."""

from collections.abc import Callable
from functools import partial
from typing import Any

from data.access import Actor, Role
from data.drafts import drop, keep
from data.people import add_person, add_post, change_person, leave_post, set_roles, take_post
from data.plans.adopting import adopt
from data.plans.assigning import Assignment, assign
from data.plans.deciding import Decision, add, change, decide, describe
from data.plans.document import NodeEntry
from data.plans.evidence import bring_file, bring_link, judge, withdraw
from data.plans.linking import link, unlink
from data.plans.outcomes import Outcome, Result, close_outcome, record_outcome, record_result
from data.plans.reading import plans
from data.plans.reporting import Report, reach, report, report_all
from data.plans.settling import settle
from tests.recorded_town import DAY, PDF, Town, document


def _outcome(place: Town) -> Outcome:
    what = "Dry spring"
    return Outcome(place.plan, DAY, True, "Done early", "other", what, "Begin in spring", node=place.nodes["pipes"])


def _office(place: Town) -> Actor:
    return place.who["office"]


def _decided(place: Town) -> int:
    return decide(place.records, _office(place), Decision(place.plan, DAY, "Council", "other", "So it was"))


def _brought(place: Town) -> int:
    return bring_link(place.records, place.who["water"], place.steps[0], "Photograph", "https://aurora.example/1")


def _recorded(place: Town) -> int:
    return record_outcome(place.records, _office(place), _outcome(place))


def _weighed(place: Town) -> tuple[Any, ...]:
    """Weighed by budget, by a decision."""
    return partial(settle, weights="budget"), Decision(place.plan, DAY, "Council", "other", "So it was")


def _assigned(place: Town) -> tuple[Any, ...]:
    return Decision(place.plan, DAY, "Council", "other", "So it was"), [Assignment(place.nodes["pipes"], area="parks")]


def _linked(place: Town) -> int:
    return link(place.records, _office(place), place.plan, _second(place), "continues")


def _second(place: Town) -> int:
    """Another plan, adopted once."""
    there = {plan.key: plan.id for plan in plans(place.records)}
    return there.get("second") or adopt(place.records, _office(place), document("second"))


def _typed(place: Town) -> str:
    keep(place.records, Actor(place.who["nobody"].person, "nobody", frozenset({Role("mayor")})), "typed", {"a": 1})
    return "typed"


Act = Callable[[Town], tuple[Any, ...]]
VERBS: dict[str, tuple[str, Act]] = {
    "add_person": ("keep_people", lambda place: (add_person, "Ada")),
    "change_person": ("keep_people", lambda place: (change_person, place.who["parks"].person, 1)),
    "set_roles": ("keep_people", lambda place: (set_roles, place.who["parks"].person, 1, (Role("mayor"),))),
    "add_post": ("keep_people", lambda place: (add_post, "Head of parks", "parks")),
    "take_post": ("keep_people", lambda place: (take_post, place.post, place.who["parks"].person, DAY)),
    "leave_post": ("keep_people", lambda place: (leave_post, 1, 1, DAY)),
    "adopt": ("import_plan", lambda place: (adopt, document("second"))),
    "change": ("change_plan", lambda place: (change, place.nodes["pipes"], 1, _decided(place))),
    "add": ("change_plan", lambda place: (add, place.plan, _decided(place), NodeEntry(key="9", name="Wells", level=0))),
    "settle": ("change_plan", _weighed),
    "assign": ("change_plan", lambda place: (assign, *_assigned(place))),
    "link": ("change_plan", lambda place: (link, place.plan, _second(place), "implements")),
    "unlink": ("change_plan", lambda place: (unlink, _linked(place))),
    "describe": ("describe_action", lambda place: (describe, place.nodes["pipes"], 1)),
    "report": ("report_progress", lambda place: (report, Report(place.nodes["pipes"], 1, DAY, 40.0, "started"))),
    "report_all": ("report_progress", lambda place: (report_all, [Report(place.nodes["pipes"], 1, DAY, 40.0, "started")])),
    "reach": ("report_progress", lambda place: (reach, place.steps[0], 1, DAY)),
    "bring_link": ("bring_evidence", lambda place: (bring_link, place.steps[0], "Photograph", "https://aurora.example/1")),
    "bring_file": ("bring_evidence", lambda place: (bring_file, place.steps[0], "Record", "record.pdf", PDF)),
    "withdraw": ("bring_evidence", lambda place: (withdraw, _brought(place), 1)),
    "judge": ("judge_evidence", lambda place: (judge, _brought(place), 1, "accepted")),
    "decide": ("record_decision", lambda place: (decide, Decision(place.plan, DAY, "Council", "other", "So it was"))),
    "record_outcome": ("record_outcome", lambda place: (record_outcome, _outcome(place))),
    "close_outcome": ("record_outcome", lambda place: (close_outcome, _recorded(place), 1, DAY)),
    "record_result": ("record_result", lambda place: (record_result, Result(place.nodes["pipes"], "scope", "Homes"))),
    "keep": ("keep_draft", lambda place: (keep, "form", {"a": 1})),
    "drop": ("keep_draft", lambda place: (drop, _typed(place))),
}
"""Each verb: the action that it asks leave for, and the verb with all but the records and the actor, made ready by those who may."""
