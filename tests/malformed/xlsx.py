"""Writes an Excel workbook (.xlsx) cell by cell, and changes its parts afterwards, faults included."""

import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter

SHEET = "xl/worksheets/sheet1.xml"


@dataclass(frozen=True)
class Formula:
    """A formula with its stored result."""

    result: Any


@dataclass(frozen=True)
class Shown:
    """A number or day with a format, as 0% or mmm-yy."""

    value: Any
    format: str


def workbook(
    rows: Sequence[Sequence[Any]],
    *,
    hidden: Sequence[str] = (),
    others: Sequence[str] = (),
    merged: Sequence[tuple[int, int, int, int]] = (),
    cover: bool = False,
) -> bytes:
    """A workbook with one sheet of rows, Data, and empty others; `merged` are first row, first column, last row, last column, from 0."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet("Data")
        for line, row in enumerate(rows):
            for column, cell in enumerate(row):
                _write(book, sheet, line, column, cell)
        for first_row, first_column, last_row, last_column in merged:
            sheet.merge_range(first_row, first_column, last_row, last_column, rows[first_row][first_column])
        for name in (*others, *hidden):
            other = book.add_worksheet(name)
            if name in hidden:
                other.hide()
        if cover:
            sheet.hide()
            book.worksheets()[1].activate()
    return made.getvalue()


def _write(book: Any, sheet: Any, line: int, column: int, cell: Any) -> None:
    if isinstance(cell, Formula):
        sheet.write_formula(line, column, "=1+1", None, cell.result)
    elif isinstance(cell, Shown):
        sheet.write(line, column, cell.value, book.add_format({"num_format": cell.format}))
    else:
        sheet.write(line, column, cell)


def changed(book: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """The workbook with each part as `change` makes it of its name and content; None leaves it out."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as before, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as after:
        for part in before.namelist():
            if (content := change(part, before.read(part))) is not None:
                after.writestr(part, content)
    return made.getvalue()


def sheet_changed(book: bytes, old: bytes, new: bytes) -> bytes:
    """The workbook with some bytes of its sheet exchanged."""

    def change(part: str, content: bytes) -> bytes:
        assert part != SHEET or old in content
        return content.replace(old, new) if part == SHEET else content

    return changed(book, change)
