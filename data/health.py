"""How the installation is, for whoever watches it: the facts, the disk, the last load. Cheap to ask again and again.

The answer is public. It names no folder of the machine and no error of the database: those are in the log.
"""

import logging
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from data import definitions, facts
from data.facts import Facts
from data.home import Home
from data.loads import Load
from data.problems import NotPossibleNow, Refused
from data.records.records import begun, records
from data.versions import Versions, room

LOG = logging.getLogger(__name__)
NOTHING_LOADED = "no facts are loaded yet"
UNREADABLE = "the facts cannot be read; the log and `python -m data verify` say why"
RECORDS_UNREADABLE = "the records cannot be read; the log and `python -m data verify` say why"
DISK_FULL = "the disk is too full to load safely"


@dataclass(frozen=True)
class Health:
    """`reason` says what is wrong; None where nothing is."""

    reason: str | None
    facts: Facts | None
    records: dict[str, Any] | None
    disk: dict[str, Any]
    last_load: dict[str, Any] | None

    @property
    def json(self) -> dict[str, Any]:
        """The answer of the address of health. `records` is null in a home that has none."""
        version = self.facts.version if self.facts else None
        return {
            "ok": self.reason is None,
            "facts_version": version,
            "reason": self.reason,
            "facts": {"ok": self.facts is not None, "version": version},
            "records": self.records,
            "disk": self.disk,
            "last_load": self.last_load,
        }


def health(home: Home) -> Health:
    """How the installation of a home is now."""
    disk, held, trouble = _disk(home), None, NOTHING_LOADED
    try:
        held = facts.current(home)
        loads = held.loads() if held else []
    except (NotPossibleNow, Refused, OSError) as reason:
        LOG.warning("health: %s", reason)
        held, loads, trouble = None, [], UNREADABLE
    written = _records(home)
    wrong = [None if held else trouble, None if written is None or written["ok"] else RECORDS_UNREADABLE, None if disk["ok"] else DISK_FULL]
    reason = next((what for what in wrong if what), None)
    return Health(reason, held, written, disk, _last_load(home, loads))


def _records(home: Home) -> dict[str, Any] | None:
    """Whether the records can be read, and how many changes they have seen."""
    if not begun(home):
        return None
    try:
        return {"ok": True, "changes": records(home).stamp}
    except (NotPossibleNow, OSError) as reason:
        LOG.warning("health: %s", reason)
        return {"ok": False, "changes": None}


def _disk(home: Home) -> dict[str, Any]:
    """Megabytes that are free, and that must be for a load to be safe."""
    try:
        needed, free = room(Versions.of(home))
    except OSError as reason:
        LOG.warning("health: %s", reason)
        return {"ok": False, "free_mb": None, "needed_mb": None}
    return {"ok": free >= needed, "free_mb": free // 10**6, "needed_mb": needed // 10**6}


def _last_load(home: Home, loads: list[Load]) -> dict[str, Any] | None:
    """The newest load, its age in days, and whether it is older than the shortest time in which any indicator goes out of date."""
    if not loads:
        return None
    newest = max(loads, key=lambda load: load.loaded_at)
    age, limit = (datetime.now(UTC) - newest.loaded_at).days, _shortest_limit(home)
    stale = None if limit is None else age > limit
    return {"at": newest.loaded_at.isoformat(timespec="seconds"), "by": newest.by, "age_days": age, "limit_days": limit, "stale": stale}


def _shortest_limit(home: Home) -> int | None:
    try:
        return min((indicator.freshness_limit for indicator in definitions.load(home).indicators), default=None)
    except Refused:  # a definition is being written; the pages say what is wrong with it
        return None
