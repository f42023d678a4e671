"""Periods are written, read back, follow each other without a gap, and hold their days."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from data.periods import (
    EXAMPLES,
    FRESH_DAYS,
    MONTHS,
    Month,
    NotAPeriod,
    end_of_month,
    end_of_year,
    ending,
    parse,
    previous,
    start,
    written,
    year_ago,
    year_of,
)

FREQUENCIES = ["day", "week", "month", "quarter", "half", "year"]
days = st.dates(date(1584, 1, 1), date(2198, 12, 31))
frequencies = st.sampled_from(FREQUENCIES)
fiscal_starts = st.integers(1, 12)


@pytest.mark.parametrize(
    ("text", "frequency", "end"),
    [
        ("2025-06-30", "day", "2025-06-30"),
        ("2025-W23", "week", "2025-06-08"),
        ("2025W23", "week", "2025-06-08"),
        ("2020-W53", "week", "2021-01-03"),
        ("2025-06", "month", "2025-06-30"),
        ("2025/6", "month", "2025-06-30"),
        (" 2024-02 ", "month", "2024-02-29"),
        ("2025-06-01", "month", "2025-06-30"),
        ("2025-06-30", "month", "2025-06-30"),
        ("2025-Q2", "quarter", "2025-06-30"),
        ("2025 t2", "quarter", "2025-06-30"),
        ("2025Q4", "quarter", "2025-12-31"),
        ("2025-04-01", "quarter", "2025-06-30"),
        ("2005/Ago", "month", "2005-08-31"),
        ("Ago 2005", "month", "2005-08-31"),
        ("agosto de 2005", "month", "2005-08-31"),
        ("AGOSTO DEL 2005", "month", "2005-08-31"),
        ("ago-2005", "month", "2005-08-31"),
        ("August, 2005", "month", "2005-08-31"),
        ("set. 2005", "month", "2005-09-30"),
        ("Sept 2005", "month", "2005-09-30"),
        ("08/2005", "month", "2005-08-31"),
        ("2005M08", "month", "2005-08-31"),
        ("1 de agosto de 2005", "month", "2005-08-31"),
        ("T2 2025", "quarter", "2025-06-30"),
        ("2T2025", "quarter", "2025-06-30"),
        ("4q-2025", "quarter", "2025-12-31"),
        ("1S 2025", "half", "2025-06-30"),
        ("3-ene-2025", "day", "2025-01-03"),
        ("3 de enero de 2025", "day", "2025-01-03"),
        ("2025/1/3", "day", "2025-01-03"),
        ("2025-H1", "half", "2025-06-30"),
        ("2025S2", "half", "2025-12-31"),
        ("2025", "year", "2025-12-31"),
        ("2025-01-01", "year", "2025-12-31"),
        ("1583", "year", "1583-12-31"),
        ("1700-02", "month", "1700-02-28"),
        ("2199-12", "month", "2199-12-31"),
        ("2025/W23", "week", "2025-06-08"),
    ],
)
def test_a_period_is_read_in_the_ways_people_write_it(text, frequency, end):
    assert parse(text, frequency) == date.fromisoformat(end)


@pytest.mark.parametrize(
    ("text", "starts", "end"),
    [
        ("2023", 7, "2023-06-30"),
        ("2022/23", 7, "2023-06-30"),
        ("2022-2023", 7, "2023-06-30"),
        ("1999/00", 4, "2000-03-31"),
        ("FY2023", 7, "2023-06-30"),
        ("fy 2023", 7, "2023-06-30"),
        ("2023", 3, "2023-02-28"),
        ("2024", 3, "2024-02-29"),
        ("2022-07-01", 7, "2023-06-30"),
        ("2023-06-30", 7, "2023-06-30"),
    ],
)
def test_a_fiscal_year_is_named_by_the_year_it_ends_in(text, starts, end):
    assert parse(text, "year", starts) == date.fromisoformat(end)


@pytest.mark.parametrize(
    ("text", "frequency", "starts"),
    [
        ("", "month", 1),
        ("2025", "month", 1),
        ("2025-13", "month", 1),
        ("2025-00", "month", 1),
        ("25-06", "month", 1),
        ("1582-06", "month", 1),
        ("2200-06", "month", 1),
        ("2025-06-15", "month", 1),
        ("2025-02-30", "day", 1),
        ("2025-02-30", "month", 1),
        ("2025-06", "day", 1),
        ("30/06/2025", "day", 1),
        ("0001-01-01", "week", 1),
        ("9999-12-31", "day", 1),
        ("2025-W54", "week", 1),
        ("2021-W53", "week", 1),
        ("2025-Q5", "quarter", 1),
        ("2025-05-01", "quarter", 1),
        ("2025-H3", "half", 1),
        ("2022/24", "year", 7),
        ("2022/1923", "year", 7),
        ("2022/23", "year", 1),
        ("2025-01-01", "year", 7),
        ("junio 25", "month", 1),
        ("mensual 2025", "month", 1),
        ("2025 junio 2025", "month", 1),
        ("30 de febrero de 2025", "day", 1),
        ("Q1-24", "quarter", 1),
        ("T5 2024", "quarter", 1),
        ("FY2023", "year", 1),
    ],
)
def test_what_is_no_period_of_the_frequency_is_refused(text, frequency, starts):
    with pytest.raises(NotAPeriod):
        parse(text, frequency, starts)


@given(st.text(max_size=20), frequencies, fiscal_starts)
def test_any_text_is_a_period_or_refused(text, frequency, starts):
    try:
        end = parse(text, frequency, starts)
    except NotAPeriod:
        return
    assert ending(end, frequency, starts) == end


@given(days, frequencies, fiscal_starts)
def test_what_is_written_is_read_back(day, frequency, starts):
    end = ending(day, frequency, starts)
    assert parse(written(end, frequency), frequency, starts) == end


@given(days, frequencies, fiscal_starts)
def test_a_period_holds_its_day_and_ends_on_its_own_end(day, frequency, starts):
    end = ending(day, frequency, starts)
    assert start(end, frequency) <= day <= end
    assert ending(end, frequency, starts) == ending(start(end, frequency), frequency, starts) == end


@given(days, frequencies, fiscal_starts)
def test_periods_follow_each_other_without_gap_or_overlap(day, frequency, starts):
    end = ending(day, frequency, starts)
    before = previous(end, frequency)
    assert before + timedelta(days=1) == start(end, frequency)
    assert ending(before, frequency, starts) == before


@given(days, st.sampled_from(sorted(MONTHS)))
def test_a_year_ago_is_as_many_periods_back_as_a_year_has(day, frequency):
    end = ending(day, frequency)
    back = end
    for _ in range(12 // MONTHS[frequency]):
        back = previous(back, frequency)
    assert year_ago(end, frequency) == back


@pytest.mark.parametrize(
    ("end", "frequency", "expected"),
    [
        ("2024-02-29", "day", "2023-02-28"),
        ("2025-03-01", "day", "2024-03-01"),
        ("2025-06-08", "week", "2024-06-09"),
        ("2024-02-29", "month", "2023-02-28"),
        ("2023-02-28", "month", "2022-02-28"),
        ("2025-02-28", "month", "2024-02-29"),
        ("2023-06-30", "year", "2022-06-30"),
    ],
)
def test_the_same_period_a_year_earlier(end, frequency, expected):
    assert year_ago(date.fromisoformat(end), frequency) == date.fromisoformat(expected)


@pytest.mark.parametrize("frequency", FREQUENCIES)
def test_every_frequency_has_an_example_that_reads_and_a_limit(frequency):
    assert written(parse(EXAMPLES[frequency], frequency), frequency) == EXAMPLES[frequency]
    assert FRESH_DAYS[frequency] > 0


@given(days, frequencies, st.integers(1, 28))
def test_the_last_full_period_is_fresh_at_the_review_whatever_its_day(day, frequency, review_day):
    month = Month.of(day)
    end = ending(month.last, frequency)
    latest = end if end == month.last else previous(end, frequency)
    review = month.plus(1).first.replace(day=review_day)
    assume(frequency not in ("quarter", "half", "year") or month.last == latest)
    assert (review - latest).days <= FRESH_DAYS[frequency]


@pytest.mark.parametrize(
    ("text", "last"), [("2025-06", "2025-06-30"), ("2024-02", "2024-02-29"), ("1999-12", "1999-12-31"), ("1583-01", "1583-01-31")]
)
def test_a_month_is_written_as_it_is_read(text, last):
    month = Month.parse(text)
    assert (str(month), month.last, month.first) == (text, date.fromisoformat(last), date.fromisoformat(f"{text}-01"))


@pytest.mark.parametrize(
    "text", ["2025-6", "2025-13", "2025-00", "2025", "2025-06-30", "june", "", " 2025-06", "0000-01", "1582-12", "2200-01", "9999-12"]
)
def test_what_is_no_month_is_refused(text):
    with pytest.raises(ValueError, match="is not a month such as 2026-06"):
        Month.parse(text)


@given(days, st.integers(-1000, 1000), st.integers(-200, 200))
def test_months_add_up_and_sort_as_time_does(day, some, more):
    assume(day.year + (some + more) // 12 - 1 >= 1 and day.year + abs(some) // 12 + abs(more) // 12 + 2 < 9999)
    month = Month.of(day)
    assert month.plus(some).plus(more) == month.plus(some + more)
    assert month.plus(some).plus(-some) == month
    assert (month < month.plus(some)) == (some > 0)
    assert month.last == end_of_month(month.year, month.number)
    assert month.last + timedelta(days=1) == month.plus(1).first


@pytest.mark.parametrize(
    ("day", "starts", "year", "last"),
    [
        ("2025-12-31", 1, 2025, "2025-12-31"),
        ("2025-06-30", 7, 2025, "2025-06-30"),
        ("2025-07-01", 7, 2026, "2026-06-30"),
        ("2024-02-29", 3, 2024, "2024-02-29"),
        ("2024-03-01", 3, 2025, "2025-02-28"),
        ("2025-11-30", 12, 2025, "2025-11-30"),
    ],
)
def test_a_year_is_named_by_the_one_it_ends_in(day, starts, year, last):
    assert year_of(date.fromisoformat(day), starts) == year
    assert end_of_year(year, starts) == date.fromisoformat(last)
