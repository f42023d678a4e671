"""Each type of metric against numbers worked out by hand: rates computed anew, sums only of what adds up, no value from half a period."""

import polars as pl
import pytest

from kpis.metrics.measure import measures
from tests.kpi_town import definitions
from tests.metric_town import FIRES, KNOWN, computed, metric, months, rows


def test_a_ratio_is_numerator_over_denominator_times_its_factor():
    held = rows("fires", {"2025-01": 3, "2025-02": 4}), rows("calls", {"2025-01": 12, "2025-02": 40})
    assert computed(metric("ratio", numerator="fires", denominator="calls"), *held) == {"2025-01": 0.25, "2025-02": 0.1}
    assert computed(metric("ratio", unit="%", numerator="fires", denominator="calls"), *held) == {"2025-01": 25, "2025-02": 10}
    in_two_languages = {"es": "%", "en": "%"}
    assert computed(metric("ratio", unit=in_two_languages, numerator="fires", denominator="calls"), *held) == {"2025-01": 25, "2025-02": 10}
    assert computed(metric("ratio", numerator="fires", denominator="calls", per=1000), *held) == {"2025-01": 250, "2025-02": 100}


def test_a_ratio_to_nothing_has_no_value():
    held = rows("fires", months("2025-01", [3, 0, 1])), rows("calls", months("2025-01", [0, 0, None]))
    assert computed(metric("ratio", numerator="fires", denominator="calls"), *held) == {}


def test_a_yearly_ratio_is_computed_from_the_years_sums_and_not_from_the_months_rates():
    fires, calls = [1] * 11 + [9], [2] * 11 + [98]
    held = rows("fires", months("2025-01", fires)), rows("calls", months("2025-01", calls))
    by_year = metric("ratio", numerator="fires", denominator="calls", frequency="year")
    assert computed(by_year, *held) == {"2025": 20 / 120}
    assert pytest.approx((11 * 1 / 2 + 9 / 98) / 12) != 20 / 120, "the mean of the months' rates is another number"


def test_a_flow_over_a_level_sums_the_one_and_takes_the_last_of_the_other():
    held = rows("fires", months("2025-01", [1, 2, 3])), rows("homes", months("2025-01", [100, 110, 120]))
    assert computed(metric("ratio", numerator="fires", denominator="homes", frequency="quarter"), *held) == {"2025-Q1": 6 / 120}


def test_a_ratio_of_months_to_quarters_has_the_longer_periods():
    held = rows("fires", months("2025-01", [1, 2, 3])), rows("debt", {"2025-Q1": 12}, "quarter")
    assert computed(metric("ratio", numerator="fires", denominator="debt"), *held) == {"2025-Q1": 0.5}


@pytest.mark.parametrize(
    ("agg", "expected"),
    [(None, 60), ("sum", 60), ("average", 20), ("min", 10), ("max", 30), ("last", 20), ("count", 3)],
)
def test_a_simple_metric_brings_a_flow_to_quarters_by_its_agg(agg, expected):
    told = {"indicator": "fires", "frequency": "quarter"} | ({"agg": agg} if agg else {})
    assert computed(metric("simple", **told), rows("fires", months("2025-04", [10, 30, 20]))) == {"2025-Q2": expected}


@pytest.mark.parametrize(("agg", "expected"), [(None, 20), ("average", 20), ("min", 10), ("max", 30)])
def test_a_level_takes_the_last_of_its_period(agg, expected):
    told = {"indicator": "homes", "frequency": "quarter"} | ({"agg": agg} if agg else {})
    assert computed(metric("simple", **told), rows("homes", months("2025-04", [10, 30, 20]))) == {"2025-Q2": expected}


def test_a_rate_of_a_quarter_is_computed_anew_from_its_parts():
    held = rows("on_time", {"2025-01": (50, 1, 2), "2025-02": (100, 8, 8), "2025-03": (0, 0, 10)})
    by_quarter = metric("simple", unit="%", indicator="on_time", frequency="quarter")
    assert computed(by_quarter, held) == {"2025-Q1": pytest.approx(100 * 9 / 20)}


def test_a_month_with_nothing_to_divide_does_not_spoil_the_quarters_rate():
    held = rows("on_time", {"2025-01": (50, 1, 2), "2025-02": (None, 0, 0), "2025-03": (100, 2, 2)})
    assert computed(metric("simple", indicator="on_time", frequency="quarter"), held) == {"2025-Q1": pytest.approx(75)}


