"""Reads a sheet of an OpenDocument workbook (.ods): its content says of every cell both what it shows and what it holds."""

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from xml.parsers import expat

import polars as pl

from data.ingest import zip_package
from data.ingest.sheet import Kinds, Range, Sheet, refuse_too_large, refuse_too_long

NUMBERS = ("float", "percentage", "currency")
CELLS = ("table:table-cell", "table:covered-table-cell")
SPACES = {"text:s": " ", "text:tab": "\t", "text:line-break": "\n"}
ASIDE = ("office:annotation", "drawing:")
"""Notes and drawings hang in a cell and are no part of its text."""
ERROR = re.compile(r"#[A-Z0-9/]+[!?]?|Err:\d+")


def sheets(path: Path, name: str) -> dict[str, bool]:
    """The names of the sheets, and whether each is hidden. Raises Refused for what is no workbook, or is a bomb."""
    zip_package.refuse_bombs(path, name)
    return _watched(path, name, None).sheets


def read(path: Path, name: str, sheet: str, texts_only: bool = False) -> Sheet:  # noqa: ARG001 (every kind is asked alike)
    """One sheet. Raises Refused where it cannot be read, or is too large."""
    found = _watched(path, name, sheet).found
    height = max((max(cells) for cells in found.texts.values()), default=0)
    width = max(found.texts, default=-1) + 1
    refuse_too_large(0, height, width, name)
    empty = pl.repeat(None, height, dtype=pl.String, eager=True)
    columns = {str(column): _column(empty, found.texts.get(column, {})) for column in range(width)}
    return Sheet(pl.DataFrame(columns), list(range(width)), found.kinds)


def _column(empty: pl.Series, cells: dict[int, str]) -> pl.Series:
    return empty.clone().scatter([line - 1 for line in cells], list(cells.values())) if cells else empty


def _watched(path: Path, name: str, sheet: str | None) -> "_Watcher":
    watcher = _Watcher(sheet, name)
    with zip_package.opened(path, name) as package:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = watcher.start
        parser.EndElementHandler = watcher.end
        parser.CharacterDataHandler = watcher.text
        parser.Parse(package.read("content.xml"), True)
    return watcher


@cache
def _short(name: str) -> str:
    """table:table-cell, whatever prefix the file gives to the namespace of tables."""
    space, _, local = name.rpartition(" ")
    parts = space.split(":")
    return f"{parts[-2]}:{local}" if len(parts) > 1 else local


@dataclass
class _Found:
    """The cells of the sheet so far: column, line, text; what they hold; and how many there are."""

    texts: dict[int, dict[int, str]] = field(default_factory=dict)
    kinds: Kinds = field(default_factory=Kinds)
    cells: int = 0
    letters: int = 0

    def add(self, lines: range, columns: range, cell: dict[str, str], shown: str) -> None:
        """Keeps a cell that is repeated over some lines and columns."""
        text, number = _meaning(cell, shown)
        formula = "table:formula" in cell
        error = cell.get("calcext:value-type") == "error" or (formula and ERROR.fullmatch(shown) is not None)
        uncomputed = formula and not error and "office:value-type" not in cell and not text
        for line in lines:
            for column in columns:
                self.texts.setdefault(column, {})[line] = "" if error else text
                if error:
                    self.kinds.errors[line, column] = shown or "#ERROR"
                elif uncomputed:
                    self.kinds.uncomputed.append((line, column))
                elif number is not None:
                    self.kinds.add_number(line, column, number)


def _meaning(cell: dict[str, str], shown: str) -> tuple[str, float | None]:
    """What a cell holds, as text, and as a number where it is one; days are written as moments."""
    kind = cell.get("office:value-type")
    if kind in NUMBERS:
        return cell["office:value"], float(cell["office:value"])
    if kind == "date":
        day = cell["office:date-value"]
        return day.replace("T", " ") if "T" in day else f"{day} 00:00:00", None
    if kind == "boolean":
        return cell["office:boolean-value"], None
    return shown or cell.get("office:string-value", ""), None


class _Watcher:
    """Follows the tables of a document; keeps the cells of one of them."""

    def __init__(self, sheet: str | None, name: str) -> None:
        self.wanted, self.name = sheet, name
        self.sheets: dict[str, bool] = {}
        self.hidden: set[str | None] = set()
        self.found = _Found()
        self.style: str | None = None
        self.depth = self.aside = self.paragraphs = 0
        self.reading = False
        self.line, self.rows, self.column = 0, 1, 0
        self.cell: dict[str, str] | None = None
        self.shown = ""

    def start(self, tag: str, given: dict[str, str]) -> None:
        tag = _short(tag)
        if self.aside or tag.startswith(ASIDE):
            self.aside += 1
        elif tag == "table:table":
            self._start_table({_short(key): value for key, value in given.items()})
        elif self.reading and self.depth == 1:
            self._start_inside(tag, given)
        elif tag in ("style:style", "style:table-properties"):
            attributes = {_short(key): value for key, value in given.items()}
            self.style = attributes.get("style:name", self.style)
            if attributes.get("table:display") == "false":
                self.hidden.add(self.style)

    def _start_table(self, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth == 1:
            sheet = attributes.get("table:name", "")
            self.sheets[sheet] = attributes.get("table:style-name") in self.hidden
            self.reading, self.line, self.rows = sheet == self.wanted, 0, 1

    def _start_inside(self, tag: str, given: dict[str, str]) -> None:
        if tag == "table:table-row":
            self.line += self.rows
            self.rows, self.column = _count({_short(key): value for key, value in given.items()}, "table:number-rows-repeated"), 0
        elif tag in CELLS:
            self.cell, self.shown, self.paragraphs = {_short(key): value for key, value in given.items()}, "", 0
        elif tag == "text:p":
            self.shown += "\n" if self.shown else ""
            self.paragraphs += 1
        elif tag in SPACES:
            self.shown += SPACES[tag]

    def text(self, text: str) -> None:
        if self.paragraphs and not self.aside:
            self.shown += text

    def end(self, tag: str) -> None:
        tag = _short(tag)
        if self.aside:
            self.aside -= 1
        elif tag == "table:table":
            self.depth -= 1
        elif self.depth == 1 and tag == "text:p":
            self.paragraphs = max(self.paragraphs - 1, 0)
        elif self.depth == 1 and tag in CELLS and self.cell is not None:
            self._keep(self.cell, covered=tag == CELLS[1])
            self.cell = None

    def _keep(self, cell: dict[str, str], covered: bool) -> None:
        """What lies under a merged cell is not shown to anybody, and not read."""
        columns = range(self.column, self.column + _count(cell, "table:number-columns-repeated"))
        lines = range(self.line, self.line + self.rows)
        self.column = columns.stop
        wide, high = _count(cell, "table:number-columns-spanned"), _count(cell, "table:number-rows-spanned")
        if wide > 1 or high > 1:
            self.found.kinds.merged.append(Range(self.line, self.line + high - 1, columns.start, columns.start + wide - 1))
        if covered or not (self.shown or "office:value-type" in cell or "table:formula" in cell):
            return
        self.found.cells += len(lines) * len(columns)
        refuse_too_large(self.found.cells, lines.stop - 1, columns.stop, self.name)
        self.found.letters += len(self.shown) * len(lines) * len(columns)
        refuse_too_long(self.found.letters, self.name)
        self.found.add(lines, columns, cell, self.shown)


def _count(attributes: dict[str, str], name: str) -> int:
    return max(int(attributes.get(name, "1")), 1)
