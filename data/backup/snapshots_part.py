"""The closed months in a backup: the list of each, and every content once, however many months it is part of."""

import os
from contextlib import suppress
from pathlib import Path

from data.backup.manifest import SNAPSHOTS, Manifest
from data.file_list import Entry
from data.home import SNAPSHOT, Home
from data.lasting import copy
from data.problems import NotPossibleNow
from data.records.swap import private_copy
from data.snapshots import contents


def copy_snapshots(home: Home, folder: Path, backed_up: dict[str, Entry]) -> dict[str, Entry]:
    """Copy what no other file of the backup holds; returns the files by their path in the folder.

    Raises NotPossibleNow where a closed month is not as it was closed.
    """
    held, files = {entry.sha256 for entry in backed_up.values()}, dict[str, Entry]()
    for month in contents.whole(home):
        listed = contents.read(month)
        for name, entry in listed.files.items():
            if entry.sha256 not in held:
                files[where(entry.sha256)] = _copied(month / name, folder / where(entry.sha256), entry)
                held.add(entry.sha256)
        folder.mkdir(parents=True, exist_ok=True)
        copy(month / SNAPSHOT, folder / f"{month.name}.json")
        files[f"{month.name}.json"] = Entry.of(folder / f"{month.name}.json")
    return files


def snapshots_size(home: Home) -> int:
    """About the bytes that the closed months take in a backup."""
    entries = {entry.sha256: entry.bytes for month in contents.whole(home) for entry in contents.read(month).files.values()}
    return sum(entries.values())


def bring_snapshots(home: Home, folder: Path, told: Manifest, aside: Path) -> None:
    """Lay every closed month of a checked backup in the store; one of the same name that is another goes `aside`, and is kept.

    Months that are not in the backup stay. Raises NotPossibleNow where the disk does not take them.
    """
    lists = [name for name in told.part(SNAPSHOTS) if name.endswith(".json")]
    if not lists:
        return
    laid: dict[str, Path] = {}
    sources = {entry.sha256: folder / name for name, entry in told.files.items()}
    with contents.alone(home) as months:
        for name in sorted(lists):
            _bring(folder / SNAPSHOTS / name, months / name.removesuffix(".json"), sources, laid, aside)


def where(sha256: str) -> str:
    """Where a content lies among the closed months of a backup."""
    return f"contents/{sha256[:2]}/{sha256}"


def _copied(source: Path, target: Path, entry: Entry) -> Entry:
    target.parent.mkdir(parents=True, exist_ok=True)
    if copy(source, target) != entry.sha256:
        raise NotPossibleNow("{file} is not as it was when its month was closed, so no backup was made", file=source.name)
    return entry


def _bring(list_file: Path, month: Path, sources: dict[str, Path], laid: dict[str, Path], aside: Path) -> None:
    """`sources` are the files of the backup by their content, `laid` those of months that were brought already."""
    if month.exists():
        if (month / SNAPSHOT).read_bytes() == list_file.read_bytes() and not any(contents.problems(month, contents.read(month))):
            return
        aside.mkdir(parents=True, exist_ok=True)
        month.rename(aside / month.name)
    part = month.with_name(month.name + contents.PART)
    part.mkdir()
    copy(list_file, part / SNAPSHOT)
    listed = contents.read(part)
    for name, entry in listed.files.items():
        if not contents.belongs(name) or entry.sha256 not in sources:
            raise NotPossibleNow(
                "the backup does not hold {file} of the closed month {folder}; take another backup", file=name, folder=month.name
            )
        _lay(sources[entry.sha256], part / name, laid.get(entry.sha256))
    contents.name_it(part)
    laid |= {entry.sha256: month / name for name, entry in listed.files.items()}


def _lay(source: Path, target: Path, laid: Path | None) -> None:
    """A content that another month holds already takes no room again, where the file system can do that."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if laid:
        with suppress(OSError):
            os.link(laid, target)
            return
    private_copy(source, target)
