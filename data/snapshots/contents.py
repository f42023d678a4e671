"""The list of everything in a closed month."""

import hashlib
import json
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath

from filelock import FileLock, Timeout

from data import file_list
from data.backup.definition_files import is_definition
from data.file_list import Entry
from data.home import SNAPSHOT, Home
from data.lasting import checksum, flush_folder
from data.problems import N_, NotPossibleNow, Problem

FORMAT = 1
STATUSES = "statuses.json"
PART = ".part"
PATIENCE = 60
"""Seconds that somebody waits for another who is closing a month."""
STORED = re.compile(
    r"data/store/(facts/(facts-\d{6,}\.(duckdb|json)|CURRENT)|records\.sqlite|heads\.log|evidence/([0-9a-f]{2})/\4[0-9a-f]{62})"
)
RESTORE = N_("bring the snapshot back from a backup: `python -m data restore`")


@dataclass(frozen=True)
class Contents:
    """What a closed month is made of. `made_at` is UTC; `records` is the end of the audit chain, "" where there were no records."""

    place: str
    month: str
    made_at: str
    program: str
    facts_version: int | None
    records: str
    files: dict[str, Entry]

    @property
    def definitions(self) -> str:
        """One checksum of all definition files."""
        named = {name: entry.sha256 for name, entry in self.files.items() if is_definition(name)}
        return hashlib.sha256(json.dumps(named, sort_keys=True).encode()).hexdigest()

    @property
    def statuses(self) -> str:
        """The checksum of the file of statuses."""
        return self.files[STATUSES].sha256


def folder_of(home: Home) -> Path:
    """Where the closed months of a home lie; a closed month finds its sisters beside it."""
    return home.folder.parent if home.frozen else home.store / "snapshots"


@contextmanager
def alone(home: Home) -> Iterator[Path]:
    """Be the one who lays closed months; what another who was stopped left half done is removed, and so is one's own.

    Gives their folder. Raises NotPossibleNow where somebody else is at it for too long.
    """
    folder = folder_of(home)
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(folder / "closing.lock", timeout=PATIENCE):
            _remove_halves(folder)
            try:
                yield folder
            finally:
                _remove_halves(folder)
    except Timeout:
        raise NotPossibleNow("somebody else is closing a month; nothing was changed: try again in a moment") from None


def _remove_halves(folder: Path) -> None:
    for left in folder.glob(f"*{PART}"):
        shutil.rmtree(left)


def whole(home: Home) -> list[Path]:
    """The folder of every closed month, those that were reopened too, by name."""
    return sorted(path.parent for path in folder_of(home).glob(f"*/{SNAPSHOT}") if path.parent.suffix != PART)


def name_it(part: Path) -> Path:
    """Give a closed month that is whole its name; on the disk when this returns."""
    for folder in (*(path for path in part.rglob("*") if path.is_dir()), part):
        flush_folder(folder)
    found = part.with_name(part.name.removesuffix(PART))
    part.rename(found)
    flush_folder(found.parent)
    return found


def text(contents: Contents) -> str:
    """The list as it is written."""
    return file_list.text({"format": FORMAT, **asdict(contents)})


def read(folder: Path) -> Contents:
    """The list of a closed month. Raises NotPossibleNow where it is damaged, gone, or a newer program wrote it."""
    try:
        told = file_list.read(folder / SNAPSHOT)
        form, files = told.pop("format"), {name: Entry(**entry) for name, entry in told.pop("files").items()}
        if form == FORMAT:
            return Contents(**told, files=files)
    except (OSError, ValueError, KeyError, AttributeError, TypeError, RecursionError):
        raise NotPossibleNow(
            "the list of the closed month {folder} is damaged or gone; bring it back from a backup", folder=folder.name
        ) from None
    raise NotPossibleNow("a newer version of this program closed {folder}; update the program", folder=folder.name)


def problems(folder: Path, contents: Contents, checksum: Callable[[Path], str] = checksum) -> Iterator[Problem]:
    """Every file of a closed month that is missing, changed or too many."""
    for name, entry in contents.files.items():
        if not belongs(name):
            yield Problem("a closed month has no such file", RESTORE, str(folder / name))
        elif problem := file_list.fault(folder, name, entry, RESTORE, checksum):
            yield problem
    yield from file_list.beside(folder, {*contents.files, SNAPSHOT}, RESTORE)


def belongs(name: str) -> bool:
    """A list that somebody else wrote could name any path of this machine."""
    if PurePosixPath(name).as_posix() != name or "\\" in name or ".." in name.split("/"):
        return False
    return name == STATUSES or is_definition(name) or bool(STORED.fullmatch(name))
