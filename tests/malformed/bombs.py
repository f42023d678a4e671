"""Bombs and ruins: small files that would fill a machine, and workbooks whose parts are missing or lie."""

import io
import struct
import zipfile

from tests.malformed import ods, xls, xlsx
from tests.malformed.case import HEADER, Case, refuse

TABLE = [["place", "period", "value"], ["aurora", "2025-04", 1]]
MANY = '<table:table-cell table:number-columns-repeated="16384" office:value-type="float" office:value="1"/>'
ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))


def bombs() -> list[Case]:
    """Files that grow when they are opened."""
    return [
        refuse("ratio.xlsx", "sixty megabytes of cells in a hundred kilobytes", _four_million_cells, "it would unpack to", heavy=True),
        refuse("size.xlsx", "more than a hundred megabytes", _stored, "it would unpack to", heavy=True),
        refuse("parts.xlsx", "a thousand parts", _thousand_parts, "files inside, more than 200", heavy=True),
        refuse("lying.xlsx", "a part that unpacks to more than it says", _lying, "damaged", heavy=True),
        refuse("entities.xlsx", "a billion laughs", _entities, "XML entities", heavy=True),
        refuse(
            "entities.ods", "a billion laughs", lambda: ods.workbook(TABLE, before=f"<!DOCTYPE x [{ENTITIES}]>"), "XML entities", heavy=True
        ),
        refuse("far.xlsx", "a cell at the end of the sheet", lambda: _one_cell(b"XFD1048576"), "lie as far apart", heavy=True),
        refuse("beyond.xlsx", "a cell beyond the sheet", lambda: _one_cell(b"ZZZ9999999"), "lie as far apart", heavy=True),
        refuse(
            "far.xls",
            "a sheet that says it is full",
            lambda: xls.workbook(TABLE, dimensions=(0xFFFFFFF, 256)),
            "lie as far apart",
            heavy=True,
        ),
        refuse(
            "columns.ods",
            "a row of cells, repeated a million times",
            lambda: ods.package(_sheet(f'<table:table-row table:number-rows-repeated="1048576">{MANY}</table:table-row>')),
            "cells, more than",
            heavy=True,
        ),
        refuse(
            "rows.ods",
            "a cell repeated a billion times",
            lambda: ods.package(_sheet(f'<table:table-row table:number-rows-repeated="999999999">{ods.number(1)}</table:table-row>')),
            "cells, more than",
            heavy=True,
        ),
        refuse(
            "far.ods",
            "a cell after a billion empty ones",
            lambda: ods.package(_sheet('<table:table-row table:number-rows-repeated="999999999"/>' + ods.row([1.5]))),
            "lie as far apart",
            heavy=True,
        ),
        refuse("one_text.xlsx", "a long text in a hundred thousand cells", _one_text, "texts are", "MB long", heavy=True),
        refuse("one_text.ods", "a long text in a hundred thousand cells", _one_text_repeated, "texts are", "MB long", heavy=True),
        refuse("circle.xls", "sectors that go round in a circle", _circle, "damaged", heavy=True),
        refuse(
            "field.csv",
            "a field of fifty megabytes",
            lambda: (HEADER + "aurora,2025-04,1\n" + '"' + "x" * 50_000_000).encode(),
            "longer than 1000000",
            heavy=True,
        ),
        refuse("line.csv", "a header of fifty megabytes", lambda: b"a" * 50_000_000, "longer than 1000000", heavy=True),
        refuse("columns.csv", "a million columns", lambda: b"a," * 1_000_000 + b"\n", "columns are too many", heavy=True),
        refuse(
            "line.jsonl",
            "an object of fifty megabytes",
            lambda: b'{"place": "' + b"x" * 50_000_000 + b'"}',
            "longer than 1000000",
            heavy=True,
        ),
        refuse(
            "every_row.csv",
            "two hundred thousand faults",
            lambda: (HEADER + "nowhere,2025-13,x\n" * 200_000).encode(),
            "not a known place",
            heavy=True,
        ),
        refuse(
            "ragged.csv",
            "two hundred thousand rows too short",
            lambda: (HEADER + "aurora\n" * 200_000).encode(),
            "1 fields instead of 3",
            heavy=True,
        ),
    ]


