"""One change of the records: who, what, every row with its version, and the audit, all in one transaction or not at all."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Insert, Select, Table, Update, bindparam, func, insert, select, update

from data.access import Actor, Object, require
from data.problems import N_, NotPossibleNow
from data.records import chain
from data.records.chain import Head
from data.records.fitting import require_fits
from data.records.secret import first_secret, secret
from data.records.tables import UNTOLD, audit, head

Row = dict[str, Any]
FIRST = 1
"""The version of a row that is new, and of one that never changes."""
KEY_GONE = N_(
    "the secret of the audit chain is not there, and without it nothing can be written: name it in MANDATO_SECRET, "
    "or bring secret.key back from a backup; nothing was changed"
)
KEY_DIFFERS = N_(
    "the records were written under another secret than the one that is here, or were changed past this program; nothing was changed: "
    "`python -m data verify` says which"
)
HIGHEST = select(func.max(audit.c.row)).where(audit.c.object == bindparam("_name"))
"""The highest id that a table ever had, by its name."""


class Stale(Exception):
    """Somebody else changed the row since it was read, so nothing was changed. `now` is the row as it stands, `wanted` what was asked."""

    def __init__(self, table: str, now: Row, wanted: Mapping[str, Any]) -> None:
        super().__init__(f"{table} {now['id']} was changed meanwhile: it is at version {now['version']}")
        self.table, self.now, self.wanted = table, now, dict(wanted)


class Gone(Exception):
    """The row that was asked for is not there."""


@dataclass
class Write:
    """What a verb writes with. It says first what it does and to what (`doing`), which asks whether the actor may."""

    connection: Connection
    actor: Actor
    secret: bytes
    at: datetime
    head: Head
    action: str = ""

    def doing(self, action: str, about: Object) -> None:
        """Raises NotAllowed where data/access.py does not allow it."""
        require(self.actor, action, about)
        self.action = action

    def row(self, table: Table, row_id: int) -> Row:
        """The row as it stands. Raises Gone."""
        found = self.connection.execute(_one(table), {"_id": row_id}).mappings().one_or_none()
        if found is None:
            raise Gone(f"there is no {table.name} {row_id}")
        return dict(found)

    def insert(self, table: Table, **values: Any) -> int:
        """Write a new row; returns its id."""
        return self.insert_all(table, [values])[0]

    def insert_all(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> list[int]:
        """Write new rows, which may lack columns that are then empty; returns their ids, one after another, in the order of the rows."""
        if not rows:
            return []
        first = self.next_id(table)
        versioned = {"version": FIRST} if "version" in table.c else {}
        whole = [{**dict.fromkeys(table.c.keys()), **versioned, **row, "id": first + number} for number, row in enumerate(rows)]
        require_fits(table, whole)
        self.connection.execute(_insert(table), whole)
        self._log((table, row, FIRST) for row in whole)
        return [row["id"] for row in whole]

    def next_id(self, table: Table) -> int:
        """The id of the next new row: one that no row ever had, also none that was removed."""
        highest = self.connection.execute(HIGHEST, {"_name": table.name}).scalar()
        return (highest or 0) + 1

    def update(self, table: Table, row_id: int, version: int, **changes: Any) -> int:
        """Change a row that is still at `version`; returns the new one. Raises Stale where it is not, and Gone."""
        self._require_said()
        require_fits(table, [changes])
        wanted = {**changes, "version": version + 1}
        done = self.connection.execute(_update(table), {**wanted, "_id": row_id, "_seen": version})
        now = self.row(table, row_id)
        if done.rowcount == 0:
            raise Stale(table.name, now, changes)
        self._log([(table, now, version + 1)])
        return version + 1

    def delete(self, table: Table, row_id: int, version: int) -> None:
        """Remove a row that is still at `version`. Raises Stale where it is not, and Gone."""
        self._require_said()
        now = self.row(table, row_id)
        if now.get("version", FIRST) != version:
            raise Stale(table.name, now, {})
        self.connection.execute(table.delete().where(table.c.id == row_id))
        self._log([(table, {"id": row_id}, version + 1)], gone=True)

    def _log(self, rows: Iterable[tuple[Table, Mapping[str, Any], int]], *, gone: bool = False) -> None:
        self._require_said()
        entries = []
        for table, row, version in rows:
            text = None if gone else chain.content(table, row)
            entry = {
                "seq": self.head.seq + 1, "at": self.at, "actor": self.actor.name, "action": self.action, "object": table.name,
                "row": row["id"], "version": version, "content": None if table.name in UNTOLD else text,
                "content_hash": chain.content_hash(text), "previous": self.head.hash,
            }  # fmt: skip
            self.head = Head(entry["seq"], chain.link(self.secret, self.head.hash, entry))
            entries.append({**entry, "hash": self.head.hash})
        self.connection.execute(_insert(audit), entries)

    def _require_said(self) -> None:
        if not self.action:
            raise RuntimeError("a verb wrote before it said what it does")


# A statement is put together once for each table: that takes longer than the database needs to answer it.


@cache
def _one(table: Table) -> Select[Any]:
    return select(table).where(table.c.id == bindparam("_id"))


@cache
def _insert(table: Table) -> Insert:
    return insert(table)


@cache
def _update(table: Table) -> Update:
    return update(table).where(table.c.id == bindparam("_id"), table.c.version == bindparam("_seen"))


def take_head(connection: Connection) -> Head:
    """The end of the chain, held until the transaction ends, so that no two changes follow the same link. Raises NotPossibleNow."""
    found = connection.execute(select(head.c.seq, head.c.hash).with_for_update()).one_or_none()
    if found is None:
        raise NotPossibleNow(KEY_DIFFERS)
    return Head(*found)


def leave_head(connection: Connection, end: Head) -> None:
    connection.execute(update(head).values(seq=end.seq, hash=end.hash))


def key(connection: Connection, store: Path, begun: Head) -> bytes:
    """The secret under which the chain goes on, which the last link must bear. Raises NotPossibleNow where it is gone, or another."""
    if begun.seq == 0:
        return first_secret(store)
    found = secret(store)
    if found is None:
        raise NotPossibleNow(KEY_GONE)
    last = connection.execute(select(audit).where(audit.c.seq == begun.seq)).mappings().one_or_none()
    if last is None or chain.link(found, last["previous"], dict(last)) != begun.hash:
        raise NotPossibleNow(KEY_DIFFERS)
    return found
