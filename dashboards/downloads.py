"""A page's figures as files to take away: a spreadsheet with a sheet that says what they are, and a CSV.

The CSV carries what the figures are in its last columns, the same on every row: the file stays one plain table with one
row of headings, and a row that is copied elsewhere keeps its source.
"""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import polars as pl
import streamlit as st
from babel.numbers import get_decimal_symbol
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from dashboards.session import Session
from dashboards.words import translator

Files = dict[str, tuple[str, str, Callable[[], bytes]]]
"""By their labels: the ending, the media type, and what makes the file."""
About = dict[str, str] | Callable[[], dict[str, str]]
"""What must stand beside the figures when they travel."""
FIRST_YEAR = 1900
"""Spreadsheets know no day before it: an older one is written as text, 1700-12-31."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TAKEN_FOR_A_FORMULA = r"^[=+\-@\t\r\n]"
"""How a text begins that a spreadsheet would run as a formula when it opens a CSV."""


def offer(session: Session, name: str, frame: pl.DataFrame | Callable[[], pl.DataFrame], about: About, more: Files | None = None) -> None:
    """A button that opens the choice of formats. The choice is drawn when it is opened, and a file made when somebody asks for it.

    What takes time comes as a function: a frame, and what it is `about`.
    """
    _ = translator(session.locale)
    label = _("Download")
    choice = st.popover(label, icon=":material/download:", key=opener(name), on_change="rerun")
    if choice.open:
        with choice:
            _choose(session, name, frame, about() if callable(about) else about, more or {})


def opener(name: str) -> str:
    """The key of the button that opens the choice: whether it is open."""
    return f"{name}_download"


def _choose(session: Session, name: str, frame: pl.DataFrame | Callable[[], pl.DataFrame], about: dict[str, str], more: Files) -> None:
    _ = translator(session.locale)
    told = {**about, **always(session)}
    file_name = f"{session.place}-{name}-{session.month}"
    files: Files = {
        _("Spreadsheet (XLSX)"): ("xlsx", XLSX, lambda: xlsx(_made(frame), told, _("Data"), _("About"))),
        _("Text (CSV)"): ("csv", "text/csv", lambda: csv(_made(frame), told, session.locale)),
        **more,
    }
    for label, (ending, kind, build) in files.items():
        st.download_button(label, build, f"{file_name}.{ending}", kind, key=f"{name}_{ending}", on_click="ignore", width="stretch")


def csv(frame: pl.DataFrame, about: dict[str, str], locale: str) -> bytes:
    """UTF-8 with a mark that Excel knows it by; `;` and decimal comma where the country writes a decimal comma."""
    comma = get_decimal_symbol(locale) == ","
    whole = frame.with_columns(pl.lit(said).alias(_unused(term, frame)) for term, said in about.items())
    safe = whole.with_columns(_never_a_formula(column) for column, kind in whole.schema.items() if kind == pl.String)
    safe = safe.rename({column: f"'{column}" for column in safe.columns if column[:1] in tuple("=+-@\t\r\n")})
    return safe.write_csv(separator=";" if comma else ",", decimal_comma=comma, include_bom=True).encode()


def xlsx(frame: pl.DataFrame, about: dict[str, str], data_sheet: str = "Data", about_sheet: str = "About") -> bytes:
    """A workbook of two sheets: the figures, numbers as numbers and texts as texts, and what they are."""
    content = BytesIO()
    with Workbook(content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        sheet = book.add_worksheet(data_sheet)
        for column, title in enumerate(frame.columns):
            sheet.write_string(0, column, title, bold)
        for number, row in enumerate(frame.iter_rows(), start=1):
            for column, value in enumerate(row):
                _write(sheet, number, column, value, day)
        sheet.freeze_panes(1, 0)
        sheet.autofit()
        notes = book.add_worksheet(about_sheet)
        for number, (term, said) in enumerate(about.items()):
            notes.write_string(number, 0, term, bold)
            notes.write_string(number, 1, said)
        notes.autofit()
    return content.getvalue()


def always(session: Session) -> dict[str, str]:
    """What stands beside every download."""
    _ = translator(session.locale)
    return {
        _("City"): session.say(session.definitions.city.name),
        _("Facts version"): str(session.held.version) if session.held else _("none"),
        _("Demo data"): _("yes: an invented city") if session.held and session.held.demo else _("no"),
        _("Downloaded from"): st.context.url or "",
        _("Licence"): _("as the city states it"),
    }


def _made(frame: pl.DataFrame | Callable[[], pl.DataFrame]) -> pl.DataFrame:
    return frame() if callable(frame) else frame


def _unused(term: str, frame: pl.DataFrame) -> str:
    """A heading that no column has yet."""
    return f"{term} *" if term in frame.columns else term


def _never_a_formula(column: str) -> pl.Expr:
    text = pl.col(column)
    return pl.when(text.str.contains(TAKEN_FOR_A_FORMULA)).then(pl.lit("'") + text).otherwise(text).alias(column)


def _write(sheet: Worksheet, row: int, column: int, value: Any, day: Any) -> None:
    if value is None:
        return
    if isinstance(value, bool | str):
        sheet.write_string(row, column, str(value))
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value)
    elif value.year < FIRST_YEAR:
        sheet.write_string(row, column, str(value))
    else:
        sheet.write_datetime(row, column, value, day)
