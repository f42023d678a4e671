"""Rows of cells as a file: a CSV file with its letters, quotes and line ends, or a workbook with its numbers and days."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from data.lasting import flush
from data.plan_files.cells import Row, csv_text
from data.problems import N_, Problem, Refused

CSV = {"kind": "csv", "encoding": "utf-8", "mark": False, "delimiter": ",", "end": "\n"}
"""How a CSV file of ours is written."""
MARKS = {"utf-8-sig": b"\xef\xbb\xbf", "utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}
LONGEST = 32_767
"""Letters of a cell of a workbook."""
DAY = re.compile(r"\d{4}-\d\d-\d\d( \d\d:\d\d:\d\d)?")
NUMBER = re.compile(r"-?\d+(\.\d+)?([eE][-+]?\d+)?")


def write(path: Path, rows: Sequence[Row], layout: Mapping[str, Any]) -> None:
    """Write the file whole, or leave the one that is there; its kind is that of its ending.

    Raises Refused for another ending, and where its folder is not there.
    """
    ending = path.suffix.lower()
    if ending not in (".csv", ".tsv", ".txt", ".xlsx"):
        raise Refused([Problem(N_("{ending} files are not written"), N_("name it .csv or .xlsx"), str(path), values={"ending": ending})])
    if not path.parent.is_dir():
        raise Refused([Problem(N_("there is no such folder"), N_("make it, or name another with --out"), str(path.parent))])
    if layout["kind"] != ("workbook" if ending == ".xlsx" else "csv"):  # what a cell was in another kind of file says nothing here
        rows = [Row(row.line, row.cells) for row in rows]
    part = path.with_name(f".{path.name}.part{ending}")
    try:
        if ending == ".xlsx":
            _workbook(part, rows, layout)
        else:
            part.write_bytes(_bytes(rows, layout if layout["kind"] == "csv" else _csv(ending), path))
        flush(part)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def text_of(rows: Sequence[Row], layout: Mapping[str, Any]) -> bytes:
    """A CSV file: what was not changed is the same byte for byte."""
    lines = [csv_text(row.cells, layout["delimiter"], row) + (layout["end"] if row.end is None else row.end) for row in rows]
    if len(lines) > 1:  # a row that was the last one, without a line break, may have others after it now
        lines[:-1] = [line if line.endswith(("\n", "\r")) else line + layout["end"] for line in lines[:-1]]
    encoding = layout["encoding"]
    mark = MARKS.get(encoding, b"") if layout["mark"] else b""
    return mark + "".join(lines).encode(encoding.removesuffix("-sig"))


def _bytes(rows: Sequence[Row], layout: Mapping[str, Any], path: Path) -> bytes:
    try:
        return text_of(rows, layout)
    except UnicodeEncodeError as error:
        values = {"letter": error.object[error.start], "encoding": layout["encoding"]}
        hint = N_("write it as .xlsx, or in another --format")
        raise Refused(
            [Problem(N_("the letter {letter!r} is not in {encoding}, in which the file came"), hint, str(path), values=values)]
        ) from None


def _csv(ending: str) -> dict[str, Any]:
    return {**CSV, "delimiter": "\t"} if ending == ".tsv" else CSV


def _workbook(path: Path, rows: Sequence[Row], layout: Mapping[str, Any]) -> None:
    told = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    workbook = layout["kind"] == "workbook"
    with xlsxwriter.Workbook(path, told) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        beside, at = layout.get("beside", ()), layout.get("at", 0)
        _beside(book, [sheet for sheet in beside if sheet["at"] < at], day, path)
        own = book.add_worksheet(_free_name(book, layout.get("sheet", "Plan")))
        own.activate()
        _fill(own, rows, day, path, marked=workbook)
        _beside(book, [sheet for sheet in beside if sheet["at"] > at], day, path)


def _beside(book: Any, sheets: Sequence[Mapping[str, Any]], day: Any, path: Path) -> None:
    for told in sheets:
        sheet = book.add_worksheet(_free_name(book, told["sheet"]))
        if told["hidden"]:
            sheet.hide()
        _fill(sheet, [Row(0, tuple(cells), kept) for cells, kept in told["rows"]], day, path, marked=True)


def _free_name(book: Any, name: str) -> str:
    """The name of a sheet, as long as Excel allows; other programs have longer ones, and two may begin alike."""
    used = {sheet.get_name().casefold() for sheet in book.worksheets()}
    names = (name[:31], *(f"{name[:27]} {number}" for number in range(2, 1000)))
    return next(each for each in names if each.casefold() not in used)


def _fill(sheet: Any, rows: Sequence[Row], day: Any, path: Path, *, marked: bool) -> None:
    for number, row in enumerate(rows):
        for column, text in enumerate(row.cells):
            if len(text) > LONGEST:
                hint = N_("write it as .csv")
                raise Refused([Problem(N_("a workbook holds no text of {count} letters"), hint, str(path), number + 1, column + 1,
                                       values={"count": len(text)})])  # fmt: skip
            if text:
                _cell(sheet, number, column, text, day, as_number=marked and row.marked(column))


def _cell(sheet: Any, row: int, column: int, text: str, day: Any, *, as_number: bool) -> None:
    if as_number and DAY.fullmatch(text):
        sheet.write_datetime(row, column, datetime.fromisoformat(text), day)
    elif as_number and NUMBER.fullmatch(text):
        sheet.write_number(row, column, float(text))
    else:
        sheet.write_string(row, column, text)
