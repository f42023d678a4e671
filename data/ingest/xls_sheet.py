"""Reads a sheet of an old Excel workbook (.xls): what its cells show, and what they really hold, [MS-XLS]."""

import struct
from collections.abc import Iterator
from pathlib import Path

from data.ingest.calamine import texts_of
from data.ingest.ole_file import Damaged, stream
from data.ingest.sheet import Kinds, Range, Sheet, refuse_too_large
from data.ingest.zip_package import not_a_workbook
from data.problems import N_, Problem, Refused

LARGEST = 100_000_000
"""Bytes."""
END_OF_PART, BOUND_SHEET, PASSWORD, MERGED, DIMENSIONS, LIST_OF_TEXTS = 0x0A, 0x85, 0x2F, 0xE5, 0x0200, 0xFC
NUMBER, SMALL_NUMBER, SMALL_NUMBERS, FORMULA, TRUTH_OR_ERROR = 0x0203, 0x027E, 0xBD, 0x06, 0x0205
TEXTS = (0xFD, 0x0204, 0xD6)
STARTS = (0x0809, 0x0409, 0x0209, 0x09)
ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}

Record = tuple[int, bytes]


def sheets(path: Path, name: str) -> dict[str, bool]:
    """The names of the sheets, and whether each is hidden. Raises Refused for what is no such workbook."""
    return {sheet: hidden for sheet, (_, hidden) in _bound(_workbook(path, name), path, name).items()}


def read(path: Path, name: str, sheet: str, texts_only: bool = False) -> Sheet:  # noqa: ARG001 (every kind is asked alike)
    """One sheet. Raises Refused where it cannot be read, or is too large."""
    book = _workbook(path, name)
    try:
        bound = _bound(book, path, name)
        _refuse_claims(book, [start for start, _ in bound.values()], name)
        kinds = _kinds(_records(book, bound[sheet][0]), name)
    except (struct.error, IndexError, KeyError):
        raise Refused([not_a_workbook(path, name)]) from None
    text, columns = texts_of(path, name, sheet)
    return Sheet(text, columns, kinds)


