"""Making a backup: into a folder that gets its name when it is whole, so that half a backup is never taken for one."""

import shutil
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from data.backup import manifest
from data.backup.definition_files import definition_files
from data.backup.manifest import DEFINITIONS, FACTS, RECORDS, SNAPSHOTS, Manifest
from data.backup.records_part import copy_records, records_size
from data.backup.snapshots_part import copy_snapshots, snapshots_size
from data.connection import open_to_read
from data.file_list import Entry
from data.home import Home
from data.lasting import copy, flush_folder, replace_text
from data.problems import NotPossibleNow, Problem, Refused
from data.schema import latest, schema
from data.seal import read_note
from data.versions import FLOOR, NONE, Versions, damaged, highest, login

PREFIX = "mandato-"
PART = ".part"


@dataclass(frozen=True)
class Made:
    """A backup that lies whole in `folder`."""

    folder: Path
    manifest: Manifest


def make(home: Home, target: Path, *, kept: bool = False) -> Made:
    """Write a backup of a home into a new folder under `target`; with `kept`, of every version that is kept.

    Loads and changes may go on meanwhile: a published version never changes, and the records are copied as they are at one
    moment. Raises Refused where the folder lies in the store, NotPossibleNow where the facts or the records are damaged or the
    backup cannot be written; then nothing is left of it.
    """
    if target.resolve().is_relative_to(home.store.resolve()):
        raise Refused([Problem("this folder is part of what is backed up", "choose one outside the home, on another disk", str(target))])
    try:
        target.mkdir(parents=True, exist_ok=True)
        with FileLock(target / ".backup.lock", timeout=0):
            _remove_halves(target)
            return _made(home, target, kept)
    except Timeout:
        raise NotPossibleNow("another backup is being written to {target}; try again when it is done", target=str(target)) from None
    except OSError as error:
        raise NotPossibleNow(
            "the backup could not be written, and nothing is left of it; what it copies is untouched: {why}", why=str(error)
        ) from error


def _made(home: Home, target: Path, kept: bool) -> Made:
    versions = Versions.of(home)
    current = versions.current
    numbers = versions.kept if kept else [] if current is None else [current]
    _require_room(home, versions, numbers, target)
    now = datetime.now(UTC)
    part = target / f"{PREFIX}{now:%Y%m%dT%H%M%SZ}{PART}"
    try:
        files = _copy_definitions(home, part / DEFINITIONS) | _copy_facts(versions, current, numbers, part / FACTS)
        end, records = copy_records(home, part / RECORDS)
        made = (now.isoformat(timespec="seconds"), login(), manifest.program(), _schema(part, current), current)
        files |= {f"{RECORDS}/{name}": entry for name, entry in records.items()}
        files |= {f"{SNAPSHOTS}/{name}": entry for name, entry in copy_snapshots(home, part / SNAPSHOTS, files).items()}
        told = Manifest(*made, files, end)
        replace_text(part / manifest.NAME, manifest.text(told))
        return Made(_name(part), told)
    finally:
        with suppress(OSError):
            _remove_halves(target)


def _remove_halves(target: Path) -> None:
    """Of a backup that was stopped."""
    for left in target.glob(f"{PREFIX}*{PART}"):
        shutil.rmtree(left)


def _require_room(home: Home, versions: Versions, numbers: list[int], target: Path) -> None:
    paths = [*definition_files(home).values(), *(versions.path(number) for number in numbers)]
    needed, free = (
        sum(path.stat().st_size for path in paths) + records_size(home) + snapshots_size(home) + FLOOR,
        shutil.disk_usage(target).free,
    )
    if free < needed:
        raise NotPossibleNow(
            "there is too little room in {target}: the backup needs {needed} MB, {free} MB are free; nothing was written",
            target=str(target),
            needed=needed // 10**6,
            free=free // 10**6,
        )


def _copy_definitions(home: Home, folder: Path) -> dict[str, Entry]:
    folder.mkdir(parents=True)
    # A form that saves meanwhile writes indicators and places before the source that names them: read the other way round.
    found = reversed(definition_files(home).items())
    return {f"{DEFINITIONS}/{name}": _copied(path, folder / name) for name, path in found}


def _copy_facts(versions: Versions, current: int | None, numbers: list[int], folder: Path) -> dict[str, Entry]:
    folder.mkdir(parents=True)
    files: dict[str, Entry] = {}
    for number in numbers:
        path, note = versions.path(number), versions.note(number)
        files[f"{FACTS}/{note.name}"] = _copied(note, folder / note.name)
        files[f"{FACTS}/{path.name}"] = entry = _copied(path, folder / path.name)
        if (read_note(folder / note.name) or {}).get("sha256") != entry.sha256:
            raise damaged(path.name, "it is not as it was published, so no backup was made of it")
    texts = {"CURRENT": NONE if current is None else versions.path(current).name, "HIGHEST": str(max([highest(versions), *numbers]))}
    for name, text in texts.items():
        replace_text(folder / name, text)
        files[f"{FACTS}/{name}"] = Entry.of(folder / name)
    return files


def _copied(source: Path, target: Path) -> Entry:
    target.parent.mkdir(parents=True, exist_ok=True)
    found = copy(source, target)
    return Entry(target.stat().st_size, found)


def _schema(part: Path, current: int | None) -> int:
    """The schema of the copied facts; that of this program where there are none."""
    if current is None:
        return latest()
    with closing(open_to_read(Versions(part / FACTS).path(current))) as connection:
        return schema(connection)


def _name(part: Path) -> Path:
    """Give the whole backup its name; where that is taken, the next one. A folder that holds anything is never replaced."""
    for folder in (*(folder for folder in part.rglob("*") if folder.is_dir()), part):
        flush_folder(folder)
    wished, number = part.with_name(part.name.removesuffix(PART)), 1
    final = wished
    while final.exists():
        number += 1
        final = wished.with_name(f"{wished.name}-{number}")
    part.rename(final)
    flush_folder(final.parent)
    return final
