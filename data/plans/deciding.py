"""What was decided about a plan, and the changes of the plan that follow: a promise is changed by a decision, never by a hand alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from data.access import Actor
from data.plans.adopting import add_nodes
from data.plans.checking import faults
from data.plans.described import require_described
from data.plans.difference import plain
from data.plans.document import NodeEntry, Words
from data.plans.objects import PLAN, of_node, require_in_plan
from data.plans.reasons import without_reason
from data.plans.versions import add_version
from data.problems import N_, Problem, Refused
from data.records.records import Records
from data.records.tables import decision, node
from data.records.writing import Row, Write

PROMISED = (
    "name",
    "area",
    "owner",
    "ladder",
    "starts",
    "ends",
    "place",
    "weight",
    "beneficiaries",
    "left_out",
    "parent",
    "status",
    "status_reason",
)
"""Columns of a node that say what was promised, or that it no longer is; the others describe it and are changed by `describe`."""
DESCRIBED = ("description", "latitude", "longitude", "work", "limits", "sdg", "goals", "serves", "participation", "pdca", "pilot")


@dataclass(frozen=True)
class Decision:
    """What was decided on a day, by whom, for which kind of reason, and why."""

    plan: int
    day: date
    title: Words
    reason: str
    why: Words
    node: int | None = None
    body: Words | None = None
    link: str | None = None


def decide(records: Records, actor: Actor, told: Decision, at: datetime | None = None) -> int:
    """Record a decision; returns its id. Raises Refused, NotAllowed."""
    require_told(told)
    with records.write(actor, at) as write:
        write.doing("record_decision", PLAN)
        require_in_plan(write, told.node, told.plan)
        return write.insert(decision, **vars(told))


def change(records: Records, actor: Actor, node_id: int, version: int, decision_id: int, at: datetime | None = None, **changes: Any) -> int:
    """Change what is promised of a node, by a decision: the plan gets a new version; returns the node's. Raises Stale, Refused, Gone."""
    with records.write(actor, at) as write:
        return _change(write, node_id, version, decision_id, changes)


def decide_and_change(records: Records, actor: Actor, told: Decision, version: int, at: datetime | None = None, **changes: Any) -> int:
    """Record a decision and change by it what is promised of its node, both or neither; returns the node's new version.

    Raises Stale, Refused, NotAllowed, Gone.
    """
    require_told(told)
    if told.node is None:
        raise ValueError("the decision names no node")
    with records.write(actor, at) as write:
        write.doing("record_decision", PLAN)
        return _change(write, told.node, version, write.insert(decision, **vars(told)), changes)


def add(records: Records, actor: Actor, plan_id: int, decision_id: int, entry: NodeEntry, at: datetime | None = None) -> int:
    """A new node, by a decision; its parent is named by key. Returns its id. Raises Refused, Gone."""
    _require_sound(entry)
    with records.write(actor, at) as write:
        write.doing("change_plan", PLAN)
        rows = write.connection.execute(select(node.c.key, node.c.id, node.c.level).where(node.c.plan == plan_id)).all()
        known, levels = {row.key: row.id for row in rows}, {row.key: row.level for row in rows}
        if entry.key in known or (entry.parent is not None and entry.parent not in known):
            raise Refused(
                [Problem(N_("the key {key} is taken, or its parent is not in the plan"), N_("correct it"), values={"key": entry.key})]
            )
        if entry.parent is not None and levels[entry.parent] >= entry.level:
            hint = N_("correct its level or its parent")
            raise Refused([Problem(N_("its parent {key} is not above it"), hint, values={"key": entry.parent})])
        made = add_nodes(write, plan_id, [entry], known, _last(write, plan_id, known.get(entry.parent or "")))[entry.key]
        next_version(write, plan_id, decision_id, [{"node": made, "field": "key", "was": None, "is": entry.key}])
        return made


def describe(records: Records, actor: Actor, node_id: int, version: int, at: datetime | None = None, **changes: Any) -> int:
    """Change what describes a node and promises nothing; returns its new version. Raises Stale, Refused, NotAllowed, Gone."""
    if not set(changes) <= set(DESCRIBED):
        raise ValueError(f"not a description: {sorted(set(changes) - set(DESCRIBED))}")
    with records.write(actor, at) as write:
        now = write.row(node, node_id)
        write.doing("describe_action", of_node(now))
        require_described(write, now, changes)
        return write.update(node, node_id, version, **changes)


def _change(write: Write, node_id: int, version: int, decision_id: int, changes: Mapping[str, Any]) -> int:
    if not set(changes) <= set(PROMISED):
        raise ValueError(f"not what is promised: {sorted(set(changes) - set(PROMISED))}")
    write.doing("change_plan", PLAN)
    now = write.row(node, node_id)
    _require_sound(NodeEntry(key=now["key"], name=now["name"], level=now["level"], fields={**now, **changes}))
    _require_parent(write, now, changes.get("parent"))
    done = write.update(node, node_id, version, **changes)
    moved = [{"node": node_id, "field": name, "was": plain(now[name]), "is": plain(value)} for name, value in changes.items()]
    next_version(write, now["plan"], decision_id, [each for each in moved if each["was"] != each["is"]])
    return done


def _require_parent(write: Write, now: Row, parent: int | None) -> None:
    """What a node is made part of lies above it in the same plan; so nothing is ever part of itself."""
    if parent is None:
        return
    above = write.row(node, parent)
    if above["plan"] != now["plan"] or above["level"] >= now["level"]:
        raise Refused([Problem(N_("{key} does not lie above it in this plan"), N_("name one that does"), values={"key": above["key"]})])


def _last(write: Write, plan_id: int, parent: int | None) -> int:
    """The position of the last node below the parent, or of the plan: a new node shares it, and comes after it by its id."""
    rows = write.connection.execute(select(node.c.id, node.c.parent, node.c.position).where(node.c.plan == plan_id)).all()
    if parent is None:
        return max((row.position for row in rows), default=0)
    inside, last = {parent}, 0
    for row in sorted(rows, key=lambda row: (row.position, row.id)):
        if row.id in inside or row.parent in inside:
            inside.add(row.id)
            last = row.position
    return last


def next_version(write: Write, plan_id: int, decision_id: int, changes: Sequence[Mapping[str, Any]]) -> None:
    """The plan's next version, made by a decision about it. Raises Refused where the decision is about another plan."""
    if write.row(decision, decision_id)["plan"] != plan_id:
        raise Refused([Problem(N_("this decision is about another plan"), N_("name one of this plan"))])
    add_version(write, plan_id, changes, decision_id)


def _require_sound(entry: NodeEntry) -> None:
    if problems := [found.problem for found in faults(entry) if found.refuses]:
        raise Refused(problems)


def require_days(row: Row) -> None:
    """Raises Refused where it ends before it begins."""
    if row["starts"] and row["ends"] and row["ends"] < row["starts"]:
        values = {"starts": row["starts"], "ends": row["ends"]}
        raise Refused([Problem(N_("it ends on {ends}, before it begins on {starts}"), N_("correct one of the days"), values=values)])


def require_told(told: Decision) -> None:
    problems = without_reason(told.reason)
    if not told.title or not told.why:
        problems.append(Problem(N_("a decision needs a title and its why"), N_("write both")))
    if problems:
        raise Refused(problems)
