"""Is every line break of a CSV file the end of a row? Told from its bytes, before any of it is read as text."""

from pathlib import Path

from data.ingest import csv_table
from data.ingest.header import column_name
from data.ingest.table import header_problems
from data.sources import Source

AT_ONCE = 500_000
"""Bytes, half of what the careful reader allows a field: a longer one would fill a piece without a line break."""
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class Odd(Exception):
    """Something that only the careful reader can judge."""


def header(path: Path, source: Source, name: str) -> list[str]:
    """The names of the columns, where the header is one plain line of a UTF-8 file. Raises Odd, and Refused where there is none."""
    columns = csv_table.header(path, source, name)
    with path.open("rb") as raw:
        line = [raw.readline(AT_ONCE) for _ in range(source.header_row)][-1]
    cells = line.removeprefix(BYTE_ORDER_MARK).decode(errors="replace").rstrip("\r\n").split(source.delimiter)
    # Where quotes hold a delimiter or a line break, the line says something else than the header does.
    if [column_name(unwrapped(cell)) for cell in cells] != columns or header_problems(columns, source, name, lambda: ()):
        raise Odd
    return columns


def unwrapped(cell: str) -> str:
    """A cell without the quotes around it. Raises Odd where a quote stands anywhere else."""
    inner = cell[1:-1] if len(cell) > 1 and cell[0] == cell[-1] == '"' else cell
    if '"' in inner:
        raise Odd
    return inner


def has_quotes(path: Path) -> bool:
    """Whether there is any quote in the file. Raises Odd where its bytes leave in doubt where a row ends, or what a text is."""
    quotes = False
    with path.open("rb") as raw:
        raw.seek(len(BYTE_ORDER_MARK))  # a mark at the very beginning is usual
        while piece := raw.read(AT_ONCE):
            if (b"\n" not in piece and len(piece) == AT_ONCE) or b"\0" in piece:
                raise Odd
            if b"\xef" in piece or b"\r" in piece:
                rest = raw.readline(AT_ONCE)  # of a mark or a line break that the end of the piece may have cut in two
                piece += rest
                if BYTE_ORDER_MARK in piece or piece.count(b"\r") != piece.count(b"\r\n") or len(rest) == AT_ONCE:
                    raise Odd
            quotes = quotes or b'"' in piece
    return quotes


def delimiters_below_header(path: Path, source: Source) -> int:
    """How many delimiters there are: one less than columns in each row, where none is short and none too long."""
    mark, count = source.delimiter.encode(), 0
    with path.open("rb") as raw:
        for _ in range(source.header_row):
            raw.readline()
        while piece := raw.read(AT_ONCE):
            count += piece.count(mark)
    return count
