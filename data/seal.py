"""Is the version about to be read the one that was published? Asked before it shows its first number.

The checksum in a version's note covers every byte, also those that no query reads. Reading 100 MB for it takes about a tenth
of a second, so a process asks once for each version, and again only where the file or its note has changed since.
"""

import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from data.lasting import checksum
from data.problems import N_
from data.versions import Versions, damaged

CHANGED = N_("the file is not as it was published")
NO_NOTE = N_("its note is missing or cannot be read, so nobody knows whether it is as it was published")
ANOTHER = N_("its note is that of another version")
LOG_BESIDE = N_("a log lies beside it, which would change what is read from it")
"""DuckDB replays a log of that name even where it may only read; a published version has none."""


def require_as_published(versions: Versions, number: int) -> None:
    """Raises NotPossibleNow where a version must not be read."""
    path, note = versions.path(number), versions.note(number)
    found = LOG_BESIDE if log(path).exists() else _fault(versions, number, _look(path), _look(note))
    if found:
        raise damaged(path.name, found)


def fault(versions: Versions, number: int) -> str | None:
    """What is wrong with a version's bytes or its note, read anew; None where it is as it was published."""
    told = read_note(versions.note(number))
    if told is None or not re.fullmatch(r"[0-9a-f]{64}", str(told.get("sha256"))):
        return NO_NOTE
    if told.get("version", number) != number:  # notes did not always say it
        return ANOTHER
    try:
        return None if told["sha256"] == checksum(versions.path(number)) else CHANGED
    except OSError:
        return CHANGED


def read_note(path: Path) -> dict[str, Any] | None:
    """A version's note; None where it is missing, or is no note."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    return told if isinstance(told, dict) else None


def log(path: Path) -> Path:
    """Where DuckDB would look for changes that a file does not hold yet."""
    return path.with_name(f"{path.name}.wal")


Look = tuple[int, int, int] | None


@lru_cache(maxsize=64)
def _fault(versions: Versions, number: int, _file: Look, _note: Look) -> str | None:
    return fault(versions, number)


def _look(path: Path) -> Look:
    """Changes whenever the file is written or replaced."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns, found.st_ino
