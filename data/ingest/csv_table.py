"""Reads a CSV file into a table of texts, with the exact line on which each row begins."""

import csv
import io
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import polars as pl

from data.ingest.table import HEADER_WITHIN, Progress, Table, column_name, header_problems, no_rows
from data.ingest.text_file import opened
from data.problems import N_, Problem, Refused
from data.sources import Source

LONGEST_FIELD = 1_000_000
"""Characters. Longer fields come from a quote that was never closed, or are no observation."""
CHUNK = 50_000
"""Rows that are held as Python objects at a time."""

Record = tuple[int, list[str]]
Piece = tuple[pl.Series, pl.DataFrame]


def header(path: Path, source: Source, name: str) -> list[str]:
    """The names of the columns, trimmed. Raises Refused."""
    with opened(path, source, name) as (stream, _):
        return _header(_records(stream, source, name))


def read(path: Path, source: Source, name: str, progress: Progress) -> Table:
    """The columns that the source wants. Raises Refused where the file cannot be read to its end."""
    with opened(path, source, name) as (stream, raw):
        records = _records(stream, source, name)
        columns = _header(records)
        if problems := header_problems(columns, source, name, lambda: _first_rows(path, source, name)):
            raise Refused(problems)
        problems: list[Problem] = []
        pieces: list[Piece] = []
        done = 0
        try:
            while chunk := list(islice(records, CHUNK)):
                pieces.append(_piece(chunk, columns, source, name, problems))
                progress(raw.tell() - done)
                done = raw.tell()
        except Refused as refused:
            raise Refused([*problems, *refused.problems]) from None
    if not problems and not any(len(lines) for lines, _ in pieces):
        raise Refused([no_rows(name)])
    return Table(pl.concat([cells for _, cells in pieces]), pl.concat([lines for lines, _ in pieces]), problems=tuple(problems))


def _records(stream: io.TextIOWrapper, source: Source, name: str, skip: int | None = None) -> Iterator[Record]:
    """Each record with the line it begins on, from the header's line on (or after `skip` lines)."""
    csv.field_size_limit(LONGEST_FIELD)
    before = source.header_row - 1 if skip is None else skip
    for _ in islice(stream, before):
        pass
    reader = csv.reader(stream, delimiter=source.delimiter, strict=True)
    begins = before + 1
    try:
        for fields in reader:
            yield begins, fields
            begins = before + reader.line_num + 1
    except csv.Error as error:
        raise Refused([_broken(str(error), begins, before + reader.line_num, name)]) from None


def _broken(error: str, begins: int, line: int, name: str) -> Problem:
    values = {"line": line, "begins": begins, "longest": LONGEST_FIELD}
    if "unexpected end" in error:
        hint = N_("close it; if the file was cut off in transfer, fetch it again")
        return Problem(
            "the file ends inside a quoted field: the quote opened on line {begins} is never closed", hint, name, begins, values=values
        )
    if "field limit" in error:
        return Problem(
            "a field is longer than {longest} characters", "shorten it, or close the quote before it", name, begins, values=values
        )
    message = N_("a quoted field that begins here is followed by more text on line {line}")
    return Problem(message, "close the quote before the next delimiter, and double each quote inside", name, begins, values=values)


def _header(records: Iterator[Record]) -> list[str]:
    _, fields = next(records, (0, []))
    return [column_name(field) for field in fields]


def _first_rows(path: Path, source: Source, name: str) -> list[Record]:
    with opened(path, source, name) as (stream, _):
        try:
            return list(islice(_records(stream, source, name, skip=0), HEADER_WITHIN))
        except Refused:
            return []


def _piece(chunk: list[Record], columns: Sequence[str], source: Source, name: str, problems: list[Problem]) -> Piece:
    """The wanted columns of a chunk. Blank lines are passed over; ragged rows and NUL bytes are added to the problems."""
    good, ragged = [], []
    for record in chunk:
        if any(record[1]):
            (good if len(record[1]) == len(columns) else ragged).append(record)
    problems += [_ragged(line, fields, columns, name) for line, fields in ragged]
    cells = list(zip(*(fields for _, fields in good), strict=True)) or [()] * len(columns)
    wanted = {column: cells[columns.index(column)] for column in source.wanted}
    text = pl.DataFrame(wanted, schema=dict.fromkeys(wanted, pl.String)).with_columns(pl.all().str.strip_chars())
    lines = pl.Series("line", [line for line, _ in good], pl.UInt32)
    return lines, _without_nul(text, lines, name, problems)


def _ragged(line: int, fields: list[str], columns: Sequence[str], name: str) -> Problem:
    values = {"found": len(fields), "expected": len(columns)}
    column = columns[len(fields)] if len(fields) < len(columns) else len(columns) + 1
    hint = N_("give every row as many fields as the header; quote text that holds the delimiter")
    return Problem("{found} fields instead of {expected}", hint, name, line, column, values=values)


def _without_nul(text: pl.DataFrame, lines: pl.Series, name: str, problems: list[Problem]) -> pl.DataFrame:
    found = text.select(pl.all().str.contains("\0", literal=True))
    hint = N_("write the value, or leave the cell empty")
    for column in found.columns:
        problems += [Problem("a NUL byte is not a value", hint, name, line, column) for line in lines.filter(found[column])]
    return text.with_columns(pl.all().str.replace_all("\0", "", literal=True))
