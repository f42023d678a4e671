"""Reads a sheet of an Excel workbook (.xlsx): what its cells show, and what they really hold."""

import posixpath
import re
import zipfile
from collections import Counter
from pathlib import Path

from data.ingest import zip_package
from data.ingest.calamine import texts_of
from data.ingest.sheet import MOST_LETTERS, Kinds, Range, Sheet, refuse_too_large, refuse_too_long

ADDRESS = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')


def sheets(path: Path, name: str) -> dict[str, bool]:
    """The names of the sheets, and whether each is hidden. Raises Refused for what is no workbook, or is a bomb."""
    zip_package.refuse_bombs(path, name)
    with zip_package.opened(path, name) as package:
        return {sheet: hidden for sheet, (_, hidden) in _book(package)[1].items()}


def read(path: Path, name: str, sheet: str, texts_only: bool = False) -> Sheet:
    """One sheet. Raises Refused where it cannot be read, or is too large."""
    watcher = _Watcher()
    with zip_package.opened(path, name) as package:
        xml = package.read(_part(package, sheet))
        _refuse_too_large(xml, name)
        _refuse_too_long(package, xml, name)
        if not texts_only:
            zip_package.parse(xml, watcher.start, watcher.end, watcher.text)
    text, columns = texts_of(path, name, sheet)
    return Sheet(text, columns, watcher.kinds)


def _refuse_too_large(xml: bytes, name: str) -> None:
    """The reader of values makes room for every cell between the first and the last: look where they are first."""
    cells = len(re.findall(rb"<(?:\w+:)?c[ >/]", xml))
    refuse_too_large(cells, 0, 0, name)
    lines, columns = 0, set()
    for address in ADDRESS.finditer(xml):
        columns.add(address[1])
        lines = max(lines, int(address[2]))
    refuse_too_large(cells, lines, max((_column(letters.decode()) + 1 for letters in columns), default=0), name)


def _refuse_too_long(package: zipfile.ZipFile, xml: bytes, name: str) -> None:
    """Texts stand in a list, and cells name them by their number."""
    lengths = _lengths(package)
    cells = len(re.findall(rb"<(?:\w+:)?c[ >/]", xml))
    if max(lengths, default=0) * cells <= MOST_LETTERS:
        return
    watcher = _Watcher()
    zip_package.parse(xml, watcher.start, watcher.end, watcher.text)
    refuse_too_long(sum(length * watcher.texts[number] for number, length in enumerate(lengths)), name)


def _lengths(package: zipfile.ZipFile) -> list[int]:
    """How long each text of the list is."""
    book, _ = _book(package)
    folder, file = posixpath.split(book)
    links = _links(package, folder, f"{folder}/_rels/{file}.rels").values()
    found: list[int] = []

    def start(tag: str, _attributes: dict[str, str]) -> None:
        if zip_package.local(tag) == "si":
            found.append(0)

    def text(text: str) -> None:
        if found:
            found[-1] += len(text)

    for kind, part in links:
        if kind == "sharedStrings":
            zip_package.parse(package.read(part), start, lambda _: None, text)
    return found


def _part(package: zipfile.ZipFile, sheet: str) -> str:
    """The file inside the workbook that holds the sheet."""
    book, held = _book(package)
    folder, file = posixpath.split(book)
    return _links(package, folder, f"{folder}/_rels/{file}.rels")[held[sheet][0]][1]


def _book(package: zipfile.ZipFile) -> tuple[str, dict[str, tuple[str, bool]]]:
    """The part that lists the sheets, and each sheet's link and whether it is hidden."""
    book = next((target for kind, target in _links(package, "", "_rels/.rels").values() if kind == "officeDocument"), "xl/workbook.xml")
    found: dict[str, tuple[str, bool]] = {}

    def start(tag: str, attributes: dict[str, str]) -> None:
        if zip_package.local(tag) == "sheet":
            link = next(value for key, value in attributes.items() if key.endswith(":id"))
            found[attributes["name"]] = link, attributes.get("state", "visible") != "visible"

    zip_package.parse(package.read(book), start)
    return book, found


def _links(package: zipfile.ZipFile, folder: str, part: str) -> dict[str, tuple[str, str]]:
    """The links of a part: id -> (kind, path inside the package)."""
    found: dict[str, tuple[str, str]] = {}

    def start(tag: str, attributes: dict[str, str]) -> None:
        if zip_package.local(tag) == "Relationship":
            target = posixpath.normpath(posixpath.join("/", folder, attributes["Target"])).lstrip("/")
            found[attributes["Id"]] = (posixpath.basename(attributes["Type"]), target)

    zip_package.parse(package.read(part), start)
    return found


class _Watcher:
    """Follows the cells of a sheet; a cell or row without an address follows the one before it."""

    def __init__(self) -> None:
        self.kinds = Kinds()
        self.row, self.column = 0, -1
        self.kind, self.value, self.formula = "n", "", False
        self.inside = False
        self.texts: Counter[int] = Counter()

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag[tag.find(":") + 1 :]
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
        elif tag == "mergeCell":
            self.kinds.merged.append(_range(attributes["ref"]))

    def text(self, text: str) -> None:
        if self.inside:
            self.value += text

    def end(self, tag: str) -> None:
        tag = tag[tag.find(":") + 1 :]
        if tag == "v":
            self.inside = False
        elif tag == "c":
            self._keep()

    def _keep(self) -> None:
        place = self.row, self.column
        if self.kind == "e":
            self.kinds.errors[place] = self.value
        elif self.formula and not self.value and self.kind != "str":
            self.kinds.uncomputed.append(place)
        elif self.kind == "n" and self.value:
            self.kinds.add_number(*place, float(self.value))
        elif self.kind == "s" and self.value:
            self.texts[int(self.value)] += 1


def _column(address: str) -> int:
    """0 for A7, 27 for AB7."""
    number = 0
    for letter in address.rstrip("0123456789"):
        number = number * 26 + ord(letter) - 64
    return number - 1


def _range(reference: str) -> Range:
    first, _, last = reference.partition(":")
    last = last or first
    lines = [int(address.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) for address in (first, last)]
    return Range(lines[0], lines[1], _column(first), _column(last))
