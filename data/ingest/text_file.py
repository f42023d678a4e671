"""Opens a text file: which letters it is written in, and what only pretends to be a text file."""

import codecs
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from data.problems import N_, Problem, Refused
from data.sources import Source

BYTE_ORDER_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
LINE_ENDS = ("\n", "\r", '"')
"""How a text file ends whose last line is whole: with a line break, or with a closed quote."""
UTF_32 = (N_("UTF-32 text, which is not read"), N_("save the file as UTF-8"))

SIGNATURES: dict[bytes, tuple[str, str]] = {
    b"PK\x03\x04": (N_("a zip file or a spreadsheet, not a text file"), N_("name a workbook .xlsx; unpack a zip file first")),
    b"\xd0\xcf\x11\xe0": (N_("an old .xls workbook, not a text file"), N_("save it as .xlsx or .csv")),
    b"\x1f\x8b": (N_("compressed, not a text file"), N_("unpack it first")),
    b"%PDF": (N_("a PDF, not a table"), N_("ask for the table as .csv or .xlsx")),
    b"\xff\xfe\x00\x00": UTF_32,
    b"\x00\x00\xfe\xff": UTF_32,
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
        _refuse_other_files(head, source, name)
        raw.seek(0)
        encoding = _encoding(head, source)
        try:
            yield io.TextIOWrapper(raw, encoding=encoding, newline=""), raw
        except UnicodeError:
            raise Refused([_wrong_encoding(path, encoding, name)]) from None


def ends_open(path: Path, source: Source) -> bool:
    """Whether the last line of a text has no line break, as where the end of the file is missing."""
    with path.open("rb") as raw:
        encoding = _encoding(raw.read(65536), source)
        width = 2 if encoding.startswith("utf-16") else 1
        raw.seek(max(raw.seek(0, io.SEEK_END) - width, 0))
        tail = raw.read(width)
    return tail not in [end.encode(_without_mark(path, encoding)) for end in LINE_ENDS]


def _without_mark(path: Path, encoding: str) -> str:
    if encoding != "utf-16":
        return encoding.removesuffix("-sig")
    with path.open("rb") as raw:
        return "utf-16-be" if raw.read(2) == b"\xfe\xff" else "utf-16-le"


def _encoding(head: bytes, source: Source) -> str:
    """What the byte order mark says comes before what the source declares; UTF-16 without one shows by where its zeros are."""
    marked = next((encoding for mark, encoding in BYTE_ORDER_MARKS.items() if head.startswith(mark)), None)
    return marked or ((_utf_16_without_mark(head) or source.encoding) if source.encoding == "utf-16" else source.encoding)


def _utf_16_without_mark(head: bytes) -> str | None:
    """Every other byte of most texts in UTF-16 is zero."""
    odd, even = head[1::2].count(0), head[::2].count(0)
    if max(odd, even) < len(head) / 8:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _refuse_other_files(head: bytes, source: Source, name: str) -> None:
    if not head.strip():
        raise Refused([Problem("the file is empty", "fetch or export it again", name)])
    for signature, (message, hint) in SIGNATURES.items():
        if head.startswith(signature):
            raise Refused([Problem(message, hint, name)])
    if WEB_PAGE.match(head):
        raise Refused([Problem("a web page, not a table", "fetch the file again: the server sent a page instead, often an error", name)])
    if not head.startswith(tuple(BYTE_ORDER_MARKS)):
        _refuse_other_letters(head, source, name)


def _refuse_other_letters(head: bytes, source: Source, name: str) -> None:
    """What would be read without an error, and wrongly, by the declared encoding."""
    declared = source.encoding.upper()
    if _is_binary(head) and not (source.encoding == "utf-16" and _utf_16_without_mark(head)):
        hint = N_("export it as .csv, .xlsx or .parquet")
        raise Refused([Problem("not a text file", _utf_16_hint(head) or hint, name)])
    if source.encoding == "utf-16" and not _utf_16_without_mark(head):
        raise Refused([Problem("not {declared} text", "correct `encoding`: utf-8, cp1252 or latin-1", name, values={"declared": declared})])
    if source.encoding in ("latin-1", "cp1252") and _is_utf_8(head):
        raise Refused([Problem("UTF-8 text, not {declared}", "declare `encoding: utf-8`", name, values={"declared": declared})])


def _is_binary(head: bytes) -> bool:
    """More than one byte in twenty is a control character."""
    controls = len(head) - len(head.translate(None, CONTROL))
    return controls >= 8 and controls > len(head) / 20


def _utf_16_hint(head: bytes) -> str:
    return N_("declare `encoding: utf-16`, which it seems to be, or export it as UTF-8") if _utf_16_without_mark(head) else ""


def _is_utf_8(head: bytes) -> bool:
    """Letters beyond ASCII that make sense in UTF-8 do so by chance in no text of another encoding."""
    try:
        text = codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return not text.isascii()


def _wrong_encoding(path: Path, encoding: str, name: str) -> Problem:
    declared = "UTF-16" if encoding.startswith("utf-16") else encoding.removesuffix("-sig").upper()
    with path.open("rb") as raw:
        for line, text in enumerate([] if encoding.startswith("utf-16") else raw, start=1):
            try:
                text.decode(encoding)
            except UnicodeDecodeError as error:
                likely = "cp1252" if any(0x80 <= byte < 0xA0 for byte in text[error.start :]) else "latin-1"
                values = {"declared": declared, "likely": likely}
                hint = N_("declare `encoding: {likely}`, which it seems to be, or save the file as UTF-8")
                return Problem("not {declared} text", hint, name, line, values=values)
    return Problem("not {declared} text to its end", "export it again, or correct `encoding`", name, values={"declared": declared})
