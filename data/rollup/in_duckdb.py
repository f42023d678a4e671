"""Runs a roll-up's SQL on this machine, in a DuckDB that can read the events' files and do nothing else outside itself."""

import re
import shutil
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from functools import reduce
from pathlib import Path

import duckdb
import polars as pl
from filelock import FileLock, Timeout
from tqdm import tqdm

from data.connection import NO_EXTENSIONS
from data.problems import N_, NotPossibleNow, Problem, Refused
from data.rollup.changes import Window
from data.rollup.event_columns import allow_only, relation, typed, within
from data.rollup.event_faults import event_faults
from data.rollup.event_files import EventFiles
from data.rollup.reading import Rollup
from data.rollup.statement import EVENTS

MEMORY = "2GB"
"""What DuckDB may use; what does not fit goes to a temporary folder, so that the events may be larger than the memory."""
EXPLAIN = "explain\n"
WRONG_SQL = (duckdb.ParserException, duckdb.BinderException, duckdb.CatalogException, duckdb.NotImplementedException)
WRONG_CELL = (duckdb.ConversionException, duckdb.InvalidInputException, duckdb.OutOfRangeException)


def run(
    rollup: Rollup, groups: Sequence[EventFiles], window: Window | None, spill: Path, quiet: bool, memory: str = MEMORY
) -> pl.DataFrame:
    """The rows of the SQL over the events, those of a window of days only where one is given.

    `groups` are the files by their columns; `spill` is a folder on a disk with room. Raises Refused where a cell is not
    what its column is declared to be, or the SQL is wrong.
    """
    with _room(spill, rollup.name) as room, _faults_said(rollup, groups):
        settings: dict[str, str | bool | int | float | list[str]] = {**NO_EXTENSIONS, "memory_limit": memory, "temp_directory": str(room)}
        settings["preserve_insertion_order"] = "false"
        with closing(duckdb.connect(config=settings)) as connection:
            _lay_out(connection, rollup, groups, window)
            # What is wrong is said with its line only here, and before the events are read.
            connection.execute(EXPLAIN + rollup.sql, rollup.parameters).fetchall()
            with _progress(connection, quiet):
                return connection.sql(rollup.sql, params=rollup.parameters).pl()


def _lay_out(connection: duckdb.DuckDBPyConnection, rollup: Rollup, groups: Sequence[EventFiles], window: Window | None) -> None:
    """The view of the events, and nothing else to be reached."""
    parts = [relation(connection, rollup, files) for files in groups]
    parts = [found.select(*typed(rollup, found).values()) for found in parts]
    events = reduce(lambda one, other: one.union(other), parts)
    if window and rollup.declaration.period:
        events = within(events, rollup.declaration.period.column, *window)
    events.create_view(EVENTS)
    connection.execute("set enable_progress_bar = true")
    connection.execute("set enable_progress_bar_print = false")  # standard output is the answer's
    allow_only(connection, [path for files in groups for path in files.paths])


@contextmanager
def _room(folder: Path, name: str) -> Iterator[Path]:
    """A folder for what does not fit the memory. One run at a time has it, so that what a killed one left can be removed."""
    folder.mkdir(parents=True, exist_ok=True)
    room = folder / f"{name}.spill"
    try:
        with FileLock(folder / f"{name}.lock", timeout=0):
            shutil.rmtree(room, ignore_errors=True)
            try:
                yield room
            finally:
                shutil.rmtree(room, ignore_errors=True)
    except Timeout:
        raise NotPossibleNow("somebody else is computing {name}; nothing was changed: try again when that is done", name=name) from None


@contextmanager
def _progress(connection: duckdb.DuckDBPyConnection, quiet: bool) -> Iterator[None]:
    """A bar on standard error, where that is a terminal."""
    done = threading.Event()
    shape = "{desc}: {percentage:3.0f}% |{bar}| {elapsed}"
    bar = tqdm(total=100, desc="rolling up", bar_format=shape, leave=False, disable=True if quiet else None)

    def watch() -> None:
        while not done.wait(0.2):
            bar.update(max(0, connection.query_progress() - bar.n))

    watcher = threading.Thread(target=watch, daemon=True)
    if not bar.disable:
        watcher.start()
    try:
        yield
    finally:
        done.set()
        if not bar.disable:
            watcher.join()
        bar.close()


@contextmanager
def _faults_said(rollup: Rollup, groups: Sequence[EventFiles]) -> Iterator[None]:
    try:
        yield
    except WRONG_SQL as error:
        raise Refused([_sql_problem(rollup, error)]) from None
    except WRONG_CELL as error:
        raise Refused(event_faults(rollup, groups) or [_sql_problem(rollup, error)]) from None
    except (duckdb.OutOfMemoryException, duckdb.IOException) as error:
        first = str(error).splitlines()[0]
        raise NotPossibleNow(
            "the roll-up could not be computed: {why}; nothing was changed: free disk or memory and try again", why=first
        ) from error


def _sql_problem(rollup: Rollup, error: duckdb.Error) -> Problem:
    """What DuckDB says of the SQL; it names the line, and draws a caret under the place."""
    first, *rest = str(error).splitlines()
    place = next((found for text in rest if (found := re.match(r"LINE (\d+): ", text))), None)
    caret = next((text.index("^") for text in rest if set(text.strip()) == {"^"}), None)
    cut = any(re.match(r"LINE \d+: \.\.\.", text) for text in rest)
    line = int(place[1]) - EXPLAIN.count("\n") if place else None
    column = caret - place.end() + 1 if place and caret is not None and not cut else None
    hint = N_("correct it; the columns of `events` are {columns}")
    values = {"why": first.partition(": ")[2] or first, "columns": ", ".join(rollup.declaration.columns)}
    return Problem("the SQL cannot be run: {why}", hint, rollup.sql_path, line, column, values=values)
