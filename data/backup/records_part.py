"""The records in a backup: one file of SQLite, the exported ends of the chain, its secret, and the files of evidence."""

from pathlib import Path

from data.file_list import Entry
from data.home import Home
from data.problems import N_
from data.records import database, secret
from data.records.copying import end_of
from data.records.records import begun
from data.records.swap import end_here, private_copy
from data.records.whole import copy_whole

NOT_IN_ORDER = N_("the records are not in order, so no backup was made: {first}; `python -m data verify` says all of it")


def copy_records(home: Home, folder: Path) -> tuple[int | None, dict[str, Entry]]:
    """Copy the records and check the copy whole; returns the number of its last link, and its files by their path in the folder.

    A home without records has none. Raises NotPossibleNow where they are not in order: such a backup could not be restored.
    """
    if not begun(home):
        return None, {}
    folder.mkdir(parents=True)
    if (home.store / secret.NAME).exists():
        private_copy(home.store / secret.NAME, folder / secret.NAME)
    end = copy_whole(home, folder, private_copy, NOT_IN_ORDER).seq
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return end, {path.relative_to(folder).as_posix(): Entry.of(path) for path in files}


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
