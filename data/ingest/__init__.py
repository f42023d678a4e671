"""From the files a city receives to observations: every problem of every file is reported, or every row is kept.

The way of a file: `csv_table`, `xlsx_table` or `parquet_table` make it a table of texts with lines; `rows` turns those
into observations by the source's mapping, with `names`, `period_texts` and `numbers` for the single cells.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import polars as pl

from data.definitions import Definitions
from data.ingest import csv_table, parquet_table, xlsx_table
from data.ingest.rows import COLUMNS, read_rows, repeated
from data.problems import N_, Problem, Refused
from data.sources import Source

ENDINGS = {".csv": "csv", ".tsv": "csv", ".txt": "csv", ".xlsx": "xlsx", ".parquet": "parquet"}
READERS: dict[str, ModuleType] = {"csv": csv_table, "xlsx": xlsx_table, "parquet": parquet_table}
CURES = {
    ".gz": N_("unpack it first"),
    ".zip": N_("unpack it first"),
    ".xls": N_("save it as .xlsx"),
    ".xlsm": N_("save it as .xlsx"),
    ".ods": N_("save it as .xlsx or .csv"),
}


@dataclass(frozen=True)
class Observations:
    """What files hold. `rows`: place, indicator, segment, period (last day), value, numerator, denominator, flag."""

    rows: pl.DataFrame
    rows_read: int


def read(path: Path, source: Source, definitions: Definitions, name: str | None = None) -> Observations:
    """The observations of one file; `name` is what messages call it. Raises Refused with every problem."""
    return read_all([(path, name or str(path))], source, definitions)


def read_all(
    files: Sequence[tuple[Path, str]], source: Source, definitions: Definitions, progress: Callable[[int], object] = lambda _: None
) -> Observations:
    """The observations of several files (path, name for messages) of one source. Raises Refused with every problem of all."""
    problems: list[Problem] = []
    found: list[pl.DataFrame] = []
    for path, name in files:
        try:
            declared = _with_format(path, source, name)
            table = READERS[declared.format or ""].read(path, declared, name, progress)
            found.append(read_rows(table, declared, definitions, name).with_columns(file=pl.lit(name)))
        except Refused as refused:
            problems += refused.problems
        except OSError as error:
            problems.append(_unreadable(error, name))
    if found:
        problems += repeated(pl.concat(found))
    if problems:
        raise Refused(problems)
    rows = pl.concat(found).select(COLUMNS)
    return Observations(rows, rows.height)


def header(path: Path, source: Source, name: str) -> list[str]:
    """The names of a file's columns. Raises Refused where the file cannot be read as the source declares."""
    try:
        declared = _with_format(path, source, name)
        return READERS[declared.format or ""].header(path, declared, name)
    except OSError as error:
        raise Refused([_unreadable(error, name)]) from None


def _unreadable(error: OSError, name: str) -> Problem:
    return Problem("cannot be read: {why}", "check the file and who may read it", name, values={"why": error.strerror})


def _with_format(path: Path, source: Source, name: str) -> Source:
    """The source with the format that the ending says, unless it declares one."""
    if path.is_dir():
        raise Refused([Problem("this is a folder", "name the files in it", name)])
    if not path.is_file():
        raise Refused([Problem("there is no such file", "check the name and the folder", name)])
    kind = source.format or ENDINGS.get(path.suffix.lower())
    if kind is None:
        hint = CURES.get(path.suffix.lower(), N_("save it as .csv, .xlsx or .parquet"))
        raise Refused([Problem("{ending} files are not read", hint, name, values={"ending": path.suffix or "nameless"})])
    return source.model_copy(update={"format": kind})
