"""From what the files hold to the columns of `events`, in DuckDB: each has its declared type, or the roll-up is refused."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import duckdb
from duckdb import CaseExpression, ColumnExpression, ConstantExpression, Expression, FunctionExpression

from data.rollup.declaration import EventColumn, Events
from data.rollup.event_files import EventFiles
from data.rollup.reading import Rollup

TYPES = {"text": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN", "date": "DATE", "timestamp": "TIMESTAMP"}
FILE = "file of the event"
"""A column beside those of the files, where it is asked for."""


def relation(connection: duckdb.DuckDBPyConnection, rollup: Rollup, files: EventFiles, with_file: bool = False) -> duckdb.DuckDBPyRelation:
    """The files as they are: texts, or for Parquet its own types."""
    events = rollup.declaration.events
    given = _parquet() if events.format == "parquet" else _csv(events, files.header)
    given |= {"hive_partitioning": "true", "hive_types_autocast": "false"}
    if with_file:
        given["filename"] = quoted(FILE)
    options = ", ".join(f"{name} = {value}" for name, value in given.items())
    # Names of files and columns are quoted by DuckDB itself.
    return connection.sql(f"select * from read_{events.format}({quoted([str(path) for path in files.paths])}, {options})")  # noqa: S608


def typed(rollup: Rollup, found: duckdb.DuckDBPyRelation) -> dict[str, Expression]:
    """Each column of `events` as an expression over the files' columns."""
    kinds = dict(zip(found.columns, map(str, found.dtypes), strict=True))
    return {
        name: _expression(column, rollup.declaration.events, kinds.get(column.column or "", "VARCHAR")).alias(name)
        for name, column in rollup.declaration.columns.items()
    }


def present(column: EventColumn, events: Events) -> Expression:
    """A file's text, null where it is empty or stands for a missing value."""
    assert column.column is not None
    text = ColumnExpression(column.column).cast(duckdb.sqltype("VARCHAR"))
    nothing = ["", *events.nulls] if column.type != "text" else list(events.nulls)
    return CaseExpression(text.isin(*map(ConstantExpression, nothing)), ConstantExpression(None)).otherwise(text) if nothing else text


def within(found: duckdb.DuckDBPyRelation, column: str, since: date, until: date) -> duckdb.DuckDBPyRelation:
    """The events from one day to another, both included."""
    moment = ColumnExpression(column)
    return found.filter((moment >= ConstantExpression(since)) & (moment < ConstantExpression(until + timedelta(days=1))))


def quoted(value: str | Sequence[str]) -> str:
    """A text, or a list of texts, as DuckDB writes it in SQL."""
    return str(ConstantExpression(value))


def allow_only(connection: duckdb.DuckDBPyConnection, paths: Sequence[Path]) -> None:
    """From here on the connection can read these files, and do nothing else outside itself."""
    connection.execute(f"set allowed_paths = {quoted([str(path) for path in paths])}")
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")


def _csv(events: Events, header: Sequence[str]) -> dict[str, str]:
    """Nothing is guessed from the first lines: everything is declared, and every cell is text."""
    columns = ", ".join(f"{quoted(name)}: 'VARCHAR'" for name in header)
    return {
        "auto_detect": "false",
        "header": "true",
        "columns": f"{{{columns}}}",
        "delim": quoted(events.delimiter),
        "quote": "'\"'",
        "escape": "'\"'",
        "encoding": quoted(events.encoding),
    }


def _parquet() -> dict[str, str]:
    return {"union_by_name": "false"}


def _expression(column: EventColumn, events: Events, kind: str) -> Expression:
    wanted = duckdb.sqltype(TYPES[column.type])
    if column.column is None:
        return ConstantExpression(None).cast(wanted)
    if kind == "TIMESTAMP WITH TIME ZONE" and events.time_zone:
        # By the place's clock: the first hours of a month belong to the month before in another zone.
        return FunctionExpression("timezone", ConstantExpression(events.time_zone), ColumnExpression(column.column)).cast(wanted)
    if kind != "VARCHAR" and column.format is None and (column.type != "boolean" or kind == "BOOLEAN") and not events.nulls:
        return ColumnExpression(column.column).cast(wanted)
    text = present(column, events)
    if column.type == "boolean":
        return _boolean(text, column)
    if column.format is not None:
        return FunctionExpression("strptime", text, ConstantExpression(column.format)).cast(wanted)
    return (_number(text, events) if column.type in ("integer", "number") and kind == "VARCHAR" else text).cast(wanted)


def _boolean(text: Expression, column: EventColumn) -> Expression:
    """A word that is neither is a fault, and not nothing."""
    yes = CaseExpression(text.isin(*map(ConstantExpression, column.true)), ConstantExpression(True))
    chosen = yes.when(text.isin(*map(ConstantExpression, column.false)), ConstantExpression(False)).when(
        text.isnull(), ConstantExpression(None)
    )
    # DuckDB itself would take `t` or `1` for yes, which nobody declared: with a word before it, no text is taken.
    neither = FunctionExpression("concat", ConstantExpression("neither yes nor no: "), text)
    return chosen.otherwise(neither.cast(duckdb.sqltype("BOOLEAN")))


def _number(text: Expression, events: Events) -> Expression:
    for mark, instead in ((events.thousands, ""), (events.decimal, ".")):
        if mark and mark != instead:
            text = FunctionExpression("replace", text, ConstantExpression(mark), ConstantExpression(instead))
    return text
