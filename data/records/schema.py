"""The tables brought up to date: Alembic applies what is missing, in one transaction, before anything is read."""

from pathlib import Path

from filelock import FileLock
from sqlalchemy import Connection, Engine, inspect, text

from data.lasting import copy
from data.problems import NotPossibleNow
from data.records import database
from data.records.database import WRITES

MIGRATIONS = Path(__file__).parent / "migrations"
NEWEST = "0004"
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
            raise NotPossibleNow(
                "a newer program wrote the records (schema {found}, this one knows {known}); nothing was changed", found=found, known=NEWEST
            )
        if found != NEWEST:
            upgrade(engine)


def readable(file: Path, made: Path) -> Path:
    """The file, or where an older program wrote it a copy in `made` that is brought up to date: the file itself never changes.

    Raises NotPossibleNow where a newer program wrote it.
    """
    engine = database.to_read(file)
    try:
        found = _revision(engine)
    finally:
        engine.dispose()
    if found == NEWEST:
        return file
    if found is None or found > NEWEST:
        raise NotPossibleNow(
            "another program wrote these records (schema {found}, this one knows {known}); nothing was changed",
            found=found or "-",
            known=NEWEST,
        )
    return _brought(file, made / f"records-{NEWEST}.sqlite")


def _brought(file: Path, copied: Path) -> Path:
    copied.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(copied.with_suffix(".lock"), timeout=60):
        if not copied.exists():
            part = copied.with_suffix(".part")
            part.unlink(missing_ok=True)
            part.touch(0o600)
            copy(file, part)
            engine = database.plain(part)
            try:
                upgrade(engine)
            finally:
                engine.dispose()
            part.rename(copied)
    return copied


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
