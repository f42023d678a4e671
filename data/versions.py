"""The numbered files of facts: one is in force, one writer makes the next, the last ten are kept.

facts-000043.duckdb   a version; it never changes once published
facts-000043.json     which version it is of, what that was built on, when, and its checksum
CURRENT               names the version in force, or `none` before the first load
HIGHEST               the highest number ever used
writer.lock           held by whoever loads; the system lets go of it when that process ends
"""

import getpass
import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb
from filelock import FileLock, Timeout

from data import definition_swap
from data.connection import OUR_FAULT
from data.home import Home
from data.lasting import checksum, flush, flush_folder, replace_text
from data.problems import N_, NotPossibleNow

KEPT = 10
FLOOR = 200_000_000
"""Bytes that must stay free beyond three times the file: the new version, the sorting room beside it, and one more to undo with."""
NONE = "none"


@dataclass(frozen=True)
class Versions:
    """The versions of one home."""

    folder: Path

    @classmethod
    def of(cls, home: Home) -> "Versions":
        return cls(home.store / "facts")

    def path(self, number: int) -> Path:
        return self.folder / f"facts-{number:06}.duckdb"

    def note(self, number: int) -> Path:
        return self.path(number).with_suffix(".json")

    @property
    def kept(self) -> list[int]:
        """Numbers of the files in the folder, oldest first, whether in force or not."""
        return sorted(int(path.stem[6:]) for path in self.folder.glob("facts-*.duckdb") if re.fullmatch(r"facts-\d{6,}", path.stem))

    @property
    def current(self) -> int | None:
        """The version in force; None before the first load. Raises NotPossibleNow where the pointer is damaged."""
        try:
            text = (self.folder / "CURRENT").read_text(encoding="utf-8", errors="replace").strip()
        except FileNotFoundError:
            text = NONE if not self.kept else ""
        if text == NONE:
            return None
        found = re.fullmatch(r"facts-(\d{6,})\.duckdb", text)
        if not found or not self.path(int(found[1])).is_file():
            raise damaged(f"CURRENT ({text[:60]!r})", N_("it names no version that is kept"))
        return int(found[1])

    def built_on(self, number: int) -> int | None:
        """Where undoing a version leads: None is the empty store. Where its note is lost, the one kept just below it."""
        with suppress(OSError, ValueError, KeyError, TypeError):
            return json.loads(self.note(number).read_text(encoding="utf-8"))["built_on"]
        return max((other for other in self.kept if other < number), default=None)


def damaged(file: str, why: str) -> NotPossibleNow:
    """What to say when the facts in force cannot be read: which file it is, and what is wrong with it."""
    return NotPossibleNow(
        "the facts cannot be read: {file}: {why}; no version was changed or lost. "
        "`python -m data verify` says what is wrong, `python -m data rollback` goes back to the version before",
        file=file,
        why=why,
    )


@contextmanager
def writing(home: Home) -> Iterator[Versions]:
    """Be the one writer of the home's facts. Raises NotPossibleNow where somebody else is, the disk is too full, or the home is a
    closed month.
    """
    home.require_open()
    versions = Versions.of(home)
    with _disk_trouble_said():
        versions.folder.mkdir(parents=True, exist_ok=True)
        try:
            with FileLock(versions.folder / "writer.lock", timeout=0):
                replace_text(versions.folder / "writer.json", json.dumps(_me()))
                if not (versions.folder / "CURRENT").exists() and not versions.kept:
                    point(versions, None)  # from here on a missing CURRENT is damage, and not an empty store
                _remove_leftovers(versions)  # of a writer that was killed
                finish_restore(home, versions)
                try:
                    yield versions
                finally:
                    _remove_leftovers(versions)  # our own, where we failed: a full disk needs the room
        except Timeout:
            raise _held_up(versions) from None


def publish(versions: Versions, built_on: int | None, build: Callable[[Path], None], check: Callable[[Path], None]) -> int:
    """Build the next version, check it and put it in force; only the writer may. Returns its number.

    `built_on` is where undoing it leads. Whatever stops this half-way, the version in force before stays in force, whole.
    """
    _require_room(versions)
    number = max([highest(versions), *versions.kept]) + 1
    part = versions.path(number).with_suffix(".part")
    build(part)
    check(part)
    _seal(versions, number, part, built_on)
    replace_text(versions.folder / "HIGHEST", str(number))
    part.rename(versions.path(number))
    flush_folder(versions.folder)
    point(versions, number)
    _prune(versions, {number, built_on})
    return number


