"""Writes an old Excel workbook (.xls, BIFF8) cell by cell, faults included, as no library still does."""

import struct
from collections.abc import Sequence
from dataclasses import dataclass

ERRORS = {"#NULL!": 0x00, "#DIV/0!": 0x07, "#VALUE!": 0x0F, "#REF!": 0x17, "#NAME?": 0x1D, "#NUM!": 0x24, "#N/A": 0x2A}
DAY, PERCENT = 1, 2
"""The cell formats beside the plain one."""


@dataclass(frozen=True)
class Formula:
    """A formula with its stored result; None is an empty text."""

    result: float | str | None


@dataclass(frozen=True)
class Shown:
    """A number with a format: DAY or PERCENT."""

    number: float
    format: int


Cell = str | float | bool | Formula | Shown | None


def workbook(
    rows: Sequence[Sequence[Cell]],
    *,
    name: str = "Data",
    hidden: Sequence[str] = (),
    merged: Sequence[tuple[int, int, int, int]] = (),
    dimensions: tuple[int, int] | None = None,
    password: bool = False,
) -> bytes:
    """A workbook with one sheet of rows, and empty hidden ones; `merged` are first and last row, first and last column, from 0."""
    sheets = [(name, _sheet(rows, merged, dimensions)), *((other, _sheet([], (), None)) for other in hidden)]
    return container("Workbook", _globals(sheets, set(hidden), password))


def container(name: str, content: bytes) -> bytes:
    """A Microsoft compound file that holds one stream."""
    content = content.ljust(4096, b"\0")
    content = content.ljust(-(-len(content) // 512) * 512, b"\0")
    sectors = len(content) // 512
    tables = 1
    while tables * 128 < sectors + 1 + tables:
        tables += 1
    chain = [*range(1, sectors), 0xFFFFFFFE, 0xFFFFFFFE, *[0xFFFFFFFD] * tables]
    table = struct.pack(f"<{len(chain)}I", *chain).ljust(tables * 512, b"\xff")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    head += struct.pack("<IIIIIIIII", 0, tables, sectors, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    places = [sectors + 1 + number for number in range(tables)]
    head += struct.pack("<109I", *places, *[0xFFFFFFFF] * (109 - tables))
    directory = _entry("Root Entry", 5, 0xFFFFFFFE, 0, 1) + _entry(name, 2, 0, len(content), 0xFFFFFFFF)
    return head + content + directory.ljust(512, b"\0") + table


def _entry(name: str, kind: int, start: int, size: int, child: int) -> bytes:
    text = name.encode("utf-16-le").ljust(64, b"\0")
    body = text + struct.pack("<HBBIII", len(name) * 2 + 2, kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
    return body.ljust(116, b"\0") + struct.pack("<IQ", start, size)


def _globals(sheets: list[tuple[str, bytes]], hidden: set[str], password: bool) -> bytes:
    book = _record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 0))
    book += _record(0x2F, b"\0" * 6) if password else b""
    book += _record(0x42, struct.pack("<H", 1200))
    book += _record(0x041E, struct.pack("<HH", 164, 10) + b"\0yyyy-mm-dd")
    for number in (0, 164, 9):
        book += _record(0xE0, struct.pack("<HHH", 0, number, 0).ljust(20, b"\0"))
    bound = [struct.pack("<BB", len(name), 1) + name.encode("utf-16-le") for name, _ in sheets]
    at = len(book) + sum(len(one) + 10 for one in bound) + 4
    for (name, sheet), text in zip(sheets, bound, strict=True):
        book += _record(0x85, struct.pack("<IBB", at, name in hidden, 0) + text)
        at += len(sheet)
    return book + _record(0x0A, b"") + b"".join(sheet for _, sheet in sheets)


def _sheet(rows: Sequence[Sequence[Cell]], merged: Sequence[tuple[int, int, int, int]], dimensions: tuple[int, int] | None) -> bytes:
    height, width = dimensions or (len(rows), max((len(row) for row in rows), default=0))
    body = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x10, 0, 0, 0, 0))
    body += _record(0x0200, struct.pack("<IIHHH", 0, height, 0, width, 0))
    for line, row in enumerate(rows):
        body += b"".join(_cell(line, column, cell) for column, cell in enumerate(row))
    if merged:
        body += _record(0xE5, struct.pack("<H", len(merged)) + b"".join(struct.pack("<HHHH", *one) for one in merged))
    return body + _record(0x0A, b"")


def _cell(row: int, column: int, cell: Cell) -> bytes:
    place = struct.pack("<HHH", row, column, cell.format if isinstance(cell, Shown) else 0)
    if cell is None:
        return b""
    if isinstance(cell, Formula):
        return _record(0x06, place + _result(cell.result) + struct.pack("<HIH", 0, 0, 3) + b"\x1e\x01\x00") + _string(cell.result)
    if isinstance(cell, bool):
        return _record(0x0205, place + bytes([cell, 0]))
    if isinstance(cell, str):
        if cell in ERRORS:
            return _record(0x0205, place + bytes([ERRORS[cell], 1]))
        return _record(0x0204, place + struct.pack("<HB", len(cell), 1) + cell.encode("utf-16-le"))
    number = cell.number if isinstance(cell, Shown) else cell
    if isinstance(number, int) and abs(number) < 2**29:
        return _record(0x027E, place + struct.pack("<i", number << 2 | 2))
    return _record(0x0203, place + struct.pack("<d", number))


def _result(result: float | str | None) -> bytes:
    if isinstance(result, int | float):
        return struct.pack("<d", result)
    kind = 3 if result is None else 2 if result in ERRORS else 0
    return bytes([kind, 0, ERRORS.get(result or "", 0), 0, 0, 0, 0xFF, 0xFF])


def _string(result: float | str | None) -> bytes:
    if not isinstance(result, str) or result in ERRORS:
        return b""
    return _record(0x0207, struct.pack("<HB", len(result), 1) + result.encode("utf-16-le"))


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body
