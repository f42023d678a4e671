"""Undoing a load, and remembering that it was undone, so that the list of loads still shows it.

Each act of undoing leaves one small file in `data/store/undone/`. It is written before the facts change, and counts only where
the load is then no longer held: whatever stops an undo half-way, the list never says what is not so.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from data.definitions import Definitions
from data.home import Home
from data.lasting import replace_bytes
from data.loads import Load, remove
from data.problems import NotPossibleNow, cause


@dataclass(frozen=True, kw_only=True)
class UndoneLoad(Load):
    """A load that is no longer held. `undone_at` is UTC."""

    undone_at: datetime


_FORM = TypeAdapter(list[UndoneLoad])


def undo(home: Home, definitions: Definitions, load: Load) -> int | None:
    """Take one load out and keep the later ones; returns the version then in force. Raises NotPossibleNow, and nothing has changed."""
    try:
        remember(home, [load])
    except OSError as error:
        raise NotPossibleNow(
            "the undo cannot be written down: {why}; nothing was changed: try again when it can", why=cause(error)
        ) from None
    return remove(home, definitions, lambda held: held.id == load.id)


def remember(home: Home, loads: Sequence[Load]) -> None:
    """Write down that loads are being undone now. Those of the invented city leave no trace."""
    now = datetime.now(UTC)
    undone = [UndoneLoad(**asdict(load), undone_at=now) for load in loads if not load.demo]
    if undone:
        _folder(home).mkdir(parents=True, exist_ok=True)
        replace_bytes(_folder(home) / f"{now:%Y%m%dT%H%M%S.%fZ}.json", _FORM.dump_json(undone))


def undone_loads(home: Home, held: Sequence[Load]) -> list[UndoneLoad]:
    """The loads that were undone and are not held again since, each once, the last undone first."""
    there = {_identity(load) for load in held}
    written = [load for path in sorted(_folder(home).glob("*.json")) for load in _read(path)]
    last = {_identity(load): load for load in written if _identity(load) not in there}
    return sorted(last.values(), key=lambda load: load.undone_at, reverse=True)


def _identity(load: Load) -> tuple[str, datetime]:
    """The same file may be loaded again later."""
    return load.id, load.loaded_at


def _read(path: Path) -> list[UndoneLoad]:
    """Nothing where the file is damaged: it is a trace, and no figure hangs on it."""
    try:
        return _FORM.validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return []


def _folder(home: Home) -> Path:
    return home.store / "undone"
