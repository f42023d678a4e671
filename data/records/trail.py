"""Who changed what in some rows, and what these held before, from the audit chain."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import RowMapping, and_, or_, select

from data.records.columns import told
from data.records.records import Records
from data.records.tables import audit

Row = Mapping[str, Any]
AT_ONCE = 400
"""Rows asked for in one question: SQLite takes no condition of more than a thousand parts."""


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


def at_versions(records: Records, table: str, versions: Mapping[int, int]) -> dict[int, Row]:
    """What rows of a table held at a version, by id, as the audit keeps them; without those that never had it, or were gone by then."""
    found: dict[int, Row] = {}
    asked = list(versions.items())
    with records.read() as connection:
        for start in range(0, len(asked), AT_ONCE):
            either = or_(*(and_(audit.c.row == row, audit.c.version == version) for row, version in asked[start : start + AT_ONCE]))
            query = select(audit.c.row, audit.c.content).where(audit.c.object == table, either)
            found |= {row: was for row, content in connection.execute(query) if (was := told(content))}
    return found


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
