"""The sheet in which an area types its values away from the panel: what is known is locked, ids and versions are hidden.

It is read back as data.plans.sheet reads that of an area's actions.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from data.plans.sheet.reading import Line, Sheet
from data.plans.sheet.wording import Wording
from data.plans.sheet.writing import LONGEST
from data.problems import N_, Problem
from data.reviews.parts import PARTS

COLUMNS = (
    "key", "indicator", "where", "unit", "period", "last", "value", "numerator", "denominator", "said", "question", "state", "version",
)  # fmt: skip
HIDDEN = ("key", "version")
FILLED = ("value", *PARTS, "said")
WIDTHS = {
    "indicator": 44, "where": 26, "unit": 12, "period": 16, "last": 14, "value": 14, "numerator": 14, "denominator": 14, "said": 44,
    "question": 44, "state": 14,
}  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One value: `key` says which, the texts are in the reader's language. What is `locked` was known already;
    `computed` says whether its indicator's values have a numerator and a denominator, which are locked elsewhere.
    """

    key: str
    version: int
    indicator: str
    where: str
    unit: str
    period: str
    state: str
    last: float | None = None
    value: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    said: str = ""
    question: str = ""
    locked: bool = False
    computed: bool = False

    def free(self, column: str) -> bool:
        """Whether the cell of a column may be filled in."""
        return column in FILLED and not self.locked and (self.computed or column not in PARTS)


def write(rows: Sequence[Row], wording: Wording) -> bytes:
    """The workbook; `wording` has a title for each of COLUMNS."""
    content = BytesIO()
    with Workbook(content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        locked = book.add_format({"text_wrap": True, "valign": "top", "font_color": "#595959", "bg_color": "#F2F2F2"})
        free = book.add_format({"text_wrap": True, "valign": "top", "locked": False})
        sheet = book.add_worksheet(wording.title)
        for at, name in enumerate(COLUMNS):
            sheet.set_column(at, at, WIDTHS.get(name, 8), None, {"hidden": name in HIDDEN})
            sheet.write_string(0, at, wording.titles[name], bold)
        for at, row in enumerate(rows, start=1):
            for column, name in enumerate(COLUMNS):
                _write(sheet, at, column, getattr(row, name), free if row.free(name) else locked)
        sheet.freeze_panes(1, 2)
        sheet.protect("", {"format_cells": True, "format_columns": True, "format_rows": True, "autofilter": True})
        _write_instructions(book.add_worksheet(wording.instructions_title), wording, bold)
    return content.getvalue()


def lines(sheet: Sheet, rows: Mapping[str, Row], problems: list[Problem]) -> Iterator[tuple[Line, Row, int]]:
    """The lines of a sheet that came back that are about a value which may be typed, with it and the version that went out.

    Others are told in `problems`, and so is a value that has two lines. `rows` are the values as they are now, by key.
    """
    seen: dict[str, int] = {}
    for line in sheet.lines:
        row = rows.get(line.cells["key"])
        if row is None:
            hint = N_("remove the row, or download the sheet again and copy your cells over")
            problems.append(_problem(sheet, line, "indicator", N_("this row names no value that is owed here"), hint))
        elif row.key in seen:
            values = {"row": seen[row.key]}
            problems.append(
                _problem(sheet, line, "indicator", N_("this value stands in row {row} too"), N_("keep one of the two rows"), values)
            )
        elif (version := _whole(line.cells["version"])) is None or version > row.version:
            hint = N_("download the sheet again and copy your cells over")
            problems.append(_problem(sheet, line, "version", N_("the hidden column says another version than was sent out"), hint))
        else:
            seen[row.key] = line.number
            yield line, row, version


def _problem(sheet: Sheet, line: Line, column: str, message: str, hint: str, values: Mapping[str, object] | None = None) -> Problem:
    return Problem(message, hint, sheet.file, line.number, sheet.wording.titles[column], values=values or {})


def _write(sheet: Worksheet, row: int, column: int, value: Any, look: Any) -> None:
    if value is None or value == "":
        sheet.write_blank(row, column, None, look)
    elif isinstance(value, str):
        sheet.write_string(row, column, value[:LONGEST], look)
    else:
        sheet.write_number(row, column, value, look)


def _write_instructions(sheet: Worksheet, wording: Wording, bold: Any) -> None:
    sheet.set_column(0, 0, 100)
    sheet.write_string(0, 0, wording.instructions_title, bold)
    for row, sentence in enumerate(wording.instructions, start=1):
        sheet.write_string(row, 0, sentence)
    sheet.protect()


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None
