"""Reads one sheet of a workbook (.xlsx, .xls, .ods) into a table of texts; its numbers keep their exact value."""

from pathlib import Path
from types import ModuleType

import polars as pl

from data.ingest import ods_sheet, xls_sheet, xlsx_sheet
from data.ingest.body import is_footnote
from data.ingest.header import column_names
from data.ingest.sheet import Sheet, faults
from data.ingest.table import HEADER_WITHIN, Progress, Table, header_problems, wide_frame
from data.problems import N_, Problem, Refused
from data.sources import Source

KINDS: dict[str, ModuleType] = {"xlsx": xlsx_sheet, "xls": xls_sheet, "ods": ods_sheet}
"""Each says which sheets a workbook has (`sheets`: name, whether it is hidden) and reads one of them (`read`)."""


def header(path: Path, source: Source, name: str) -> list[str]:
    """The names of the columns, trimmed. Raises Refused."""
    return _header(_sheet(path, source, name, texts_only=True), source)


def read(path: Path, source: Source, name: str, progress: Progress) -> Table:
    """The columns that the source wants. Raises Refused where the workbook or its sheet cannot be read."""
    sheet = _sheet(path, source, name)
    columns = _header(sheet, source)
    if problems := header_problems(columns, source, name, lambda: _first_rows(sheet)):
        raise Refused(problems)
    progress(path.stat().st_size)
    wanted = {column: columns.index(column) for column in source.wanted}
    below = _body(sheet, source)
    filled = below.select(pl.any_horizontal(pl.all().exclude("line") != "")).to_series()
    below = below.filter(filled)
    lines = below["line"]
    text = below.select(pl.col(below.columns[at]).alias(column) for column, at in wanted.items())
    numbered = {sheet.columns[at]: column for column, at in wanted.items()}
    numbers = {column: _numbers(text[column], sheet.kinds.numbers_of(at, lines)) for at, column in numbered.items()}
    return Table(text, lines, numbers, tuple(faults(sheet.kinds, numbered, lines, source.fill_down, name)))


def cells(path: Path, source: Source, name: str, lines: set[int]) -> pl.DataFrame:
    """Some rows, as they are written: `line`, then every column."""
    sheet = _sheet(path, source, name, texts_only=True)
    return wide_frame(_header(sheet, source), [(line, sheet.row(line)) for line in sorted(lines)])


def first_rows(path: Path, source: Source, name: str) -> list[tuple[int, list[str]]]:
    """The first rows of the sheet from line 1 on, whatever its header; none where they cannot be read."""
    try:
        return _first_rows(_sheet(path, source, name, texts_only=True))
    except Refused:
        return []


def _sheet(path: Path, source: Source, name: str, texts_only: bool = False) -> Sheet:
    """The declared sheet, or the only one; nobody can say whether what is hidden is meant."""
    kind = KINDS[source.format or ""]
    return kind.read(path, name, _chosen(kind.sheets(path, name), source, name), texts_only)


def _chosen(sheets: dict[str, bool], source: Source, name: str) -> str:
    hidden = ", ".join(sheet for sheet, hidden in sheets.items() if hidden)
    values = {"sheets": ", ".join(sheets), "hidden": hidden, "sheet": source.sheet}
    if not sheets:
        raise Refused([Problem("a workbook without a sheet", "save it again as .xlsx", name)])
    if source.sheet is not None and source.sheet not in sheets:
        raise Refused([Problem("there is no sheet {sheet!r}", "declare one of: {sheets}", name, values=values)])
    if source.sheet is None and hidden:
        hint = N_("declare which one to read, as `sheet:`; it can be a hidden one: {hidden}")
        raise Refused([Problem("there are hidden sheets among: {sheets}", hint, name, values=values)])
    if source.sheet is None and len(sheets) > 1:
        hint = N_("declare which one to read, as `sheet:`")
        raise Refused([Problem("there are several sheets: {sheets}", hint, name, values=values)])
    return source.sheet or next(iter(sheets))


def _first_rows(sheet: Sheet) -> list[tuple[int, list[str]]]:
    return [(line, column_names([sheet.row(line)])) for line in range(1, min(HEADER_WITHIN, sheet.text.height) + 1)]


def _header(sheet: Sheet, source: Source) -> list[str]:
    return column_names([sheet.row(line) for line in range(source.header_row, source.header_row + source.header_rows)])


def _body(sheet: Sheet, source: Source) -> pl.DataFrame:
    """The rows of data, trimmed, with their `line`: below the header and what stands between, down to the footnotes."""
    above = source.header_row + source.header_rows - 1 + source.rows_below_header
    rows = sheet.text.slice(above).with_columns(pl.all().fill_null("").str.strip_chars())
    if source.footnotes:
        ends = next((at for at, row in enumerate(rows.iter_rows()) if is_footnote(row, source)), rows.height)
        rows = rows.head(ends)
    return rows.with_columns(line=pl.int_range(above + 1, above + 1 + pl.len(), dtype=pl.UInt32))


def _numbers(text: pl.Series, numbers: pl.Series) -> pl.Series:
    """A cell that is a number in the file may be shown as a date: its text tells."""
    return pl.select(pl.when(text.cast(pl.Float64, strict=False).is_not_null()).then(numbers)).to_series()
