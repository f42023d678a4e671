"""Files as cities write them: each is read into the values a person would read in it."""

import io
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import xlsxwriter

from data.ingest import read
from data.problems import Refused
from tests.conftest import ROOT
from tests.counting_town import LONG, definitions

GOOD = ROOT / "tests" / "fixtures" / "good_files"
APRIL, MAY = date(2025, 4, 30), date(2025, 5, 31)
DAYS = {"place": "aurora", "indicator": "waiting_days"}

Row = tuple[str, date, float | None]

# file, what the source declares, (place, period, value) of each row
FILES: list[tuple[str, dict[str, Any], list[Row]]] = [
    ("long.csv", {"columns": LONG}, [("aurora", APRIL, 1.5), ("bruma", APRIL, 2)]),
    (
        "decimal_comma.csv",
        {
            "delimiter": ";",
            "thousands": ".",
            "columns": {"place": "lugar", "period": "mes", "value": "valor"},
            "all": {"indicator": "waiting_days"},
        },
        [("aurora", APRIL, 1234.5), ("bruma", APRIL, -0.25)],
    ),
    ("byte_order_mark.csv", {"columns": LONG}, [("aurora", APRIL, 7)]),
    ("utf16.csv", {"columns": LONG}, [("aurora", APRIL, 7)]),
    ("names_in_any_language.csv", {"columns": LONG}, [("aurora", APRIL, 1), ("centre", APRIL, 2)]),
    ("trailing_separators.csv", {"columns": LONG}, [("aurora", APRIL, 1)]),
    (
        "wide_by_period.csv",
        {
            "columns": {"place": "place"},
            "all": {"indicator": "waiting_days"},
            "wide": {"periods": {"April": "2025-04", "May": "2025-05"}},
        },
        [("aurora", APRIL, 1), ("aurora", MAY, 2), ("bruma", APRIL, 3), ("bruma", MAY, None)],
    ),
    (
        "wide_by_indicator.csv",
        {
            "fiscal_year_starts": 7,
            "columns": {"period": "period"},
            "all": {"place": "aurora"},
            "wide": {"indicators": {"Days": "days_of_rain", "Answered": "share_answered"}},
        },
        [
            ("aurora", date(2024, 6, 30), 10),
            ("aurora", date(2024, 6, 30), 81.5),
            ("aurora", date(2025, 6, 30), 9),
            ("aurora", date(2025, 6, 30), 83),
        ],
    ),
    (
        "wide_by_place.csv",
        {
            "columns": {"period": "period"},
            "all": {"indicator": "waiting_days"},
            "wide": {"places": {"Aurora city": "aurora", "Bruma city": "bruma"}},
        },
        [("aurora", APRIL, 1), ("bruma", APRIL, 2), ("aurora", MAY, 3), ("bruma", MAY, 4)],
    ),
    (
        "slashed_days.csv",
        {"date_format": "%d/%m/%Y", "columns": {"period": "day", "value": "value"}, "all": {"place": "aurora", "indicator": "visitors"}},
        [("aurora", date(2025, 4, 3), 1), ("aurora", date(2025, 4, 4), 2)],
    ),
    (
        "spaced_thousands.csv",
        {"thousands": " ", "columns": {"place": "place", "value": "value"}, "all": {"indicator": "waiting_days", "period": "2025-04"}},
        [("aurora", APRIL, 1234567), ("bruma", APRIL, 12)],
    ),
    (
        "yes_and_no.csv",
        {
            "true": ["sí"],
            "false": ["no"],
            "columns": {"place": "place", "value": "value"},
            "all": {"indicator": "waiting_days", "period": "2025-04"},
        },
        [("aurora", APRIL, 1), ("bruma", APRIL, 0)],
    ),
]


def rows_of(file: Path, declared: dict[str, Any], home: Path) -> pl.DataFrame:
    found, source = definitions(home, declared)
    return read(file, source, found, file.name).rows


