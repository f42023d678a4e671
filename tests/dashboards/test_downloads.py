"""Downloads: figures stay figures, texts stay texts, and both carry what they are."""

import csv
from datetime import date, datetime
from io import BytesIO, StringIO

import openpyxl
import polars as pl
import pytest

from dashboards import downloads

ABOUT = {"Source": "Town hall", "Facts version": "3"}
PAYLOADS = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://evil.example","press")',
    "=IMPORTXML(1)",
    '=WEBSERVICE("http://evil.example")',
    "+1+1",
    "+cmd|' /C calc'!A0",
    "-1+1",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)",
    "@import",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "=",
    "+",
    "-",
    "@",
    "==1",
    "=DDE(1)",
    "-5",
    "+34 600 000 000",
    "=1;2",
    '="a"&"b"',
]


def read(content: bytes, separator: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig"), newline=""), delimiter=separator))


def book(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(content))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_text_of_a_csv_is_taken_for_a_formula(payload):
    frame = pl.DataFrame({"name": [payload], payload: ["x"]})
    row = read(downloads.csv(frame, {"Source": payload}, "en_GB"))[0]
    assert row["name"] == f"'{payload}"
    assert row["Source"] == f"'{payload}"
    assert all(title[:1] not in "=+-@\t\r\n" for title in row)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_text_of_a_workbook_is_a_formula(payload):
    found = book(downloads.xlsx(pl.DataFrame({payload: [payload]}), {payload: payload}))
    cells = [cell for sheet in found for row in sheet.iter_rows() for cell in row]
    assert [cell.data_type for cell in cells] == ["s"] * 4
    assert not [cell for cell in cells if cell.hyperlink]


@pytest.mark.parametrize(
    ("locale", "separator", "written"),
    [("es_ES", ";", "-1234,5"), ("es_CL", ";", "-1234,5"), ("es_MX", ",", "-1234.5"), ("en_US", ",", "-1234.5")],
)
def test_a_negative_number_stays_a_number_as_the_country_writes_it(locale, separator, written):
    content = downloads.csv(pl.DataFrame({"value": [-1234.5]}), ABOUT, locale)
    assert read(content, separator)[0]["value"] == written


def test_numbers_and_days_of_a_workbook_are_numbers_and_days():
    frame = pl.DataFrame({"value": [-2.5], "count": [3], "day": [date(2026, 6, 30)], "gap": pl.Series([None], dtype=pl.Float64)})
    row = list(book(downloads.xlsx(frame, ABOUT))["Data"].iter_rows())[1]
    assert [cell.data_type for cell in row[:3]] == ["n", "n", "d"]
    assert [cell.value for cell in row] == [-2.5, 3, datetime(2026, 6, 30), None]


def test_a_day_before_the_calendar_of_spreadsheets_is_a_text_in_a_workbook():
    frame = pl.DataFrame({"day": [date(1700, 12, 31), date(1900, 1, 1)]})
    rows = list(book(downloads.xlsx(frame, ABOUT))["Data"].iter_rows(min_row=2))
    assert [(cell.data_type, cell.value) for (cell,) in rows] == [("s", "1700-12-31"), ("d", datetime(1900, 1, 1))]


def test_a_csv_carries_what_it_is_in_its_last_columns():
    rows = read(downloads.csv(pl.DataFrame({"value": [1.0, 2.0]}), ABOUT, "en_GB"))
    assert list(rows[0]) == ["value", "Source", "Facts version"]
    assert [row["Source"] for row in rows] == ["Town hall", "Town hall"]


def test_what_a_csv_is_never_replaces_a_column():
    row = read(downloads.csv(pl.DataFrame({"Source": ["register"]}), ABOUT, "en_GB"))[0]
    assert (row["Source"], row["Source *"]) == ("register", "Town hall")


def test_a_workbook_says_what_it_is_on_a_second_sheet():
    sheet = book(downloads.xlsx(pl.DataFrame({"value": [1.0]}), ABOUT, "Datos", "Acerca de"))["Acerca de"]
    assert list(sheet.iter_rows(values_only=True)) == [("Source", "Town hall"), ("Facts version", "3")]


def test_a_csv_begins_with_the_mark_that_a_spreadsheet_knows_utf_8_by():
    assert downloads.csv(pl.DataFrame({"año": [1]}), {}, "es_ES").startswith(b"\xef\xbb\xbfa\xc3\xb1o")


def test_an_empty_table_still_has_its_headings():
    frame = pl.DataFrame(schema={"name": pl.String, "value": pl.Float64})
    assert downloads.csv(frame, ABOUT, "en_GB").decode("utf-8-sig").strip() == "name,value,Source,Facts version"
    assert [cell.value for cell in next(iter(book(downloads.xlsx(frame, ABOUT))["Data"].iter_rows()))] == ["name", "value"]


def test_a_page_offers_both_formats(app):
    app.run()
    app.query_params["kpi"], app.query_params["language"] = "robberies", "en"
    app.switch_page("pages/goals/goal.py").run()
    assert not app.get("download_button")  # drawn when somebody opens the choice
    app.session_state[downloads.opener("robberies")] = True
    app.run()
    assert [button.proto.label for button in app.get("download_button")] == ["Spreadsheet (XLSX)", "Text (CSV)"]
