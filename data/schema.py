"""The shape of a facts file: numbered steps of SQL, and which of them a file has seen."""

from functools import cache
from pathlib import Path

import duckdb

FOLDER = Path(__file__).parent / "migrations"


@cache
def steps() -> tuple[tuple[int, str, str], ...]:
    """Number, name and SQL of each step, in order."""
    return tuple((int(path.stem[:4]), path.stem[5:], path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.sql")))


def latest() -> int:
    """The schema that this program writes."""
    return steps()[-1][0]


def schema(connection: duckdb.DuckDBPyConnection) -> int:
    """The schema of an open facts file."""
    return connection.execute("select coalesce(max(number), 0) from migration").fetchall()[0][0]


def migrate(connection: duckdb.DuckDBPyConnection) -> None:
    """Take the steps that a file, perhaps empty, has not seen, each in a transaction of its own.

    DuckDB 2.0 loses rows that are written into a table in the transaction that renamed it, so nothing may follow a step in
    the same one. A file that is left half-way is one that was never published.
    """
    connection.execute("create table if not exists migration (number integer not null, name varchar not null)")
    seen = schema(connection)
    for number, name, sql in steps():
        if number > seen:
            connection.execute("begin")
            connection.execute(sql)
            connection.execute("insert into migration values (?, ?)", [number, name])
            connection.execute("commit")
