"""Which reader reads which kind of file, by its ending or by what the source declares."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

import polars as pl

from data.ingest import csv_table, json_lines_table, parquet_table, workbook_table
from data.ingest.body import settled
from data.ingest.table import Progress, Table, header_line
from data.problems import N_, Problem, Refused
from data.sources import Source

ENDINGS = {
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".xlsx": "xlsx",
    ".xls": "xls",
    ".ods": "ods",
    ".parquet": "parquet",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}
READERS: dict[str, ModuleType] = {
    "csv": csv_table,
    "xlsx": workbook_table,
    "xls": workbook_table,
    "ods": workbook_table,
    "parquet": parquet_table,
    "jsonl": json_lines_table,
}
CURES = {
    ".gz": N_("unpack it first"),
    ".zip": N_("unpack it first"),
    ".xlsm": N_("save it as .xlsx"),
    ".xlsb": N_("save it as .xlsx"),
    ".json": N_("write one object a line, and name it .jsonl"),
}


def table(path: Path, source: Source, name: str, progress: Progress) -> tuple[Table, Source]:
    """A file as a table of texts, and the source with the file's format. Raises Refused where it cannot be read as declared."""
    with _readable(name):
        declared = _with_format(path, source, name)
        return settled(READERS[declared.format or ""].read(path, declared, name, progress), declared, name), declared


def header(path: Path, source: Source, name: str) -> list[str]:
    """The names of a file's columns. Raises Refused where the file cannot be read as the source declares."""
    with _readable(name):
        declared = _with_format(path, source, name)
        return READERS[declared.format or ""].header(path, declared, name)


def line_of_header(path: Path, source: Source, name: str) -> int | None:
    """The line on which all columns of a source stand in a file that may begin with a title; None where they do not, or it has none."""
    try:
        declared = _with_format(path, source, name)
        reader = READERS[declared.format or ""]
        return header_line(declared, reader.first_rows(path, declared, name)) if hasattr(reader, "first_rows") else None
    except (OSError, Refused):
        return None


def cells(path: Path, source: Source, name: str, lines: set[int]) -> pl.DataFrame:
    """The rows that begin on some lines, every cell as it is written: `line`, then all columns of the file. Raises Refused."""
    with _readable(name):
        declared = _with_format(path, source, name)
        return READERS[declared.format or ""].cells(path, declared, name, lines)


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
    if path.stat().st_size == 0:
        raise Refused([Problem("the file is empty", "fetch or export it again", name)])
    tabs = {"delimiter": "\t"} if path.suffix.lower() == ".tsv" and "delimiter" not in source.model_fields_set else {}
    return source.model_copy(update={"format": kind, **tabs})


@contextmanager
def _readable(name: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        hint = N_("check the file and who may read it")
        raise Refused([Problem("cannot be read: {why}", hint, name, values={"why": error.strerror})]) from None