def _workbook(path: Path, name: str) -> bytes:
    values = {"most": LARGEST // 1_000_000}
    if path.stat().st_size > LARGEST:
        raise Refused([Problem("larger than {most} MB", "save only the rows with data, or use .csv", name, values=values)])
    raw = path.read_bytes()
    if raw.startswith(b"PK"):
        raise Refused([Problem("a newer workbook than its ending says", "name it .xlsx, or .ods", name)])
    try:
        return stream(raw, ("Workbook", "Book"))
    except Damaged:
        raise Refused([_no_workbook(raw, name)]) from None


def _no_workbook(raw: bytes, name: str) -> Problem:
    if raw.startswith(b"\xd0\xcf\x11\xe0"):
        return Problem("the workbook is damaged or was cut off in transfer", "fetch or save it again", name)
    hint = N_("if it is a text file, name it .csv; a web page must be saved as a workbook")
    return Problem("not a workbook, whatever its ending says", hint, name)


def _records(book: bytes, start: int) -> Iterator[Record]:
    """The records of one part of the workbook; parts inside it, as charts, are passed over."""
    depth = 0
    while True:
        kind, length = struct.unpack_from("<HH", book, start)
        if kind in STARTS:
            depth += 1
        elif kind == END_OF_PART:
            depth -= 1
        if depth == 0:
            return
        if depth == 1:
            yield kind, book[start + 4 : start + 4 + length]
        start += 4 + length


def _bound(book: bytes, path: Path, name: str) -> dict[str, tuple[int, bool]]:
    """Each sheet: where it begins, and whether it is hidden."""
    found: dict[str, tuple[int, bool]] = {}
    try:
        for kind, body in _records(book, 0):
            if kind == PASSWORD:
                raise Refused([Problem("the workbook has a password", "save it without one", name)])
            if kind == BOUND_SHEET and body[5] == 0:
                found[_sheet_name(body)] = struct.unpack_from("<I", body)[0], body[4] & 3 != 0
    except (struct.error, IndexError):
        raise Refused([not_a_workbook(path, name)]) from None
    return found


def _sheet_name(body: bytes) -> str:
    """Newer files say by a byte whether a letter takes one byte or two."""
    length, rest = body[6], body[7:]
    if len(rest) == length:
        return rest.decode("cp1252", "replace")
    return rest[1:].decode("utf-16-le" if rest[0] & 1 else "latin-1", "replace")


def _kinds(records: Iterator[Record], name: str) -> Kinds:
    kinds = Kinds()
    cells = lines = columns = 0
    for kind, body in records:
        if kind == MERGED:
            kinds.merged += [Range(one[0] + 1, one[1] + 1, one[2], one[3]) for one in struct.iter_unpack("<4H", body[2:])]
        elif kind in (NUMBER, SMALL_NUMBER, SMALL_NUMBERS, FORMULA, TRUTH_OR_ERROR, *TEXTS):
            row, column = struct.unpack_from("<HH", body)
            held = _keep(kinds, kind, row + 1, column, body)
            cells, lines, columns = cells + held, max(lines, row + 1), max(columns, column + held)
            refuse_too_large(cells, lines, columns, name)
    return kinds


def _refuse_claims(book: bytes, starts: list[int], name: str) -> None:
    """The reader of values makes room for as many cells and texts as some records say, of every sheet, before it looks."""
    for start in starts:
        for kind, body in _records(book, start):
            if kind == DIMENSIONS:
                first_line, last_line, first_column, last_column = struct.unpack_from("<IIHH" if len(body) >= 14 else "<4H", body)
                refuse_too_large(0, max(first_line, last_line), max(first_column, last_column, 1), name)
                if first_line > last_line or first_column > last_column:
                    raise IndexError("a sheet that ends before it begins")
    for kind, body in _records(book, 0):
        if kind == LIST_OF_TEXTS and struct.unpack_from("<I", body, 4)[0] > len(book):
            raise IndexError("more texts than there is room for")


def _keep(kinds: Kinds, kind: int, line: int, column: int, body: bytes) -> int:
    """Keeps what a record of cells holds; returns how many cells it is about."""
    if kind == NUMBER:
        kinds.add_number(line, column, struct.unpack_from("<d", body, 6)[0])
    elif kind == SMALL_NUMBER:
        kinds.add_number(line, column, _small(body[6:10]))
    elif kind == SMALL_NUMBERS:
        numbers = [_small(body[at + 2 : at + 6]) for at in range(4, len(body) - 7, 6)]
        for place, number in enumerate(numbers, start=column):
            kinds.add_number(line, place, number)
        return len(numbers)
    elif kind == TRUTH_OR_ERROR and body[7]:
        kinds.errors[line, column] = ERRORS.get(body[6], "#ERROR")
    elif kind == FORMULA:
        _keep_formula(kinds, line, column, body[6:14])
    return 1


def _keep_formula(kinds: Kinds, line: int, column: int, result: bytes) -> None:
    """A result is a number, or says by its first byte what it is: 2 an error, 0 and 3 a text."""
    if result[6:8] != b"\xff\xff":
        kinds.add_number(line, column, struct.unpack("<d", result)[0])
    elif result[0] == 2:
        kinds.errors[line, column] = ERRORS.get(result[2], "#ERROR")


def _small(packed: bytes) -> float:
    """A number in four bytes: 30 bits of a whole number or of a float, and whether it counts hundredths."""
    (bits,) = struct.unpack("<i", packed)
    number = float(bits >> 2) if bits & 2 else struct.unpack("<d", b"\0\0\0\0" + struct.pack("<i", bits & ~3))[0]
    return number / 100 if bits & 1 else number
