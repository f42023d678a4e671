"""Who changed what, and when: the audit chain as people read it, each change beside what the row was before it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, select

from data.records.columns import told
from data.records.records import Records
from data.records.tables import AUDITED, UNTOLD, audit

Row = Mapping[str, Any]
TABLES = {table.name: table for table in AUDITED}
NAMES = ("name", "title", "key", "code")
"""Columns by which people know a row, the best first."""
AT_ONCE = 5000
"""How many ids one question names: SQLite takes no more than 32,766 values."""


@dataclass(frozen=True)
class Asked:
    """What the log is narrowed to: who wrote, what kind of row (a table's name), and days, both included; None asks for all.

    Days are those of the city's machine, by whose clock people read the log.
    """

    actor: str | None = None
    kind: str | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Entry:
    """A link of the chain: the row before and after it, as JSON keeps them; {} where it was not there yet, or is gone."""

    seq: int
    at: datetime
    actor: str
    action: str
    object: str
    row: int
    was: Row
    now: Row


@dataclass(frozen=True)
class Log:
    """Entries, how many there are in all, and what the rows that they refer to are called now, by table and id, where they have a name."""

    entries: list[Entry] = field(default_factory=list)
    total: int = 0
    names: dict[tuple[str, int], Any] = field(default_factory=dict)


def read(records: Records, asked: Asked, skip: int = 0, most: int | None = None) -> Log:
    """What was changed, the newest first, without drafts: `most` entries after the first `skip`, or all."""
    where = _where(asked)
    with records.read() as connection:
        total = connection.execute(select(func.count()).select_from(audit).where(where)).scalar() or 0
        query = _entries().where(where).order_by(audit.c.seq.desc()).offset(skip)
        found = _told(connection, query if most is None else query.limit(most))
        return Log(found, total, _names(connection, found))


def written_after(connection: Connection, seq: int) -> Log:
    """What was written after a link, in its order; also what is not finished yet, on the connection that writes it."""
    found = _told(connection, _entries().where(audit.c.seq > seq, _told_of()).order_by(audit.c.seq))
    return Log(found, len(found), _names(connection, found))


def actors(records: Records) -> list[str]:
    """Everybody who ever changed anything, by name."""
    with records.read() as connection:
        return list(connection.execute(select(audit.c.actor).where(_told_of()).distinct().order_by(audit.c.actor)).scalars())


def referred(entry: Entry, column: str) -> str | None:
    """The table that a column of the entry's row refers to; None where it refers to none."""
    keys = TABLES[entry.object].c[column].foreign_keys if column in TABLES[entry.object].c else ()
    return next((key.column.table.name for key in keys), None)


def _where(asked: Asked) -> ColumnElement[bool]:
    wanted = [_told_of()]
    wanted += [audit.c.actor == asked.actor] if asked.actor else []
    wanted += [audit.c.object == asked.kind] if asked.kind else []
    wanted += [audit.c.at >= _begins(asked.since)] if asked.since else []
    wanted += [audit.c.at < _begins(asked.until + timedelta(days=1))] if asked.until else []
    return and_(*wanted)


def _told_of() -> ColumnElement[bool]:
    return audit.c.object.not_in(UNTOLD)


def _begins(day: date) -> datetime:
    return datetime.combine(day, time()).astimezone(UTC)


def _entries() -> Any:
    """Each link, and the content of the one before it of the same row."""
    earlier = audit.alias("earlier")
    before = select(earlier.c.content).where(earlier.c.object == audit.c.object, earlier.c.row == audit.c.row, earlier.c.seq < audit.c.seq)
    was = before.order_by(earlier.c.seq.desc()).limit(1).scalar_subquery().label("was")
    return select(audit.c.seq, audit.c.at, audit.c.actor, audit.c.action, audit.c.object, audit.c.row, was, audit.c.content)


def _told(connection: Connection, query: Any) -> list[Entry]:
    rows = connection.execute(query).all()
    return [
        Entry(row.seq, row.at, row.actor, row.action, row.object, row.row, told(row.was) or {}, told(row.content) or {}) for row in rows
    ]


def _names(connection: Connection, entries: Sequence[Entry]) -> dict[tuple[str, int], Any]:
    """What people call the rows that the entries are about or refer to; one that is gone is called as it was."""
    wanted: dict[str, set[int]] = {}
    names: dict[tuple[str, int], Any] = {}
    for entry in entries:
        row = entry.now or entry.was
        called = next((row[name] for name in NAMES if row.get(name)), None)
        if called is not None:
            names.setdefault((entry.object, entry.row), called)
        for column, number in [*entry.was.items(), *entry.now.items()]:
            table = referred(entry, column)
            if table and number is not None:
                wanted.setdefault(table, set()).add(number)
    for table, ids in wanted.items():
        names.update(_called(connection, table, ids))
    return names


def _called(connection: Connection, name: str, ids: Iterable[int]) -> dict[tuple[str, int], Any]:
    table = TABLES[name]
    column = next((table.c[each] for each in NAMES if each in table.c), None)
    if column is None:
        return {}
    found: dict[tuple[str, int], Any] = {}
    ordered = sorted(ids)
    for first in range(0, len(ordered), AT_ONCE):
        rows = connection.execute(select(table.c.id, column).where(table.c.id.in_(ordered[first : first + AT_ONCE])))
        found.update({(name, row[0]): row[1] for row in rows if row[1] is not None})
    return found
