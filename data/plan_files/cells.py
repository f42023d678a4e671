"""A file as rows of cells exactly as they are written, so that it can be written again: quotes, line ends, numbers of a workbook."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from data.ingest.apart import USUAL, Job, found_apart
from data.ingest.csv_table import raw_records
from data.ingest.header import column_name
from data.ingest.readers import CURES, ENDINGS
from data.ingest.text_file import BYTE_ORDER_MARKS, ends_open, opened
from data.ingest.workbook_table import KINDS
from data.problems import N_, Problem, Refused
from data.proposal import letters
from data.sources import Mapping as Source

MOST_CELL = 100_000
"""Characters of one cell of a plan."""
MOST_BESIDE = 2_000_000
"""Characters of one sheet that is kept beside the plan's own."""


@dataclass(frozen=True)
class Row:
    """A row as the file has it. `kept` says, as a hexadecimal mask of the columns, which cells of a CSV file stand in quotes,
    or which cells of a workbook are numbers; `end` is its line end where it is not that of the whole file."""

    line: int
    cells: tuple[str, ...]
    kept: str = ""
    end: str | None = None

    @cached_property
    def mask(self) -> int:
        return int(self.kept or "0", 16)

    def marked(self, column: int) -> bool:
        """Whether a cell stands in quotes, or is a number of a workbook."""
        return bool(self.mask >> column & 1)


@dataclass(frozen=True)
class Grid:
    """All rows of a file, or of one sheet of it. `layout` says how it was written, for whoever writes it again.

    Of a workbook: the name of the sheet, whether it is `hidden`, its number among all (`at`), and the others, with their rows (`beside`).
    """

    name: str
    rows: tuple[Row, ...]
    layout: Mapping[str, Any]
    warnings: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Table:
    """A grid whose header is known: `head` are the rows down to the first one of data, `header` the place of the header among them.

    `names` are those of the columns, trimmed; a name that stands there again is numbered: `Montant (2)`.
    """

    grid: Grid
    header: int = 0
    below: int = 0
    names: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", tuple(_numbered([column_name(cell) for cell in self.grid.rows[self.header].cells])))

    @property
    def name(self) -> str:
        return self.grid.name

    @property
    def head(self) -> tuple[Row, ...]:
        return self.grid.rows[: self.header + 1 + self.below]

    @property
    def rows(self) -> tuple[Row, ...]:
        return self.grid.rows[self.header + 1 + self.below :]

    @cached_property
    def place(self) -> dict[str, int]:
        """The number of each column from 0, by its name."""
        return {name: number for number, name in enumerate(self.names) if name}

    def ragged(self) -> list[Problem]:
        """Rows that have more or fewer cells than the header; a row without any text is none."""
        hint = N_("give every row as many fields as the header; quote text that holds the delimiter")
        return [
            Problem("{found} fields instead of {expected}", hint, self.name, row.line,
                    values={"found": len(row.cells), "expected": len(self.names)})
            for row in self.rows if len(row.cells) != len(self.names) and any(row.cells)
        ]  # fmt: skip


def grids(path: Path, name: str, given: Mapping[str, Any]) -> list[Grid]:
    """The file as it is written: one grid, or one for each sheet that may be meant. `given` may say encoding, delimiter, sheet.

    Raises Refused where the file is not there, is empty, or is no table.
    """
    kind = _kind(path, name)
    try:
        found = [_text(path, name, given)] if kind == "csv" else _sheets(path, name, given)
    except OSError as error:
        hint = N_("check the file and who may read it")
        raise Refused([Problem("cannot be read: {why}", hint, name, values={"why": error.strerror})]) from None
    found = [grid for grid in found if any(any(row.cells) for row in grid.rows)]
    if not found:
        raise Refused([Problem("the file is empty", "fetch or export it again", name)])
    return found


def _kind(path: Path, name: str) -> str:
    if not path.is_file():
        raise Refused([Problem("there is no such file", "check the name and the folder", name)])
    if path.stat().st_size == 0:
        raise Refused([Problem("the file is empty", "fetch or export it again", name)])
    kind = ENDINGS.get(path.suffix.lower())
    if kind not in ("csv", *KINDS):
        hint = CURES.get(path.suffix.lower(), N_("save it as .csv or .xlsx"))
        raise Refused([Problem("{ending} files are not read as plans", hint, name, values={"ending": path.suffix or "nameless"})])
    return kind


def _text(path: Path, name: str, given: Mapping[str, Any]) -> Grid:
    encoding = letters.encoding(path, given.get("encoding"))[0]
    source = Source(encoding=encoding)  # type: ignore[arg-type]
    delimiter = letters.delimiter(path, source, name, given.get("delimiter"))[0]
    source = source.model_copy(update={"delimiter": delimiter})
    with opened(path, source, name) as (stream, raw):
        lines = list(stream)
        encoding = stream.encoding
        raw.seek(0)
        mark = raw.read(4).startswith(tuple(BYTE_ORDER_MARKS))
    ends = [_end(line) for line in lines]
    usual = max(("\n", "\r\n", "\r"), key=ends.count)
    rows = tuple(_csv_rows(lines, source, name, usual))
    layout = {"kind": "csv", "encoding": encoding, "mark": mark, "delimiter": delimiter, "end": usual}
    return Grid(name, rows, layout, tuple(_open_end(path, source, name, rows)))


