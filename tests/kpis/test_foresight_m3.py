"""The shipped forecast on the monthly series of the M3 competition, whose best methods published a sMAPE of 13.85 to 13.9."""

import pytest

from tests.m3_monthly import Result, read, result


def is_calibrated(found: Result) -> None:
    assert 0.77 <= found.coverage80.mean() <= 0.83
    assert found.brier < 0.6 * found.base_rate_brier
    for one in found.reliability:
        # Half a tenth, and what chance alone does to so few cases of the same series.
        assert abs(one.chance - one.came_true) < 0.1 + (one.count < 300) * 0.05, one


def test_150_of_the_series_are_forecast_as_well_as_the_competitions_best(shared):
    found = result(read(shared, 150))
    print(found)
    assert found.smape <= 14.2  # what 13.9 is on all: on these, last year again is off by 17.5, on all by 17.2
    assert found.smape < 0.9 * found.smape_of_last_year
    is_calibrated(found)


@pytest.mark.slow
def test_all_series_are_forecast_as_well_as_the_competitions_best(shared):
    found = result(read(shared))
    print(found)
    assert found.smape <= 13.9
    assert found.smape < 0.9 * found.smape_of_last_year
    is_calibrated(found)
