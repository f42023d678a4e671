"""The tables brought up to date: Alembic applies what is missing, in one transaction, before anything is read."""

from pathlib import Path

from filelock import FileLock
from sqlalchemy import Connection, Engine, inspect, text

from data.problems import NotPossibleNow
from data.records.database import WRITES

MIGRATIONS = Path(__file__).parent / "migrations"
NEWEST = "0001"
LOCK = 7_602_113
"""Any number: whoever brings the tables of a PostgreSQL up to date holds it."""


def bring_up_to_date(engine: Engine, store: Path) -> None:
    """Raises NotPossibleNow where a newer program wrote the records."""
    if _revision(engine) == NEWEST:
        return
    store.mkdir(parents=True, exist_ok=True)
    with FileLock(store / "records.lock", timeout=60):
        found = _revision(engine)
        if found is not None and found > NEWEST:
            raise NotPossibleNow(f"a newer program wrote the records (schema {found}, this one knows {NEWEST}); nothing was changed")
        if found != NEWEST:
            upgrade(engine)


def revision(connection: Connection) -> str | None:
    """The schema of the tables; None where there are none."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("select version_num from alembic_version")).scalar()


def _revision(engine: Engine) -> str | None:
    with engine.connect() as connection:
        return revision(connection)


def upgrade(engine: Engine) -> None:
    """Apply what is missing; alone, as `bring_up_to_date` is."""
    from alembic import command  # a tenth of a second, and needed once
    from alembic.config import Config

    told = Config()
    told.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with engine.connect().execution_options(**WRITES) as connection, connection.begin():
        if engine.dialect.name == "postgresql":  # another machine may be opening the same database for the first time
            connection.execute(text("select pg_advisory_xact_lock(:key)"), {"key": LOCK})
        told.attributes["connection"] = connection
        command.upgrade(told, "head")