@pytest.mark.parametrize(("file", "declared", "expected"), FILES, ids=[file[0] for file in FILES])
def test_a_file_is_read_into_its_values(file: str, declared: dict, expected: list[Row], tmp_path: Path) -> None:
    rows = rows_of(GOOD / file, declared, tmp_path)
    assert rows.select("place", "period", "value").rows() == expected


def test_a_missing_value_keeps_its_reason(tmp_path: Path) -> None:
    rows = rows_of(GOOD / "missing_with_reason.csv", {"columns": LONG, "nulls": ["<5", "-999"]}, tmp_path)
    assert rows.select("value", "flag").rows() == [(None, "empty"), (None, "<5"), (None, "-999")]


def test_segments_are_kept_as_written(tmp_path: Path) -> None:
    declared = {
        "columns": {"place": "place", "segment": "who", "value": "value"},
        "all": {"indicator": "waiting_days", "period": "2025-04"},
    }
    rows = rows_of(GOOD / "segments_with_line_breaks.csv", declared, tmp_path)
    assert rows.select("segment", "value").rows() == [("women\nunder 30", 3), ("men", 4), ("", 7)]


def test_a_ratio_brings_its_parts(tmp_path: Path) -> None:
    columns = {"place": "place", "period": "period", "value": "value", "numerator": "part", "denominator": "whole"}
    rows = rows_of(GOOD / "shares.csv", {"unit": "%", "columns": columns, "all": {"indicator": "share_answered"}}, tmp_path)
    assert rows.select("value", "numerator", "denominator").rows() == [(50, 1, 2), (75, 3, 4)]


@pytest.mark.parametrize("text", ["0.1", "58.7633333333333", "69.65094757080078", "-0.0000001", "1e-3", "9007199254740992", "123456.789"])
def test_a_number_is_the_nearest_that_can_be_stored(text: str, tmp_path: Path) -> None:
    file = one_row(tmp_path, f"aurora,waiting_days,2025-04,{text}")
    assert rows_of(file, {"columns": LONG, "decimal": "."}, tmp_path / "home")["value"][0] == float(text)


def one_row(folder: Path, row: str) -> Path:
    file = folder / "one.csv"
    file.write_text(f"place,indicator,period,value\n{row}\n", encoding="utf-8")
    return file


def test_an_id_is_its_own_place_though_another_has_it_for_a_name(tmp_path: Path) -> None:
    file = one_row(tmp_path, "harbour,waiting_days,2025-04,1")
    assert rows_of(file, {"columns": LONG}, tmp_path / "home")["place"].to_list() == ["harbour"]


def test_a_period_of_the_source_that_is_wrong_is_told_once(tmp_path: Path) -> None:
    declared = {"columns": {"place": "place", "value": "value"}, "all": {"indicator": "waiting_days", "period": 2025}}
    with pytest.raises(Refused) as caught:
        rows_of(GOOD / "yes_and_no.csv", {**declared, "true": ["sí"], "false": ["no"]}, tmp_path)
    assert [(problem.line, problem.as_json()["message"]) for problem in caught.value.problems] == [(None, "'2025' is not a month")]


@pytest.mark.parametrize("text", ["1e-400", "0.99999999999999999999999999999999999", "123456789012345678", "٣", "1_000", "0x10"])
def test_what_would_come_back_as_another_number_is_refused(text: str, tmp_path: Path) -> None:
    with pytest.raises(Refused):
        rows_of(one_row(tmp_path, f"aurora,waiting_days,2025-04,{text}"), {"columns": LONG, "decimal": "."}, tmp_path / "home")


