"""The records in a backup: one file of SQLite, the exported ends of the chain, its secret, and the files of evidence."""

from pathlib import Path

from sqlalchemy import select

from data.backup.manifest import Entry
from data.home import Home
from data.lasting import checksum
from data.plans.evidence_files import where
from data.problems import NotPossibleNow
from data.records import database, heads, secret
from data.records.copying import end_of, snapshot
from data.records.records import begun, records
from data.records.swap import end_here, private_copy
from data.records.tables import evidence
from data.records.verification import check


def copy_records(home: Home, folder: Path) -> tuple[int | None, dict[str, Entry]]:
    """Copy the records and check the copy whole; returns the number of its last link, and its files by their path in the folder.

    A home without records has none. Raises NotPossibleNow where they are not in order: such a backup could not be restored.
    """
    if not begun(home):
        return None, {}
    held = records(home)
    folder.mkdir(parents=True)
    for name in (heads.NAME, secret.NAME):  # the ends first: the chain that is copied after them reaches them all
        if (home.store / name).exists():
            private_copy(home.store / name, folder / name)
    snapshot(held.engine, folder / database.NAME)
    end = _checked(home, folder)
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return end, {path.relative_to(folder).as_posix(): Entry(path.stat().st_size, checksum(path)) for path in files}


def stands_as_backed_up(home: Home, folder: Path) -> bool | None:
    """Whether the chain in force ends as that of the backup; None where there are no records yet, False where nobody can read them."""
    if not begun(home):
        return None
    here = end_here(home)
    if here is not None and here.seq == 0:
        return None
    engine = database.plain(folder / database.NAME)
    try:
        return here == end_of(engine)
    finally:
        engine.dispose()


def records_size(home: Home) -> int:
    """About the bytes that a backup of the records takes."""
    files = [home.store / database.NAME, *(home.store / "evidence").glob("*/*")]
    return sum(path.stat().st_size for path in files if path.is_file())


def _checked(home: Home, folder: Path) -> int:
    engine = database.plain(folder / database.NAME)
    try:
        with engine.connect() as connection:
            files = connection.execute(select(evidence.c.file).where(evidence.c.file.is_not(None)).distinct()).scalars().all()
        for sha256 in files:
            if where(home.store, sha256).exists():
                where(folder, sha256).parent.mkdir(parents=True, exist_ok=True)
                private_copy(where(home.store, sha256), where(folder, sha256))
        _, problems = check(engine, folder, secret.secret(home.store), heads.exported(folder))
        if problems:
            first = problems[0].as_json()["message"]
            raise NotPossibleNow(f"the records are not in order, so no backup was made: {first}; `python -m data verify` says all of it")
        return end_of(engine).seq
    finally:
        engine.dispose()
