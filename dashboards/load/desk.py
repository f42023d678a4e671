"""The file on the reader's desk and all that was decided about it, kept in the home until it is loaded or put away.

The folder `data/store/desks/<desk>` holds the file itself and `desk.json`; the visit remembers the desk's name alone.
"""

import hashlib
import secrets
import shutil
import time
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from pydantic import TypeAdapter, ValidationError

from dashboards import session as visit
from data.home import Home
from data.problems import NotPossibleNow, cause

KEY, NOTES = "load_desk", "desk.json"
FORGOTTEN_AFTER = 24 * 3600
"""Seconds after which a desk that nobody comes back to is cleared."""

Step = Literal["map", "check", "done"]
Given = dict[str, Any]


@dataclass(frozen=True)
class Desk:
    """One file and what was decided about it.

    `source` is the saved source that reads it, "" where it gets a mapping of its own: `given` is then what was declared
    (as `data.proposal.propose` takes it), `title` what the mapping is called, `replaces` the saved source that it takes the place of.
    `places` and `indicators` are new ones by their ids, as their YAML would write them ("" for what is not said), and `shared` what was
    said of all new ones of a kind; `left_out` are names of the file.
    """

    folder: Path
    name: str
    digest: str
    size: int
    step: Step = "map"
    fits: tuple[str, ...] = ()
    source: str = ""
    replaces: str = ""
    title: str = ""
    given: Given = field(default_factory=dict)
    places: dict[str, Given] = field(default_factory=dict)
    indicators: dict[str, Given] = field(default_factory=dict)
    shared: dict[str, Given] = field(default_factory=dict)
    left_out: dict[str, list[str]] = field(default_factory=dict)
    load: str = ""

    @property
    def file(self) -> Path:
        return self.folder / f"file{Path(self.name).suffix.lower()[:20]}"


_FORM = TypeAdapter(Desk)


def on_desk(home: Home) -> Desk | None:
    """What lies on the reader's desk; None where it is empty, or was cleared."""
    name = visit.left(KEY)
    if not isinstance(name, str) or not name.isalnum():
        return None
    try:
        return _FORM.validate_json((_desks(home) / name / NOTES).read_bytes())
    except (OSError, ValidationError):
        return None


def lay(home: Home, name: str, content: memoryview) -> Desk:
    """Put a file on the desk. Raises NotPossibleNow where it cannot be kept."""
    clear_forgotten(home)
    folder = _desks(home) / secrets.token_hex(16)
    shown = "".join(letter for letter in Path(name).name if letter.isprintable())[-200:]
    desk = Desk(folder, shown, hashlib.sha256(content).hexdigest(), len(content))
    try:
        folder.mkdir(parents=True)
        desk.file.write_bytes(content)
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise NotPossibleNow(
            "the file cannot be kept: {why}; make room in {folder} and try again", why=cause(error), folder=home.short(folder.parent)
        ) from None
    visit.put(KEY, folder.name)
    return keep(desk)


def keep(desk: Desk, **changed: Any) -> Desk:
    """Remember the desk with what has changed; returns it."""
    desk = replace(desk, **changed)
    new = desk.folder / f"{NOTES}.new"
    new.write_bytes(_FORM.dump_json(desk))
    new.replace(desk.folder / NOTES)
    return desk


def clear(desk: Desk) -> None:
    """Put the file away for good, and forget what was decided."""
    visit.put(KEY, None)
    shutil.rmtree(desk.folder, ignore_errors=True)


def clear_forgotten(home: Home) -> None:
    """Remove the desks that nobody has come back to for a day; nothing but desks lies where they are looked for."""
    oldest = time.time() - FORGOTTEN_AFTER
    with suppress(OSError):
        for folder in _desks(home).iterdir():
            if folder.stat().st_mtime < oldest:
                shutil.rmtree(folder, ignore_errors=True)


def _desks(home: Home) -> Path:
    return home.store / "desks"
