"""The sheet as it comes back: found among the sheets of the file, in one of our languages, and read cell by cell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from data.ingest import workbook_table
from data.ingest.readers import ENDINGS, header, table
from data.plans.sheet.wording import Wording
from data.problems import N_, Problem, Refused
from data.sources import Columns, Source

LARGEST = 5_000_000
"""Bytes of a file that is read; a sheet of a thousand actions has about a hundredth."""
ENDS = (".xlsx", ".xls", ".ods")


@dataclass(frozen=True)
class Line:
    """One row of a sheet that came back, every cell as a text; `number` is its row, `numbers` the cells that the file keeps as numbers."""

    number: int
    cells: Mapping[str, str]
    numbers: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Sheet:
    """A sheet as it was read, and the language that it is in."""

    file: str
    wording: Wording
    lines: tuple[Line, ...]
    faults: tuple[Problem, ...] = ()


def read(path: Path, file: str, wordings: Sequence[Wording]) -> Sheet:
    """A sheet that came back, called `file` in messages. Raises Refused where it is none of ours."""
    if path.suffix.lower() not in ENDS:
        hint = N_("send the sheet back as it was downloaded, as .xlsx")
        raise Refused([Problem("{ending} files are not read", hint, file, values={"ending": path.suffix or "nameless"})])
    if path.stat().st_size > LARGEST:
        hint = N_("send back the sheet that you downloaded")
        raise Refused([Problem(N_("the file is larger than a sheet from here can be"), hint, file)])
    wording, source = _recognised(path, file, wordings)
    found, _ = table(path, source, file, lambda _size: None)
    by_title = {title: name for name, title in wording.titles.items() if title in found.text.columns}
    exact = {by_title[title]: values for title, values in found.numbers.items()}
    cells = found.text.rename(by_title)
    lines = [_line(number, cells, exact, at) for at, number in enumerate(found.lines.to_list())]
    return Sheet(file, wording, tuple(lines), found.problems)


def _recognised(path: Path, file: str, wordings: Sequence[Wording]) -> tuple[Wording, Source]:
    """The language that a sheet is in, and how it is read. Raises Refused where no sheet of the file has our columns."""
    kind = ENDINGS[path.suffix.lower()]
    missing: list[str] = []
    for name in workbook_table.KINDS[kind].sheets(path, file):
        columns = header(path, _source(name, ()), file)
        for wording in wordings:
            there = tuple(title for title in wording.titles.values() if title in columns)
            lacking = [title for column, title in wording.titles.items() if title not in there and column not in wording.since]
            if not lacking:
                return wording, _source(name, there)
            if len(lacking) < len(wording.titles) and (not missing or len(lacking) < len(missing)):
                missing = lacking
    hint = N_("send back the sheet that you downloaded here, with its first row as it was")
    if missing:
        raise Refused([Problem(N_("these columns are missing: {missing}"), hint, file, 1, values={"missing": ", ".join(missing)})])
    raise Refused([Problem(N_("this is not a sheet that was downloaded here"), hint, file)])


def _source(sheet: str, titles: Sequence[str]) -> Source:
    """How the readers of figures read a table of texts: the columns by name, and nothing taken for a number, a place or a day."""
    columns = {f"column_{at}": title for at, title in enumerate(titles)}
    return Source(id="sheet", name="sheet", sheet=sheet, columns=Columns(segments=columns))


def _line(number: int, cells: pl.DataFrame, exact: Mapping[str, pl.Series], at: int) -> Line:
    native = {name: values[at] for name, values in exact.items() if values[at] is not None}
    return Line(number, {name: _exactly(cells, exact, name, at) for name in cells.columns}, native)


def _exactly(cells: pl.DataFrame, exact: Mapping[str, pl.Series], name: str, at: int) -> str:
    """A cell's text; of a number, as short as it can be written."""
    number = exact[name][at] if name in exact else None
    return cells[name][at] if number is None else f"{number:.15g}"
