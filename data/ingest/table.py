"""A file as a table of texts: every cell as it was written, every row with its line."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import polars as pl

from data.ingest.header import column_names
from data.problems import N_, Problem
from data.sources import Source

Progress = Callable[[int], object]
"""Is told how many more bytes have been read."""

MOST_COLUMNS = 2000
"""A file with more is not a table of observations, and one row of it could fill the memory."""
HEADER_WITHIN = 200
"""Lines in which the header is looked for, to say where it is."""

LINE = " line"
"""What the column of line numbers is called; the columns of files have no space around their names."""


@dataclass(frozen=True)
class Table:
    """The columns that a source asks for. `text` is trimmed, and "" where a cell is empty.

    `numbers` holds, by column, the cells that the file itself keeps as numbers (null elsewhere): a workbook's 2.5 is
    2.5 whatever the source declares about commas. `problems` are the faults of single rows, found while reading.
    `left_out` counts the rows that the source tells not to read.
    """

    text: pl.DataFrame
    lines: pl.Series
    numbers: dict[str, pl.Series] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    left_out: int = 0


def header_problems(
    found: Sequence[str], source: Source, name: str, rows: Callable[[], Sequence[tuple[int, Sequence[str]]]]
) -> list[Problem]:
    """What is wrong with a header; `rows` gives the first lines of the file, to find where it stands instead."""
    if len(found) > MOST_COLUMNS:
        hint = N_("keep the columns that are observations, at most {most}")
        return [Problem("{count} columns are too many", hint, name, source.header_row, values={"count": len(found), "most": MOST_COLUMNS})]
    missing = [column for column in source.wanted if column not in found]
    if missing:
        return [_missing(found, missing, source, name, rows)]
    return _unusable(found, source, name)


def _missing(found: Sequence[str], missing: list[str], source: Source, name: str, rows: Callable) -> Problem:
    elsewhere = header_line(source, rows())
    values = {"missing": ", ".join(missing), "row": source.header_row, "elsewhere": elsewhere, "found": _shown(found)}
    column = missing[0] if len(missing) == 1 else None
    message = N_("expected columns are not on line {row}: {missing}")
    if elsewhere is not None:
        return Problem(
            message, "they are on line {elsewhere}: declare `header_row: {elsewhere}`", name, source.header_row, column, values=values
        )
    marks = [mark for mark in ";,\t|" if len(found) == 1 and mark in found[0]]
    if marks:
        values["mark"] = json.dumps(marks[0])
        return Problem(
            message, "declare `delimiter: {mark}`, which seems to part the columns", name, source.header_row, column, values=values
        )
    return Problem(message, "the file has: {found}; correct the source, or the file", name, source.header_row, column, values=values)


def header_line(source: Source, rows: Sequence[tuple[int, Sequence[str]]]) -> int | None:
    """The line on which a header with all the columns begins, among the first lines of a file."""
    for at, (line, _) in enumerate(rows):
        header = column_names([cells for _, cells in rows[at : at + source.header_rows]])
        if set(source.wanted) <= set(header):
            return line
    return None


def _unusable(found: Sequence[str], source: Source, name: str) -> list[Problem]:
    problems = []
    for position, column in enumerate(found, start=1):
        if not column:
            values = {"position": position}
            problems.append(
                Problem("column {position} has no name", "name it in the header", name, source.header_row, position, values=values)
            )
        elif column in found[: position - 1]:
            values = {"name": column}
            problems.append(
                Problem("two columns are called {name!r}", "rename or remove one of them", name, source.header_row, column, values=values)
            )
    return problems


def _shown(columns: Sequence[str]) -> str:
    text = ", ".join(column or "(empty)" for column in columns)
    return text if len(text) <= 200 else text[:197] + "..."


def no_rows(name: str) -> Problem:
    return Problem("there are no rows below the header", "check that the whole file was exported", name)


def wide_frame(columns: Sequence[str], rows: Sequence[tuple[int, Sequence[str | None]]]) -> pl.DataFrame:
    """Rows with their lines as a frame: `line`, then the columns of the file; fields too many get columns of their own."""
    widest = max((len(cells) for _, cells in rows), default=0)
    names = [*columns, *(f" field {position}" for position in range(len(columns) + 1, widest + 1))]
    padded = [(line, *cells, *[None] * (len(names) - len(cells))) for line, cells in rows]
    return pl.DataFrame(padded, schema={LINE: pl.UInt32, **dict.fromkeys(names, pl.String)}, orient="row")
