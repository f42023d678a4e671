"""Is a facts file whole? Every row is read, and everything that must hold of its rows is asked."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import duckdb

from data.connection import open_to_read
from data.home import Home
from data.problems import NotPossibleNow, Problem
from data.schema import latest, schema
from data.seal import fault, log
from data.store_check import folder_problems, left_behind
from data.versions import Versions

EVERY_ROW = """
select (select count(*) from "{table}"), count(found), bit_xor(found) from (select hash(whole_row) as found from "{table}" as whole_row)
"""
NEIGHBOURS = """
select period, lag(period) over () as period_before, indicator::uinteger * 65536 + place as key, lag(key) over () as key_before,
    segment, lag(segment) over () as segment_before, load, lag(load) over () as load_before, period_before = period as together
from {table}
"""
"""Each row beside the one that lies before it; indicator and place are one number, which is compared faster than two."""
# The rows of a period lie together, by indicator, place and segment; the periods themselves lie in any order. Where each
# row comes after the one before it, or begins a period that began nowhere else, the same one can only be its neighbour.
OUT_OF_ORDER = f"""
select 1 from ({NEIGHBOURS}) where together and key_before >= key and (key_before > key or segment_before > segment or {{or_else}})
union all
select 1 from (select period, lag(period) over () as period_before from {{table}})
having count(*) filter (where period is distinct from period_before) <> count(distinct period)
"""  # noqa: S608 - our own names
SAME = "together and key_before = key and segment_before = segment"
TWICE = f"select 1 from ({NEIGHBOURS}) where {SAME} and load_before = load"  # noqa: S608 - our own names

INVARIANTS: dict[str, str] = {
    "a load's id is given twice": "select id from load group by id having count(*) > 1",
    "a load's number is given twice": "select number from load group by number having count(*) > 1",
    "a place's id or code is given twice": "select id from place group by id having count(*) > 1 union all "
    "select id from place group by code, id having count(*) > 1 union all select min(id) from place group by code having count(*) > 1",
    "an indicator's id or code is given twice": "select id from indicator group by id having count(*) > 1 union all "
    "select min(id) from indicator group by code having count(*) > 1",
    "a value in force is given twice, or lies out of order": OUT_OF_ORDER.format(table="observation", or_else=SAME),
    "a replaced value lies out of order": OUT_OF_ORDER.format(table="revision", or_else=f"{SAME} and load_before > load"),
    "a replaced value is given twice": TWICE.format(table="revision"),
    "a replaced value has none in force": "from revision anti join observation using (period, indicator, place, segment)",
    "a value's place is unknown": "from (select distinct place from observation union select distinct place from revision) "
    "where place not in (select id from place)",
    "a value's indicator is unknown": "from (select distinct indicator from observation union select distinct indicator from revision) "
    "where indicator not in (select id from indicator)",
    "a value's load is unknown": "from (select load from observation union all select confirmed from observation "
    "union all select load from revision union all select confirmed from revision union all select until from revision) "
    "where load not in (select number from load)",
    "a load has more values than it brought": "select load from (select load from observation union all select load from revision) "
    "group by load having count(*) > (select max(rows_new + rows_unchanged + rows_revised) from load as l where l.number = load)",
    "a value is not a finite number": "select 1 from (select value from observation union all select value from revision) "
    "where not isfinite(value)",
    "a place's first and last period are not those of its values": "(select place, min(period), max(period) from observation "
    "where value is not null group by place except all from place_span) union all (from place_span except all "
    "select place, min(period), max(period) from observation where value is not null group by place)",
    "a value was replaced before it was known": "select 1 from revision as r join load as a on a.number = r.load "
    "join load as b on b.number = r.until where row(b.known_on, b.number) <= row(a.known_on, a.number)",
}
"""What must never be, and the query that finds it."""


def verify(home: Home) -> tuple[list[str], list[Problem]]:
    """Check the checksum of every version that is kept, read every row of it, and ask what must hold of the one in force.

    Whatever else lies in the folder is looked at too. Returns what was checked, in words, and everything that is wrong.
    """
    versions = Versions.of(home)
    current, found = _pointed_at(versions)
    checked = ["CURRENT"] if found else []
    for number in versions.kept:
        said, wrong = _version(versions, number, in_force=number == current)
        checked += said
        found += wrong
    checked += [f"{name}: left behind by a load that was stopped, or is going on" for name in left_behind(versions)]
    return checked, [*found, *folder_problems(versions)]


def problems(path: Path) -> list[Problem]:
    """Everything wrong inside a facts file; empty for a sound one."""
    return _asked(path, _unreadable) or _asked(path, _broken)


def require_sound(path: Path) -> None:
    """Raises RuntimeError where a version just built must not be published."""
    found = problems(path)
    if found:
        raise RuntimeError("\n".join(map(str, found)))


def _pointed_at(versions: Versions) -> tuple[int | None, list[Problem]]:
    try:
        return versions.current, []
    except NotPossibleNow as reason:
        return None, [Problem(str(reason), path="CURRENT")]


def _version(versions: Versions, number: int, *, in_force: bool) -> tuple[list[str], list[Problem]]:
    """Every byte against the checksum, every row of every table, and of the one in force what must hold of its rows."""
    path = versions.path(number)
    if log(path).exists():  # opening it would read the log too
        return [f"{path.name}: checksum"], []
    checked = [f"{path.name}: checksum", f"{path.name}: every row of every table"]
    checked += [f"{path.name}: {len(INVARIANTS)} invariants"] if in_force else []
    what = fault(versions, number) if path.exists() else None
    found = [_problem(path, what)] if what else []
    found += problems(path) if in_force else _asked(path, _unreadable)
    return checked, found if path.exists() else []  # a writer may just have removed it


Question = Callable[[Path, duckdb.DuckDBPyConnection], list[Problem]]


def _asked(path: Path, question: Question) -> list[Problem]:
    try:
        connection = open_to_read(path)
    except duckdb.Error as error:
        return [_problem(path, "the file cannot be opened: {why}", why=_first_line(error))]
    try:
        return question(path, connection)
    finally:
        connection.close()


def _unreadable(path: Path, connection: duckdb.DuckDBPyConnection) -> list[Problem]:
    """A damaged block shows only when it is read, so every row of every table is, with all its columns.

    How many there are is asked apart: the database answers that from its own notes, without looking at a row.
    """
    found = []
    for (table,) in connection.cursor().execute("select table_name from duckdb_tables() where not internal order by all").fetchall():
        try:
            noted, read, _ = connection.cursor().execute(EVERY_ROW.format(table=table.replace('"', '""'))).fetchall()[0]
        except duckdb.Error as error:
            found.append(_problem(path, "{table} cannot be read: {why}", table=table, why=_first_line(error)))
            continue
        if noted != read:
            found.append(_problem(path, "{table} has {read} rows, and should have {noted}", table=table, read=read, noted=noted))
    return found


def _broken(path: Path, connection: duckdb.DuckDBPyConnection) -> list[Problem]:
    if schema(connection) != latest():  # they are asked as soon as it is brought up to date
        return []
    found = []
    with ThreadPoolExecutor(max_workers=2) as beside:  # one query alone leaves a core idle now and then
        times = beside.map(partial(_times, connection), INVARIANTS.values())
        try:
            for what, count in zip(INVARIANTS, times, strict=True):
                if count:
                    found.append(_problem(path, what + " ({times} times)", times=count))
        except duckdb.Error as error:  # a table or a column is not there
            return [*found, _problem(path, "its tables are not those of facts: {why}", why=_first_line(error))]
    return found


def _times(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    return connection.cursor().execute(f"select count(*) from ({query})").fetchall()[0][0]  # noqa: S608 - from the table above


def _problem(path: Path, message: str, **values: object) -> Problem:
    return Problem(message, "go back with `python -m data rollback`, and load again", path.name, values=values)


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0]
