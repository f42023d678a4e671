"""Gaps: what nobody sent, and what is missing with a reason, counted apart."""

from datetime import date

import pytest

from data.periods import Frequency
from kpis.quality.gaps import gaps
from tests.quality_town import days, definitions, indicator, months, periods, series

V = 1.0


def found(rows, frequency: Frequency = "month"):
    known = definitions(indicator(frequency=frequency))
    return gaps(series(known, rows), known).findings


def test_a_whole_series_has_no_gap():
    assert found(months([V] * 30)) == ()


def test_periods_without_a_row_and_rows_without_a_reason_are_missing_and_reasons_are_counted_apart():
    flags = [None, "", None, "broken", None, None]
    rows = periods({"2025-01": V, "2025-02": None, "2025-05": V, "2025-06": None, "2025-07": V, "2025-08": V}, "month", flag=flags)
    (gap,) = found(rows)
    assert str(gap.reason) == "3 of 8 periods from 2025-01 to 2025-08 have no value, and nobody said why"
    assert (gap.rule, gap.urgency) == ("missing", "mend")
    assert [(row.period, row.until, row.note) for row in gap.rows] == [
        (date(2025, 2, 28), None, ""),
        (date(2025, 3, 31), date(2025, 4, 30), ""),
        (date(2025, 6, 30), None, "broken"),
    ]


def test_a_gap_of_which_everything_has_its_reason_is_known():
    (gap,) = found(periods({"2025-01": V, "2025-02": None, "2025-03": V}, "month", flag=[None, "new exchange", None]))
    assert str(gap.reason) == "1 of 3 periods from 2025-01 to 2025-03 have no value; each has its reason"
    assert (gap.rule, gap.urgency, gap.rows[0].note) == ("explained", "known", "new exchange")


@pytest.mark.parametrize("ends", [{"2024-12": None, "2025-01": V}, {"2025-01": V, "2025-02": None}], ids=["before", "after"])
def test_what_lies_outside_the_first_and_last_value_is_no_gap(ends):
    assert found(periods(ends, "month")) == ()


CASES: dict[str, tuple[Frequency, dict[str, float], int]] = {
    "a quarter": ("quarter", {"2024-Q4": V, "2025-Q2": V}, 1),
    "two half-years": ("half", {"2024-H1": V, "2025-H2": V}, 2),
    "a year": ("year", {"2022": V, "2024": V}, 1),
    "a week over the end of a year": ("week", {"2024-W52": V, "2025-W02": V}, 1),
    "the leap day": ("day", {"2024-02-28": V, "2024-03-01": V}, 1),
    "no day": ("day", {"2023-02-28": V, "2023-03-01": V}, 0),
}


@pytest.mark.parametrize("case", CASES)
def test_periods_are_counted_in_the_series_own_frequency(case):
    frequency, values, missing = CASES[case]
    said = [str(gap.reason) for gap in found(periods(values, frequency), frequency)]
    assert [int(text.split()[0]) for text in said] == ([missing] if missing else [])


def test_fiscal_years_follow_one_another():
    assert found(periods({"2022/23": V, "2023/24": V}, "year", fiscal_year_starts=7), "year") == ()


def test_many_days_are_counted_at_once():
    (gap,) = found(days([V] * 100).filter(days([V] * 100)["period"].dt.day() != 5), "day")
    assert gap.reason.values["missing"] == 4 and len(gap.rows) == 4