def _open_end(path: Path, source: Source, name: str, rows: Sequence[Row]) -> Iterator[Problem]:
    if rows and ends_open(path, source):
        hint = N_("look whether its last row is whole")
        yield Problem(N_("the file ends without a line break: its last line may have been cut off"), hint, name, rows[-1].line)


def _csv_rows(lines: list[str], source: Source, name: str, usual: str) -> Iterator[Row]:
    records = list(raw_records(iter(lines), source, name))  # type: ignore[arg-type]
    begins = [line for line, _ in records] + [len(lines) + 1]
    for number, (line, fields) in enumerate(records):
        raw = "".join(lines[line - 1 : begins[number + 1] - 1])
        end = _end(raw)
        kept = _quoted(raw.removesuffix(end), fields, source.delimiter)
        yield Row(line, tuple(fields), kept, None if end == usual else end)


def _end(line: str) -> str:
    return next((end for end in ("\r\n", "\n", "\r") if line.endswith(end)), "")


def _quoted(raw: str, fields: Sequence[str], delimiter: str) -> str:
    """Which fields of a record stand in quotes, as a hexadecimal mask; "" where none does."""
    if '"' not in raw:
        return ""
    mask, at = 0, 0
    for number, text in enumerate(fields):
        quoted = '"' + text.replace('"', '""') + '"'
        if raw.startswith(quoted, at) and raw[at + len(quoted) : at + len(quoted) + 1] in ("", delimiter):
            mask |= 1 << number
            at += len(quoted) + 1
        else:
            at += len(text) + 1
    return f"{mask:x}" if mask else ""


def _sheets(path: Path, name: str, given: Mapping[str, Any]) -> list[Grid]:
    """The sheet that is named, or every one that is not hidden; read in a process of its own, as whatever somebody sends."""
    held = found_apart(Job(kind="workbook", files=((path, name),), limits=USUAL), list[Grid])
    named = given.get("sheet")
    if named is not None and named not in [grid.layout["sheet"] for grid in held]:
        values = {"sheet": named, "sheets": ", ".join(grid.layout["sheet"] for grid in held)}
        raise Refused([Problem("there is no sheet {sheet!r}", "declare one of: {sheets}", name, values=values)])
    meant = [grid for grid in held if (named == grid.layout["sheet"] if named is not None else not grid.layout["hidden"])]
    return [_with_others(grid, held) for grid in meant]


def _with_others(grid: Grid, held: Sequence[Grid]) -> Grid:
    """A sheet with the others of its workbook beside it, for whoever writes it again; one that is too large is warned of, and left out."""
    others = [(each, sum(len(cell) for row in each.rows for cell in row.cells)) for each in held if each is not grid]
    hint = N_("only this sheet is missing when the plan goes out again; keep it in a file of its own")
    warnings = [
        Problem(N_("the sheet {sheet} is too large to be kept beside the plan"), hint, grid.name, values={"sheet": each.layout["sheet"]})
        for each, length in others if length > MOST_BESIDE
    ]  # fmt: skip
    beside = [
        {**each.layout, "rows": [[list(row.cells), row.kept] for row in each.rows]} for each, length in others if length <= MOST_BESIDE
    ]
    return replace(grid, layout={**grid.layout, "beside": beside}, warnings=(*grid.warnings, *warnings))


def every_sheet(path: Path, name: str) -> list[Grid]:
    """All sheets of a workbook, also hidden and empty ones. Raises Refused where it, or one of them, cannot be read."""
    kind = ENDINGS[path.suffix.lower()]
    held = KINDS[kind].sheets(path, name).items()
    return [_sheet(path, name, kind, {"sheet": sheet, "hidden": hidden, "at": at}) for at, (sheet, hidden) in enumerate(held)]


def _sheet(path: Path, name: str, kind: str, layout: Mapping[str, Any]) -> Grid:
    found = KINDS[kind].read(path, name, layout["sheet"])
    width = max(found.columns, default=-1) + 1
    numbers: dict[int, int] = {}
    for column, (held, _) in found.kinds.numbers.items():
        for line in held:
            numbers[line] = numbers.get(line, 0) | 1 << column
    rows = []
    for line, texts in enumerate(found.text.iter_rows(), start=1):
        cells = [""] * width
        for column, text in zip(found.columns, texts, strict=True):
            cells[column] = text or ""
        rows.append(Row(line, tuple(cells), f"{numbers[line]:x}" if line in numbers else ""))
    return Grid(name, tuple(rows), {"kind": "workbook", **layout})


def _numbered(names: Sequence[str]) -> Iterator[str]:
    seen: dict[str, int] = {}
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        yield name if seen[name] == 1 or not name else f"{name} ({seen[name]})"


def csv_text(fields: Sequence[str], delimiter: str, row: Row | None) -> str:
    """A record without its line end; the cells that stood in quotes do so again, and those that need them."""
    return delimiter.join(_field(text, delimiter, row is not None and row.marked(number)) for number, text in enumerate(fields))


def _field(text: str, delimiter: str, quoted: bool) -> str:
    needs = any(sign in text for sign in (delimiter, '"', "\n", "\r"))
    return '"' + text.replace('"', '""') + '"' if quoted or needs else text


csv.field_size_limit(10 * MOST_CELL)
