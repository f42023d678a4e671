"""The cells of a file as they are written, before anything is known about it: lines, texts, and which cells are numbers already."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from data.ingest import workbook_table
from data.ingest.csv_table import LONGEST_FIELD
from data.ingest.header import column_name
from data.ingest.readers import READERS, header
from data.ingest.table import MOST_COLUMNS
from data.ingest.text_file import opened
from data.sources import Mapping as Source

MOST_ROWS = 50_000
"""Rows that are looked at. What comes after them is checked when the file is read, and refused where it is otherwise."""

Cells = tuple[str, ...]
Row = tuple[int, Cells]


@dataclass(frozen=True)
class Grid:
    """The rows of one sheet that hold anything, each with its line; texts are trimmed.

    `native` are the cells (line, number of the column from 0) that the file keeps as numbers, whatever marks texts use.
    `named` tells that the format itself names its columns (Parquet, JSON lines): then the first row is those names.
    `whole` is False where the file has more rows than are looked at. `records` numbers the rows, by line, with those that
    hold nothing: in a text file a row may have several lines.
    """

    rows: tuple[Row, ...]
    records: Mapping[int, int]
    native: frozenset[tuple[int, int]] = frozenset()
    named: bool = False
    whole: bool = True


def read_text(path: Path, source: Source, name: str) -> Grid:
    """A text file with the source's encoding and delimiter. Raises Refused where it is no text."""
    csv.field_size_limit(LONGEST_FIELD)
    rows: list[Row] = []
    begins = 1
    with opened(path, source, name) as (stream, _):
        reader = csv.reader(stream, delimiter=source.delimiter)
        try:
            for fields in islice(reader, MOST_ROWS + 1):
                rows.append((begins, tuple(map(column_name, fields))))
                begins = reader.line_num + 1
        except csv.Error:  # the reader of values says what is wrong, with its line
            pass
    return _grid(rows)


def sheets(path: Path, kind: str, name: str) -> dict[str, bool]:
    """The sheets of a workbook, and whether each is hidden. Raises Refused where it is none, or dangerous."""
    return workbook_table.KINDS[kind].sheets(path, name)


def read_sheet(path: Path, kind: str, sheet: str, name: str) -> Grid:
    """One sheet of a workbook. Raises Refused."""
    found = workbook_table.KINDS[kind].read(path, name, sheet)
    rows = [(line, tuple(map(column_name, cells))) for line, cells in enumerate(found.text.head(MOST_ROWS + 1).iter_rows(), start=1)]
    numbers = [(found.columns.index(column), lines) for column, (lines, _) in found.kinds.numbers.items() if column in found.columns]
    return _grid(rows, frozenset((line, at) for at, lines in numbers for line in lines if line <= MOST_ROWS))


def read_named(path: Path, source: Source, name: str) -> Grid:
    """A Parquet file or JSON lines, with the names of the columns as the first row, on line 0. Raises Refused."""
    names = header(path, source, name)
    asked = source.model_copy(update={"leave_out": dict.fromkeys(names, ())})
    found = READERS[source.format or ""].read(path, asked, name, lambda _: None)
    text = found.text.select(names).head(MOST_ROWS)
    rows = [(0, tuple(names)), *((line, cells) for line, cells in zip(found.lines, text.iter_rows(), strict=False))]
    lines = {at: found.lines.filter(found.numbers[name].is_not_null()) for at, name in enumerate(names) if name in found.numbers}
    native = frozenset((line, at) for at, held in lines.items() for line in held.head(MOST_ROWS))
    records = {line: number for number, (line, _) in enumerate(rows)}
    return Grid(tuple(rows), records, native, named=True, whole=found.text.height <= MOST_ROWS)


def _grid(rows: list[Row], native: frozenset[tuple[int, int]] = frozenset()) -> Grid:
    filled = [(line, cells[:MOST_COLUMNS]) for line, cells in rows if any(cells)]
    records = {line: number for number, (line, _) in enumerate(rows)}
    return Grid(tuple(filled[:MOST_ROWS]), records, native, whole=len(rows) <= MOST_ROWS)