def test_a_rate_whose_parts_are_not_known_has_no_quarter():
    held = rows("on_time", months("2025-01", [50, 60, 70]))
    assert computed(metric("simple", indicator="on_time", frequency="quarter"), held) == {}
    assert computed(metric("simple", indicator="on_time", frequency="quarter", agg="last"), held) == {"2025-Q1": 70}


def test_half_a_period_has_no_sum_and_no_last_value():
    held = rows("fires", months("2025-01", [1, 1, 1, 1, 1]))
    assert computed(metric("simple", indicator="fires", frequency="quarter"), held) == {"2025-Q1": 3}
    assert computed(metric("simple", indicator="fires", frequency="quarter", agg="last"), held) == {"2025-Q1": 1}
    assert computed(metric("simple", indicator="fires", frequency="quarter", agg="count"), held) == {"2025-Q1": 3}


def test_a_gap_leaves_its_period_without_a_value_unless_it_counts_as_something():
    held = rows("fires", {"2025-01": 1, "2025-03": 5, "2025-04": None, "2025-05": 2, "2025-06": 2})
    assert computed(metric("simple", indicator="fires", frequency="quarter"), held) == {}
    filled = metric("simple", indicator="fires", frequency="quarter", fill_nulls_with=0)
    assert computed(filled, held) == {"2025-Q1": 6, "2025-Q2": 4}
    assert computed(metric("simple", indicator="fires", frequency="quarter", agg="count"), held) == {"2025-Q1": 2, "2025-Q2": 2}


def test_nothing_is_filled_before_the_first_or_after_the_last_value():
    held = rows("fires", {"2025-02": 1, "2025-03": 1, "2025-04": 1})
    assert computed(metric("simple", indicator="fires", fill_nulls_with=0), held) == {"2025-02": 1, "2025-03": 1, "2025-04": 1}


def test_a_filter_takes_a_segment_and_not_the_total():
    parts = rows("fires", {"2025-01": 7}, segment="age=0-14|sex=women"), rows("fires", {"2025-01": 4}, segment="sex=women")
    held = rows("fires", {"2025-01": 10}), *parts
    assert computed(metric("simple", indicator="fires", filter={"sex": "women"}), *held) == {"2025-01": 4}
    assert computed(metric("simple", indicator="fires", filter={"sex": "women", "age": "0-14"}), *held) == {"2025-01": 7}
    assert computed(metric("simple", indicator="fires", filter={"sex": "others"}), *held) == {}


def test_a_share_of_a_segment_is_a_ratio_over_a_filtered_metric():
    women = metric("simple", id="women", indicator="fires", filter={"sex": "women"})
    held = rows("fires", {"2025-01": 10}), rows("fires", {"2025-01": 4}, segment="sex=women")
    assert computed(metric("ratio", unit="%", numerator="women", denominator="fires"), *held, others=(women,)) == {"2025-01": 40}


def test_days_make_months_only_when_all_are_there():
    daily = FIRES.model_copy(update={"frequency": "day"})
    held = rows("fires", {f"2024-02-{day:02}": 1 for day in range(1, 30)} | {f"2024-03-{day:02}": 1 for day in range(1, 31)}, "day")
    assert computed(metric("simple", indicator="fires", frequency="month"), held, known=(daily,)) == {"2024-02": 29}


def test_days_make_weeks_from_monday_to_sunday():
    daily = FIRES.model_copy(update={"frequency": "day"})
    held = rows("fires", {f"2025-01-{day:02}": day for day in range(1, 16)}, "day")
    assert computed(metric("simple", indicator="fires", frequency="week"), held, known=(daily,)) == {"2025-W02": sum(range(6, 13))}


def test_a_formula_is_computed_period_by_period():
    held = rows("fires", months("2025-01", [1, 2, 3])), rows("calls", months("2025-01", [10, 20, 0]))
    assert computed(metric("derived", expr="100 * fires / (fires + calls)"), *held) == {
        "2025-01": 100 / 11,
        "2025-02": 200 / 22,
        "2025-03": 100,
    }
    assert computed(metric("derived", expr="fires / calls"), *held) == {"2025-01": 0.1, "2025-02": 0.1}
    assert computed(metric("derived", expr="max(abs(fires - 2), min(calls, 5)) - -1"), *held) == {
        "2025-01": 6,
        "2025-02": 6,
        "2025-03": 2,
    }


def test_a_formula_by_quarters_reads_quarters():
    held = rows("fires", months("2025-01", [1, 2, 3, 4, 5, 6])), rows("debt", {"2025-Q1": 2, "2025-Q2": 3}, "quarter")
    assert computed(metric("derived", expr="fires / debt"), *held) == {"2025-Q1": 3, "2025-Q2": 5}


