"""Series made comparable: every number below was worked out by hand."""

from datetime import date

import polars as pl
import pytest

from data.indicators import Indicator
from data.periods import Frequency, Month
from kpis import transform
from kpis.score import Reason

JANUARY = Month(2024, 1)


def indicator(kind: str = "flow", frequency: Frequency = "month", *, adds_up: bool = False) -> Indicator:
    told = {"id": "x", "name": "X", "unit": "%", "theme": "t", "source": "s", "owner": "o", "adds_up": adds_up}
    return Indicator.model_validate({**told, "kind": kind, "frequency": frequency})


def months(*values: float | None, begin: Month = JANUARY) -> pl.DataFrame:
    """Values of months in a row; None is a month with a row and no value."""
    return rows({begin.plus(number).last: value for number, value in enumerate(values)})


def rows(values: dict[date, float | None]) -> pl.DataFrame:
    return pl.DataFrame({"period": list(values), "value": list(values.values())}, schema={"period": pl.Date, "value": pl.Float64})


def values(found: pl.DataFrame | Reason) -> list[float | None]:
    assert isinstance(found, pl.DataFrame)
    return found["value"].to_list()


def why(found: pl.DataFrame | Reason) -> str:
    assert isinstance(found, Reason)
    return found.sentence


def test_a_count_is_divided_by_residents():
    assert values(transform.per_residents(months(206, None, 103), indicator(), 412_000, 1_000)) == [0.5, None, 0.25]


def test_a_level_that_adds_up_is_a_count():
    assert values(transform.per_residents(months(412), indicator("level", adds_up=True), 412_000, 100_000)) == [100.0]


@pytest.mark.parametrize(
    ("kind", "residents", "said"),
    [
        ("ratio", 412_000, "it is a rate already"),
        ("level", 412_000, "it is not a count"),
        ("flow", None, "its residents are not known"),
        ("flow", 0, "its residents are not known"),
    ],
)
def test_what_residents_cannot_divide_is_refused_in_words(kind, residents, said):
    assert why(transform.per_residents(months(1), indicator(kind), residents, 1_000)).startswith(said)


def test_an_average_needs_a_full_window():
    assert values(transform.moving_average(months(1, 2, 6, 4), indicator(), 3)) == [None, None, 3.0, 4.0]


def test_an_average_bridges_no_gap_be_it_a_missing_value_or_a_missing_row():
    with_null = months(1, 2, None, 4, 5, 6)
    assert values(transform.moving_average(with_null, indicator(), 2)) == [None, 1.5, None, None, 4.5, 5.5]
    assert values(transform.moving_average(with_null.drop_nulls(), indicator(), 2)) == [None, 1.5, None, None, 4.5, 5.5]


def test_an_average_longer_than_the_series_has_no_value():
    assert values(transform.moving_average(months(1, 2), indicator(), 12)) == [None, None]


def test_a_ratio_is_computed_from_its_parts_and_not_averaged():
    # 10 of 100 and 90 of 300 are 100 of 400: 25 %, where the mean of 10 % and 30 % would say 20 %.
    found = months(10, 30).with_columns(denominator=pl.Series([100.0, 300.0]))
    assert values(transform.moving_average(found, indicator("ratio"), 2)) == [None, 25.0]


def test_a_ratio_of_nothing_has_no_average():
    found = months(10, 30).with_columns(denominator=pl.Series([0.0, 0.0]))
    assert values(transform.moving_average(found, indicator("ratio"), 2)) == [None, None]


def test_a_ratio_without_its_parts_is_not_averaged():
    found = months(10, 30).with_columns(denominator=pl.lit(None, pl.Float64))
    assert why(transform.moving_average(found, indicator("ratio"), 2)).startswith("a rate is never averaged")


def test_a_count_changes_in_per_cent_and_all_else_in_its_unit():
    two_years = months(*[100.0] * 12, 125, 80)
    assert values(transform.against_a_year_ago(two_years, indicator()))[-2:] == [25.0, -20.0]
    assert values(transform.against_a_year_ago(two_years, indicator("level")))[-2:] == [25.0, -20.0]
    rates = months(*[40.0] * 12, 42.5)
    assert values(transform.against_a_year_ago(rates, indicator("ratio")))[-1] == 2.5


def test_there_is_no_percentage_of_zero_or_less():
    found = transform.against_a_year_ago(months(0, -2, 4, *[1.0] * 9, 5, 5, 5), indicator())
    assert values(found)[-3:] == [None, None, 25.0]


def test_the_same_period_a_year_before_is_found_across_gaps_and_frequencies():
    found = rows({date(2022, 6, 30): 10, date(2023, 6, 30): 12, date(2024, 6, 30): 9})
    assert values(transform.against_a_year_ago(found, indicator("level", "year"))) == [None, 2.0, -3.0]
    leap = rows({date(2023, 2, 28): 10, date(2024, 2, 29): 15})
    assert values(transform.against_a_year_ago(leap, indicator("level")))[-1] == 5.0


def test_a_year_that_is_not_there_is_said():
    assert why(transform.against_a_year_ago(months(1, 2), indicator())).startswith("no value is known of the same period")


def test_an_index_is_100_at_its_base():
    assert values(transform.index(months(2, 4, None, 1), indicator(), date(2024, 2, 15))) == [50.0, 100.0, None, 25.0]


def test_the_base_of_a_fiscal_year_is_the_one_that_holds_the_month():
    found = rows({date(2023, 6, 30): 8, date(2024, 6, 30): 12})
    assert values(transform.index(found, indicator("level", "year"), date(2023, 9, 1))) == pytest.approx([66.6667, 100.0], abs=1e-3)


@pytest.mark.parametrize(
    ("first", "base", "said"),
    [
        (None, date(2024, 1, 31), "no value is known of the base period"),
        (1.0, date(2019, 1, 31), "no value is known of the base period"),
        (0.0, date(2024, 1, 31), "the value of the base period is not above zero"),
        (-3.0, date(2024, 1, 31), "the value of the base period is not above zero"),
    ],
)
def test_an_index_without_a_base_is_refused(first, base, said):
    assert why(transform.index(months(first, 5), indicator(), base)).startswith(said)


def test_the_usual_base_is_the_first_period_that_all_have():
    late = months(None, 0, 7, 8)
    assert transform.first_common([months(1, 2, 3, 4), late]) == date(2024, 3, 31)
    assert transform.first_common([months(1), months(1, begin=Month(2025, 1))]) is None
    assert transform.first_common([]) is None


@pytest.mark.parametrize("way", ["average", "year", "index", "residents"])
def test_nothing_comes_of_nothing(way):
    none = months()
    found = {
        "average": transform.moving_average(none, indicator(), 3),
        "year": transform.against_a_year_ago(none, indicator()),
        "index": transform.index(none, indicator(), date(2024, 1, 31)),
        "residents": transform.per_residents(none, indicator(), 10, 1_000),
    }[way]
    assert isinstance(found, Reason) or found.is_empty()
