"""What is likely to come of a place's indicators, from observations as the facts hold them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from data.city import Event
from data.definitions import Definitions
from data.periods import Frequency
from kpis.catalogue import Catalogue
from kpis.definition import Kpi, Target
from kpis.foresight.outlook import Outlook, asked_rate, chance, outlooks, until
from tests.kpi_town import TOWN, definitions, goal, indicator, observations

MONTHS = [f"{2023 + number // 12}-{number % 12 + 1:02}" for number in range(36)]
RISING = {month: 50 + 0.5 * number + (number % 3) for number, month in enumerate(MONTHS)}
END = date(2027, 6, 30)


def found(values: Mapping[str, float | None], frequency: Frequency = "month", known: Definitions | None = None) -> Outlook:
    known = known or definitions(indicator(frequency))
    return outlooks(observations(values, frequency), Catalogue((), {}), known, TOWN, END)["lights"]


def aimed(**told) -> Kpi:
    return goal(baseline=(50, "2023-01-31"), target=(70, "2026-12-31"), **told)


def test_it_reaches_from_the_last_value_to_the_day_asked_for():
    outlook = found(RISING)
    assert (outlook.last, outlook.ends()[0], outlook.ends()[-1]) == (date(2025, 12, 31), date(2026, 1, 31), END)
    assert outlook.forecast.method == "mean of theta and ets"
    assert outlook.known()[0] == (date(2023, 1, 31), 50)
    assert (outlook.step(date(2026, 12, 31)), outlook.step(date(2025, 12, 31)), outlook.step(date(2040, 1, 1))) == (12, None, None)


def test_a_missing_month_is_a_gap_and_a_null_value_is_one_too():
    without = {month: value for month, value in RISING.items() if month != "2025-06"}
    assert found(without) == found({**RISING, "2025-06": None})
    assert found(without).forecast.method == "drift"


def test_a_declared_change_leaves_out_what_came_before_it_where_it_happened():
    known = definitions(indicator())
    event = Event(date=date(2025, 3, 1), name="New lamps", indicators=("lights",))
    changed = Definitions(known.city.model_copy(update={"events": (event,)}), known.places, known.themes, known.indicators, ())
    assert str(found(RISING, known=changed).forecast.why) == "only 10 values since the series changed its level; 24 are needed"
    elsewhere = event.model_copy(update={"places": ("other",)})
    other = Definitions(known.city.model_copy(update={"events": (elsewhere,)}), known.places, known.themes, known.indicators, ())
    assert found(RISING, known=other).forecast.why is None


@pytest.mark.parametrize(
    ("frequency", "periods", "following"),
    [
        ("year", ["2021", "2022", "2023", "2024"], date(2025, 12, 31)),
        ("quarter", ["2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4"], date(2025, 3, 31)),
        ("week", ["2024-W50", "2024-W51", "2024-W52", "2025-W01"], date(2025, 1, 12)),
        ("day", ["2024-12-28", "2024-12-29", "2024-12-30", "2024-12-31"], date(2025, 1, 1)),
    ],
)
def test_every_frequency_goes_on_in_its_own_periods(frequency, periods, following):
    outlook = found({period: float(number) for number, period in enumerate(periods)}, frequency)
    assert outlook.ends()[0] == following and outlook.forecast.mean[0] == pytest.approx(4)


def test_the_chance_goes_by_polarity_and_needs_a_target_ahead():
    outlook = found(RISING)
    up, down = (chance(kpi, kpi, outlook, 1) for kpi in (aimed(), aimed(polarity="lower")))
    assert up is not None and down is not None and up + down == pytest.approx(1)
    past = goal(baseline=(50, "2023-01-31"), target=(70, "2025-12-31"))
    assert chance(past, past, outlook, 1) is None
    assert chance(goal(), goal(), outlook, 1) is None


def in_range(low: float, high: float, **told) -> Kpi:
    return goal(polarity="range", target=Target(value=(low + high) / 2, low=low, high=high, date=date(2026, 12, 31)), **told)


def test_the_chance_of_a_range_is_that_of_ending_between_its_two_ends():
    """What is above its low end, less what is above its high end, as for the one-sided ones."""
    outlook = found(RISING)
    step = 12
    mean, deviation = outlook.forecast.mean[step - 1], outlook.forecast.deviation[step - 1]
    kpi = in_range(mean - deviation, mean + 2 * deviation)
    assert chance(kpi, kpi, outlook, 1) == pytest.approx(0.8186, abs=1e-4)  # of the normal: 68.27 / 2 + 95.45 / 2
    above = [goal(target=(end, "2026-12-31"), baseline=(50, "2023-01-31")) for end in (mean - deviation, mean + 2 * deviation)]
    low, high = (chance(one, one, outlook, 1) for one in above)
    assert low is not None and high is not None and chance(kpi, kpi, outlook, 1) == pytest.approx(low - high)


def test_a_range_that_has_been_left_for_good_has_no_chance_to_speak_of():
    outlook = found(RISING)
    for ends in ((0, 10), (1000, 2000)):
        kpi = in_range(*ends)
        assert chance(kpi, kpi, outlook, 1) == pytest.approx(0, abs=1e-6)
    kpi = in_range(-1000, 1000)
    assert chance(kpi, kpi, outlook, 1) == pytest.approx(1)


def test_the_drifts_published_distribution_gives_the_chance_of_a_range():
    """Of the drift with mean 66.5455 and deviation 2.615908 in twelve periods: from 65 to 70 by the tables of the normal 0.62935."""
    values = [100.0, 98, 97, 95, 94, 92, 91, 90, 88, 87, 86, 84]
    outlook = found({f"2025-{number:02}": value for number, value in enumerate(values, start=1)})
    assert (outlook.forecast.mean[11], outlook.forecast.deviation[11]) == pytest.approx((66.5455, 2.615908), abs=1e-4)
    kpi = in_range(65, 70)
    assert chance(kpi, kpi, outlook, 1) == pytest.approx(0.62935, abs=1e-4)


def test_a_cumulative_goal_asks_that_what_is_missing_comes_in():
    kpi = aimed()
    summed = kpi.model_copy(update={"accumulation": "cumulative"})
    outlook, done = found(RISING), sum(list(RISING.values())[1:])  # what came in after the baseline's own month
    likely = outlook.forecast.total[11]
    for missing, least, most in ((likely, 0.49, 0.51), (likely * 0.5, 0.99, 1), (likely * 2, 0, 0.01)):
        target = summed.target and summed.target.model_copy(update={"value": done + missing})
        found_chance = chance(summed, summed.model_copy(update={"target": target}), outlook, 1)
        assert found_chance is not None and least <= found_chance <= most


def test_the_chance_of_a_flow_is_of_its_own_fiscal_year():
    """What is missing of the year that ends in June 2026 is what did not come in from July to December 2025."""
    outlook, target = found(RISING), date(2026, 6, 30)
    done = sum(list(RISING.values())[-6:])
    kpi = goal(accumulation="flow", baseline=(0, "2023-06-30"), target=(done + outlook.forecast.total[5], target.isoformat()))
    assert chance(kpi, kpi, outlook, 7) == pytest.approx(0.5)
    assert chance(kpi, kpi, outlook, 1) == pytest.approx(0, abs=1e-6), "since January nothing has come in yet"


def test_what_is_added_up_is_asked_no_rate_of_single_values():
    kpi = aimed(accumulation="cumulative")
    assert asked_rate(kpi, kpi, found(RISING)) is None


def test_a_programmed_sum_without_a_baseline_counts_from_its_first_year():
    outlook, done = found(RISING), sum(RISING.values())
    kpi = goal(target=(done + outlook.forecast.total[11], "2026-12-31"), accumulation="cumulative", programmed={"2023": 1, "2026": 1})
    likely = chance(kpi, kpi, outlook, 1)
    assert likely is not None and 0.49 <= likely <= 0.51


def test_the_usual_rate_is_that_since_the_last_declared_change():
    kpi, outlook = aimed(), found(RISING)
    later = asked_rate(kpi, kpi, replace(outlook, begins=24))
    assert later is not None and later.usual == pytest.approx((RISING["2025-12"] - RISING["2025-01"]) / 11)


def test_the_asked_rate_is_that_of_the_way_that_is_left():
    kpi, outlook = aimed(), found(RISING)
    rate = asked_rate(kpi, kpi, outlook)
    assert rate is not None and rate.required == pytest.approx((70 - RISING["2025-12"]) / 12)


def test_it_is_forecast_to_the_mandate_s_end_or_the_last_target():
    known = definitions(indicator())
    far = goal(target=(70, "2030-12-31"))
    assert until(Catalogue((goal(),), {}), known, TOWN) == date(2027, 6, 30)
    assert until(Catalogue((far,), {}), known, TOWN) == date(2030, 12, 31)


def test_what_no_definition_knows_and_parts_of_a_total_are_left_out():
    rows = observations(RISING)
    part = rows.with_columns(segment=pl.lit("north"))
    stranger = rows.with_columns(indicator=pl.lit("unknown"))
    assert set(outlooks(pl.concat([part, stranger]), Catalogue((), {}), definitions(indicator()), TOWN, END)) == set()
