"""Jumps: levels and single periods that stand out, never a season that comes back, never on too little data."""

from datetime import date

import numpy as np
import pytest

from data.periods import Frequency
from kpis.quality import Finding
from kpis.quality.jumps import FEWEST, jumps, scores
from kpis.score import Period
from tests.quality_town import FIRST, days, definitions, indicator, months, periods, series

MONTH = np.arange(72)
AUGUST = np.where((MONTH + FIRST.number - 1) % 12 == 7, -30.0, 0.0)
"""Libraries are empty in August."""


def waves(seed: int = 1) -> np.ndarray:
    return np.round(100 + AUGUST + np.random.default_rng(seed).normal(0, 1, 72), 1)


def found(values, frequency: Frequency = "month"):
    known = definitions(indicator(frequency=frequency))
    return jumps(series(known, values), known, date.min)


def when(jump: Finding) -> date:
    period = jump.reason.values["period"]
    assert isinstance(period, Period)
    return period.end


def told(values, frequency: Frequency = "month"):
    return [(finding.rule, str(finding.reason).split(":")[0]) for finding in found(values, frequency).findings]


@pytest.mark.parametrize("seed", range(6))
def test_a_new_level_is_found_once(seed):
    (jump,) = found(months(list(waves(seed) + np.where(MONTH >= 40, 15, 0)))).findings
    assert jump.rule == "level" and jump.rows[1].period == FIRST.plus(40).last
    assert [row.period for row in jump.rows] == [FIRST.plus(n).last for n in (39, 40, 41)]


@pytest.mark.parametrize("seed", range(6))
def test_a_single_period_is_told_once_though_it_goes_up_and_comes_down(seed):
    (jump,) = found(months(list(waves(seed) + np.where(MONTH == 40, 15, 0)))).findings
    assert jump.rule == "once" and when(jump) == FIRST.plus(40).last


def test_the_years_after_an_outlier_are_not_blamed_for_it():
    values = waves() + np.where(MONTH == 30, 40, 0)
    assert [when(finding) for finding in found(months(list(values))).findings] == [FIRST.plus(30).last]


def test_a_jump_in_the_last_month_is_a_level_as_far_as_anybody_knows():
    values = waves() + np.where(MONTH == 71, 20, 0)
    (jump,) = found(months(list(values))).findings
    assert jump.rule == "level" and jump.rows[-1].period == FIRST.plus(71).last


def test_a_jump_of_long_ago_is_known_by_now():
    known = definitions(indicator())
    rows = series(known, months(list(waves() + np.where(MONTH >= 40, 15, 0))))
    days = (FIRST.plus(40).last, FIRST.plus(41).last)
    assert [jumps(rows, known, since).findings[0].urgency for since in days] == ["check", "known"]


def test_a_season_that_comes_back_is_no_jump():
    assert found(months(list(waves()))).findings == ()


def test_an_august_that_is_not_empty_is_a_jump():
    values = waves()
    august = int(np.flatnonzero(AUGUST)[3])
    values[august] += 30
    (jump,) = found(months(list(values))).findings
    assert jump.rule == "once" and when(jump) == FIRST.plus(august).last


def test_over_a_hole_nothing_is_compared():
    values = [None if n == 40 else value + (15 if n > 40 else 0) for n, value in enumerate(waves())]
    assert found(months(values)).findings == ()


@pytest.mark.parametrize("frequency", FEWEST)
def test_too_little_data_is_refused_in_words(frequency):
    texts = {
        "day": [f"2025-01-{n:02}" for n in range(1, 32)],
        "week": [f"2025-W{n:02}" for n in range(1, 53)],
        "month": [f"{2021 + n // 12}-{n % 12 + 1:02}" for n in range(48)],
        "quarter": [f"{2020 + n // 4}-Q{n % 4 + 1}" for n in range(20)],
        "half": [f"{2019 + n // 2}-H{n % 2 + 1}" for n in range(12)],
        "year": [str(2010 + n) for n in range(12)],
    }[frequency]
    refused = found(periods({text: float(n % 5) for n, text in enumerate(texts)}, frequency), frequency)
    assert refused.findings == ()
    assert [str(untold.reason) for untold in refused.untold] == [f"cannot tell: fewer than {FEWEST[frequency]} values"]


def test_a_stock_that_stands_still_is_refused_in_words():
    refused = found(months(list(20 + np.cumsum(np.where(MONTH % 7 == 3, 1.4, 0)))))
    assert refused.findings == ()
    assert [str(untold.reason) for untold in refused.untold] == ["cannot tell: it stands still more often than it moves"]


def test_days_are_held_against_the_same_day_of_other_weeks():
    day = np.arange(200)
    working = np.where((day + 2) % 7 < 5, 100.0, 20.0)  # 1 January 2020 was a Wednesday
    values = working + np.random.default_rng(3).normal(0, 2, 200)
    assert found(days(list(values)), "day").findings == ()
    values[120] += 60
    assert [finding.rule for finding in found(days(list(values)), "day").findings] == ["once"]


def test_the_usual_change_of_a_season_leaves_the_change_itself_out():
    known = definitions(indicator())
    rows = series(known, months([float(n % 12 + (n == 25) * 7) for n in range(61)]))
    usual = dict(scores(rows).select("period", "usual").iter_rows())
    assert usual[FIRST.plus(25).last] == 1.0


def test_years_are_judged_without_a_season():
    rng = np.random.default_rng(5)
    values = {str(2000 + n): float(value) for n, value in enumerate(50 + np.cumsum(rng.normal(0, 1, 25)))}
    assert told(periods(values, "year"), "year") == []
    values["2024"] += 40
    assert [rule for rule, _ in told(periods(values, "year"), "year")] == ["level"]
