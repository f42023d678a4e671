"""One fault a file: each is refused with words that say what is wrong, where, and how to mend it."""

from pathlib import Path
from typing import Any

import pytest

from data.ingest import read
from data.problems import Problem, Refused
from tests.conftest import ROOT
from tests.counting_town import LONG, definitions

BROKEN = ROOT / "tests" / "fixtures" / "broken_files"
DOT = {"decimal": "."}
SPACES = {"decimal": ",", "thousands": " "}

# file, what the source declares, words of the message, line, column, words of the cure
FAULTS: list[tuple[str, dict[str, Any], str, int | None, str | int | None, str]] = [
    ("letters_of_windows.csv", {}, "not UTF-8 text", 3, None, "encoding: cp1252"),
    ("letters_of_old_unix.csv", {}, "not UTF-8 text", 3, None, "encoding: latin-1"),
    ("utf16_without_mark.csv", {}, "not a text file", None, None, "encoding: utf-16"),
    ("half_of_utf16.csv", {}, "not UTF-16 text to its end", None, None, "export it again"),
    ("workbook_called.csv", {}, "a spreadsheet, not a text file", None, None, "name a workbook .xlsx"),
    ("pdf_called.csv", {}, "a PDF, not a table", None, None, "ask for the table"),
    ("compressed_called.csv", {}, "compressed, not a text file", None, None, "unpack it"),
    ("login_page.csv", {}, "a web page, not a table", None, None, "fetch the file again"),
    ("nothing.csv", {}, "the file is empty", None, None, "export it again"),
    ("header_alone.csv", {}, "no rows below the header", None, None, "whole file was exported"),
    ("header_below_a_title.csv", {}, "expected columns are not on line 1", 1, None, "header_row: 3"),
    ("semicolons.csv", {}, "expected columns are not on line 1", 1, None, 'delimiter: ";"'),
    ("column_missing.csv", {}, "expected columns are not on line 1: value", 1, "value", "the file has: place, indicator, period, amount"),
    ("column_twice.csv", {}, "two columns are called 'place'", 1, "place", "rename or remove"),
    ("column_without_name.csv", {}, "column 5 has no name", 1, 5, "name it in the header"),
    ("field_too_many.csv", {}, "5 fields instead of 4", 3, 5, "quote text that holds the delimiter"),
    ("field_too_few.csv", {}, "2 fields instead of 4", 3, "period", "as many fields as the header"),
    ("quote_left_open.csv", {}, "quote opened on line 3 is never closed", 3, None, "cut off in transfer"),
    ("quote_then_text.csv", {}, "followed by more text on line 3", 3, None, "close the quote"),
    ("line_break_before_the_fault.csv", {}, "'many' is not a number", 4, "value", "declare it under `nulls`"),
    ("zero_byte.csv", {}, "a NUL byte is not a value", 2, "value", "write the value"),
    ("thousands_or_decimals.csv", {}, "1.250 can be 1250 or 1.250", None, "value", "declare `decimal:`"),
    ("decimal_comma.csv", {}, "1,5 has a comma", None, "value", "declare `decimal: ','`"),
    ("decimal_comma.csv", DOT, "1,5 contradicts the declared", 2, "value", "decimal '.'"),
    ("infinite.csv", {}, "-Infinity is not a value", 2, "value", "leave the cell empty"),
    ("too_many_digits.csv", {}, "beyond what can be stored exactly", 2, "value", "round it"),
    ("percent_sign.csv", {}, "carries a percent sign", 2, "value", 'unit: "%"'),
    ("words_for_numbers.csv", {}, "'twelve' is not a number", 2, "value", "write digits only"),
    ("thousands_apart_by_two.csv", SPACES, "12 34 contradicts the declared", 2, "value", "decimal ','"),
    ("unknown_place.csv", {}, "'Aurorra' is not a known place", 3, "place", "write aurora"),
    ("unknown_indicator.csv", {}, "'waiting_day' is not a known indicator", 2, "indicator", "write waiting_days"),
    ("no_place.csv", {}, "no place is named", 2, "place", "write its id"),
    ("grand_total.csv", {}, "'Total general' is a total, not a place", 3, "place", 'leave_out: {"place": ["Total general"]}'),
    ("name_of_two_places.csv", {}, "the name of several: bruma_harbour, harbour", 2, "place", "write the id"),
    ("day_or_month_first.csv", {}, "03/04/2025: does the day come first", None, "period", "date_format"),
    ("no_such_day.csv", {}, "'2025-02-30': there is no such day", 2, "period", "correct the day"),
    ("no_period.csv", {}, "no period is given", 2, "period", "2025-06"),
    ("quarter_for_a_month.csv", {}, "'2025-Q2' is not a month", 2, "period", "write it as 2025-06"),
    ("day_inside_a_month.csv", {}, "'2025-05-14' is not a month", 2, "period", "write it as 2025-06"),
    ("year_for_a_month.csv", {"date_format": "%Y"}, "'2025' is not a month", 2, "period", "a `date_format` with %m"),
    ("offset_from_utc.csv", {}, "carries an offset from UTC (-05:00)", 2, "period", "without an offset"),
    ("above_the_limit.csv", {}, "100.5 is above the limit of share_answered, 100", 2, "value", "correct the value"),
    ("below_the_limit.csv", {}, "-1 is below the limit of share_answered, 0", 2, "value", "correct the value"),
    ("given_twice.csv", {}, "aurora, waiting_days, 2025-05-31 is given twice, first on line 2", 4, "value", "keep one"),
    ("spreadsheet.ods", {}, "the workbook is damaged, has a password or was cut off", None, None, "fetch or save it again"),
    ("of_last_year.csv", {}, "there is no such file", None, None, "check the name"),
]


def refused(tmp_path: Path, file: str, declared: dict[str, Any]) -> list[Problem]:
    found, source = definitions(tmp_path, {"columns": LONG, **declared})
    with pytest.raises(Refused) as caught:
        read(BROKEN / file, source, found, file)
    return caught.value.problems


@pytest.mark.parametrize(("file", "declared", "words", "line", "column", "cure"), FAULTS, ids=[fault[0] for fault in FAULTS])
def test_a_fault_is_named_with_its_place_and_its_cure(
    file: str, declared: dict, words: str, line: int | None, column: str | int | None, cure: str, tmp_path: Path
) -> None:
    (problem,) = refused(tmp_path, file, declared)
    said = problem.as_json()
    assert words in str(said["message"])
    assert cure in str(said["hint"])
    assert (said["path"], said["line"], said["column"]) == (file, line, column)


def test_every_broken_file_is_in_the_table() -> None:
    assert {path.name for path in BROKEN.iterdir()} == {fault[0] for fault in FAULTS} - {"of_last_year.csv"} | {"several_faults.csv"}


def test_all_faults_of_a_file_are_told_at_once_in_the_order_of_its_lines(tmp_path: Path) -> None:
    problems = refused(tmp_path, "several_faults.csv", {})
    places = [(problem.line, problem.column) for problem in problems]
    assert places == [(2, "place"), (3, "period"), (4, "value"), (5, "period"), (7, "value")]
