"""Finds the cells of event files that are not what their column is declared to be, once reading them has failed."""

import csv
import re
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path

import duckdb
from duckdb import ColumnExpression, ConstantExpression, FunctionExpression

from data.connection import NO_EXTENSIONS
from data.problems import N_, Problem
from data.rollup.event_columns import present, relation, typed
from data.rollup.event_files import EventFiles
from data.rollup.reading import Rollup

MOST = 50
"""Problems that are looked for: a whole column of them says nothing more."""
ROW = "row of the event"

CURES = {
    "integer": N_("write digits only"),
    "number": N_("write it with the declared decimal mark, or declare the text under `nulls`"),
    "boolean": N_("write one of the declared words, or declare it under `true` or `false`"),
    "date": N_("write it as 2026-01-31, or declare the column's `format`"),
    "timestamp": N_("write it as 2026-01-31 14:30:00, or declare the column's `format`"),
}


def event_faults(rollup: Rollup, groups: Sequence[EventFiles]) -> list[Problem]:
    """The first cells at fault, with file and line; a file that is not whole is one problem."""
    found = (problem for files in groups for path in files.paths for problem in _of_file(rollup, EventFiles((path,), files.header)))
    return list(islice(found, MOST))


def _of_file(rollup: Rollup, file: EventFiles) -> Iterator[Problem]:
    with closing(duckdb.connect(config={**NO_EXTENSIONS})) as connection:
        try:
            cells = _cells(connection, rollup, file)
        except duckdb.Error as error:
            yield _broken(file.paths[0], error)
            return
    lines = _lines(rollup, file.paths[0], [row for row, _, _ in cells])
    for row, name, text in cells:
        column = rollup.declaration.columns[name]
        values = {"found": text[:60], "type": column.type, "format": column.format or ""}
        message = N_("{found!r} is not written as {format}") if column.format else N_("{found!r} is not a {type}")
        yield Problem(message, CURES[column.type], str(file.paths[0]), lines[row], column.column, values=values)


def _cells(connection: duckdb.DuckDBPyConnection, rollup: Rollup, file: EventFiles) -> list[tuple[int, str, str]]:
    """Row (from 1), column of `events` and text of the first cells at fault, by row."""
    found = relation(connection, rollup, file)
    found.create_view("file_of_events")
    numbered = connection.sql(f'select *, row_number() over () as "{ROW}" from file_of_events')  # noqa: S608 - our own names
    cells: list[tuple[int, str, str]] = []
    for name, expression in typed(rollup, found).items():
        column = rollup.declaration.columns[name]
        if column.column is None or column.type == "text":
            continue
        text = present(column, rollup.declaration.events)
        fault = FunctionExpression("try", expression).isnull() & text.isnotnull()
        wrong = numbered.filter(fault).select(ColumnExpression(ROW), ConstantExpression(name), text).limit(MOST)
        cells += wrong.fetchall()
    return sorted(cells)


def _lines(rollup: Rollup, path: Path, rows: Sequence[int]) -> dict[int, int]:
    """The line on which each row of a file ends; a quoted cell may span several. Parquet has rows only."""
    events, wanted = rollup.declaration.events, set(rows)
    if events.format == "parquet" or not wanted:
        return {row: row for row in wanted}
    with path.open(encoding="utf-8-sig" if events.encoding == "utf-8" else events.encoding, newline="") as file:
        reader = csv.reader(file, delimiter=events.delimiter)
        filled = (reader.line_num for cells in reader if cells)
        return {row: line for row, line in enumerate(islice(filled, max(wanted) + 1)) if row in wanted}


def _broken(path: Path, error: duckdb.Error) -> Problem:
    """What DuckDB says of a file that is not whole: a row with too many cells, a quote that never ends."""
    text = str(error)
    line = re.search(r"CSV Error on Line: (\d+)", text)
    why = next((part for part in text.splitlines()[1:] if part and not part.startswith("Original Line")), text.splitlines()[0])
    hint = N_("correct the line, or export the file again")
    return Problem("cannot be read: {why}", hint, str(path), int(line[1]) if line else None, values={"why": why[:200]})
