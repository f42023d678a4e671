"""Several columns that say one thing together, an id and its units or a year and a month, are read as if they were one."""

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import xlsxwriter

from data.ingest import plain_csv, read, read_partial
from data.ingest.rows import COLUMNS
from data.problems import Problem, Refused
from tests.counting_town import LONG, definitions

PARTED = {**LONG, "period": ["year", "month"]}
MONTHLY = {"columns": {"period": ["year", "month"], "value": "value"}, "all": {"place": "aurora", "indicator": "waiting_days"}}


def loaded(folder: Path, text: str, source: dict[str, Any], name: str = "june.csv") -> pl.DataFrame:
    known, declared = definitions(folder / "home", source)
    (folder / name).write_text(text, encoding="utf-8")
    return read(folder / name, declared, known, name).rows


def refused(folder: Path, text: str, source: dict[str, Any]) -> list[Problem]:
    with pytest.raises(Refused) as caught:
        loaded(folder, text, source)
    return caught.value.problems


@pytest.mark.parametrize(
    ("columns", "cells", "last"),
    [
        (["year", "month"], ["2025", "4"], date(2025, 4, 30)),
        (["year", "month"], ["2025", "04"], date(2025, 4, 30)),
        (["year", "month"], ["2005", "Ago"], date(2005, 8, 31)),
        (["year", "month"], ["2005", "ago."], date(2005, 8, 31)),
        (["year", "month"], ["2005", "Agosto"], date(2005, 8, 31)),
        (["month", "year"], ["08", "2005"], date(2005, 8, 31)),
        (["month", "year"], ["August", "2005"], date(2005, 8, 31)),
        (["year", "month"], [" 2025 ", " 4 "], date(2025, 4, 30)),
    ],
)
def test_a_year_and_a_month_are_a_period(columns: list[str], cells: list[str], last: date, tmp_path: Path):
    source = {**MONTHLY, "columns": {"period": columns, "value": "value"}}
    rows = loaded(tmp_path, f"{','.join(columns)},value\n{','.join(cells)},5\n", source)
    assert rows.select("period", "value").rows() == [(last, 5)]


@pytest.mark.parametrize(
    ("columns", "cells", "declared"),
    [
        (["year", "month", "day"], "2025,4,3", {}),
        (["day", "month", "year"], "3,abr,2025", {}),
        (["day", "month", "year"], "3,4,2025", {"date_format": "%d/%m/%Y"}),
        (["year", "month", "day"], "25,apr,3", {"date_format": "%y/%b/%d"}),
    ],
)
def test_a_day_in_three_columns_is_a_period(columns: list[str], cells: str, declared: dict[str, str], tmp_path: Path):
    source = {"columns": {"period": columns, "value": "value"}, "all": {"place": "aurora", "indicator": "visitors"}, **declared}
    assert loaded(tmp_path, f"{','.join(columns)},value\n{cells},5\n", source)["period"].item() == date(2025, 4, 3)


def test_an_id_and_its_units_are_an_indicator(tmp_path: Path):
    text = "place,id,units,period,value\naurora,1-1,days,2025-04,5\naurora,1-1,percent,2025,80\naurora,1-2,,2025,90\n"
    names = {"1-1 days": "waiting_days", "1-1 percent": "share_answered", "1-2": "days_of_rain"}
    rows = loaded(tmp_path, text, {"columns": {**LONG, "indicator": ["id", "units"]}, "names": {"indicators": names}})
    assert rows.select("indicator", "value").rows() == [("waiting_days", 5), ("share_answered", 80), ("days_of_rain", 90)]


def test_a_city_and_its_district_are_a_place_and_an_empty_district_is_the_city(tmp_path: Path):
    text = "city,district,period,value\nAurora,Harbour,2025-04,1\nBruma,Harbour,2025-04,2\nBruma,,2025-04,3\n"
    columns = {"place": ["city", "district"], "period": "period", "value": "value"}
    names = {"places": {"Aurora Harbour": "harbour", "Bruma Harbour": "bruma_harbour"}}
    rows = loaded(tmp_path, text, {"columns": columns, "all": {"indicator": "waiting_days"}, "names": names})
    assert rows.select("place", "value").rows() == [("harbour", 1), ("bruma_harbour", 2), ("bruma", 3)]


def test_years_of_a_file_of_months_stand_without_a_month(tmp_path: Path):
    text = "place,indicator,year,month,value\naurora,waiting_days,2025,4,5\naurora,days_of_rain,2025,,90\n"
    rows = loaded(tmp_path, text, {"columns": PARTED})
    assert rows["period"].to_list() == [date(2025, 4, 30), date(2025, 12, 31)]


def test_columns_that_are_joined_are_filled_down_and_left_out_each_by_itself(tmp_path: Path):
    text = "year,month,value\n2025,abr,1\n,may,2\n,Total,3\n"
    rows = loaded(tmp_path, text, {**MONTHLY, "fill_down": ["year"], "leave_out": {"month": ["Total"]}})
    assert rows.select("period", "value").rows() == [(date(2025, 4, 30), 1), (date(2025, 5, 31), 2)]


