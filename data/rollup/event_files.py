"""The files that hold a roll-up's events: which there are, and whether they have the columns that it needs."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import polars as pl

from data.definitions import at
from data.home import Home
from data.problems import N_, Problem, Refused
from data.rollup.reading import Rollup

ENDINGS = {"csv": {".csv", ".tsv", ".txt"}, "parquet": {".parquet"}}
GLOB = set("*?[")
"""What in a file's name would be read as a pattern."""


@dataclass(frozen=True)
class EventFiles:
    """Files that have the same columns, in the same order."""

    paths: tuple[Path, ...]
    header: tuple[str, ...]


def find(rollup: Rollup, home: Home, source_path: str | None) -> list[Path]:
    """The files at the declared path, or at another one, in order. Raises Refused where there are none."""
    told = source_path or rollup.declaration.events.path
    if told is None:
        raise Refused(
            [at(rollup.document, ("events",), "it is not said where the events are", "write `path:` here, or give --source-path")]
        )
    # A path on the command line is seen from where the person stands, a declared one from the home.
    path = (Path.cwd() if source_path else home.folder) / Path(told).expanduser()
    if path.is_file():
        return _plain([path])
    if not path.is_dir():
        location = () if source_path else ("events", "path")
        message, hint = N_("there is no file or folder {path}"), N_("put the events there, or say where they are with --source-path")
        raise Refused([at(rollup.document, location, message, hint, path=told)])
    endings = ENDINGS[rollup.declaration.events.format]
    found = sorted(file for file in path.rglob("*") if file.suffix.lower() in endings and file.is_file() and not _hidden(file, path))
    if not found:
        values = {"path": told, "endings": ", ".join(sorted(endings))}
        raise Refused([Problem("{path} holds no file of events", "files that are read end in {endings}", told, values=values)])
    return _plain(found)


def partitions(path: Path) -> list[str]:
    """The names that the folders of a file give values to, as in year=2026/month=06."""
    return [part.partition("=")[0] for part in path.parts[:-1] if "=" in part]


def grouped(rollup: Rollup, paths: Sequence[Path], home: Home) -> list[EventFiles]:
    """The files by their columns. Raises Refused with every file that cannot be read or lacks a column."""
    problems: list[Problem] = []
    groups: dict[tuple[str, ...], list[Path]] = {}
    for path in paths:
        name = home.short(path)
        try:
            header = _header(rollup, path, name)
        except Refused as refused:
            problems += refused.problems
            continue
        problems += _type_problems(rollup, path, name)
        known = [*header, *partitions(path)]
        missing = {key: column.column for key, column in rollup.declaration.columns.items() if column.column not in (None, *known)}
        problems += [_missing(rollup, name, key, str(column), known) for key, column in missing.items()]
        groups.setdefault(header, []).append(path)
    if problems:
        raise Refused(problems)
    return [EventFiles(tuple(files), header) for header, files in groups.items()]


def _plain(paths: list[Path]) -> list[Path]:
    problems = [
        Problem("the name holds one of * ? [, which stand for other files", "rename it", str(path))
        for path in paths
        if GLOB & set(str(path))
    ]
    if problems:
        raise Refused(problems)
    return [path.resolve() for path in paths]


def _hidden(file: Path, folder: Path) -> bool:
    """What programs that write folders of events leave beside them, such as _SUCCESS and .part files."""
    return any(part.startswith((".", "_")) for part in file.relative_to(folder).parts)


def _missing(rollup: Rollup, name: str, key: str, column: str, known: Sequence[str]) -> Problem:
    line, _ = rollup.document.mark(("columns", key, "column"))
    values = {"column": column, "found": ", ".join(known)[:200], "path": rollup.document.path, "line": line}
    return Problem("there is no column {column!r}", "the file has {found}; correct line {line} of {path}", name, 1, column, values=values)


def _header(rollup: Rollup, path: Path, name: str) -> tuple[str, ...]:
    try:
        return _csv_header(rollup, path) if rollup.declaration.events.format == "csv" else _parquet_header(path, name)
    except (OSError, UnicodeError, csv.Error, pl.exceptions.PolarsError, pl.exceptions.PanicException, duckdb.Error) as error:
        values = {"why": str(error).splitlines()[0][:200]}
        raise Refused([Problem("cannot be read: {why}", "export it again", name, values=values)]) from None


def _csv_header(rollup: Rollup, path: Path) -> tuple[str, ...]:
    events = rollup.declaration.events
    encoding = "utf-8-sig" if events.encoding == "utf-8" else events.encoding
    # Letters that are otherwise further down are found with their line when the file is read.
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        return tuple(next(csv.reader(file, delimiter=events.delimiter), ()))


def _parquet_header(path: Path, name: str) -> tuple[str, ...]:
    """Brotli: the decoder in DuckDB 2.0.0 has a known out-of-bounds write."""
    with duckdb.connect() as connection:
        packed = connection.execute("select 1 from parquet_metadata(?) where compression = 'BROTLI' limit 1", [str(path)]).fetchall()
    if packed:
        raise Refused([Problem("compressed with Brotli, which is not read", "write it with zstd or snappy", name)])
    return tuple(pl.read_parquet_schema(path))


def _type_problems(rollup: Rollup, path: Path, name: str) -> list[Problem]:
    """Types of a Parquet file that could not become the declared ones without changing a value."""
    if rollup.declaration.events.format == "csv":
        return []
    kinds = pl.read_parquet_schema(path)
    declared = {column.column: column.type for column in rollup.declaration.columns.values() if column.column in kinds}
    zone = rollup.declaration.events.time_zone
    found = {column: fault for column, kind in declared.items() if (fault := _type_fault(kinds[str(column)], kind, zone))}
    values = {column: {"kind": str(kinds[str(column)]), "type": declared[column]} for column in found}
    return [Problem(*fault, name, column=column, values=values[column]) for column, fault in found.items()]


def _type_fault(kind: pl.DataType, declared: str, zone: str | None) -> tuple[str, str] | None:
    if kind.is_nested():
        return N_("holds lists or structures ({kind})"), N_("write one plain value for each event")
    if isinstance(kind, pl.Datetime) and kind.time_zone and zone is None:
        return N_("holds moments with a time zone ({kind})"), N_("declare the place's own: `time_zone:` under `events`")
    if declared == "integer" and (kind.is_float() or kind.is_decimal()):
        return N_("holds {kind}, and is declared as {type}"), N_("declare `type: number`")
    return None
