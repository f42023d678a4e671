"""A list of files with the size and checksum of each, and a checksum of the list itself, by which damage is found."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data.lasting import checksum
from data.problems import Problem

LARGEST = 10_000_000
"""Bytes; a list has a line or two for each file."""


@dataclass(frozen=True)
class Entry:
    """One file of a list."""

    bytes: int
    sha256: str

    @classmethod
    def of(cls, path: Path) -> "Entry":
        return cls(path.stat().st_size, checksum(path))


def text(body: dict[str, Any]) -> str:
    """The list as it is written, with its own checksum."""
    return json.dumps({**body, "checksum": own_checksum(body)}, indent=1, sort_keys=True)


def read(path: Path) -> dict[str, Any]:
    """A list as it was written. Raises ValueError, KeyError, AttributeError, TypeError or RecursionError where it is damaged, OSError."""
    raw = path.read_bytes() if path.stat().st_size <= LARGEST else b""
    told = json.loads(raw)
    own = told.pop("checksum")
    if own != own_checksum(told) or (json.dumps({**told, "checksum": own}, indent=1, sort_keys=True) + "\n").encode() != raw:
        raise ValueError("changed")
    return told


def fault(folder: Path, name: str, entry: Entry, hint: str, checksum: Callable[[Path], str] = checksum) -> Problem | None:
    """What is wrong with one file of a list; None where it is as it was."""
    path = folder / name
    if path.is_symlink() or not path.is_file():
        return Problem("this file is missing", hint, str(path))
    if path.stat().st_size != entry.bytes:
        values = {"found": path.stat().st_size, "expected": entry.bytes}
        return Problem("this file has {found:,} bytes instead of {expected:,}", hint, str(path), values=values)
    if checksum(path) != entry.sha256:
        return Problem("this file is not as it was backed up", hint, str(path))
    return None


def beside(folder: Path, names: set[str], hint: str) -> list[Problem]:
    """The files of a folder that its list does not name."""
    held = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_symlink() or not path.is_dir()}
    return [Problem("this file is not in the backup's list", hint, str(folder / name)) for name in sorted(held - names)]


def own_checksum(body: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
