"""Who changed what in some rows, from the audit chain."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import RowMapping, select

from data.records.columns import told
from data.records.records import Records
from data.records.tables import audit

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Change:
    """One link of the audit chain: who did what to which row, and the columns that it changed, {name: (was, is)}."""

    at: Any
    actor: str
    action: str
    object: str
    row: int
    changes: dict[str, tuple[Any, Any]]


def trail(records: Records, table: str, rows: Collection[int]) -> dict[int, list[Change]]:
    """What happened to each row of a table, the first change first."""
    query = select(audit).where(audit.c.object == table, audit.c.row.in_(list(rows))).order_by(audit.c.seq)
    with records.read() as connection:
        found = changes(connection.execute(query).mappings().all())
    each: dict[int, list[Change]] = {row: [] for row in rows}
    for change in found:
        each[change.row].append(change)
    return each


def changes(links: Iterable[RowMapping]) -> list[Change]:
    """What each of these links changed, against the link about the same row before it; they come in the order of the chain."""
    before: dict[tuple[str, int], Row] = {}
    found = []
    for link in links:
        was, now = before.get((link["object"], link["row"]), {}), told(link["content"]) or {}
        before[link["object"], link["row"]] = now
        moved = {name: (was.get(name), now.get(name)) for name in {**was, **now} if was.get(name) != now.get(name) and name != "version"}
        found.append(Change(link["at"], link["actor"], link["action"], link["object"], link["row"], moved))
    return found
