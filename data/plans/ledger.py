"""The ledger of a plan: every decision with what it changed, every failure and success with its lesson, and every result."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import FromClause, select

from data.plans.outcomes import outcomes_then
from data.plans.past import Past, past
from data.records.records import Records
from data.records.tables import decision, node, plan_version, result

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Ledger:
    """Rows are mappings by column, the latest day first.

    They also carry node_key, node_name, node_area and node_place: those of the action, where one is named.

    changes    of each decision, by its id, what it changed in the plan: [{node, field, was, is}]
    """

    decisions: list[Row]
    outcomes: list[Row]
    results: list[Row]
    changes: dict[int, list[Row]]


def ledger(records: Records, plan_id: int, day: date | None = None) -> Ledger:
    """Everything, from one state of the records: as known by the end of a day, or as it stands now."""
    with records.read() as connection:
        then = past(connection, plan_id, day)
        decided = select(decision).where(decision.c.plan == plan_id, decision.c.day <= then.until).subquery("decided")
        told = outcomes_then(then)
        return Ledger(
            _rows(then, decided, decided.c.plan == plan_id, decided.c.day.desc()),
            _rows(then, told, told.c.plan == plan_id, told.c.day.desc()),
            _results(then, plan_id),
            _changes(then, plan_id),
        )


def _results(then: Past, plan_id: int) -> list[Row]:
    held = then.of(result)
    mine = select(node.c.id).where(node.c.plan == plan_id)
    return _rows(then, held, held.c.node.in_(mine), held.c.id)


def _changes(then: Past, plan_id: int) -> dict[int, list[Row]]:
    query = (
        select(plan_version.c.decision, plan_version.c.changes).join(decision, decision.c.id == plan_version.c.decision)
        .where(plan_version.c.plan == plan_id, then.version_held()).order_by(plan_version.c.number)
    )  # fmt: skip
    changes: dict[int, list[Row]] = {}
    for decided, moved in then.connection.execute(query):
        changes.setdefault(decided, []).extend(moved)
    return changes


def _rows(then: Past, table: FromClause, where: Any, order: Any) -> list[Row]:
    nodes = then.of(node)
    named = (nodes.c[name].label(f"node_{name}") for name in ("key", "name", "area", "place"))
    query = select(table, *named).outerjoin(nodes, nodes.c.id == table.c.node).where(where).order_by(order, table.c.id.desc())
    return [dict(row) for row in then.connection.execute(query).mappings()]
