"""Duplicated series: the same, a multiple, or a stretch; never two stocks that stand still, never small counts by chance."""

from itertools import pairwise

import numpy as np
import pytest

from kpis.quality.duplicates import duplicates
from tests.quality_town import EAST, FIRST, TOWN, WEST, definitions, indicator, months, series

MONTH = np.arange(60)


def wave(seed: int = 1) -> np.ndarray:
    return np.round(100 + 10 * np.sin(MONTH / 2) + np.random.default_rng(seed).normal(0, 3, 60), 1)


def found(*frames, indicators=("lights", "trees")):
    known = definitions(*(indicator(name) for name in indicators))
    return duplicates(series(known, *frames), known).findings


def test_two_indicators_with_the_same_values():
    (pair,) = found(months(list(wave())), months(list(wave()), "trees"))
    assert (pair.rule, pair.indicators, pair.places) == ("same", ("lights", "trees"), (TOWN, TOWN))
    assert str(pair.reason) == "the two have the same values in 60 periods in a row, from 2020-11 to 2025-10"
    assert len(pair.rows) == 60


def test_two_places_of_which_one_is_a_multiple_of_the_other():
    (pair,) = found(months(list(wave()), place=EAST), months(list(wave() * 1000), place=WEST))
    assert (pair.rule, pair.places) == ("multiple", (EAST, WEST))
    assert "the one is the other times one fixed number in 60 periods" in str(pair.reason)


def test_a_year_that_was_copied_into_another_series():
    copied = np.where((MONTH >= 20) & (MONTH < 33), wave(1), wave(2))
    (pair,) = found(months(list(wave(1))), months(list(copied), "trees"))
    assert (pair.reason.values["count"], pair.rows[0].period) == (13, FIRST.plus(20).last)


def test_a_shorter_stretch_is_left_alone():
    copied = np.where((MONTH >= 20) & (MONTH < 31), wave(1), wave(2))
    assert found(months(list(wave(1))), months(list(copied), "trees")) == ()


HARMLESS = {
    "series of their own": (wave(1), wave(2)),
    "two stocks that stand still together": (np.where(MONTH < 30, 7.0, 9.0), np.where(MONTH < 30, 14.0, 18.0)),
    "two series that never change": (np.full(60, 5.0), np.full(60, 5.0)),
    "all zeros": (np.zeros(60), np.zeros(60)),
    "small counts": tuple(np.random.default_rng(seed).poisson(2, 60).astype(float) for seed in (1, 2)),
    "the same but for its last digit": (wave(1), np.round(wave(1) + np.random.default_rng(9).choice([-0.1, 0.1], 60), 1)),
}


@pytest.mark.parametrize("case", HARMLESS)
def test_what_is_no_copy(case):
    one, other = HARMLESS[case]
    assert found(months(list(one)), months(list(other), "trees")) == ()


def test_a_city_and_its_only_district_with_the_indicator_are_one_series():
    assert found(months(list(wave())), months(list(wave()), place=EAST)) == ()
    other = months(list(wave(2)), place=WEST)
    assert [pair.places for pair in found(months(list(wave())), months(list(wave()), place=EAST), other)] == [(EAST, TOWN)]


def test_many_copies_of_one_series_are_told_as_a_chain():
    names = [f"copy_{number}" for number in range(6)]
    pairs = found(*(months(list(wave()), name) for name in names), indicators=names)
    assert [pair.indicators for pair in pairs] == list(pairwise(names))


def test_periods_of_different_length_are_not_compared():
    known = definitions(indicator("lights"), indicator("trees", "quarter"))
    quarters = months(list(wave()), "trees").filter(months(list(wave()))["period"].dt.month() % 3 == 0)
    assert duplicates(series(known, months(list(wave())), quarters), known).findings == ()