def test_a_missing_input_leaves_a_formula_without_a_value():
    held = rows("fires", {"2025-01": 1, "2025-03": 3}), rows("calls", {"2025-01": None, "2025-02": 2, "2025-03": 3})
    assert computed(metric("derived", expr="fires + calls"), *held) == {"2025-03": 6}
    assert computed(metric("derived", expr="max(fires, calls)"), *held) == {"2025-03": 3}


def test_previous_is_the_period_just_before_and_never_one_further_back():
    held = rows("fires", {"2025-01": 1, "2025-02": 3, "2025-04": 7, "2025-05": 9})
    assert computed(metric("derived", expr="fires - previous(fires)"), held) == {"2025-02": 2, "2025-05": 2}
    assert computed(metric("derived", expr="previous(previous(fires)) + 0"), held) == {"2025-03": 1, "2025-04": 3}


def test_year_ago_is_the_same_month_of_last_year():
    held = rows("fires", months("2024-01", [10] * 12) | months("2025-01", [11] * 2))
    assert computed(metric("derived", expr="100 * (fires / year_ago(fires) - 1)"), held) == {
        "2025-01": pytest.approx(10),
        "2025-02": pytest.approx(10),
    }


def test_what_one_place_held_is_never_another_places_previous_value():
    held = rows("fires", {"2025-01": 1}, place="a"), rows("fires", {"2025-02": 5, "2025-03": 6}, place="b")
    change = metric("derived", expr="fires - previous(fires)")
    assert computed(change, *held, place="a") == {}
    assert computed(change, *held, place="b") == {"2025-03": 1}


def test_a_number_too_large_to_be_held_is_no_value():
    held = rows("fires", {"2025-01": 1e308, "2025-02": 1})
    assert computed(metric("derived", expr="1 / (fires * 10)"), held) == {"2025-02": 0.1}
    assert computed(metric("derived", expr="fires * 10 - fires * 10"), held) == {"2025-02": 0}


@pytest.mark.parametrize("odd", [float("inf"), float("-inf"), float("nan")])
def test_a_value_that_is_no_number_is_no_value(odd):
    held = rows("fires", {"2025-01": odd, "2025-02": 2}), rows("calls", {"2025-01": 1, "2025-02": odd})
    assert computed(metric("derived", expr="fires + calls"), *held) == {}
    assert computed(metric("simple", indicator="fires"), held[0]) == {"2025-02": 2}


def test_year_to_date_adds_up_from_january_and_begins_again():
    held = rows("fires", months("2024-11", [5, 6, 1, 2, 3]))
    to_date = metric("cumulative", indicator="fires", grain_to_date="year")
    assert computed(to_date, held) == {"2025-01": 1, "2025-02": 3, "2025-03": 6}, "of 2024 January to October are not known"


def test_a_sum_of_the_year_begins_again_in_the_month_that_the_indicator_says():
    known = (FIRES.model_copy(update={"fiscal_year_starts": 7}),)
    to_date = metric("cumulative", indicator="fires", grain_to_date="year")
    found = computed(to_date, rows("fires", months("2024-06", [9, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 5])), known=known)
    assert list(found.items())[:2] == [("2024-07", 1), ("2024-08", 3)], "of the year that ends in June 2024 eleven months are not known"
    assert (found["2025-01"], found["2025-06"], found["2025-07"]) == (28, 78, 5)
    assert measures([to_date], definitions(*known))["m"].indicator.year_starts == 7


def test_a_gap_ends_the_years_sum_and_the_next_year_begins_whole():
    held = rows("fires", {"2024-01": 1, "2024-02": 1, "2024-04": 1, "2025-01": 4})
    assert computed(metric("cumulative", indicator="fires", grain_to_date="year"), held) == {"2024-01": 1, "2024-02": 2, "2025-01": 4}


def test_mandate_to_date_begins_with_the_mandate_and_ends_with_it():
    held = rows("fires", months("2023-05", [9, 9, 1, 2, 3]) | months("2027-06", [1, 1]))
    to_date = metric("cumulative", indicator="fires", grain_to_date="mandate")  # from 2023-07-01 to 2027-06-30
    assert computed(to_date, held) == {"2023-07": 1, "2023-08": 3, "2023-09": 6}
    assert computed(to_date, rows("fires", months("2023-07", [1] * 50)))["2027-06"] == 48
    assert "2027-07" not in computed(to_date, rows("fires", months("2023-07", [1] * 50)))


