"""Going back: the version before is put in force again. Nothing is deleted, and the numbers go on."""

from contextlib import closing
from dataclasses import dataclass

import duckdb

from data.connection import open_to_read
from data.home import Home
from data.loads import Load, read_loads
from data.problems import NotPossibleNow
from data.seal import fault
from data.undone import remember
from data.versions import Versions, point, writing


@dataclass(frozen=True)
class Undone:
    """The version now in force (None: nothing is loaded), the loads that are no longer held, and the version that was left, where known."""

    facts_version: int | None
    loads: tuple[Load, ...]
    left: int | None = None


def rollback(home: Home) -> Undone:
    """Put the version in force that the current one was built on; where the pointer is lost, the newest intact one.

    Raises NotPossibleNow where there is none to go back to.
    """
    with writing(home) as versions:
        leaving, target = _way_back(versions)
        undone = _loads(versions, leaving)
        kept = {load.id for load in _loads(versions, target)}
        gone = tuple(load for load in undone if load.id not in kept)
        remember(home, gone)
        point(versions, target)
    return Undone(target, gone, leaving)


def _way_back(versions: Versions) -> tuple[int | None, int | None]:
    try:
        leaving = versions.current
    except NotPossibleNow:
        return None, _newest_intact(versions)
    if leaving is None:
        raise NotPossibleNow("nothing is loaded, so there is nothing to undo")
    target = versions.built_on(leaving)
    if target is not None and fault(versions, target):
        raise NotPossibleNow(
            "{file}, the version before, is damaged or no longer kept; nothing was changed", file=versions.path(target).name
        )
    return leaving, target


def _newest_intact(versions: Versions) -> int:
    for number in reversed(versions.kept):
        if not fault(versions, number):
            return number
    raise NotPossibleNow("no intact version is kept: put back a backup with `python -m data restore`, or load the files again")


def _loads(versions: Versions, number: int | None) -> list[Load]:
    if number is None:
        return []
    try:
        with closing(open_to_read(versions.path(number))) as connection:
            return read_loads(connection)
    except duckdb.Error:  # what is left behind may be damaged: that is why one goes back
        return []
