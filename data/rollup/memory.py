"""What a roll-up has computed from which files, so that the next run computes only what has changed."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from data.home import Home

Span = tuple[str, str] | None
"""First and last day of a file's events, ISO; None where it is not known, so that any change concerns every period."""


@dataclass(frozen=True)
class Seen:
    """One file of events as it was. Where size and time are the same, it is taken for the same without being read."""

    size: int
    modified: int
    sha256: str
    span: Span = None


@dataclass(frozen=True)
class Memory:
    """The files that the loads of earlier runs were computed from, and the definition that was in force."""

    definition: str = ""
    files: Mapping[str, Seen] = field(default_factory=dict)
    loads: tuple[str, ...] = ()

    @property
    def spans(self) -> dict[str, Span]:
        return {name: seen.span for name, seen in self.files.items()}


def remembered(home: Home, name: str) -> Memory:
    """What the last run left; nothing where there was none, or it cannot be read."""
    try:
        told = json.loads(_path(home, name).read_text(encoding="utf-8"))
        files = {file: Seen(**{**seen, "span": tuple(seen["span"]) if seen["span"] else None}) for file, seen in told["files"].items()}
        return Memory(told["definition"], files, tuple(told["loads"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Memory()


def remember(home: Home, name: str, memory: Memory) -> None:
    """Keeps it for the next run. Losing it loses nothing: everything is computed again, and is found unchanged."""
    path = _path(home, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    told: dict[str, Any] = {
        "definition": memory.definition,
        "files": {file: vars(seen) for file, seen in memory.files.items()},
        "loads": list(memory.loads),
    }
    new = path.with_name(path.name + ".new")
    new.write_text(json.dumps(told, indent=1), encoding="utf-8")
    new.replace(path)


def look(paths: Sequence[Path], before: Memory) -> dict[str, Seen]:
    """Each file as it is now, with the span that is known of it; one that has changed has none yet."""
    return {str(path): _look(path, before.files.get(str(path))) for path in paths}


def changed(now: Mapping[str, Seen], before: Memory) -> list[str]:
    """The files that are new, or not as they were, or gone."""
    same = {name for name, seen in now.items() if name in before.files and before.files[name].sha256 == seen.sha256}
    return sorted((set(now) | set(before.files)) - same)


def _look(path: Path, before: Seen | None) -> Seen:
    found = path.stat()
    if before and (before.size, before.modified) == (found.st_size, found.st_mtime_ns):
        return before
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    span = before.span if before and before.sha256 == sha256 else None
    return Seen(found.st_size, found.st_mtime_ns, sha256, span)


def _path(home: Home, name: str) -> Path:
    return home.store / "rollups" / f"{name}.json"
