"""Putting a set of definition files in force together with a version of the facts: both or neither, whenever it is stopped.

store/restoring/new/...      the files to come, whole
store/restoring/records/...  the records to come, whole, where a restore brings them
store/restoring/plan.json    which files come and which go, and the version of the facts they belong to; written last
store/replaced/DATE/...      the files, and the records, that went, which are never deleted

The plan counts from the moment its version is in force. Whoever writes next finishes a plan that counts, and drops any other.
"""

import json
import os
import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from data.home import Home
from data.lasting import copy, flush_folder, replace_text
from data.problems import NotPossibleNow


@dataclass(frozen=True)
class Swap:
    """`put` are files to come, by their path in the home; `remove` are those to go."""

    put: Mapping[str, Path]
    remove: tuple[str, ...] = ()
    records: Path | None = None
    """The folder of a backup whose records come too."""

    @property
    def changes(self) -> list[str]:
        """The definition files that change."""
        return sorted([*self.put, *self.remove])

    @property
    def empty(self) -> bool:
        return not self.changes and self.records is None


def prepare(home: Home, swap: Swap, number: int | None) -> None:
    """Lay everything ready; nothing in force is touched. The version None counts at once."""
    drop(home)
    keep_aside(home, swap.changes)
    for name, source in swap.put.items():
        _copy(source, _folder(home) / "new" / name)
    _folder(home).mkdir(parents=True, exist_ok=True)
    plan = {"version": number, "put": sorted(swap.put), "remove": sorted(swap.remove)}
    if swap.records:
        from data.records.swap import lay_ready  # brings the database's library with it, which few commands need

        lay_ready(home, swap.records, _folder(home) / "records")
        plan["records"] = _now()
    replace_text(_plan(home), json.dumps(plan))


def keep_aside(home: Home, names: Iterable[str]) -> None:
    """The files as they are, in a new folder of those that went."""
    folder = aside(home)
    for name in names:
        if (home.folder / name).is_file():
            _copy(home.folder / name, folder / name)


def aside(home: Home) -> Path:
    """A new folder, which is not there yet, for what goes now."""
    return replaced(home) / _now()


def replaced(home: Home) -> Path:
    """Where files lie that went, each time in a folder named after it, the oldest first."""
    return home.store / "replaced"


def waiting(home: Home) -> bool:
    """Somebody who laid something ready was stopped, or is at work."""
    return _plan(home).exists()


def finish(home: Home, current: int | None) -> None:
    """Do what a plan says that counts, also where it was half done; forget any other. Only the writer may."""
    try:
        plan = json.loads(_plan(home).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        plan = None
    if plan and plan["version"] in (None, current):
        _carry_out(home, plan)
    drop(home)


def drop(home: Home) -> None:
    """Forget what is laid ready; the plan goes first, so that half of it is never taken for a whole."""
    with suppress(FileNotFoundError):
        _plan(home).unlink()
        flush_folder(_folder(home))
    shutil.rmtree(_folder(home), ignore_errors=True)


def _carry_out(home: Home, plan: dict) -> None:
    if plan.get("records"):
        _put_records(home, replaced(home) / plan["records"] / "records")
    for name in plan["put"]:
        new, target = _folder(home) / "new" / name, home.folder / name
        if new.exists():  # otherwise it is in its place already
            target.parent.mkdir(parents=True, exist_ok=True)
            os.replace(new, target)  # noqa: PTH105 - the one call that puts a file in force
    for name in plan["remove"]:
        (home.folder / name).unlink(missing_ok=True)
    for folder in {(home.folder / name).parent for name in (*plan["put"], *plan["remove"])}:
        if folder.is_dir():
            flush_folder(folder)


def _put_records(home: Home, aside: Path) -> None:
    """Raises OSError, as files do that cannot be put in their place: the plan stays, and the next command tries again."""
    from data.records.swap import put_in_force

    try:
        put_in_force(home, _folder(home) / "records", aside)
    except NotPossibleNow as reason:
        raise OSError(str(reason)) from reason


def _now() -> str:
    return datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%fZ")


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    copy(source, target)
    flush_folder(target.parent)


def _folder(home: Home) -> Path:
    return home.store / "restoring"


def _plan(home: Home) -> Path:
    return _folder(home) / "plan.json"
