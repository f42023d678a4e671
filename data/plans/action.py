"""One action read whole: its own columns, milestones with their evidence, money, decisions, outcomes, and who changed what."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, false, or_, select

from data.records.columns import told
from data.records.records import Records
from data.records.tables import (
    audit,
    budget_line,
    decision,
    evidence,
    milestone,
    node,
    outcome,
    person,
    plan,
    plan_version,
    progress,
    result,
)

Row = dict[str, Any]


@dataclass(frozen=True)
class Action:
    """Rows are mappings by column. `path` are the nodes above it, from the top; `children` those directly below.

    Decisions are those about the node, and those by which a version of the plan changed it. Evidence and reports also carry the names of
    people: `brought_by_name`, `judged_by_name`, `person_name`.
    """

    node: Row
    path: list[Row]
    children: list[Row]
    milestones: list[Row]
    evidence: list[Row]
    reports: list[Row]
    lines: list[Row]
    decisions: list[Row]
    outcomes: list[Row]
    results: list[Row]
    versions: list[Row]


@dataclass(frozen=True)
class Change:
    """One link of the audit chain that is about an action: who did what, and the columns that it changed, {name: (was, is)}."""

    at: Any
    actor: str
    action: str
    object: str
    row: int
    changes: dict[str, tuple[Any, Any]]


def action(records: Records, node_id: int) -> Action | None:
    """Everything about one node; None where there is no such node."""
    with records.read() as connection:
        found = _rows(connection, node, node.c.id == node_id)
        if not found:
            return None
        steps = _rows(connection, milestone, milestone.c.node == node_id, order=milestone.c.position)
        every = _rows(connection, plan_version, plan_version.c.plan == found[0]["plan"], order=plan_version.c.number)
        versions = [row for row in every if any(change["node"] == node_id for change in row["changes"])]
        decided = or_(decision.c.node == node_id, decision.c.id.in_([row["decision"] for row in versions if row["decision"]]))
        return Action(
            found[0], _path(connection, found[0]), _rows(connection, node, node.c.parent == node_id, order=node.c.position), steps,
            _evidence(connection, node_id), _reports(connection, node_id),
            _rows(connection, budget_line, budget_line.c.node == node_id, order=budget_line.c.year),
            _rows(connection, decision, decided, order=decision.c.day),
            _rows(connection, outcome, outcome.c.node == node_id, order=outcome.c.day),
            _rows(connection, result, result.c.node == node_id, order=result.c.id),
            versions,
        )  # fmt: skip


def history(records: Records, found: Action) -> list[Change]:
    """Who changed what of an action, the latest first: the node, its milestones, evidence, also what was withdrawn, and money."""
    steps = [row["id"] for row in found.milestones]
    about = {"node": [found.node["id"]], "milestone": steps, "budget_line": [row["id"] for row in found.lines]}
    with records.read() as connection:
        about["evidence"] = _ever_brought(connection, steps)
        either = or_(*((audit.c.object == name) & audit.c.row.in_(ids) for name, ids in about.items()))
        rows = connection.execute(select(audit).where(either).order_by(audit.c.seq)).mappings().all()
    before: dict[tuple[str, int], Row] = {}
    changes = []
    for row in rows:
        was, now = before.get((row["object"], row["row"]), {}), told(row["content"]) or {}
        before[row["object"], row["row"]] = now
        moved = {name: (was.get(name), now.get(name)) for name in {**was, **now} if was.get(name) != now.get(name) and name != "version"}
        changes.append(Change(row["at"], row["actor"], row["action"], row["object"], row["row"], moved))
    return changes[::-1]


def _ever_brought(connection: Connection, milestones: list[int]) -> list[int]:
    """Every piece of evidence that there ever was of these milestones: a withdrawn one stands in the audit alone."""
    named = or_(false(), *(audit.c.content.contains(f'"milestone":{number},', autoescape=True) for number in milestones))
    return list(connection.execute(select(audit.c.row).where(audit.c.object == "evidence", named).distinct()).scalars())


def _rows(connection: Connection, table: Table, where: Any, order: Any = None) -> list[Row]:
    query = select(table).where(where).order_by(table.c.id if order is None else order, table.c.id)
    return [dict(row) for row in connection.execute(query).mappings()]


def _path(connection: Connection, row: Row) -> list[Row]:
    path: list[Row] = []
    while row["parent"] is not None:
        row = _rows(connection, node, node.c.id == row["parent"])[0]
        path.insert(0, row)
    return path


def _evidence(connection: Connection, node_id: int) -> list[Row]:
    brought, judged = person.alias("brought"), person.alias("judged")
    query = (
        select(evidence, brought.c.name.label("brought_by_name"), judged.c.name.label("judged_by_name"))
        .join(milestone, milestone.c.id == evidence.c.milestone).join(brought, brought.c.id == evidence.c.brought_by)
        .outerjoin(judged, judged.c.id == evidence.c.judged_by).where(milestone.c.node == node_id).order_by(evidence.c.id)
    )  # fmt: skip
    return [dict(row) for row in connection.execute(query).mappings()]


def _reports(connection: Connection, node_id: int) -> list[Row]:
    query = select(progress, person.c.name.label("person_name")).join(person, person.c.id == progress.c.person)
    found = connection.execute(query.where(progress.c.node == node_id).order_by(progress.c.day.desc(), progress.c.id.desc()))
    return [dict(row) for row in found.mappings()]


def linked(records: Records, found: Row) -> list[Row]:
    """Nodes of other plans that a node serves, or that serve it: id, name, plan_name, and whether it is the one that is `served`."""
    query = select(node.c.id, node.c.name, node.c.serves, plan.c.name.label("plan_name")).join(plan, plan.c.id == node.c.plan)
    others = query.where(node.c.plan != found["plan"], or_(node.c.id.in_(found["serves"] or []), node.c.serves.is_not(None)))
    with records.read() as connection:
        rows = [dict(row) for row in connection.execute(others.order_by(node.c.plan, node.c.position)).mappings()]
    kept = [row | {"served": row["id"] in (found["serves"] or [])} for row in rows]
    return [row for row in kept if row["served"] or found["id"] in (row["serves"] or [])]
