"""One action read whole: its own columns, milestones with their evidence, money, decisions, outcomes, and who changed what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, FromClause, and_, false, or_, select

from data.plans.earlier import KEPT, changes, misdated
from data.plans.outcomes import outcomes_then
from data.plans.past import Past, past
from data.records import trail
from data.records.records import Records
from data.records.tables import (
    audit,
    budget_line,
    decision,
    evidence,
    milestone,
    node,
    person,
    plan,
    plan_version,
    progress,
    result,
)

Row = dict[str, Any]


@dataclass(frozen=True)
class Action:
    """One node at the end of `day`, or without one as it stands now.

    Rows are mappings by column. `path` are the nodes above it, from the top; `children` those directly below.

    Decisions are those about the node, and those by which a version of the plan changed it. Evidence and reports also carry the names of
    people: `brought_by_name`, `judged_by_name`, `person_name`. `declared` and `status` of the node are as they were written down by the
    day; what was reported for it is in the tree (reading.py).
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
    day: date | None = None


def action(records: Records, node_id: int, day: date | None = None) -> Action | None:
    """Everything about one node, from one state of the records; None where there is no such node, or was none yet."""
    with records.read() as connection:
        plan_id = connection.execute(select(node.c.plan).where(node.c.id == node_id)).scalar()
        if plan_id is None:
            return None
        then = past(connection, plan_id, day)
        nodes, steps, lines, results = (then.of(table) for table in (node, milestone, budget_line, result))
        found = _rows(connection, nodes, nodes.c.id == node_id)
        if not found:
            return None
        versions = _versions(then, plan_id, node_id)
        decided = or_(decision.c.node == node_id, decision.c.id.in_([row["decision"] for row in versions if row["decision"]]))
        outcomes = outcomes_then(then)
        return Action(
            _by_decision(then, found[0]), _path(connection, nodes, found[0]),
            _rows(connection, nodes, nodes.c.parent == node_id, order=nodes.c.position),
            [_reached(then, row) for row in _rows(connection, steps, steps.c.node == node_id, order=steps.c.position)],
            _evidence(then, node_id), _reports(then, node_id),
            _rows(connection, lines, lines.c.node == node_id, order=lines.c.year),
            _rows(connection, decision, and_(decided, decision.c.day <= then.until), order=decision.c.day),
            _rows(connection, outcomes, outcomes.c.node == node_id, order=outcomes.c.day),
            _rows(connection, results, results.c.node == node_id, order=results.c.id),
            versions, day,
        )  # fmt: skip


def _by_decision(then: Past, row: Row) -> Row:
    """The node with what was promised by the days of decisions."""
    if then.moment is None:
        return row
    decided = changes(then.connection, row["plan"])
    held = {name: values[row["id"]] for name in KEPT if row["id"] in (values := misdated(decided, name, then))}
    days = {name: date.fromisoformat(value) for name, value in held.items() if name in ("starts", "ends") and value}
    return {**row, **held, **days}


def _reached(then: Past, row: Row) -> Row:
    """A stage; one that is said to be reached on a later day is not reached yet."""
    done = row["done_on"]
    return row if done is None or done <= then.until else {**row, "done_on": None}


def _versions(then: Past, plan_id: int, node_id: int) -> list[Row]:
    """The plan's versions in force that changed the node."""
    query = select(plan_version).outerjoin(decision, decision.c.id == plan_version.c.decision)
    query = query.where(plan_version.c.plan == plan_id, then.version_held()).order_by(plan_version.c.number)
    every = [dict(row) for row in then.connection.execute(query).mappings()]
    return [row for row in every if any(change["node"] == node_id for change in row["changes"])]


def history(records: Records, found: Action) -> list[trail.Change]:
    """Who changed what of an action by its day, the latest first: node, milestones, evidence, also what was withdrawn, and money."""
    steps = [row["id"] for row in found.milestones]
    about = {"node": [found.node["id"]], "milestone": steps, "budget_line": [row["id"] for row in found.lines]}
    with records.read() as connection:
        about["evidence"] = _ever_brought(connection, steps)
        either = or_(*((audit.c.object == name) & audit.c.row.in_(ids) for name, ids in about.items()))
        moment = past(connection, found.node["plan"], found.day).moment
        by_then = audit.c.seq.is_not(None) if moment is None else audit.c.at < moment
        rows = connection.execute(select(audit).where(either, by_then).order_by(audit.c.seq)).mappings().all()
    return trail.changes(rows)[::-1]


def _ever_brought(connection: Connection, milestones: list[int]) -> list[int]:
    """Every piece of evidence that there ever was of these milestones: a withdrawn one stands in the audit alone."""
    named = or_(false(), *(audit.c.content.contains(f'"milestone":{number},', autoescape=True) for number in milestones))
    return list(connection.execute(select(audit.c.row).where(audit.c.object == "evidence", named).distinct()).scalars())


def _rows(connection: Connection, table: FromClause, where: Any, order: Any = None) -> list[Row]:
    query = select(table).where(where).order_by(table.c.id if order is None else order, table.c.id)
    return [dict(row) for row in connection.execute(query).mappings()]


def _path(connection: Connection, nodes: FromClause, row: Row) -> list[Row]:
    path: list[Row] = []
    while row["parent"] is not None:
        row = _rows(connection, nodes, nodes.c.id == row["parent"])[0]
        path.insert(0, row)
    return path


def _evidence(then: Past, node_id: int) -> list[Row]:
    papers = then.of(evidence)
    brought, judged = person.alias("brought"), person.alias("judged")
    query = (
        select(papers, brought.c.name.label("brought_by_name"), judged.c.name.label("judged_by_name"))
        .join(milestone, milestone.c.id == papers.c.milestone).join(brought, brought.c.id == papers.c.brought_by)
        .outerjoin(judged, judged.c.id == papers.c.judged_by)
        .where(milestone.c.node == node_id, papers.c.brought_at < then.after).order_by(papers.c.id)
    )  # fmt: skip
    return [dict(row) for row in then.connection.execute(query).mappings()]


def _reports(then: Past, node_id: int) -> list[Row]:
    query = select(progress, person.c.name.label("person_name")).join(person, person.c.id == progress.c.person)
    query = query.where(progress.c.node == node_id, progress.c.day <= then.until)
    found = then.connection.execute(query.order_by(progress.c.day.desc(), progress.c.id.desc()))
    return [dict(row) for row in found.mappings()]


def names(records: Records, nodes: Sequence[int]) -> dict[int, Any]:
    """Names of nodes by their ids, of any plan."""
    with records.read() as connection:
        return {row.id: row.name for row in connection.execute(select(node.c.id, node.c.name).where(node.c.id.in_(nodes)))}


def linked(records: Records, found: Action) -> list[Row]:
    """Nodes of other plans that a node serves, or that serve it: id, name, plan_name, and whether it is the one that is `served`."""
    here = found.node
    with records.read() as connection:
        then = past(connection, here["plan"], found.day)
        nodes = then.of(node)
        query = select(nodes.c.id, nodes.c.name, nodes.c.serves, plan.c.name.label("plan_name")).join(plan, plan.c.id == nodes.c.plan)
        others = query.where(nodes.c.plan != here["plan"], or_(nodes.c.id.in_(here["serves"] or []), nodes.c.serves.is_not(None)))
        rows = [dict(row) for row in connection.execute(others.order_by(nodes.c.plan, nodes.c.position)).mappings()]
    kept = [row | {"served": row["id"] in (here["serves"] or [])} for row in rows]
    return [row for row in kept if row["served"] or here["id"] in (row["serves"] or [])]
