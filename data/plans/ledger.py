"""The ledger of a plan: every decision with what it changed, every failure and success with its lesson, and every result."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, select

from data.records.records import Records
from data.records.tables import decision, node, outcome, plan_version, result

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


def ledger(records: Records, plan_id: int) -> Ledger:
    """Everything, from one state of the records."""
    with records.read() as connection:
        versions = select(plan_version.c.decision, plan_version.c.changes).where(plan_version.c.plan == plan_id)
        changes: dict[int, list[Row]] = {}
        for decided, moved in connection.execute(versions.order_by(plan_version.c.number)):
            if decided is not None:
                changes.setdefault(decided, []).extend(moved)
        return Ledger(
            _rows(connection, decision, decision.c.plan == plan_id, decision.c.day.desc()),
            _rows(connection, outcome, outcome.c.plan == plan_id, outcome.c.day.desc()),
            _rows(connection, result, node.c.plan == plan_id, result.c.id),
            changes,
        )


def _rows(connection: Connection, table: Table, where: Any, order: Any) -> list[Row]:
    named = (node.c.key.label("node_key"), node.c.name.label("node_name"), node.c.area.label("node_area"), node.c.place.label("node_place"))
    query = select(table, *named).outerjoin(node, node.c.id == table.c.node).where(where).order_by(order, table.c.id.desc())
    return [dict(row) for row in connection.execute(query).mappings()]
