"""Freshness: the indicator's own limit, and the wait of 30, 60 and 180 days, both by the review day."""

from datetime import date

import pytest

from data.periods import Month
from kpis.quality.freshness import ages, freshness
from tests.quality_town import EAST, TOWN, definitions, indicator, months, periods, series

REVIEW = date(2025, 7, 10)
"""Of June 2025."""

CASES = {
    "June's value at June's review": ("month", "2025-06", {}, 10, 0, "optimal", []),
    "a month behind: the next has ended ten days ago": ("month", "2025-05", {}, 40, 10, "optimal", []),
    "two months behind: out of date, and waited for since May": ("month", "2025-04", {}, 71, 40, "acceptable", ["stale"]),
    "three months behind": ("month", "2025-03", {}, 101, 71, "late", ["stale"]),
    "late, within a long limit of its own": ("month", "2025-03", {"fresh_days": 200}, 101, 71, "late", ["late"]),
    "overdue, within a very long limit of its own": ("month", "2024-11", {"fresh_days": 400}, 222, 191, "overdue", ["late"]),
    "a quarter that ended before the month": ("quarter", "2025-Q1", {}, 101, 10, "optimal", ["stale"]),
    "the quarter that ended with the month": ("quarter", "2025-Q2", {}, 10, 0, "optimal", []),
    "last year's value: a year is not late for being a year": ("year", "2024", {}, 191, 0, "optimal", []),
    "the value of the year before": ("year", "2023", {}, 557, 191, "overdue", ["stale"]),
    "half a year": ("half", "2024-H2", {}, 191, 10, "optimal", ["stale"]),
    "a week": ("week", "2025-W26", {}, 11, 4, "optimal", []),
    "a day": ("day", "2025-06-30", {}, 10, 9, "optimal", []),
    "an old day": ("day", "2025-05-01", {}, 70, 69, "late", ["stale"]),
}


@pytest.mark.parametrize("case", CASES)
def test_age_wait_and_class_by_frequency(case):
    frequency, period, parts, age, waiting, kind, rules = CASES[case]
    known = definitions(indicator(frequency=frequency, **parts))
    rows = series(known, periods({period: 1.0}, frequency))
    found = ages(rows, known, REVIEW).row(0, named=True)
    assert (found["age_days"], found["waiting_days"], found["class"]) == (age, waiting, kind)
    assert [finding.rule for finding in freshness(rows, known, ("lights",), TOWN, REVIEW).findings] == rules


def test_what_is_out_of_date_says_so_in_a_sentence_with_its_numbers():
    known = definitions(indicator())
    (found,) = freshness(series(known, months([1.0], first=Month(2025, 4))), known, (), TOWN, REVIEW).findings
    assert str(found.reason) == "the latest value is of 2025-04: 71 days old at the review, and 45 is the limit"
    assert (found.urgency, found.owner, found.rows[0].value) == ("mend", "works", 1.0)


def test_a_value_that_is_missing_does_not_make_a_series_fresh():
    known = definitions(indicator())
    rows = series(known, periods({"2025-03": 4.0, "2025-06": None}, "month", flag="s/d"))
    assert ages(rows, known, REVIEW)["period"].to_list() == [date(2025, 3, 31)]


def test_a_fiscal_year_is_waited_for_from_its_own_end():
    known = definitions(indicator(frequency="year"))
    rows = series(known, periods({"2022/23": 1.0}, "year", fiscal_year_starts=7))
    assert ages(rows, known, REVIEW)["next"].to_list() == [date(2024, 6, 30)]


def test_an_indicator_without_any_value_is_named_where_it_is_expected_and_only_there():
    known = definitions(indicator(), indicator("trees"))
    rows = series(known, periods({"2025-06": 1.0}, "month", place=EAST))
    assert [finding.indicators for finding in freshness(rows, known, ("lights", "trees"), TOWN, REVIEW).findings] == [("trees",)]
    assert freshness(rows, known, (), EAST, REVIEW).findings == ()
