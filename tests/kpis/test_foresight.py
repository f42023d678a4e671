"""Forecasts, their intervals and chances, on series whose answer is known."""

import csv
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpis.foresight import chance
from kpis.foresight.calendar import following, steps_between, up_to
from kpis.foresight.forecast import LEVELS, Forecast, Series, forecasts
from kpis.foresight.measures import brier, crps, pinball, reliability, seasonal_step, smape
from kpis.foresight.rate import rate
from kpis.foresight.scenarios import Scenario, expected
from kpis.foresight.season import seasons
from kpis.foresight.series import ready

FALLING = np.array([100, 98, 97, 95, 94, 92, 91, 90, 88, 87, 86, 84], dtype=float)
YEAR = np.array([90, 92, 95, 100, 104, 110, 112, 108, 102, 98, 96, 93], dtype=float)


def one(values: np.ndarray, horizon: int = 12, season: int = 12, begins: int = 0) -> Forecast:
    (found,) = forecasts([Series(np.asarray(values, dtype=float), season, begins)], horizon)
    return found


def noisy(length: int, seed: int = 1, slope: float = 0.3) -> np.ndarray:
    luck = np.random.default_rng(seed)
    return 50 + slope * np.arange(length) + np.cumsum(luck.normal(0, 1, length))


def test_a_short_series_has_the_drift_s_chance_of_its_target():
    found = one(FALLING)
    assert found.method == "drift"
    assert str(found.why) == "only 12 values are known; 24 are needed"
    assert found.mean[11] == pytest.approx(66.5455, abs=1e-4)
    assert found.deviation[11] == pytest.approx(2.615908, abs=1e-6)
    assert chance.of_level(found, 12, 75, -1) == pytest.approx(0.999385, abs=1e-6)
    assert chance.of_level(found, 12, 75, 1) == pytest.approx(1 - 0.999385, abs=1e-6)


def test_the_crps_of_a_standard_normal_forecast_is_the_closed_form():
    assert crps(0, 0, 1) == pytest.approx(0.233695, abs=1e-6)
    assert crps(3, 3, 2) == pytest.approx(2 * 0.233695, abs=2e-6)


def test_the_published_numbers_on_foresight_come_out(shared):
    with (shared / "data/reference/published_numbers.csv").open(encoding="utf-8") as file:
        told = {row["id"]: (float(row["expected"]), float(row["tolerance"])) for row in csv.DictReader(file)}
    ours = {"drift_prob": chance.of_level(one(FALLING), 12, 75, -1), "crps_std_normal_0": crps(0, 0, 1)}
    for name, value in ours.items():
        assert value == pytest.approx(told[name][0], abs=told[name][1]), name


def test_a_long_series_has_the_mean_of_two_and_the_simple_ones_beside_it():
    found = one(noisy(60))
    assert (found.method, found.why) == ("mean of theta and ets", None)
    assert len(found.mean) == len(found.deviation) == len(found.seasonal_naive) == len(found.drift) == 12
    assert found.backtest and found.backtest.mase and found.backtest.coverage80
    assert 0.5 < found.backtest.coverage80 <= 1


def test_quantiles_stand_in_order_around_the_expected_value_and_the_fan_opens():
    found = one(noisy(60))
    at = [[found.quantile(step, level / 100) for level in LEVELS] for step in (1, 12)]
    assert at[0] == sorted(at[0]) and at[1] == sorted(at[1])
    assert at[0][3] == pytest.approx(found.mean[0])
    assert at[1][-1] - at[1][0] > at[0][-1] - at[0][0]


def test_a_pure_season_comes_again():
    found = one(np.tile(YEAR, 5))
    assert found.mean == pytest.approx(YEAR, rel=0.01)
    assert found.seasonal_naive == pytest.approx(YEAR)


def test_a_season_around_zero_is_added_and_not_multiplied():
    found = one(np.tile(YEAR - 100, 5))
    assert found.mean == pytest.approx(YEAR - 100, abs=0.5)


def test_a_straight_line_goes_on_though_less_steeply():
    found = one(10 + 2.0 * np.arange(40), season=1, horizon=3)
    assert found.drift == pytest.approx((90, 92, 94))
    assert 88 < found.mean[0] < found.mean[1] < found.mean[2] < 94
    assert found.mean == pytest.approx(found.drift, abs=2)  # half of Theta's line and a damped trend: the way of the M3's best


