"""A table as it stood before a moment, made from the audit: that keeps each row whole after every change.

Of a row that was touched at the moment or later, what holds is its last link before it: no such link, and it was not there yet; a link
without content, and it was gone already. Every other row is as it is now. Where nothing was touched since, the table itself is read.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ColumnElement, Connection, FromClause, String, Table, Text, cast, func, select, type_coerce, union_all

from data.records.columns import Json
from data.records.tables import UNTOLD, audit


def as_of(connection: Connection, table: Table, moment: datetime | None) -> FromClause:
    """What to select from instead of a table, with the same columns: its rows as they stood just before a moment; None: as they are now.

    `table` is one whose contents the audit tells, all but drafts; a column that it was given since then is null in older rows. It holds on
    this connection alone, in the transaction that asks. Raises ValueError for a table that the audit does not tell.
    """
    if table.name in UNTOLD:
        raise ValueError(f"the audit does not tell what stood in {table.name}")
    if moment is None:
        return table
    since = select(audit.c.row).where(audit.c.object == table.name, audit.c.at >= moment)
    if connection.execute(since.limit(1)).first() is None:
        return table
    earlier = select(func.max(audit.c.seq)).where(audit.c.object == table.name, audit.c.at < moment, audit.c.row.in_(since))
    read = _from_sqlite if connection.dialect.name == "sqlite" else _from_postgresql
    told = (type_coerce(read(column), column.type).label(column.name) for column in table.columns)
    before = select(*told).where(audit.c.seq.in_(earlier.group_by(audit.c.row)), audit.c.content.is_not(None))
    return union_all(select(table).where(table.c.id.not_in(since)), before).subquery(f"{table.name}_then")


def _from_sqlite(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """A column's value from a link's content, as SQLite keeps it: days and moments are texts."""
    path = f"$.{column.key}"
    if isinstance(column.type, Json):
        return func.nullif(audit.c.content.op("->")(path), "null")
    return func.json_extract(audit.c.content, path)


def _from_postgresql(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """The same as PostgreSQL keeps it; its type json, not jsonb, gives a part back letter by letter."""
    content, name = cast(audit.c.content, JSON), str(column.key)
    if isinstance(column.type, Json):
        return func.nullif(cast(content.op("->")(name), Text), "null")
    value = content.op("->>", return_type=Text())(name)
    return value if isinstance(getattr(column.type, "impl", column.type), String) else cast(value, column.type)
