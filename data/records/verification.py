"""Are the records whole, and as the verbs wrote them? The database, the audit chain, its exported ends, every row, and every file.

edit, delete, insert    a row differs from its last link, is gone, or has none; or a link does not bear the secret
reorder, gap            a link does not name the one before it, or is missing
cut, older copy         an end that was exported lies beyond the end of the chain
written again           a link that was exported has another hash, with the secret or without it
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, String, Table, func, select, type_coerce
from sqlalchemy.exc import DBAPIError

from data.home import Home
from data.lasting import checksum
from data.plans.evidence_files import where
from data.problems import N_, NotPossibleNow, Problem
from data.records import chain, database, heads
from data.records.chain import Head
from data.records.faults import AGAIN, CONTENT, MISSING, ORDER, UNSIGNED, Fault
from data.records.schema import NEWEST, revision
from data.records.secret import secret
from data.records.tables import AUDITED, UNTOLD, audit, evidence
from data.records.tables import head as head_table
from data.records.trouble import in_words

RESTORE = N_("restore a backup from before (`python -m data restore`), and find out who can write to the database and its folder")
TABLES = {table.name: table for table in AUDITED}
AUDIT = [type_coerce(column, String).label(column.name) if column.name == "at" else column for column in audit.columns]
"""The moment as the text that it is: two hundred thousand are not parsed for nothing."""


CHAIN_ENDS = 0.7
"""How much of the work is done when the chain is read; the rest are the rows and the files."""
OFTEN = 2000
"""Links after which it is said how far the work is."""


def _nothing(_share: float) -> None:
    """Nobody wants to know."""


@dataclass
class Checked:
    """What was looked at, in words, and what is wrong with it; `last` is each row's last link, (table, row): (seq, content's hash).

    `tell` hears how much of the work is done, 0 to 1.
    """

    said: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    last: dict[tuple[str, int], tuple[int, str]] = field(default_factory=dict)
    tell: Callable[[float], None] = _nothing

    def wrong(self, message: str, hint: str = RESTORE, **values: object) -> None:
        self.problems.append(Problem(message, hint, "records", values=values))


def verify(home: Home, tell: Callable[[float], None] = _nothing) -> tuple[list[str], list[Problem]]:
    """Check the records of a home, and change nothing. Returns what was checked, in words, and everything that is wrong.

    `tell` hears how much of the work is done, 0 to 1.

    Raises NotPossibleNow where the database that MANDATO_RECORDS names cannot be reached.
    """
    exported = heads.exported(home.store)  # before the chain is read: whoever writes meanwhile only makes it longer
    if not database.named() and not (home.store / database.NAME).exists():
        return _gone(exported[-1]) if exported else ([], [])
    engine = database.engine(database.url(home.store))
    try:
        return check(engine, home.store, secret(home.store), exported, tell)
    finally:
        engine.dispose()


def _gone(end: Head) -> tuple[list[str], list[Problem]]:
    found = Checked([f"records: {database.NAME}"])
    found.wrong(N_("they are gone, and they reached link {seq}"), seq=end.seq)
    return found.said, found.problems


def check(
    engine: Engine, store: Path, key: bytes | None, exported: list[Head], tell: Callable[[float], None] = _nothing
) -> tuple[list[str], list[Problem]]:
    """The same of any database of records, whose files of evidence and exported ends lie in `store`."""
    found = Checked(tell=tell)
    try:
        with in_words(), engine.connect() as connection, connection.begin():
            if _readable(connection, exported, found):
                _check(connection, store, key, exported, found)
    except NotPossibleNow as reason:
        if engine.dialect.name == "postgresql":
            raise
        found.wrong(N_("they cannot be read: {why}"), why=str(reason))
    except (DBAPIError, ValueError, TypeError) as error:
        found.wrong(N_("they cannot be read: {why}"), why=str(error).splitlines()[0])
    return found.said, found.problems


def _check(connection: Connection, store: Path, key: bytes | None, exported: list[Head], found: Checked) -> None:
    at = _chain(connection, key, exported, found)
    _ends(connection, at, exported, found)
    _rows(connection, found)
    _evidence(connection, store, found)
    found.tell(1.0)


def _readable(connection: Connection, exported: list[Head], found: Checked) -> bool:
    """What SQLite finds by itself, and that the tables are those of this program."""
    if connection.dialect.name == "sqlite":
        told = [row[0] for row in connection.exec_driver_sql("pragma integrity_check(5)")]
        found.said.append("records: SQLite's own check of the file")
        for line in told if told != ["ok"] else []:
            found.wrong(N_("SQLite says: {why}"), why=line.splitlines()[0])
    held = revision(connection)
    if held != NEWEST and (held or exported):  # otherwise a database in which nobody has written yet
        hint = N_("open the panel, which brings older tables up to date, and ask again; newer ones take the newer program")
        found.wrong(N_("the tables are of schema {held}, and this program knows {newest}"), hint, held=held or "none", newest=NEWEST)
    return held == NEWEST


# The chain -----------------------------------------------------------------------------------------------------------------------
def _chain(connection: Connection, key: bytes | None, exported: list[Head], found: Checked) -> Head:
    """Every link against the one before it; returns the last. Of each kind of fault the first is said, and how many there are."""
    faults: dict[Fault, list[int]] = {}
    length = connection.execute(select(func.max(audit.c.seq))).scalar() or 1
    wanted: dict[int, set[str]] = {}
    for end in exported:
        wanted.setdefault(end.seq, set()).add(end.hash)
    at, links = Head(0, chain.START), 0
    for link in _links(connection):
        for fault in _faults(link, at, key, wanted.get(link["seq"])):
            faults.setdefault(fault, []).append(link["seq"])
        at, links = Head(link["seq"], link["hash"]), links + 1
        found.last[link["object"], link["row"]] = (link["seq"], link["content_hash"])
        if links % OFTEN == 0:
            found.tell(min(links / length, 1.0) * CHAIN_ENDS)
    _say(faults, links, found)
    if key is None and links:
        hint = N_("name it in MANDATO_SECRET, or bring secret.key back from a backup; nothing can be written without it")
        found.wrong(
            N_("the secret of the chain is not there: that the links follow one another was checked, and not that we wrote them"), hint
        )
    found.said.append(f"records: {links:,} links of the audit chain")
    return at


def _links(connection: Connection) -> Iterator[dict[str, Any]]:
    names = [column.name for column in audit.columns]
    for row in connection.execute(select(*AUDIT).order_by(audit.c.seq).execution_options(yield_per=5000)):
        yield dict(zip(names, row, strict=True))


def _faults(link: dict[str, Any], before: Head, key: bytes | None, exported: set[str] | None) -> Iterator[Fault]:
    if link["seq"] != before.seq + 1:
        yield MISSING
    if link["previous"] != before.hash:
        yield ORDER
    if key is not None and not _signed(link, key):
        yield UNSIGNED
    if not _kept(link):
        yield CONTENT
    if exported is not None and exported != {link["hash"]}:
        yield AGAIN


def _signed(link: dict[str, Any], key: bytes) -> bool:
    try:
        return chain.link(key, link["previous"], link) == link["hash"]
    except (TypeError, ValueError):  # damaged into something else than text
        return False


def _kept(link: dict[str, Any]) -> bool:
    """A link without content is of a row that is gone, or of a table whose rows are known by their hash alone."""
    if link["content"] is None:
        return link["content_hash"] == chain.GONE or link["object"] in UNTOLD
    return isinstance(link["content"], str) and chain.content_hash(link["content"]) == link["content_hash"]


def _say(faults: dict[Fault, list[int]], links: int, found: Checked) -> None:
    unsigned = faults.get(UNSIGNED, [])
    if len(unsigned) == links > 0 and not faults.keys() & {MISSING, ORDER, CONTENT}:
        del faults[UNSIGNED]
        hint = N_("name the right one in MANDATO_SECRET, or bring secret.key back; if it is the right one, restore a backup from before")
        found.wrong(
            N_("no link bears the secret that is here: it is another one, or the whole chain was written again, from link 1 on"), hint
        )
    for fault, seqs in faults.items():
        found.wrong(fault[len(seqs) > 1], seq=seqs[0], more=len(seqs) - 1)


def _ends(connection: Connection, at: Head, exported: list[Head], found: Checked) -> None:
    """That the chain ends where the database says, and reaches every end that was exported."""
    held = connection.execute(select(head_table.c.seq, head_table.c.hash)).one_or_none()
    if held is None or Head(*held) != at:
        found.wrong(N_("the chain ends with link {seq}, and not where the records say that it does"), seq=at.seq)
    beyond = [end.seq for end in exported if end.seq > at.seq]
    if beyond:
        told = N_("the chain ends with link {seq}, and {last} was exported: from {first} on it was cut, or an older copy was put back")
        found.wrong(told, seq=at.seq, last=beyond[-1], first=at.seq + 1)
    if not exported:
        hint = N_("bring it back from a backup: without it nobody can tell whether the end of the chain was cut")
        found.wrong(N_("{name} is gone, or empty: the ends of the chain that were exported"), hint, name=heads.NAME)
    elif exported[-1].seq < at.seq:
        found.said.append(f"records: the last {at.seq - exported[-1].seq} links are not exported yet; the next change exports them")
    found.said.append(f"records: {len(exported):,} exported ends of the chain")


# The rows ------------------------------------------------------------------------------------------------------------------------
def _rows(connection: Connection, found: Checked) -> None:
    rows = 0
    for table in AUDITED:
        seen = set()
        for number, row in _each_row(connection, table, found):
            seen.add(number)
            _row(table, number, row, found)
        _missing(table, seen, found)
        rows += len(seen)
    found.said.append(f"records: {rows:,} rows against their last link")


def _row(table: Table, number: int, row: Any, found: Checked) -> None:
    seq, expected = found.last.get((table.name, number), (0, chain.GONE))
    values = {"table": table.name, "row": number, "seq": seq}
    if seq == 0:
        found.wrong(N_("{table} {row} has no link: it was put in past the verbs"), **values)
    elif expected == chain.GONE:
        found.wrong(N_("{table} {row} is there, and link {seq} removed it"), **values)
    elif row is not None and _hash(table, row) != expected:
        found.wrong(N_("{table} {row} is not as its last link, {seq}, says: it was changed past the verbs"), **values)


def _hash(table: Table, row: Any) -> str | None:
    try:
        return chain.content_hash(chain.content(table, row))
    except (TypeError, ValueError):  # damaged into a value that its column cannot hold
        return None


def _missing(table: Table, seen: set[int], found: Checked) -> None:
    for (name, number), (seq, expected) in found.last.items():
        if name == table.name and expected != chain.GONE and number not in seen:
            found.wrong(N_("{table} {row} is gone, and its last link, {seq}, did not remove it"), table=name, row=number, seq=seq)


def _each_row(connection: Connection, table: Table, found: Checked) -> Iterator[tuple[int, Any]]:
    """Each row by its id; where one cannot be read, the others are read one by one, and that one is said."""
    try:
        rows = [(row["id"], row) for row in connection.execute(select(table)).mappings()]
    except (DBAPIError, ValueError, TypeError) as error:
        if connection.dialect.name == "postgresql" and isinstance(error, DBAPIError):
            raise
        rows = _one_by_one(connection, table, found)
    yield from rows


def _one_by_one(connection: Connection, table: Table, found: Checked) -> list[tuple[int, Any]]:
    rows = []
    for number in connection.execute(select(table.c.id)).scalars().all():
        try:
            rows.append((number, connection.execute(select(table).where(table.c.id == number)).mappings().one_or_none()))
        except (DBAPIError, ValueError, TypeError) as error:
            seq = found.last.get((table.name, number), (0, ""))[0]
            why = str(error).splitlines()[0]
            found.wrong(N_("{table} {row} cannot be read (its last link is {seq}): {why}"), table=table.name, row=number, seq=seq, why=why)
            rows.append((number, None))
    return rows


# The files -----------------------------------------------------------------------------------------------------------------------
def _evidence(connection: Connection, store: Path, found: Checked) -> None:
    query = select(evidence.c.id, evidence.c.file, evidence.c.file_name).where(evidence.c.file.is_not(None)).order_by(evidence.c.id)
    held = connection.execute(query).all()
    for number, file, name in held:
        what = _fault(where(store, file), file)
        if what:
            seq = found.last.get(("evidence", number), (0, ""))[0]
            hint = N_("bring this file back from a backup: evidence/{file}")
            found.wrong(what, hint, name=name, row=number, seq=seq, file=f"{file[:2]}/{file}")
    if held:
        found.said.append(f"records: {len(held):,} files of evidence")


def _fault(path: Path, sha256: str) -> str | None:
    if not path.is_file():
        return N_("the file {name} is gone (evidence {row}, link {seq})")
    return None if checksum(path) == sha256 else N_("the file {name} is not as it was brought (evidence {row}, link {seq})")