def test_a_window_adds_up_the_last_periods():
    held = rows("fires", months("2025-01", [1, 2, 3, 4, None, 6, 7, 8]))
    assert computed(metric("cumulative", indicator="fires", window=3), held) == {"2025-03": 6, "2025-04": 9, "2025-08": 21}
    average = metric("cumulative", indicator="fires", window=3, agg="average")
    assert computed(average, held) == {"2025-03": 2, "2025-04": 3, "2025-08": 7}
    assert computed(metric("cumulative", indicator="homes", window=2, agg="max"), rows("homes", months("2025-01", [1, 5, 2]))) == {
        "2025-02": 5,
        "2025-03": 5,
    }


def test_a_running_rate_is_computed_anew_from_its_parts():
    held = rows("on_time", {"2025-01": (50, 1, 2), "2025-02": (100, 8, 8), "2025-03": (0, 0, 10)})
    assert computed(metric("cumulative", indicator="on_time", grain_to_date="year"), held) == {
        "2025-01": 50,
        "2025-02": pytest.approx(90),
        "2025-03": pytest.approx(45),
    }
    assert computed(metric("cumulative", indicator="on_time", window=2), held) == {
        "2025-02": pytest.approx(90),
        "2025-03": pytest.approx(100 * 8 / 18),
    }


def test_a_running_ratio_metric_is_sums_over_sums():
    share = metric("ratio", id="share", unit="%", numerator="fires", denominator="calls")
    held = rows("fires", months("2025-01", [1, 8, 0])), rows("calls", months("2025-01", [2, 8, 10]))
    running = metric("cumulative", unit="%", input_metric="share", grain_to_date="year")
    assert computed(running, *held, others=(share,)) == {"2025-01": 50, "2025-02": pytest.approx(90), "2025-03": pytest.approx(45)}


def test_a_cumulative_metric_by_quarters_takes_the_last_month():
    to_date = metric("cumulative", id="to_date", indicator="fires", grain_to_date="year")
    held = rows("fires", months("2025-01", [1, 2, 3])), rows("debt", {"2025-Q1": 12}, "quarter")
    assert computed(metric("ratio", numerator="to_date", denominator="debt"), *held, others=(to_date,)) == {"2025-Q1": 0.5}


def test_what_is_not_additive_over_time_takes_the_last_of_its_period():
    held = rows("fires", months("2025-01", [1, 2, 3]))
    assert computed(metric("simple", indicator="fires", frequency="quarter", non_additive_over=["time"]), held) == {"2025-Q1": 3}
    share = metric("ratio", id="share", numerator="fires", denominator="calls", non_additive_over=["time"])
    both = held, rows("calls", months("2025-01", [1, 1, 6])), rows("debt", {"2025-Q1": 2}, "quarter")
    assert computed(metric("derived", expr="share * debt"), *both, others=(share,)) == {"2025-Q1": 1}


def test_metrics_stand_on_metrics_in_whatever_order_they_are_written():
    every, share = metric("derived", id="every", expr="fires + calls"), metric("derived", id="share", expr="fires / every")
    held = rows("fires", {"2025-01": 1}), rows("calls", {"2025-01": 3})
    assert computed(share, *held, others=(every,)) == {"2025-01": 0.25}
    assert list(measures([share, every], definitions(*KNOWN))) == ["every", "share"]


def test_an_indicator_may_have_the_name_of_a_column():
    known = tuple(FIRES.model_copy(update={"id": name}) for name in ("place", "period", "value"))
    held = [rows(name, {"2025-01": 2.0}) for name in ("place", "period", "value")]
    assert computed(metric("derived", expr="place + period * value"), *held, known=known) == {"2025-01": 6}


def test_nothing_held_is_nothing_computed():
    empty = rows("fires", {})
    assert computed(metric("ratio", numerator="fires", denominator="calls"), empty) == {}
    assert computed(metric("derived", expr="previous(fires)"), empty) == {}
    for told in ({"grain_to_date": "year"}, {"grain_to_date": "mandate"}, {"window": 3}):
        assert computed(metric("cumulative", indicator="fires", **told), empty) == {}
    assert computed(metric("simple", indicator="fires", frequency="year"), empty) == {}


def test_computing_keeps_places_apart():
    held = pl.concat([rows("fires", months("2025-01", [i] * 3), place=f"p{i}") for i in range(1, 4)])
    by_quarter = metric("simple", indicator="fires", frequency="quarter")
    assert [computed(by_quarter, held, place=f"p{i}") for i in range(1, 4)] == [{"2025-Q1": 3 * i} for i in range(1, 4)]
