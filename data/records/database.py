"""Which database holds the records, and how it is spoken to: SQLite in the store, or the PostgreSQL that MANDATO_RECORDS names."""

import os
import sqlite3
import time
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import NullPool, QueuePool

from data.problems import NotPossibleNow

NAME = "records.sqlite"
WRITES = {"mandato_writes": True}
"""The execution options of a connection that is going to write."""
PATIENCE = 20
"""Seconds that somebody waits for whoever is writing, or for a connection."""


def url(store: Path) -> URL | str:
    """MANDATO_RECORDS, such as postgresql://user@host/database; else a file in the store."""
    return named() or at(store / NAME)


def at(path: Path) -> URL:
    """The address of a SQLite file; its name may hold what means something in an address."""
    return URL.create("sqlite", database=str(path))


def named() -> str:
    """The database that was named instead of the file in the store; "" where none was."""
    return os.environ.get("MANDATO_RECORDS", "")


def plain(path: Path) -> Engine:
    """A file of SQLite that nobody else has open, such as one in a backup: opening it leaves nothing beside it."""
    made = create_engine(at(path), poolclass=NullPool)

    @event.listens_for(made, "connect")
    def _prepare(connection: sqlite3.Connection, _record: Any) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA foreign_keys=ON")

    @event.listens_for(made, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    return made


def to_read(path: Path) -> Engine:
    """A file of SQLite that never changes: nothing is locked, and nothing is left beside it."""
    made = create_engine("sqlite://", creator=lambda: _unchanging(path), poolclass=QueuePool)

    @event.listens_for(made, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    return made


def _unchanging(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None, check_same_thread=False)


def engine(address: URL | str) -> Engine:
    """An engine for the address. Raises NotPossibleNow where the address is not one of the two kinds."""
    try:
        told = make_url(address)
    except ArgumentError:
        raise NotPossibleNow("MANDATO_RECORDS is not an address such as postgresql://user@host/database") from None
    if told.get_backend_name() == "sqlite" and told.database not in {None, "", ":memory:"}:
        return _sqlite(create_engine(told, pool_timeout=PATIENCE))
    if told.get_backend_name() == "postgresql":
        return _postgresql(create_engine(told.set(drivername="postgresql+psycopg"), pool_pre_ping=True, pool_timeout=PATIENCE))
    raise NotPossibleNow("MANDATO_RECORDS names neither a PostgreSQL database nor a file of SQLite")


def _sqlite(made: Engine) -> Engine:
    """SQLite as a transactional store: a write-ahead log that is flushed at each commit, and foreign keys that hold."""

    @event.listens_for(made, "connect")
    def _prepare(connection: sqlite3.Connection, _record: Any) -> None:
        connection.isolation_level = None  # we begin transactions ourselves, below
        connection.execute(f"PRAGMA busy_timeout={PATIENCE * 1000}")
        _turn_the_log_on(connection)
        for pragma in ("synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(made, "begin")
    def _begin(connection: Connection) -> None:
        # A transaction that reads first and writes later is refused at once when somebody else wrote in between.
        writes = connection.get_execution_options().get("mandato_writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return made


def _turn_the_log_on(connection: sqlite3.Connection) -> None:
    """It takes the file alone, and SQLite does not always wait for whoever else is opening it: so we do."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(0.01)
        else:
            return


def _postgresql(made: Engine) -> Engine:
    """PostgreSQL as SQLite is: who reads sees one state, who writes sees all that was written before, and a commit is on the disk."""

    @event.listens_for(made, "begin")
    def _begin(connection: Connection) -> None:
        if connection.get_execution_options().get("mandato_writes"):
            connection.exec_driver_sql("set transaction isolation level read committed")
            connection.exec_driver_sql("set local synchronous_commit = on")
        else:
            connection.exec_driver_sql("set transaction isolation level repeatable read, read only")

    return made
