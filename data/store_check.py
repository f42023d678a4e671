"""Does everything in the folder of facts belong there, and do its small files agree with one another?

What a load that was stopped left behind does no harm, and the next load removes it: it is named, but it is no problem. Files
that are not the program's are: somebody may take them for facts, and a log beside a version would change what is read.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from data.problems import Problem
from data.seal import log, read_note
from data.versions import KEPT, Versions

OURS = frozenset({"CURRENT", "HIGHEST", "writer.lock", "writer.json"})
LEFT_BEHIND = re.compile(r"facts-\d{6,}\.part(\..*)?|.+\.new")


def folder_problems(versions: Versions) -> list[Problem]:
    """Every file that does not belong there, and every contradiction between HIGHEST, the notes and the versions."""
    if not versions.folder.is_dir():
        return []
    return [*_strangers(versions), *_highest(versions), *_notes(versions)]


def left_behind(versions: Versions) -> list[str]:
    """Names of what a load that was stopped, or that is going on, has left unfinished."""
    notes = {path.name for path in _orphans(versions)}
    return [name for name in _names(versions) if LEFT_BEHIND.fullmatch(name) or name in notes]


def _names(versions: Versions) -> list[str]:
    return sorted(path.name for path in versions.folder.iterdir()) if versions.folder.is_dir() else []


def _orphans(versions: Versions) -> list[Path]:
    """Notes of versions that never came, or that were removed."""
    return [note for note in versions.folder.glob("facts-*.json") if not note.with_suffix(".duckdb").exists()]


def _strangers(versions: Versions) -> Iterator[Problem]:
    logs = {log(versions.path(number)).name for number in versions.kept}
    known = {path.name for number in versions.kept for path in (versions.path(number), versions.note(number))}
    for name in sorted(set(_names(versions)) - OURS - known - set(left_behind(versions))):
        if name in logs:
            yield Problem("a log lies beside the version and would change what is read from it", "move it elsewhere", name)
        elif not name.startswith("."):  # of the file system, such as what is left of a file that is still open
            yield Problem("this is none of the program's files", "move it elsewhere, after looking what it is", name)


def _highest(versions: Versions) -> Iterator[Problem]:
    """A number that was once used must never be given again: HIGHEST says which that is."""
    kept = versions.kept
    if not kept:
        return
    hint = "write {newest} into it, or a higher number that was used"
    try:
        highest = int((versions.folder / "HIGHEST").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        yield Problem("the highest number ever used is missing or cannot be read", hint, "HIGHEST", values={"newest": kept[-1]})
        return
    if highest < kept[-1]:
        yield Problem("{highest} is below the newest version", hint, "HIGHEST", values={"highest": highest, "newest": kept[-1]})


def _notes(versions: Versions) -> Iterator[Problem]:
    """What each version was built on: nothing, or an earlier version that is kept or was removed for its age."""
    kept = versions.kept
    hint = "load again after `python -m data rollback`, or put back a backup"
    for number in kept:
        told = read_note(versions.note(number))
        if told is None:
            continue  # said with its checksum
        base = told.get("built_on", "")
        if base is None or (type(base) is int and 0 < base < number and (base in kept or _outlived(base, kept))):
            continue
        message = "its note says that it was built on {base!r}, which is no version before it"
        yield Problem(message, hint, versions.note(number).name, values={"base": base})


def _outlived(number: int, kept: list[int]) -> bool:
    """So many newer ones are kept that this one could be removed."""
    return sum(other > number for other in kept) >= KEPT
