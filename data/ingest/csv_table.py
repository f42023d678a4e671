"""Reads a CSV file into a table of texts, with the exact line on which each row begins."""

import csv
import io
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import islice, takewhile
from pathlib import Path

import polars as pl

from data.ingest.body import is_footnote, is_left_out
from data.ingest.header import column_names
from data.ingest.table import HEADER_WITHIN, Progress, Table, header_problems, wide_frame
from data.ingest.text_file import ends_open, opened
from data.problems import N_, Problem, Refused
from data.sources import Source

LONGEST_FIELD = 1_000_000
"""Characters. Longer fields come from a quote that was never closed, or are no observation."""
CHUNK = 50_000
"""Rows that are held as Python objects at a time."""

Record = tuple[int, list[str]]


def header(path: Path, source: Source, name: str) -> list[str]:
    """The names of the columns, trimmed. Raises Refused."""
    with opened(path, source, name) as (stream, _):
        return _header(raw_records(stream, source, name), source)


def read(path: Path, source: Source, name: str, progress: Progress) -> Table:
    """The columns that the source wants. Raises Refused where the file cannot be read to its end."""
    with opened(path, source, name) as (stream, raw):
        records = raw_records(stream, source, name)
        columns = _header(records, source)
        if problems := header_problems(columns, source, name, lambda: first_rows(path, source, name)):
            raise Refused(problems)
        chunks = _Chunks(columns, source, name)
        done = 0
        try:
            body = _body(records, source)
            while chunk := list(islice(body, CHUNK)):
                chunks.add(chunk)
                progress(raw.tell() - done)
                done = raw.tell()
        except Refused as refused:
            raise Refused([*chunks.problems, *refused.problems]) from None
    chunks.problems += _cut_off(path, chunks.last, source, name)
    return chunks.table()


def cells(path: Path, source: Source, name: str, lines: set[int]) -> pl.DataFrame:
    """The records that begin on some lines, as they are written: `line`, then every column, also those too many."""
    with opened(path, source, name) as (stream, _):
        records = raw_records(stream, source, name)
        columns = _header(records, source)
        return wide_frame(columns, [record for record in _body(records, source) if record[0] in lines])


def first_rows(path: Path, source: Source, name: str) -> list[Record]:
    """The first records of the file from line 1 on, whatever its header; none where they cannot be read."""
    with opened(path, source, name) as (stream, _):
        try:
            return list(islice(raw_records(stream, source, name, skip=0), HEADER_WITHIN))
        except Refused:
            return []


def raw_records(stream: io.TextIOWrapper, source: Source, name: str, skip: int | None = None) -> Iterator[Record]:
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


def _header(records: Iterator[Record], source: Source) -> list[str]:
    return column_names([fields for _, fields in islice(records, source.header_rows)])


def _body(records: Iterator[Record], source: Source) -> Iterator[Record]:
    """The records of data: below the header and what stands between, down to the footnotes."""
    below = islice(records, source.rows_below_header, None)
    return takewhile(lambda record: not is_footnote(record[1], source), below) if source.footnotes else below


def _cut_off(path: Path, last: int | None, source: Source, name: str) -> list[Problem]:
    """Nobody sees of 12 without a line break after it that it was 125."""
    if source.open_end or not ends_open(path, source):
        return []
    with opened(path, source, name) as (stream, _):
        line, _ = deque(raw_records(stream, source, name), maxlen=1)[0]
    if line != last:
        return []
    hint = N_("fetch the file again; if it is whole, end its last line with a line break, or declare `open_end: true`")
    return [Problem("the file ends without a line break: its last line may have been cut off", hint, name, line)]


class _Chunks:
    """The wanted columns of the chunks read so far. Blank lines are passed over; ragged rows and NUL bytes are problems."""

    def __init__(self, columns: Sequence[str], source: Source, name: str) -> None:
        self.columns, self.source, self.name = columns, source, name
        self.problems: list[Problem] = []
        self.left_out = 0
        self.last: int | None = None
        self.pieces: list[tuple[pl.Series, pl.DataFrame]] = [self._piece([])]

    def add(self, chunk: list[Record]) -> None:
        self.last = chunk[-1][0]
        good, ragged = [], []
        for record in chunk:
            if any(record[1]):
                (good if len(record[1]) == len(self.columns) else ragged).append(record)
        for line, fields in ragged:
            if is_left_out(fields, self.columns, self.source) and not self.source.fill_down:
                self.left_out += 1
            else:
                self.problems.append(_ragged(line, fields, self.columns, self.name))
        self.pieces.append(self._piece(good))

    def table(self) -> Table:
        text, lines = pl.concat([text for _, text in self.pieces]), pl.concat([lines for lines, _ in self.pieces])
        return Table(text, lines, problems=tuple(self.problems), left_out=self.left_out)

    def _piece(self, records: list[Record]) -> tuple[pl.Series, pl.DataFrame]:
        cells = list(zip(*(fields for _, fields in records), strict=True)) or [()] * len(self.columns)
        wanted = {column: cells[self.columns.index(column)] for column in self.source.wanted}
        text = pl.DataFrame(wanted, schema=dict.fromkeys(wanted, pl.String)).with_columns(pl.all().str.strip_chars())
        lines = pl.Series("line", [line for line, _ in records], pl.UInt32)
        return lines, self._without_controls(text, lines)

    def _without_controls(self, text: pl.DataFrame, lines: pl.Series) -> pl.DataFrame:
        """No letter is a NUL; in Latin-1 nobody writes the controls that stand where Windows has quotes and the euro."""
        message, hint = N_("a NUL byte is not a value"), N_("write the value, or leave the cell empty")
        self._found(text, lines, "\0", message, hint)
        if self.source.encoding == "latin-1":
            self._found(text, lines, "[\u0080-\u009f]", N_("a letter that Latin-1 does not have"), N_("declare `encoding: cp1252`"))
        return text.with_columns(pl.all().str.replace_all("\0", "", literal=True))

    def _found(self, text: pl.DataFrame, lines: pl.Series, pattern: str, message: str, hint: str) -> None:
        found = text.select(pl.all().str.contains(pattern, literal=len(pattern) == 1))
        for column in found.columns:
            self.problems += [Problem(message, hint, self.name, line, column) for line in lines.filter(found[column])]


def _ragged(line: int, fields: list[str], columns: Sequence[str], name: str) -> Problem:
    values = {"found": len(fields), "expected": len(columns)}
    column = columns[len(fields)] if len(fields) < len(columns) else len(columns) + 1
    hint = N_("give every row as many fields as the header; quote text that holds the delimiter")
    return Problem("{found} fields instead of {expected}", hint, name, line, column, values=values)
