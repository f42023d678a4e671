"""Are the closed months as they were closed? Every file against its list, and the list against what the records say of it."""

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import select

from data.home import Home
from data.lasting import checksum
from data.problems import NotPossibleNow, Problem
from data.records.records import begun, records
from data.records.tables import snapshot
from data.snapshots import contents
from data.snapshots.contents import RESTORE, Contents


def verify(home: Home) -> tuple[list[str], list[Problem]]:
    """Check every closed month, those that were reopened too. Returns what was checked, in words, and everything that is wrong."""
    folders = contents.whole(home)
    said, found, lists, once = [], list[Problem](), dict[str, Contents](), _once()
    for folder in folders:
        try:
            lists[folder.name] = contents.read(folder)
        except NotPossibleNow as reason:
            found.append(Problem(str(reason), path=folder.name))
            continue
        found += contents.problems(folder, lists[folder.name], once)
        said.append(f"{folder.name}: {len(lists[folder.name].files)} files of a closed month")
    known = _rows(home)
    found += [problem for name, row in known.items() if (problem := _told_otherwise(name, row, lists, {path.name for path in folders}))]
    said += [f"{name}: left behind by a closing that was stopped, or by records that were restored" for name in lists if name not in known]
    return said, found


Row = tuple[int | None, str, str, str]


def _rows(home: Home) -> dict[str, Row]:
    """What the records say of each snapshot: the version of its facts, and the checksums."""
    if not begun(home):
        return {}
    columns = (snapshot.c.folder, snapshot.c.facts_version, snapshot.c.definitions, snapshot.c.records, snapshot.c.statuses)
    try:
        with records(home).read() as connection:
            return {row[0]: (row[1], row[2], row[3], row[4]) for row in connection.execute(select(*columns))}
    except NotPossibleNow:  # the records say themselves what is wrong with them
        return {}


def _told_otherwise(name: str, row: Row, lists: dict[str, Contents], there: set[str]) -> Problem | None:
    if name not in there:
        return Problem("this closed month is gone", RESTORE, name)
    listed = lists.get(name)
    if listed is None or row == (listed.facts_version, listed.definitions, listed.records, listed.statuses):
        return None
    return Problem("this closed month is another than the one that the records know", RESTORE, name)


def _once() -> Callable[[Path], str]:
    """Checksums, of a file under many names once."""
    known: dict[tuple[int, int], str] = {}

    def found(path: Path) -> str:
        told = path.stat()
        key = (told.st_dev, told.st_ino)
        if key not in known:
            known[key] = checksum(path)
        return known[key]

    return found
