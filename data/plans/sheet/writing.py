"""The sheet as it goes out: what is known is locked, what is to be filled in has its drop-down, and instructions stand beside it."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from data.plans.comparing import Held, Values
from data.plans.sheet.wording import COLUMNS, LOCKED, Wording
from data.plans.vocabulary import REPORTED

WIDTHS = {"id": 7, "key": 12, "name": 60, "declared": 14, "status": 22, "said": 50, "reason": 40, "version": 8}
LONGEST = 32_767
"""Letters that a cell can hold."""


def write(actions: Sequence[Held], names: Mapping[int, str], wording: Wording) -> bytes:
    """The workbook of some actions; `names` are theirs in the reader's language."""
    content = BytesIO()
    with Workbook(content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        locked = book.add_format({"text_wrap": True, "valign": "top", "font_color": "#595959", "bg_color": "#F2F2F2"})
        text = book.add_format({"text_wrap": True, "valign": "top", "locked": False})
        number = book.add_format({"num_format": "0.##", "valign": "top", "locked": False})
        sheet = book.add_worksheet(wording.title)
        for at, name in enumerate(COLUMNS):
            sheet.set_column(at, at, WIDTHS[name], None, {"hidden": name == "version"})
            sheet.write_string(0, at, wording.titles[name], bold)
        for row, action in enumerate(actions, start=1):
            _write_locked(sheet, row, action, names[action.node], locked)
            _write_filled(sheet, row, action.values, wording, text, number)
        _guide(sheet, len(actions), wording)
        _write_instructions(book.add_worksheet(wording.instructions_title), wording, bold)
    return content.getvalue()


def _write_locked(sheet: Worksheet, row: int, action: Held, name: str, locked: Any) -> None:
    sheet.write_number(row, 0, action.node, locked)
    sheet.write_string(row, 1, action.key[:LONGEST], locked)
    sheet.write_string(row, 2, name[:LONGEST], locked)
    sheet.write_number(row, len(COLUMNS) - 1, action.version, locked)


def _write_filled(sheet: Worksheet, row: int, values: Values, wording: Wording, text: Any, number: Any) -> None:
    first = len(LOCKED)
    if values.declared is None:
        sheet.write_blank(row, first, None, number)
    else:
        sheet.write_number(row, first, values.declared, number)
    said = (wording.statuses[values.status] if values.status else "", values.said or "", values.reason or "")
    for at, cell in enumerate(said, start=first + 1):
        sheet.write_string(row, at, cell[:LONGEST], text) if cell else sheet.write_blank(row, at, None, text)


def _guide(sheet: Worksheet, rows: int, wording: Wording) -> None:
    """What a spreadsheet program helps with: the drop-down, the first row and columns in sight, the locked ones locked."""
    declared, status = len(LOCKED), len(LOCKED) + 1
    if rows:
        told = {"validate": "list", "source": [wording.statuses[status] for status in REPORTED], "error_title": wording.titles["status"]}
        sheet.data_validation(1, status, rows, status, told)
        sheet.data_validation(1, declared, rows, declared, {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 100})
    sheet.freeze_panes(1, len(LOCKED))
    sheet.protect("", {"format_cells": True, "format_columns": True, "format_rows": True, "autofilter": True})


def _write_instructions(sheet: Worksheet, wording: Wording, bold: Any) -> None:
    sheet.set_column(0, 0, 100)
    sheet.write_string(0, 0, wording.instructions_title, bold)
    for row, sentence in enumerate(wording.instructions, start=1):
        sheet.write_string(row, 0, sentence)
    sheet.protect()
