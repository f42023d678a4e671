"""Looks inside an Excel workbook before it is trusted: how large it unpacks, and what its cells really hold."""

import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from data.problems import N_, Problem, Refused

MOST_PARTS = 200
LARGEST = 100_000_000
"""Bytes when unpacked."""
STRONGEST_RATIO = 100
"""Unpacked bytes for one packed byte; what people write reaches 20."""

DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
"""What the zip reader raises for a damaged file, or one with a password or an unknown compression."""

Place = tuple[int, str]
"""Line and column name."""


@dataclass
class Cells:
    """What the reader of values does not tell: which cells are numbers, errors, or formulas that were never computed."""

    numbers: dict[Place, float] = field(default_factory=dict)
    errors: dict[Place, str] = field(default_factory=dict)
    uncomputed: list[Place] = field(default_factory=list)


def refuse_bombs(path: Path, name: str) -> None:
    """Raises Refused for what is no workbook, is cut off, or would unpack to more than a workbook of data can hold."""
    try:
        with zipfile.ZipFile(path) as package:
            parts = package.infolist()
            packed, unpacked = sum(part.compress_size for part in parts), sum(part.file_size for part in parts)
            values = {"parts": len(parts), "most": MOST_PARTS, "megabytes": unpacked // 1_000_000}
            if len(parts) > MOST_PARTS:
                raise Refused([Problem("{parts} files inside, more than {most}", "save only the sheet with the data", name, values=values)])
            if unpacked > LARGEST or unpacked > STRONGEST_RATIO * max(packed, 1):
                hint = N_("save only the rows with data, or use .csv")
                raise Refused([Problem("it would unpack to {megabytes} MB", hint, name, values=values)])
            _refuse_entities(package, name)
    except DAMAGED:
        raise Refused([_not_a_workbook(path, name)]) from None


def _refuse_entities(package: zipfile.ZipFile, name: str) -> None:
    for part in package.namelist():
        if part.endswith((".xml", ".rels")) and re.search(rb"<!(DOCTYPE|ENTITY)", package.read(part)):
            raise Refused([Problem("XML entities inside, as no spreadsheet program writes them", "save it again as .xlsx", name)])


def _not_a_workbook(path: Path, name: str) -> Problem:
    with path.open("rb") as raw:
        head = raw.read(4)
    if head.startswith(b"PK"):
        return Problem("the workbook is damaged or was cut off in transfer", "fetch or save it again", name)
    if head == b"\xd0\xcf\x11\xe0":
        return Problem("an old .xls workbook, or one with a password", "save it as .xlsx without a password", name)
    return Problem("not an Excel workbook, whatever its ending says", "if it is a text file, name it .csv", name)


def look(path: Path, name: str, sheet: str, columns: dict[int, str]) -> Cells:
    """The kinds of cells in the wanted columns of a sheet; `columns` maps a column's number, from 0, to its name."""
    watcher = _Watcher(columns)
    try:
        with zipfile.ZipFile(path) as package:
            _parse(package.read(_part(package, sheet)), watcher.start, watcher.end, watcher.text)
    except (*DAMAGED, expat.ExpatError, KeyError, ValueError, StopIteration):
        raise Refused([_not_a_workbook(path, name)]) from None
    return watcher.cells


def _part(package: zipfile.ZipFile, sheet: str) -> str:
    """The file inside the workbook that holds the sheet."""
    book = next((target for kind, target in _links(package, "", "_rels/.rels").values() if kind == "officeDocument"), "xl/workbook.xml")
    ids: dict[str, str] = {}

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == "sheet":
            ids[attributes["name"]] = next(value for key, value in attributes.items() if key.endswith(":id"))

    _parse(package.read(book), start)
    folder, file = posixpath.split(book)
    return _links(package, folder, f"{folder}/_rels/{file}.rels")[ids[sheet]][1]


def _links(package: zipfile.ZipFile, folder: str, part: str) -> dict[str, tuple[str, str]]:
    """The links of a part: id -> (kind, path inside the package)."""
    found: dict[str, tuple[str, str]] = {}

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == "Relationship":
            target = posixpath.normpath(posixpath.join("/", folder, attributes["Target"])).lstrip("/")
            found[attributes["Id"]] = (posixpath.basename(attributes["Type"]), target)

    _parse(package.read(part), start)
    return found


def _parse(xml: bytes, start: Callable, end: Callable | None = None, text: Callable | None = None) -> None:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = lambda tag, attributes: start(tag.rpartition(":")[2], attributes)
    if end and text:
        parser.EndElementHandler = lambda tag: end(tag.rpartition(":")[2])
        parser.CharacterDataHandler = text
    parser.Parse(xml, True)


class _Watcher:
    """Follows the cells of a sheet; a cell or row without an address follows the one before it."""

    def __init__(self, columns: dict[int, str]) -> None:
        self.columns = columns
        self.cells = Cells()
        self.row, self.column = 0, -1
        self.kind, self.value, self.formula = "n", "", False
        self.inside = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "row":
            self.row, self.column = int(attributes.get("r", self.row + 1)), -1
        elif tag == "c":
            address = attributes.get("r")
            self.column = _column(address) if address else self.column + 1
            self.kind, self.value, self.formula = attributes.get("t", "n"), "", False
        elif tag == "f":
            self.formula = True
        elif tag == "v":
            self.inside = True

    def text(self, text: str) -> None:
        if self.inside:
            self.value += text

    def end(self, tag: str) -> None:
        if tag == "v":
            self.inside = False
        elif tag == "c" and self.column in self.columns:
            self._keep((self.row, self.columns[self.column]))

    def _keep(self, place: Place) -> None:
        if self.kind == "e":
            self.cells.errors[place] = self.value
        elif self.formula and not self.value and self.kind != "str":
            self.cells.uncomputed.append(place)
        elif self.kind == "n" and self.value:
            self.cells.numbers[place] = float(self.value)


def _column(address: str) -> int:
    """0 for A7, 27 for AB7."""
    number = 0
    for letter in address.rstrip("0123456789"):
        number = number * 26 + ord(letter) - 64
    return number - 1
