"""Opens a text file: which letters it is written in, and what only pretends to be a text file."""

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from data.problems import N_, Problem, Refused
from data.sources import Source

BYTE_ORDER_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}

SIGNATURES: dict[bytes, tuple[str, str]] = {
    b"PK\x03\x04": (N_("a zip file or a spreadsheet, not a text file"), N_("name a workbook .xlsx; unpack a zip file first")),
    b"\xd0\xcf\x11\xe0": (N_("an old .xls workbook, not a text file"), N_("save it as .xlsx or .csv")),
    b"\x1f\x8b": (N_("compressed, not a text file"), N_("unpack it first")),
    b"%PDF": (N_("a PDF, not a table"), N_("ask for the table as .csv or .xlsx")),
    b"PAR1": (N_("a Parquet file, not a text file"), N_("name it .parquet")),
}
"""How files begin that are sometimes sent under the wrong name."""

WEB_PAGE = re.compile(rb"\s*<(!doctype|html|head|body|\?xml)", re.IGNORECASE)
CONTROL = bytes(set(range(32)) - set(b"\t\n\r\f"))


@contextmanager
def opened(path: Path, source: Source, name: str) -> Iterator[tuple[io.TextIOWrapper, BinaryIO]]:
    """The file as text with its line ends kept, and the bytes beneath it. Raises Refused where it is no such text."""
    with path.open("rb") as raw:
        head = raw.read(65536)
        _refuse_other_files(head, name)
        raw.seek(0)
        encoding = _encoding(head, source)
        try:
            yield io.TextIOWrapper(raw, encoding=encoding, newline=""), raw
        except UnicodeError:
            raise Refused([_wrong_encoding(path, encoding, name)]) from None


def _encoding(head: bytes, source: Source) -> str:
    """What the byte order mark says comes before what the source declares."""
    return next((encoding for mark, encoding in BYTE_ORDER_MARKS.items() if head.startswith(mark)), source.encoding)


def _refuse_other_files(head: bytes, name: str) -> None:
    if not head.strip():
        raise Refused([Problem("the file is empty", "fetch or export it again", name)])
    for signature, (message, hint) in SIGNATURES.items():
        if head.startswith(signature):
            raise Refused([Problem(message, hint, name)])
    if WEB_PAGE.match(head):
        raise Refused([Problem("a web page, not a table", "fetch the file again: the server sent a page instead, often an error", name)])
    if _is_binary(head):
        raise Refused([Problem("not a text file", "export it as .csv, .xlsx or .parquet", name)])


def _is_binary(head: bytes) -> bool:
    """More than one byte in twenty is a control character; UTF-16 is full of zeros, and its mark says so."""
    controls = len(head) - len(head.translate(None, CONTROL))
    return controls >= 8 and controls > len(head) / 20 and not head.startswith((b"\xff\xfe", b"\xfe\xff"))


def _wrong_encoding(path: Path, encoding: str, name: str) -> Problem:
    declared = encoding.removesuffix("-sig").upper()
    with path.open("rb") as raw:
        for line, text in enumerate(raw if encoding != "utf-16" else [], start=1):
            try:
                text.decode(encoding)
            except UnicodeDecodeError as error:
                likely = "cp1252" if any(0x80 <= byte < 0xA0 for byte in text[error.start :]) else "latin-1"
                values = {"declared": declared, "likely": likely}
                hint = N_("declare `encoding: {likely}`, which it seems to be, or save the file as UTF-8")
                return Problem("not {declared} text", hint, name, line, values=values)
    return Problem("not {declared} text to its end", "export it again, or correct `encoding`", name, values={"declared": declared})
