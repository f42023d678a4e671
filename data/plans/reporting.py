"""An area says how far an action is. What it declares proves nothing by itself: that takes evidence (evidence.py)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from data.access import Actor
from data.plans.objects import node_of, of_node
from data.plans.vocabulary import CANCELLED, REPORTED, STATUSES, STOPPED
from data.problems import N_, Problem, Refused
from data.records.records import Records
from data.records.tables import milestone, node, progress
from data.records.writing import Write


@dataclass(frozen=True)
class Report:
    """What an area says of one action on a day, written on the `version` of the action that it saw. `declared` is 0 to 100."""

    node: int
    version: int
    day: date
    declared: float | None = None
    status: str | None = None
    said: str | None = None
    reason: str | None = None


def report(records: Records, actor: Actor, told: Report, at: datetime | None = None) -> int:
    """Keep one report; returns the action's new version. Raises Refused, NotAllowed, Stale, Gone."""
    return report_all(records, actor, [told], at)[0]


def report_all(records: Records, actor: Actor, reports: list[Report], at: datetime | None = None) -> list[int]:
    """Keep many, as from a table: all of them or none; returns the new version of each action. Raises as `report` does."""
    with records.write(actor, at) as write:
        _require(write, reports)
        return [_report(write, each) for each in reports]


def reach(records: Records, actor: Actor, milestone_id: int, version: int, done_on: date | None, at: datetime | None = None) -> int:
    """The area says on which day a milestone was reached, or with None that it was not; returns the new version. Raises Stale."""
    with records.write(actor, at) as write:
        write.doing("report_progress", of_node(node_of(write, milestone_id)))
        return write.update(milestone, milestone_id, version, done_on=done_on)


def _report(write: Write, told: Report) -> int:
    now = write.row(node, told.node)
    write.doing("report_progress", of_node(now))
    changes: dict[str, Any] = {"declared": told.declared, "status": told.status, "status_reason": told.reason}
    if told.status != now["status"]:
        changes["status_text"] = None  # the words of the file that the plan came from say something else now
    done = write.update(node, told.node, told.version, **changes)
    write.insert(
        progress, node=told.node, at=write.at, day=told.day, person=write.actor.person, declared=told.declared, status=told.status,
        said=told.said, was_declared=now["declared"], was_status=now["status"],
    )  # fmt: skip
    return done


def _require(write: Write, reports: list[Report]) -> None:
    found = [replace(problem, key=str(told.node)) for told in reports for problem in problems(told, write.row(node, told.node)["status"])]
    if found:
        raise Refused(found)


def problems(told: Report, was: str | None) -> Iterator[Problem]:
    """What is wrong with a report, each with the column that it is about; `was` is the status that the action has."""
    if told.declared is not None and not 0 <= told.declared <= 100:
        values = {"found": told.declared}
        yield Problem(N_("a progress of {found:g} % is not between 0 and 100"), N_("write 0 to 100"), column="declared", values=values)
    if told.status is not None and told.status not in STATUSES:
        values = {"found": told.status, "known": ", ".join(REPORTED)}
        yield Problem(N_("{found} is not a status"), N_("write one of: {known}"), column="status", values=values)
    if told.status == CANCELLED != was:
        hint = N_("propose its removal, or have the decision recorded")
        yield Problem(N_("an action is cancelled by a decision, not by a report"), hint, column="status")
    if was == CANCELLED != told.status:
        hint = N_("leave it cancelled, or have the decision recorded that takes it up again")
        yield Problem(N_("a decision cancelled this action, and a report does not take it up again"), hint, column="status")
    if told.status in STOPPED and not (told.reason or "").strip():
        yield Problem(N_("an action that is stopped needs a reason"), N_("write why"), column="reason")
    if told.status == "completed" and told.declared is not None and told.declared < 100:
        values = {"found": told.declared}
        yield Problem(N_("it is said to be completed at {found:g} %"), N_("write 100, or another status"), column="declared", values=values)
