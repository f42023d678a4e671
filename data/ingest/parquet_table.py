"""Reads a Parquet file into a table of texts; its numbers keep their exact value. Lines are row numbers, from 1."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import polars as pl

from data.ingest.table import LINE, Progress, Table, header_problems, no_rows
from data.problems import N_, Problem, Refused
from data.sources import Source

LARGEST = 2_000_000_000
"""Bytes when unpacked."""
LARGEST_WHOLE = 2**53
"""From it on a whole number has no exact place among the numbers we store."""


def header(path: Path, source: Source, name: str) -> list[str]:  # noqa: ARG001 (every format is asked alike)
    """The names of the columns. Raises Refused."""
    with _readable(name):
        return list(pl.read_parquet_schema(path))


def read(path: Path, source: Source, name: str, progress: Progress) -> Table:
    """The columns that the source wants. Raises Refused where the file cannot be read."""
    if problems := header_problems(header(path, source, name), source, name, list):
        raise Refused(problems)
    with _readable(name):
        _refuse_dangerous(path, name)
        frame = pl.read_parquet(path, columns=list(source.wanted))
    progress(path.stat().st_size)
    if frame.is_empty():
        raise Refused([no_rows(name)])
    if nested := [column for column, kind in frame.schema.items() if kind.is_nested()]:
        raise Refused([Problem("holds lists or structures", "give it one plain value in each row", name, column=nested[0])])
    numbers = {column: _numbers(frame[column]) for column, kind in frame.schema.items() if kind.is_numeric()}
    text = frame.select(_text(column, kind) for column, kind in frame.schema.items())
    return Table(text, pl.Series("line", range(1, frame.height + 1), pl.UInt32), numbers)


def cells(path: Path, source: Source, name: str, lines: set[int]) -> pl.DataFrame:  # noqa: ARG001 (every format is asked alike)
    """Some rows: `line`, then every column as text."""
    with _readable(name):
        frame = pl.read_parquet(path).with_row_index(LINE, 1).filter(pl.col(LINE).is_in(list(lines)))
    return frame.select(pl.col(LINE).cast(pl.UInt32), *(_text(column, kind) for column, kind in frame.schema.items() if column != LINE))


@contextmanager
def _readable(name: str) -> Iterator[None]:
    """Turns what the readers say of a damaged file into a problem; Polars panics at some."""
    try:
        yield
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, duckdb.Error) as error:
        hint = N_("export it again; if it was cut off in transfer, fetch it again")
        raise Refused([Problem("not a readable Parquet file: {why}", hint, name, values={"why": str(error)[:200]})]) from None


def _refuse_dangerous(path: Path, name: str) -> None:
    """Brotli: the decoder in DuckDB 2.0.0 has a known out-of-bounds write, and whoever reads the file after us may use it."""
    with duckdb.connect() as connection:
        found = connection.execute("select compression, total_uncompressed_size from parquet_metadata(?)", [str(path)]).fetchall()
    if any(compression == "BROTLI" for compression, _ in found):
        raise Refused([Problem("compressed with Brotli, which is not read", "write it with zstd or snappy", name)])
    if sum(size for _, size in found) > LARGEST:
        raise Refused([Problem("larger than 2 GB when unpacked", "split it into several files", name)])


def _text(column: str, kind: pl.DataType) -> pl.Expr:
    """Days are written as moments, which tells them from texts; a time zone shows as an offset, and is asked about."""
    cell = pl.col(column)
    if isinstance(kind, pl.Datetime):
        cell = cell.dt.strftime("%Y-%m-%d %H:%M:%S" + ("%z" if kind.time_zone else ""))
    elif isinstance(kind, pl.Date):
        cell = cell.dt.strftime("%Y-%m-%d 00:00:00")
    else:
        cell = cell.cast(pl.String)
    return cell.fill_null("").str.strip_chars()


def _numbers(cells: pl.Series) -> pl.Series:
    """What can be stored as it is; the rest stays text and is refused as such."""
    numbers = cells.cast(pl.Float64)
    exact = numbers.is_finite() & ((numbers.abs() < LARGEST_WHOLE) | cells.dtype.is_float())
    return pl.select(pl.when(exact).then(numbers).alias(cells.name)).to_series()
