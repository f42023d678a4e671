"""The records as one file of SQLite, whichever database holds them, and back: for backups, and to keep aside what a restore replaces."""

import sqlite3
from pathlib import Path

from sqlalchemy import Connection, Engine, Table, delete, insert, select, update

from data.lasting import flush, flush_folder
from data.problems import NotPossibleNow
from data.records import database
from data.records.chain import Head
from data.records.schema import upgrade
from data.records.tables import head, metadata
from data.records.trouble import DAMAGED, in_words

PIECE = 1000


def snapshot(engine: Engine, target: Path) -> None:
    """Everything in the records at one moment, as a new file of SQLite that only its owner may read; others may go on writing.

    Raises NotPossibleNow where the records cannot be read.
    """
    target.touch(0o600, exist_ok=False)
    with in_words():
        if engine.dialect.name == "sqlite":
            _vacuum(engine, target)
        else:
            _copied(engine, target)
    flush(target)
    flush_folder(target.parent)


def replace_all(connection: Connection, source: Path) -> None:
    """Put the rows of a snapshot in the place of all there are, in the transaction of the connection."""
    for table in reversed(metadata.sorted_tables):
        connection.execute(delete(table))
    engine = database.plain(source)
    try:
        with engine.connect() as held:
            copy_rows(held, connection)
    finally:
        engine.dispose()


def copy_rows(source: Connection, target: Connection) -> None:
    """Every row of every table into tables that are empty."""
    for table in metadata.sorted_tables:
        above = [column for column in table.columns if any(key.column.table is table for key in column.foreign_keys)]
        for piece in source.execute(select(table)).mappings().partitions(PIECE):
            rows = [dict(row) for row in piece]
            target.execute(insert(table), [{**row, **{column.name: None for column in above}} for row in rows])
        for column in above:
            _point(source, target, table, column.name)


def end_of(engine: Engine) -> Head:
    """The end of the chain in any database of records. Raises NotPossibleNow where it cannot be read."""
    with in_words(), engine.connect() as connection:
        return Head(*connection.execute(select(head.c.seq, head.c.hash)).one())


def _point(source: Connection, target: Connection, table: Table, name: str) -> None:
    """Which row of its own table each row lies under: told when all of them are there."""
    column = table.c[name]
    for piece in source.execute(select(table.c.id, column).where(column.is_not(None))).partitions(PIECE):
        for row_id, above in piece:
            target.execute(update(table).where(table.c.id == row_id).values({name: above}))


def _vacuum(engine: Engine, target: Path) -> None:
    connection = engine.raw_connection()
    try:
        connection.cursor().execute("vacuum into ?", (str(target),))
    except sqlite3.DatabaseError as error:
        raise NotPossibleNow(DAMAGED, why=str(error)) from error
    finally:
        connection.close()


def _copied(engine: Engine, target: Path) -> None:
    made = database.plain(target)
    try:
        upgrade(made)
        with engine.connect() as source, source.begin(), made.connect() as written, written.begin():
            written.execute(delete(head))  # the migration's own
            copy_rows(source, written)
    finally:
        made.dispose()
