"""Reads one sheet of an Excel workbook into a table of texts; its numbers keep their exact value."""

from collections.abc import Iterator
from pathlib import Path

import fastexcel
import polars as pl

from data.ingest.table import HEADER_WITHIN, Progress, Table, column_name, header_problems, no_rows
from data.ingest.xlsx_package import Cells, look, refuse_bombs
from data.problems import N_, Problem, Refused
from data.sources import Source


def header(path: Path, source: Source, name: str) -> list[str]:
    """The names of the columns, trimmed. Raises Refused."""
    return _row(_sheet(path, source, name).to_polars(), source.header_row)


def read(path: Path, source: Source, name: str, progress: Progress) -> Table:
    """The columns that the source wants. Raises Refused where the workbook or its sheet cannot be read."""
    sheet = _sheet(path, source, name)
    rows = sheet.to_polars()
    columns = _row(rows, source.header_row)
    if problems := header_problems(columns, source, name, lambda: [(line, _row(rows, line)) for line in range(1, HEADER_WITHIN)]):
        raise Refused(problems)
    wanted = {column: columns.index(column) for column in source.wanted}
    cells = look(path, name, sheet.name, {sheet.available_columns()[at].absolute_index: column for column, at in wanted.items()})
    progress(path.stat().st_size)
    below = rows.slice(source.header_row)
    filled = below.select(pl.any_horizontal(pl.all().is_not_null())).to_series()
    lines = pl.Series("line", range(source.header_row + 1, rows.height + 1), pl.UInt32).filter(filled)
    text = pl.DataFrame({column: below.to_series(at).fill_null("").str.strip_chars() for column, at in wanted.items()}).filter(filled)
    faults = tuple(_faults(cells, source.header_row, name))
    if text.is_empty() and not faults:
        raise Refused([no_rows(name)])
    return Table(text, lines, {column: _numbers(text[column], lines, cells) for column in wanted}, faults)


def _numbers(text: pl.Series, lines: pl.Series, cells: Cells) -> pl.Series:
    """A cell that is a number in the file may be shown as a date: its text tells."""
    numbers = pl.Series([cells.numbers.get((line, text.name)) for line in lines], dtype=pl.Float64)
    return pl.select(pl.when(text.cast(pl.Float64, strict=False).is_not_null()).then(numbers)).to_series()


def _sheet(path: Path, source: Source, name: str) -> fastexcel.ExcelSheet:
    """The declared sheet, or the only one."""
    refuse_bombs(path, name)
    try:
        book = fastexcel.read_excel(path)
        sheet = _chosen(book.sheet_names, source, name)
        # skip_rows=0 keeps empty first rows, so that a row's number is its line.
        return book.load_sheet(sheet, header_row=None, skip_rows=0, dtypes="string")
    except fastexcel.FastExcelError as error:
        why = str(error).splitlines()[0]
        raise Refused([Problem("not a readable workbook: {why}", "save it again as .xlsx", name, values={"why": why})]) from None


def _chosen(sheets: list[str], source: Source, name: str) -> str:
    values = {"sheets": ", ".join(sheets), "sheet": source.sheet}
    if not sheets:
        raise Refused([Problem("a workbook without a sheet", "save it again as .xlsx", name)])
    if source.sheet is not None and source.sheet not in sheets:
        raise Refused([Problem("there is no sheet {sheet!r}", "declare one of: {sheets}", name, values=values)])
    if source.sheet is None and len(sheets) > 1:
        hint = N_("declare which one to read, as `sheet:`; hidden ones count too")
        raise Refused([Problem("there are several sheets: {sheets}", hint, name, values=values)])
    return source.sheet or sheets[0]


def _row(rows: pl.DataFrame, line: int) -> list[str]:
    if line > rows.height:
        return []
    return [column_name(cell) for cell in rows.row(line - 1)]


def _faults(cells: Cells, header_row: int, name: str) -> Iterator[Problem]:
    """calamine reads an error and a formula without a result as empty; they are no missing values."""
    for (line, column), text in cells.errors.items():
        if line > header_row:
            hint = N_("mend the formula, or leave the cell empty")
            yield Problem("{found} is an error of the spreadsheet, not a value", hint, name, line, column, values={"found": text})
    for line, column in cells.uncomputed:
        if line > header_row:
            hint = N_("open and save it in a spreadsheet program, or paste the values")
            yield Problem("a formula without a stored result", hint, name, line, column)