def ruins() -> list[Case]:
    """Workbooks that are cut off, shuffled, or lack a part."""
    whole = {"xlsx": xlsx.workbook(TABLE), "xls": xls.workbook(TABLE), "ods": ods.workbook(TABLE)}
    cut = [refuse(f"cut.{kind}", "cut in half", content[: len(content) // 2], "damaged") for kind, content in whole.items()]
    without = {"sheet": xlsx.SHEET, "book": "xl/workbook.xml", "links": "xl/_rels/workbook.xml.rels"}
    return [
        *cut,
        *(refuse(f"without_{name}.xlsx", f"{part} is missing", _without(part), "damaged") for name, part in without.items()),
        refuse("empty_sheet.xlsx", "a sheet without a cell", xlsx.workbook([]), "expected columns"),
        refuse("open_tag.xlsx", "XML that does not end", xlsx.sheet_changed(whole["xlsx"], b"</sheetData>", b""), "damaged"),
        refuse("bad_number.xlsx", "a number that is none", xlsx.sheet_changed(whole["xlsx"], b"<v>1</v>", b"<v>one</v>"), "damaged"),
        refuse(
            "bad_string.xlsx", "a text that is not in the list", xlsx.sheet_changed(whole["xlsx"], b"<v>3</v>", b"<v>333</v>"), "workbook"
        ),
        refuse("password.xls", "a password", xls.workbook(TABLE, password=True), "has a password"),
        refuse("password.xlsx", "a password makes another file of it", xls.container("EncryptedPackage", b"x" * 5000), "with a password"),
        refuse("no_book.xls", "a document of another program", xls.container("WordDocument", b"x" * 5000), "damaged"),
        refuse("no_content.ods", "no content", _zipped({"mimetype": b"x"}), "damaged"),
        refuse("only_zip.xlsx", "a zip file with something else", _zipped({"a.txt": b"x"}), "damaged"),
        refuse("records.xls", "a record longer than the file", _long_record(whole["xls"]), "workbook"),
        refuse("no_sheet.ods", "no sheet", ods.package(""), "without a sheet"),
    ]


def _sheet(rows: str) -> str:
    return f'<table:table table:name="Data">{rows}</table:table>'


def _four_million_cells() -> bytes:
    row = b"<row>" + b"<c><v>1</v></c>" * 400 + b"</row>"
    return xlsx.sheet_changed(xlsx.workbook(TABLE), b"<sheetData>", b"<sheetData>" + row * 10_000)


def _stored() -> bytes:
    """A hundred megabytes that are not packed at all."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as package:
        package.writestr("xl/media/picture", b"x" * 101_000_000)
    return made.getvalue()


def _thousand_parts() -> bytes:
    return _zipped({f"part{number}.xml": b"<x/>" for number in range(1000)})


def _lying() -> bytes:
    """The sheet unpacks to two hundred megabytes; every entry says that it is a hundred bytes long."""
    made = bytearray(_zipped({"xl/worksheets/sheet1.xml": b"<" + b" " * 200_000_000}))
    size = struct.pack("<I", 200_000_001)
    at = made.find(size)
    while at >= 0:
        made[at : at + 4] = struct.pack("<I", 100)
        at = made.find(size, at)
    return bytes(made)


def _entities() -> bytes:
    head = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return xlsx.sheet_changed(xlsx.workbook(TABLE), head, head + f"<!DOCTYPE x [{ENTITIES}]>".encode())


def _one_cell(address: bytes) -> bytes:
    far = b'<row><c r="' + address + b'"><v>1</v></c></row></sheetData>'
    return xlsx.sheet_changed(xlsx.workbook(TABLE), b"</sheetData>", far)


def _one_text() -> bytes:
    """A list of one text of a megabyte, some of it noise so that it does not pack too well, and cells that name it."""
    noise = b"".join(b"<si><t>%d</t></si>" % (number * 7919 % 1_000_003) for number in range(60_000))
    many = b"<row>" + b'<c t="s"><v>0</v></c>' * 100 + b"</row>"

    def change(part: str, content: bytes) -> bytes:
        if part == "xl/sharedStrings.xml":
            return content.replace(b"<t>place</t>", b"<t>" + b"x" * 1_000_000 + b"</t>").replace(b"</sst>", noise + b"</sst>")
        return content.replace(b"</sheetData>", many * 1000 + b"</sheetData>") if part == xlsx.SHEET else content

    return xlsx.changed(xlsx.workbook(TABLE), change)


def _one_text_repeated() -> bytes:
    noise = "".join(ods.row([number * 7919 % 1_000_003]) for number in range(5000))
    cell = f'<table:table-cell table:number-columns-repeated="100"><text:p>{"x" * 100_000}</text:p></table:table-cell>'
    return ods.package(_sheet(f'<table:table-row table:number-rows-repeated="1000">{cell}</table:table-row>{noise}'))


def _circle() -> bytes:
    made = bytearray(xls.workbook(TABLE))
    table = len(made) - 512
    made[table : table + 4] = struct.pack("<I", 0)
    return bytes(made)


def _without(part: str) -> bytes:
    return xlsx.changed(xlsx.workbook(TABLE), lambda name, content: None if name == part else content)


def _zipped(parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return made.getvalue()


def _long_record(book: bytes) -> bytes:
    at = book.find(b"\x04\x02", 512)
    return book[: at + 2] + b"\xff\xff" + book[at + 4 :]


CLASSES = {"bombs": bombs, "ruins of workbooks": ruins}