def finish_stopped(home: Home) -> None:
    """Finish, or undo, a restore that was stopped half-way; nothing where there is none, or somebody is at work."""
    if definition_swap.waiting(home):
        with suppress(NotPossibleNow), writing(home):
            pass


def finish_restore(home: Home, versions: Versions) -> None:
    """The definitions that belong to a restored version are in force where it is, and nowhere else; only the writer may."""
    with suppress(NotPossibleNow):  # with a damaged pointer nobody can tell; whoever mends it comes by here
        definition_swap.finish(home, versions.current)


def point(versions: Versions, number: int | None) -> None:
    """Put a kept version in force."""
    replace_text(versions.folder / "CURRENT", NONE if number is None else versions.path(number).name)


def highest(versions: Versions) -> int:
    """The highest number ever given out; 0 before the first."""
    try:
        return int((versions.folder / "HIGHEST").read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return 0


def reserve(versions: Versions, number: int) -> None:
    """Never give out this number or a lower one; only the writer may. A reused one would show its old content to whoever has it open."""
    if number > highest(versions):
        replace_text(versions.folder / "HIGHEST", str(number))


def room(versions: Versions) -> tuple[int, int]:
    """Bytes that must be free on the disk to load safely, and those that are."""
    size = max((versions.path(number).stat().st_size for number in _read_or_undone(versions)), default=0)
    existing = next(folder for folder in (versions.folder, *versions.folder.parents) if folder.exists())
    return 3 * size + FLOOR, shutil.disk_usage(existing).free


def _read_or_undone(versions: Versions) -> list[int]:
    """The version in force, alone; where the pointer is damaged it may be any of them."""
    try:
        return [] if versions.current is None else [versions.current]
    except NotPossibleNow:
        return versions.kept


def login() -> str:
    """The name under which the person at this machine is known to it."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no user name in a bare container
        return "somebody"


def _me() -> dict[str, str | int]:
    return {"by": login(), "pid": os.getpid(), "since": datetime.now(UTC).isoformat(timespec="seconds")}


def _held_up(versions: Versions) -> NotPossibleNow:
    try:
        me = json.loads((versions.folder / "writer.json").read_text(encoding="utf-8"))
        who = {"by": str(me["by"]), "process": str(me["pid"]), "since": str(me["since"])}
    except (OSError, ValueError, KeyError):
        return NotPossibleNow("somebody else is loading; nothing was changed: try again when that is done")
    return NotPossibleNow(
        "{by} (process {process}) has been loading since {since}; nothing was changed: try again when that is done", **who
    )


def _remove_leftovers(versions: Versions) -> None:
    """What was never in force: an unfinished version, an unfinished small file, the note of a version that never came."""
    for left in (*versions.folder.glob("*.part*"), *versions.folder.glob("*.new")):
        shutil.rmtree(left) if left.is_dir() else left.unlink()
    for note in versions.folder.glob("facts-*.json"):
        if not note.with_suffix(".duckdb").exists():
            note.unlink()


def _require_room(versions: Versions) -> None:
    needed, free = room(versions)
    if free < needed:
        raise NotPossibleNow(
            "the disk is too full: {needed} MB must be free to load safely, {free} MB are; nothing was changed: make room and try again",
            needed=needed // 10**6,
            free=free // 10**6,
        )


@contextmanager
def _disk_trouble_said() -> Iterator[None]:
    """Trouble with the disk or the memory is nobody's mistake and loses nothing: say it plainly."""
    try:
        yield
    except OUR_FAULT:
        raise
    except (OSError, duckdb.Error) as error:
        raise NotPossibleNow(
            "the facts could not be written; those in force are whole, and the same can safely be tried again: {why}", why=str(error)
        ) from error


def _seal(versions: Versions, number: int, part: Path, built_on: int | None) -> None:
    if part.with_name(part.name + ".wal").exists():
        raise RuntimeError(f"{part.name} was not closed: its log is still there")
    if os.name != "nt":  # a read-only file can be neither renamed nor removed on Windows
        part.chmod(0o444)
    flush(part)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    note = {"version": number, "built_on": built_on, "published_at": now, "sha256": checksum(part)}
    replace_text(versions.note(number), json.dumps(note))


def _prune(versions: Versions, needed: set[int | None]) -> None:
    for number in versions.kept[:-KEPT]:
        if number not in needed:
            with suppress(OSError):  # such as on Windows, where somebody still reads it; a later load removes it
                versions.path(number).unlink()
                versions.note(number).unlink(missing_ok=True)
