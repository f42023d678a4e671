"""A home beside an empty one, in which a whole history is told and which takes its place at once: stopped before, nothing is there."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from data import facts
from data.backup.definition_files import definition_files
from data.home import Home
from data.lasting import flush_folder
from data.problems import NotPossibleNow
from data.records import database
from data.records.records import begun, forget, records

PART = "demo.part"
LAST = (database.NAME, "facts")
"""What says that a home is there: whoever finds records has everything that they name, and figures come again without them."""


@contextmanager
def apart(home: Home) -> Iterator[Home]:
    """A home with the definitions of one that holds neither facts nor records; what is written there becomes that one's at the end.

    Raises NotPossibleNow where somebody else is at it, or was faster.
    """
    home.store.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(home.store / "demo.lock", timeout=0):
            if facts.current(home) or begun(home):
                raise NotPossibleNow("somebody else has just built the demo city; nothing was changed")
            part = Home(home.store / PART)
            shutil.rmtree(part.folder, ignore_errors=True)  # of a run that was stopped
            try:
                _lay_definitions(home, part)
                yield part
                _take_place(part.store, home.store)
            finally:
                _let_go(part)
                shutil.rmtree(part.folder, ignore_errors=True)
    except Timeout:
        raise NotPossibleNow("somebody else is building the demo city; try again in a moment") from None


def _lay_definitions(home: Home, part: Home) -> None:
    for name, path in definition_files(home).items():
        (part.folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, part.folder / name)


def _let_go(part: Home) -> None:
    """Close its files, which Windows does not move while they are open."""
    if begun(part):
        records(part).engine.dispose()
    forget()
    facts.forget()


def _take_place(part: Path, store: Path) -> None:
    _let_go(Home(part.parents[1]))
    for path in sorted(part.iterdir(), key=lambda path: (path.name in LAST, LAST.index(path.name) if path.name in LAST else 0)):
        target = store / path.name
        if target.is_dir():  # of a run that was stopped just here
            shutil.rmtree(target)
        path.replace(target)
    flush_folder(store)
