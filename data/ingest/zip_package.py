"""Looks inside a workbook that is a zip file before it is trusted: how large it unpacks, and whether it is whole."""

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.parsers import expat

from data.problems import N_, Problem, Refused

MOST_PARTS = 200
LARGEST = 100_000_000
"""Bytes when unpacked."""
STRONGEST_RATIO = 100
"""Unpacked bytes for one packed byte; what people write reaches 20."""

UNZIPPED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
DAMAGED = (*UNZIPPED, expat.ExpatError, KeyError, ValueError, StopIteration)
"""What the readers of zip and XML raise for a damaged file, or one with a password or an unknown compression."""


@contextmanager
def opened(path: Path, name: str) -> Iterator[zipfile.ZipFile]:
    """The package of a workbook. Raises Refused where it, or what is read of it, is damaged."""
    try:
        with zipfile.ZipFile(path) as package:
            yield package
    except DAMAGED:
        raise Refused([not_a_workbook(path, name)]) from None


def refuse_bombs(path: Path, name: str) -> None:
    """Raises Refused for what is no workbook, is cut off, or would unpack to more than a workbook of data can hold."""
    with opened(path, name) as package:
        parts = package.infolist()
        packed, unpacked = sum(part.compress_size for part in parts), sum(part.file_size for part in parts)
        values = {"parts": len(parts), "most": MOST_PARTS, "megabytes": unpacked // 1_000_000}
        if len(parts) > MOST_PARTS:
            raise Refused([Problem("{parts} files inside, more than {most}", "save only the sheet with the data", name, values=values)])
        if unpacked > LARGEST or unpacked > STRONGEST_RATIO * max(packed, 1):
            hint = N_("save only the rows with data, or use .csv")
            raise Refused([Problem("it would unpack to {megabytes} MB", hint, name, values=values)])
        _refuse_lies(path, parts)
        _refuse_entities(package, name)


def _refuse_lies(path: Path, parts: list[zipfile.ZipInfo]) -> None:
    """Raises BadZipFile where a part unpacks to more than it says; other readers would unpack it all."""
    with path.open("rb") as raw:
        for part in parts:
            raw.seek(part.header_offset + 26)
            name_length, extra_length = (int.from_bytes(raw.read(2), "little") for _ in range(2))
            raw.seek(name_length + extra_length, 1)
            packed = raw.read(part.compress_size)
            size = len(packed) if part.compress_type == zipfile.ZIP_STORED else _unpacked(packed, part.file_size + 1)
            if size > part.file_size:
                raise zipfile.BadZipFile(part.filename)


def _unpacked(packed: bytes, most: int) -> int:
    return len(zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, most))


def _refuse_entities(package: zipfile.ZipFile, name: str) -> None:
    for part in package.namelist():
        if part.endswith((".xml", ".rels")) and re.search(rb"<!(DOCTYPE|ENTITY)", package.read(part)):
            raise Refused([Problem("XML entities inside, as no spreadsheet program writes them", "save it again as .xlsx", name)])


def not_a_workbook(path: Path, name: str) -> Problem:
    """What a file is that cannot be read as a workbook."""
    with path.open("rb") as raw:
        head = raw.read(4)
    if head.startswith(b"PK"):
        return Problem("the workbook is damaged, has a password or was cut off in transfer", "fetch or save it again", name)
    if head == b"\xd0\xcf\x11\xe0":
        return Problem("an old .xls workbook, or one with a password", "name it .xls, or save it as .xlsx without a password", name)
    return Problem("not a workbook, whatever its ending says", "if it is a text file, name it .csv", name)


def parse(xml: bytes, start: Callable, end: Callable | None = None, text: Callable | None = None) -> None:
    """Tells of each element of an XML text by its name, with the prefix it may have; raises ExpatError."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    parser.Parse(xml, True)


def local(tag: str) -> str:
    """The name of an element without its prefix: x:row is row."""
    return tag[tag.find(":") + 1 :]