def test_a_series_that_never_moves_is_certain_and_nothing_divides_by_zero():
    found = one(np.full(40, 5.0))
    assert set(found.mean) == {5.0} and set(found.deviation) == {0.0}
    assert (chance.of_level(found, 3, 5, 1), chance.of_level(found, 3, 5.1, 1)) == (1.0, 0.0)
    assert found.backtest and found.backtest.mase is None


def test_a_gap_that_leaves_too_little_behind_it_allows_the_drift_only():
    values = noisy(60)
    values[50] = np.nan
    found = one(values)
    assert found.method == "drift"
    assert str(found.why) == "the series has gaps: 9 values since the last one; 24 are needed"
    known = np.diff(values)
    assert found.drift[0] - values[-1] == pytest.approx(known[np.isfinite(known)].mean())


def test_a_gap_long_ago_leaves_the_rest_to_the_usual_method():
    values = noisy(60)
    values[10] = np.nan
    assert one(values) == one(values[11:])


def test_what_lies_before_a_declared_change_does_not_count():
    values = np.concatenate([np.full(40, 200.0) + noisy(40), noisy(10, seed=2)])
    found = one(values, begins=40)
    assert found.method == "drift" and found.mean == one(values[40:]).mean
    assert str(found.why) == "only 10 values since the series changed its level; 24 are needed"


@pytest.mark.parametrize(("values", "why"), [([], "no value is known"), ([3.0, np.nan, 4.0], "fewer than three values follow each other")])
def test_too_few_values_have_no_forecast_and_say_so(values, why):
    found = one(np.array(values))
    assert (found.method, found.mean, str(found.why)) == ("none", (), why)


def test_weeks_need_two_years():
    assert ready(noisy(103), 52).method == "drift"
    assert ready(noisy(104), 52).method == "mean of theta and ets"


@settings(max_examples=25)
@given(st.integers(24, 70), st.integers(0, 1000), st.sampled_from([1e-150, 0.001, 7.0, 1e200]))
def test_another_unit_gives_the_same_forecast_in_that_unit(length, seed, unit):
    values = np.abs(noisy(length, seed)) + 1
    plain, scaled = one(values), one(unit * values)
    assert np.array(scaled.mean) == pytest.approx(unit * np.array(plain.mean), rel=1e-6)
    assert np.array(scaled.deviation) == pytest.approx(unit * np.array(plain.deviation), rel=1e-6)


@settings(max_examples=25)
@given(st.lists(st.one_of(st.floats(-1e9, 1e9), st.just(float("nan"))), max_size=40), st.sampled_from([1, 4, 12]))
def test_no_series_gives_infinity_or_nothing_at_all(values, season):
    found = one(np.array(values), horizon=5, season=season)
    numbers = [*found.mean, *found.deviation, *found.total, *found.total_deviation, *found.seasonal_naive, *found.drift]
    assert np.isfinite(numbers).all()
    assert (found.why is None) == (found.method == "mean of theta and ets")


def test_series_of_different_seasons_and_lengths_are_forecast_as_if_alone():
    series = [Series(noisy(60), 12), Series(FALLING, 12), Series(noisy(30, 3), 4), Series(noisy(45, 4), 12)]
    together = forecasts(series, 8)
    for found, told in zip(together, series, strict=True):
        (alone,) = forecasts([told], 8)
        assert found.mean == pytest.approx(alone.mean) and found.deviation == pytest.approx(alone.deviation)


def test_the_sum_of_a_drift_is_as_uncertain_as_its_random_walks_are():
    found, luck = one(FALLING, horizon=6), np.random.default_rng(3)
    steps = np.diff(FALLING)
    means = luck.normal(steps.mean(), steps.std(ddof=1) / np.sqrt(len(steps)), 40_000)
    walks = FALLING[-1] + np.cumsum(luck.normal(means[:, None], steps.std(ddof=1), (40_000, 6)), axis=1)
    assert found.total[-1] == pytest.approx(walks.sum(axis=1).mean(), rel=0.001)
    assert found.total_deviation[-1] == pytest.approx(walks.sum(axis=1).std(), rel=0.02)


