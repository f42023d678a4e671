"""Writes an OpenDocument workbook (.ods) cell by cell, faults included."""

import io
import zipfile
from collections.abc import Sequence
from datetime import date
from xml.sax.saxutils import escape, quoteattr

SPACES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "calcext": "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
}
HIDDEN = '<style:style style:name="h" style:family="table"><style:table-properties table:display="false"/></style:style>'
MIME = "application/vnd.oasis.opendocument.spreadsheet"

Cell = str | float | bool | date | None
"""A text that begins with < is taken as it stands: a cell in XML."""


def workbook(rows: Sequence[Sequence[Cell]], *, hidden: Sequence[str] = (), before: str = "") -> bytes:
    """A workbook with one sheet of rows, Data, and empty hidden ones; `before` stands before everything, as an entity would."""
    sheets = f'<table:table table:name="Data">{"".join(map(row, rows))}</table:table>'
    sheets += "".join(f'<table:table table:name="{name}" table:style-name="h"/>' for name in hidden)
    return package(sheets, before)


def package(sheets: str, before: str = "") -> bytes:
    """The file around some sheets in XML."""
    spaces = " ".join(f'xmlns:{prefix}="{address}"' for prefix, address in SPACES.items())
    content = f'<?xml version="1.0" encoding="UTF-8"?>{before}<office:document-content {spaces} office:version="1.3">'
    content += f"<office:automatic-styles>{HIDDEN}</office:automatic-styles><office:body><office:spreadsheet>{sheets}"
    content += "</office:spreadsheet></office:body></office:document-content>"
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", MIME, zipfile.ZIP_STORED)
        archive.writestr("content.xml", content)
    return made.getvalue()


def row(cells: Sequence[Cell]) -> str:
    return f"<table:table-row>\n{''.join(map(cell, cells))}</table:table-row>\n"


def cell(value: Cell) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, bool):
        return _typed("boolean", f'office:boolean-value="{str(value).lower()}"', "x")
    if isinstance(value, date):
        return _typed("date", f'office:date-value="{value}"', f"{value:%d/%m/%y}")
    if isinstance(value, str):
        return value if value.startswith("<") else _typed("string", "", escape(value))
    return number(value)


def number(value: float, shown: str = "", kind: str = "float") -> str:
    return _typed(kind, f'office:value="{value}"', shown or str(value).replace(".", ","))


def formula(value: float | None = None, error: str = "") -> str:
    """A formula with its result, with an error, or never computed."""
    made = f"table:formula={quoteattr('of:=1+1')}"
    if error:
        return _typed("string", f'{made} office:string-value="" calcext:value-type="error"', error)
    return f"<table:table-cell {made}/>" if value is None else _typed("float", f'{made} office:value="{value}"', str(value))


def _typed(kind: str, attributes: str, shown: str) -> str:
    return f'<table:table-cell office:value-type="{kind}" {attributes}><text:p>{shown}</text:p></table:table-cell>'