def workbook(file: Path, *rows: list[Any]) -> Path:
    """A workbook whose third row is the header, one column in."""
    with xlsxwriter.Workbook(file, {"default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet("Months")
        for line, row in enumerate([list(LONG), *rows], start=2):
            for column, cell in enumerate(row, start=1):
                sheet.write(line, column, cell)
    return file


THIRD_ROW = {"columns": LONG, "header_row": 3, "decimal": ",", "thousands": "."}


def test_a_workbooks_own_numbers_and_days_need_no_declaration(tmp_path: Path) -> None:
    file = workbook(
        tmp_path / "june.xlsx",
        ["aurora", "waiting_days", datetime(2025, 4, 30), 1234.5678],
        ["bruma", "waiting_days", "2025-04", "1.234,5"],
        ["centre", "waiting_days", "2025-04", None],
        ["aurora", "share_answered", 2025, 81.125],
    )
    rows = rows_of(file, THIRD_ROW, tmp_path / "home")
    assert rows["value"].to_list() == [1234.5678, 1234.5, None, 81.125]
    assert rows["period"].to_list() == [APRIL, APRIL, APRIL, date(2025, 12, 31)]


def test_faults_of_a_workbook_name_its_rows(tmp_path: Path) -> None:
    file = workbook(tmp_path / "june.xlsx", ["aurora", "waiting_days", "2025-04", 1], ["bruma", "waiting_days", "2025-04", "many"])
    with pytest.raises(Refused) as caught:
        rows_of(file, THIRD_ROW, tmp_path / "home")
    assert [(problem.line, problem.column) for problem in caught.value.problems] == [(5, "value")]


def test_a_formula_needs_a_stored_result_and_an_error_is_no_value(tmp_path: Path) -> None:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, list(LONG))
        formulas: list[tuple[str, str, Any]] = [("aurora", "=1+1", 2), ("bruma", "=1+2", 4711), ("centre", "=1/0", "#DIV/0!")]
        for line, (place, formula, result) in enumerate(formulas, start=1):
            sheet.write_row(line, 0, [place, "waiting_days", "2025-04"])
            sheet.write_formula(line, 3, formula, None, result)
    file = tmp_path / "formulas.xlsx"
    with zipfile.ZipFile(made) as before, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as after:
        for part in before.namelist():
            # xlsxwriter always stores a result: take one out again.
            after.writestr(part, before.read(part).replace(b"<v>4711</v>", b"<v></v>"))
    with pytest.raises(Refused) as caught:
        rows_of(file, {"columns": LONG}, tmp_path / "home")
    said = [(problem.line, str(problem.as_json()["message"])) for problem in caught.value.problems]
    assert said == [(3, "a formula without a stored result"), (4, "#DIV/0! is an error of the spreadsheet, not a value")]


def parquet(file: Path, **columns: Any) -> Path:
    pl.DataFrame(columns).write_parquet(file)
    return file


def test_a_parquet_file_keeps_its_types(tmp_path: Path) -> None:
    file = parquet(
        tmp_path / "may.parquet",
        place=["aurora", "bruma"],
        indicator=["visitors", "visitors"],
        period=[date(2025, 5, 1), date(2025, 5, 2)],
        value=[0.1 + 0.2, None],
    )
    rows = rows_of(file, {"columns": LONG, "decimal": ",", "date_format": "%d/%m/%Y"}, tmp_path / "home")
    assert rows.select("period", "value", "flag").rows() == [(date(2025, 5, 1), 0.1 + 0.2, None), (date(2025, 5, 2), None, "empty")]


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 2**53 + 1])
def test_a_parquet_number_that_is_no_value_is_refused(value: float, tmp_path: Path) -> None:
    file = parquet(tmp_path / "may.parquet", place=["aurora"], indicator=["waiting_days"], period=["2025-04"], value=[value])
    with pytest.raises(Refused) as caught:
        rows_of(file, {"columns": LONG}, tmp_path / "home")
    assert [(problem.line, problem.column) for problem in caught.value.problems] == [(1, "value")]


def test_brotli_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "may.parquet"
    pl.DataFrame({column: ["x"] for column in LONG}).write_parquet(file, compression="brotli")
    with pytest.raises(Refused, match="Brotli"):
        rows_of(file, {"columns": LONG}, tmp_path / "home")


def test_a_text_file_is_no_parquet_file(tmp_path: Path) -> None:
    file = tmp_path / "may.parquet"
    file.write_text("place,value\naurora,1\n", encoding="utf-8")
    with pytest.raises(Refused, match="not a readable Parquet file"):
        rows_of(file, {"columns": LONG}, tmp_path / "home")