def test_the_chance_of_a_sum_asks_for_what_is_missing():
    found = one(noisy(60), horizon=6)
    assert chance.of_sum(found, 6, found.total[5], 1) == pytest.approx(0.5)
    assert chance.of_sum(found, 6, 0, 1) > 0.99 and chance.of_sum(found, 6, 0, -1) < 0.01


def test_the_test_of_the_season_finds_one_and_invents_none():
    seasonal, plain = np.tile(YEAR, 5)[None, :], noisy(60)[None, :]
    assert np.ptp(seasons(seasonal, 12).figures) > 0.2
    assert np.ptp(seasons(plain, 12).figures) == 0
    assert np.ptp(seasons(seasonal[:, :35], 12).figures) == 0  # less than three years


def test_errors_are_measured_as_the_competitions_do():
    assert smape(np.array([100.0, 0.0]), np.array([110.0, 0.0])) == pytest.approx([200 * 10 / 210, 0])
    assert seasonal_step(np.array([1.0, 2, 3, 5, 7, 9]), 2) == pytest.approx((2 + 3 + 4 + 4) / 4)
    assert seasonal_step(np.full(10, 4.0), 2) is None
    assert pinball(np.array([2.0, 0.0]), np.array([1.0, 1.0]), 0.9) == pytest.approx([0.9, 0.1])
    assert brier(np.array([0.8, 0.3]), np.array([1.0, 0.0])) == pytest.approx((0.04 + 0.09) / 2)


def test_a_reliability_table_holds_every_chance_once():
    luck = np.random.default_rng(5)
    chances = luck.uniform(size=4000)
    bins = reliability(chances, (luck.uniform(size=4000) < chances).astype(float))
    assert sum(one.count for one in bins) == 4000
    assert all(abs(one.chance - one.came_true) < 0.08 for one in bins)


def test_a_target_s_rate_stands_beside_what_the_series_has_done():
    found = rate(np.arange(40.0), 59, 10, 1)
    assert (found.required, found.usual, found.share) == (2, 1, 0)
    assert rate(np.arange(40.0), 44, 10, 1).share == 1
    assert rate(np.arange(40.0), 59, 10, -1).share == 1  # rising by less is better where lower is
    assert rate(np.array([1.0, 2.0, 4.0]), 9, 5, 1).share is None


def test_a_scenario_moves_what_is_expected_and_nothing_else():
    found = Forecast("drift", mean=(11.0, 12.0, 13.0, 14.0))
    assert expected(found, Scenario(), 10, 4) == (11, 12, 13, 14)
    assert expected(found, Scenario(level=5), 10, 4) == (16, 17, 18, 19)
    assert expected(found, Scenario(trend=2), 10, 4) == (12, 14, 16, 18)
    assert expected(found, Scenario(trend=0), 10, 4) == (10, 10, 10, 10)
    assert expected(found, Scenario(driver=1.5), 10, 2) == pytest.approx((11 * 1.25, 12 * 1.5))
    assert Scenario().changes_nothing and not Scenario(level=1).changes_nothing


@pytest.mark.parametrize(
    ("last", "frequency", "day", "steps"),
    [
        (date(2026, 6, 30), "month", date(2028, 12, 31), 30),
        (date(2026, 6, 30), "quarter", date(2027, 1, 31), 3),
        (date(2026, 6, 30), "half", date(2026, 12, 31), 1),
        (date(2025, 12, 31), "year", date(2028, 12, 31), 3),
        (date(2026, 6, 28), "week", date(2026, 7, 6), 2),
        (date(2026, 6, 30), "day", date(2026, 7, 2), 2),
        (date(2026, 6, 30), "month", date(2026, 5, 31), -1),
    ],
)
def test_the_periods_up_to_a_day_are_counted(last, frequency, day, steps):
    assert steps_between(last, day, frequency) == steps


def test_periods_go_on_and_back_without_a_gap():
    assert following(date(2026, 11, 30), "month", 3) == [date(2026, 12, 31), date(2027, 1, 31), date(2027, 2, 28)]
    assert up_to(date(2026, 3, 31), "quarter", 2) == [date(2025, 12, 31), date(2026, 3, 31)]
