"""A home's YAML files as they were parsed, kept so that a process that starts parses none that did not change: beside the facts, and of
a closed month beside its folder, in which nothing is ever written.

What is kept holds for one state of its file: the same inode, size and times. Whoever writes a file cannot set the time of its last
change back, so its content need not be read; but within one tick of the clock two writings would look the same, so of a file that was
written just now nothing is kept. (Windows knows no such time: there, whoever changes a file and sets its time of writing back must
touch it.) Kept is only what YAML said: it goes through the models and the rules anew at every start, as if it had been parsed.
"""

import hashlib
import json
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import yaml

from data import yaml_file
from data.home import Home
from data.lasting import replace_text
from data.yaml_file import Document, Key, read_yaml

SETTLED = 2_000_000_000
"""Nanoseconds without a writing after which a file is kept."""
PARSER = hashlib.sha256(
    b"".join(Path(file).read_bytes() for file in (__file__, yaml_file.__file__)) + repr((yaml.__version__, yaml_file.Loader)).encode()
).hexdigest()
"""What was parsed by other code is parsed again."""


def read(home: Home, path: Path) -> Document:
    """The document in one of the home's files, parsed only where it has changed; raises Refused as `read_yaml` does."""
    name, written = home.short(path), _written(path)  # before it is read: what is kept is never older than it says
    kept = home.makes / "yaml" / f"{hashlib.sha256(name.encode()).hexdigest()}.json"
    if document := _kept(kept, name, written):
        return document
    document = read_yaml(path, name)
    if written and time.time_ns() - max(written[-2:]) > SETTLED and home.store.is_dir():
        with suppress(OSError):  # a home that nobody may write to is parsed at every start
            kept.parent.mkdir(parents=True, exist_ok=True)
            _keep(kept, document, written)
    return document


def _written(path: Path) -> list[int]:
    """What changes with every writing; nothing for a file that is missing."""
    try:
        found = path.stat()
    except OSError:
        return []
    return [found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns]


def _keep(kept: Path, document: Document, written: list[int]) -> None:
    told = json.dumps({"parser": PARSER, "written": written, "value": document.value, "marks": list(document.marks.values())})
    replace_text(kept, f"{_sum(told)}\n{told}")


def _kept(kept: Path, name: str, written: list[int]) -> Document | None:
    """None where nothing is kept, or where it is of another state of the file, of other code, or damaged."""
    try:
        checksum, told = kept.read_text(encoding="utf-8").splitlines()
        found = json.loads(told) if checksum == _sum(told) else {}
        if [found["parser"], found["written"]] != [PARSER, written]:
            return None
        marks = zip(_locations(found["value"]), ((int(line), int(column)) for line, column in found["marks"]), strict=True)
        return Document(name, found["value"], dict(marks))
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None


def _locations(value: object, at: tuple[Key, ...] = ()) -> Iterator[tuple[Key, ...]]:
    """Of each part of a document, in the order in which it is read."""
    yield at
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in parts:
        yield from _locations(part, (*at, key))


def _sum(told: str) -> str:
    return hashlib.sha256(told.encode()).hexdigest()