def test_a_wide_file_may_join_columns_too(tmp_path: Path):
    source = {
        "columns": {"period": ["year", "month"]},
        "all": {"indicator": "waiting_days"},
        "wide": {"places": {"A": "aurora", "B": "bruma"}},
    }
    rows = loaded(tmp_path, "year,month,A,B\n2025,4,1,2\n", source)
    assert rows.select("place", "period", "value").rows() == [("aurora", date(2025, 4, 30), 1), ("bruma", date(2025, 4, 30), 2)]


@pytest.mark.parametrize("ending", ["xlsx", "parquet", "jsonl"])
def test_numbers_that_a_file_keeps_as_such_are_joined_as_texts(ending: str, tmp_path: Path):
    path = tmp_path / f"june.{ending}"
    frame = pl.DataFrame({"year": [2025], "month": [4], "value": [5.0]})
    if ending == "xlsx":
        with xlsxwriter.Workbook(path) as book:
            sheet = book.add_worksheet()
            sheet.write_row(0, 0, frame.columns)
            sheet.write_row(1, 0, frame.row(0))
    elif ending == "parquet":
        frame.write_parquet(path)
    else:
        frame.write_ndjson(path)
    known, source = definitions(tmp_path / "home", MONTHLY)
    assert read(path, source, known).rows.select("period", "value").rows() == [(date(2025, 4, 30), 5)]


# the file, what the source declares, the message, line and column of the problem, words of the cure
FAULTS: list[tuple[str, dict[str, Any], str, int | None, str, str]] = [
    ("year,month,value\n2025,13,5\n", {}, "'2025/13' is not a month", 2, "year + month", "write it as 2025-06"),
    ("year,month,value\n2025,,5\n", {}, "'2025' is not a month", 2, "year + month", "write it as 2025-06"),
    ("year,month,value\n,4,5\n", {}, "'4' is not a month", 2, "year + month", "write it as 2025-06"),
    ("year,month,value\n,,5\n", {}, "no period is given", 2, "year + month", "2025-06"),
    ("year,month,value\n24,Jan,5\n", {}, "24/Jan: is the number a year, or a day?", None, "year + month", "declare `date_format:`"),
    ("year,value\n2025,5\n", {}, "expected columns are not on line 1: month", 1, "month", "the file has: year, value"),
    (
        "year,month,state,city,value\n2025,4,,Total,5\n",
        {"columns": {"period": ["year", "month"], "place": ["state", "city"], "value": "value"}, "all": {"indicator": "waiting_days"}},
        "'Total' is a total, not a place",
        2,
        "state + city",
        "declare the row under `leave_out`",
    ),
    (
        "year,month,id,units,value\n2025,4,,days,5\n",
        {"columns": {"period": ["year", "month"], "indicator": ["id", "units"], "value": "value"}, "all": {"place": "aurora"}},
        "'days' is not a known indicator",
        2,
        "id + units",
        "declare the name under `names`",
    ),
]


@pytest.mark.parametrize(("text", "declared", "message", "line", "column", "cure"), FAULTS, ids=[fault[2] for fault in FAULTS])
def test_what_is_wrong_with_joined_columns_is_said_with_its_cure(
    text: str, declared: dict, message: str, line: int | None, column: str, cure: str, tmp_path: Path
):
    (problem,) = refused(tmp_path, text, MONTHLY | declared)
    told = problem.as_json()
    assert message in str(told["message"])
    assert (problem.path, problem.line, problem.column) == ("june.csv", line, column)
    assert cure in str(told["hint"])


def test_good_rows_are_taken_and_the_refused_one_names_its_columns(tmp_path: Path):
    known, source = definitions(tmp_path / "home", MONTHLY)
    (tmp_path / "june.csv").write_text("year,month,value\n2025,4,5\n2025,never,6\n", encoding="utf-8")
    found = read_partial([(tmp_path / "june.csv", "june.csv")], source, known)
    assert found.observations.rows["period"].to_list() == [date(2025, 4, 30)]
    assert found.refused.select("year", "month", "line", "column").rows() == [("2025", "never", 3, "year + month")]


def test_two_rows_of_one_joined_period_are_the_same_twice(tmp_path: Path):
    (problem,) = refused(tmp_path, "year,month,value\n2025,4,5\n2025,abr,6\n", MONTHLY)
    assert (problem.line, str(problem.as_json()["message"])) == (
        3,
        "aurora, waiting_days, 2025-04-30 is given twice, first on line 2 of june.csv",
    )


def test_a_large_file_with_joined_columns_is_left_to_the_careful_reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(plain_csv, "SMALLEST", 0)
    known, parted = definitions(tmp_path / "parted", {"columns": PARTED})
    _, plain = definitions(tmp_path / "plain", {"columns": LONG})
    first, second = tmp_path / "parted.csv", tmp_path / "plain.csv"
    first.write_text("place,indicator,year,month,value\naurora,waiting_days,2025,4,5\n", encoding="utf-8")
    second.write_text("place,indicator,period,value\naurora,waiting_days,2025-04,5\n", encoding="utf-8")
    assert plain_csv.read([(first, "parted.csv")], parted, known, lambda _: None) is None
    quick = plain_csv.read([(second, "plain.csv")], plain, known, lambda _: None)
    assert quick is not None
    assert read(first, parted, known).rows.select(COLUMNS).rows() == quick.rows()
