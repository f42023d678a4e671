"""Is a facts file whole? Every row is read, and everything that must hold of its rows is asked."""

from pathlib import Path

import duckdb

from data.connection import open_to_read
from data.home import Home
from data.problems import NotPossibleNow, Problem
from data.schema import latest, schema
from data.versions import Versions

INVARIANTS: dict[str, str] = {
    "a load's id is given twice": "select id from load group by id having count(*) > 1",
    "a load's number is given twice": "select number from load group by number having count(*) > 1",
    "a place's id or code is given twice": "select id from place group by id having count(*) > 1 union all "
    "select id from place group by code, id having count(*) > 1 union all select min(id) from place group by code having count(*) > 1",
    "an indicator's id or code is given twice": "select id from indicator group by id having count(*) > 1 union all "
    "select min(id) from indicator group by code having count(*) > 1",
    "a value in force is given twice, or lies out of order": "select 1 from (select row(period, indicator, place, segment) as key, "
    "lag(key) over () as before from observation) where before >= key",
    "a replaced value lies out of order": "select 1 from (select row(period, indicator, place, segment) as key, "
    "lag(key) over () as before from revision) where before > key",
    "a replaced value is given twice": "select 1 from revision group by period, indicator, place, segment, load having count(*) > 1",
    "a replaced value has none in force": "from revision anti join observation using (period, indicator, place, segment)",
    "a value's place is unknown": "select distinct place from (select place from observation union all select place from revision) "
    "where place not in (select id from place)",
    "a value's indicator is unknown": "select distinct indicator from (select indicator from observation union all "
    "select indicator from revision) where indicator not in (select id from indicator)",
    "a value's load is unknown": "select distinct load from (select load from observation union all select confirmed from observation "
    "union all select load from revision union all select confirmed from revision union all select until from revision) "
    "where load not in (select number from load)",
    "a load has more values than it brought": "select load from (select load from observation union all select load from revision) "
    "group by load having count(*) > (select max(rows_new + rows_unchanged + rows_revised) from load as l where l.number = load)",
    "a value is not a finite number": "select 1 from (select value from observation union all select value from revision) "
    "where not isfinite(value)",
    "a value was replaced before it was known": "select 1 from revision as r join load as a on a.number = r.load "
    "join load as b on b.number = r.until where row(b.known_on, b.number) <= row(a.known_on, a.number)",
}
"""What must never be, and the query that finds it."""


def verify(home: Home) -> tuple[list[str], list[Problem]]:
    """Check the checksum of every version that is kept, and everything inside the one in force.

    Returns what was checked, in words, and everything that is wrong.
    """
    versions = Versions.of(home)
    checked, found = [], []
    for number in versions.kept:
        checked.append(f"{versions.path(number).name}: checksum")
        if not versions.intact(number) and versions.path(number).exists():  # a writer may just have removed it
            found.append(_problem(versions.path(number), "the file is not as it was published"))
    try:
        current = versions.current
    except NotPossibleNow as reason:
        return ["CURRENT", *checked], [*found, Problem(str(reason), path="CURRENT")]
    if current is not None:
        checked.append(f"{versions.path(current).name}: every row, {len(INVARIANTS)} invariants")
        found += problems(versions.path(current))
    return checked, found


def problems(path: Path) -> list[Problem]:
    """Everything wrong inside a facts file; empty for a sound one."""
    try:
        connection = open_to_read(path)
    except duckdb.Error as error:
        return [_problem(path, "the file cannot be opened: {why}", why=_first_line(error))]
    try:
        return _unreadable(path, connection) or _broken(path, connection)
    finally:
        connection.close()


def require_sound(path: Path) -> None:
    """Raises RuntimeError where a version just built must not be published."""
    found = problems(path)
    if found:
        raise RuntimeError("\n".join(map(str, found)))


def _unreadable(path: Path, connection: duckdb.DuckDBPyConnection) -> list[Problem]:
    """A damaged block shows only when it is read, so every row of every table is, with all its columns."""
    found = []
    for (table,) in connection.cursor().execute("select table_name from duckdb_tables() where not internal order by all").fetchall():
        try:
            connection.cursor().execute(f'select bit_xor(hash(whole_row)) from "{table}" as whole_row').fetchall()  # noqa: S608 - our own names
        except duckdb.Error as error:
            found.append(_problem(path, "{table} cannot be read: {why}", table=table, why=_first_line(error)))
    return found


def _broken(path: Path, connection: duckdb.DuckDBPyConnection) -> list[Problem]:
    if schema(connection) != latest():  # they are asked as soon as it is brought up to date
        return []
    found = []
    for what, query in INVARIANTS.items():
        times = connection.cursor().execute(f"select count(*) from ({query})").fetchall()[0][0]  # noqa: S608 - from the table above
        if times:
            found.append(_problem(path, what + " ({times} times)", times=times))
    return found


def _problem(path: Path, message: str, **values: object) -> Problem:
    return Problem(message, "go back with `python -m data rollback`, and load again", path.name, values=values)


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0]
