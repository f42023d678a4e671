"""Rehearses a load: what it would change, looked at before anything is published."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from data import facts, loads
from data.definitions import Definitions
from data.home import Home
from data.migration import up_to_date
from data.problems import NotPossibleNow, cause
from data.versions import Versions, point

FOLDER = "rehearsal-"
"""How the folders begin in which loads are rehearsed; they lie in the store, so that a version can be linked instead of copied."""


@dataclass(frozen=True)
class Rehearsal:
    """What a load would do: its rows by what they would be, and the facts as they would then be.

    `held` is True where the same load (by its id) is in the facts already: nothing would change.
    """

    new: int
    unchanged: int
    revised: int
    held: bool
    facts: facts.Facts


@contextmanager
def rehearsed(home: Home, definitions: Definitions, load: loads.NewLoad, rows: pl.DataFrame) -> Iterator[Rehearsal]:
    """The load as it would be, on a copy of the facts that is gone afterwards; `definitions` may hold what is still to be saved.

    Raises Refused and NotPossibleNow as `data.loads.apply` does. Only inside the `with` can `facts` be asked.
    """
    with _stage(home) as stage:
        before = up_to_date(stage)
        outcome = loads.apply(stage, definitions, [(load, rows)])[0]
        # Not `facts.current`, which keeps what it opens: this version is gone in a moment.
        after = facts.Facts(Versions.of(stage).path(outcome.facts_version), outcome.facts_version)
        # A load that is held publishes no version.
        yield Rehearsal(outcome.new, outcome.unchanged, outcome.revised, outcome.facts_version == before, after)


def would_be(home: Home, definitions: Definitions, load: loads.NewLoad, rows: pl.DataFrame) -> dict[str, int]:
    """How many rows of a load would be new, how many would revise a held value, and how many change nothing; raises as `rehearsed`."""
    with rehearsed(home, definitions, load, rows) as found:
        return {"new": found.new, "revised": found.revised, "unchanged": found.unchanged}


@contextmanager
def _stage(home: Home) -> Iterator[Home]:
    """A home of its own with the version in force, removed whatever happens."""
    try:
        home.store.mkdir(parents=True, exist_ok=True)
        _remove_forgotten(home)
        folder = Path(tempfile.mkdtemp(prefix=f"{FOLDER}{os.getpid()}-", dir=home.store))
    except OSError as error:
        raise NotPossibleNow("the load cannot be rehearsed: {why}; nothing was changed", why=cause(error)) from error
    try:
        stage = Home(folder)
        _link_current(Versions.of(home), Versions.of(stage))
        yield stage
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _link_current(held: Versions, stage: Versions) -> None:
    number = held.current
    if number is None:
        return
    stage.folder.mkdir(parents=True)
    for path in (held.path(number), held.note(number)):
        with suppress(FileNotFoundError):  # a note may be lost
            _link(path, stage.folder / path.name)
    point(stage, number)


def _link(path: Path, target: Path) -> None:
    """A version never changes, so that one file can have two names; some file systems have no such links."""
    try:
        target.hardlink_to(path)
    except FileNotFoundError:
        raise
    except OSError:
        shutil.copyfile(path, target)


def _remove_forgotten(home: Home) -> None:
    """What a rehearsal left that was killed: its process is gone."""
    for folder in home.store.glob(f"{FOLDER}*"):
        number = folder.name.removeprefix(FOLDER).partition("-")[0]
        if number.isdigit() and not _runs(int(number)):
            shutil.rmtree(folder, ignore_errors=True)


def _runs(process: int) -> bool:
    if os.name == "nt":  # asking would end it there
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
