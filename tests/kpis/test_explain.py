"""An explanation shows the rule with its numbers; a value at its thresholds gets the status that they promise."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.periods import Month
from kpis.definition import Aim, Bands, Kpi
from kpis.explain import explain
from kpis.reasons import SENTENCES, reason
from kpis.score import STATUSES, Reason, Score
from kpis.scorecard import as_score
from tests.kpi_town import definitions, goal, indicator, judged

UP: dict[str, Any] = {"baseline": (60.0, "2024-12-31"), "target": (80.0, "2026-12-31")}
DOWN: dict[str, Any] = {"polarity": "lower", "baseline": (40.0, "2024-12-31"), "target": (20.0, "2026-12-31")}
ALONE: dict[str, Any] = {"target": (80.0, "2026-12-31")}
STAIRS: dict[str, Any] = {"target": (80.0, "2026-12-31"), "steps": [(50.0, "2024-12-31")]}


def score(kpi: Kpi, value: float | None, period: str = "2025-12", month: str = "2025-12") -> Score:
    known = definitions(indicator())
    verdict = judged(kpi, {period: value}, month)
    aim = Aim(baseline=kpi.baseline, target=kpi.target, path=kpi.path)
    return as_score(verdict, kpi, aim, known.indicator["lights"], Month.parse(month))


REASONS: list[tuple[Kpi, float | None, str, str]] = [
    (goal(), 70, "2025-12", "no target is set"),
    (goal(**UP), None, "2025-12", "no value is known up to this month"),
    (goal(baseline=(1.0, "2026-01-31"), target=(2.0, "2027-01-31")), 1, "2025-12", "nothing is due before 2026-01-31"),
    (goal(**UP), 70, "2025-10", "the latest value, 70.0 %, is of 2025-10: 71 days old at the review, and 45 is the limit"),
    (goal(**UP), 80, "2025-12", "80.0 % meets the target of 80.0 %"),
    (goal(**UP), 85, "2025-12", "85.0 % goes beyond the target of 80.0 %: 125% of the way from 60.0 %"),
    (goal(basis="ratio", **ALONE), 88, "2025-12", "88.0 % goes beyond the target of 80.0 %"),
    (goal(**UP), 66.2, "2025-12", "66.2 % against 70.0 % due now: 62% of the way that was planned by then"),
    (goal(**UP), 50, "2025-12", "50.0 % is further from the target of 80.0 % than the baseline, 60.0 %"),
    (goal(**UP), 60, "2024-12", "60.0 % is no worse than the baseline, 60.0 %, and no more is due yet"),
    (goal(**UP), 59, "2024-12", "59.0 % is worse than the baseline, 60.0 %, which was to be kept"),
    (goal(basis="progress", **DOWN), 25, "2025-12", "25.0 % on the way to 20.0 %: 75% of the way from 40.0 %"),
    (goal(basis="ratio", **ALONE), 60, "2025-12", "60.0 % against 80.0 %: 75% of what is asked"),
    (goal(basis="absolute", **ALONE), 60, "2025-12", "60.0 % does not meet the target of 80.0 %"),
    (goal(basis="absolute", **STAIRS), 40, "2025-12", "40.0 % does not meet the 50.0 % due now"),
    (goal(basis="absolute", **STAIRS), 60, "2025-12", "60.0 % meets the 50.0 % due now, on the way to 80.0 %"),
    (
        goal(basis="absolute", bands=Bands(on_track=75, at_risk=70), **ALONE),
        76,
        "2025-12",
        "76.0 % does not meet the target of 80.0 %, but 75.0 % is enough to be on track",
    ),
    (
        goal(basis="absolute", bands=Bands(on_track=75, at_risk=70), **ALONE),
        72,
        "2025-12",
        "72.0 % is not enough to be on track, which takes 75.0 %; from 70.0 % it is at risk",
    ),
    (
        goal(basis="absolute", bands=Bands(on_track=75, at_risk=70), **ALONE),
        60,
        "2025-12",
        "60.0 % misses 70.0 %, from which it would be at risk; the target is 80.0 %",
    ),
    (goal(basis="absolute", **ALONE), 79.99, "2025-12", "79.99 % does not meet the target of 80.00 %"),
    (goal(basis="progress", **UP), 77.99, "2025-12", "78.0 % on the way to 80.0 %: 89% of the way from 60.0 %"),
]


def reason_of(kpi: Kpi, value: float | None, period: str) -> Reason:
    """Reviewed in December 2025, or in the baseline's own month."""
    return score(kpi, value, period, period if period == "2024-12" else "2025-12").reason


@pytest.mark.parametrize(("kpi", "value", "period", "expected"), REASONS)
def test_a_reason_names_its_numbers(kpi, value, period, expected):
    assert str(reason_of(kpi, value, period)) == expected


def test_every_sentence_is_used_by_the_table_above():
    assert {reason_of(kpi, value, period).sentence for kpi, value, period, _ in REASONS} == set(SENTENCES.values())


@pytest.mark.parametrize(
    ("kpi", "value", "arithmetic", "thresholds"),
    [
        (goal(**UP), 66, "(66.0 % − 60.0 %) / (70.0 % − 60.0 %) = 60%", {"exceeded": 82, "reached": 80, "on_track": 69, "at_risk": 66}),
        (goal(**DOWN), 34, "(34.0 % − 40.0 %) / (30.0 % − 40.0 %) = 60%", {"exceeded": 18, "reached": 20, "on_track": 31, "at_risk": 34}),
        (
            goal(basis="progress", **UP),
            75,
            "(75.0 % − 60.0 %) / (80.0 % − 60.0 %) = 75%",
            {"exceeded": 82, "reached": 80, "on_track": 78, "at_risk": 72},
        ),
        (goal(basis="ratio", **ALONE), 60, "60.0 % / 80.0 % = 75%", {"exceeded": 88, "reached": 80, "on_track": 76, "at_risk": 68}),
        (
            goal(basis="ratio", polarity="lower", target=(19.0, "2026-12-31")),
            25,
            "19.0 % / 25.0 % = 76%",
            {"exceeded": 19 / 1.1, "reached": 19, "on_track": 20, "at_risk": 19 / 0.85},
        ),
        (goal(basis="absolute", **ALONE), 60, None, {"exceeded": 88, "reached": 80, "on_track": None, "at_risk": None}),
        (goal(basis="absolute", **STAIRS), 60, None, {"exceeded": 88, "reached": 80, "on_track": 50, "at_risk": None}),
        (goal(), 60, None, {}),
        (goal(**UP), None, None, {}),
        (
            goal(baseline=(60.0, "2024-12-31"), target=(60.0, "2026-12-31")),
            59,
            None,
            {"exceeded": 66, "reached": 60, "on_track": 60, "at_risk": None},
        ),
    ],
)
def test_an_explanation_shows_the_arithmetic_and_what_would_change_the_status(kpi, value, arithmetic, thresholds):
    found = explain(score(kpi, value))
    assert (None if found.arithmetic is None else str(found.arithmetic)) == arithmetic
    assert {status: amount and amount.number for status, amount in found.thresholds.items()} == {
        status: number if number is None else pytest.approx(number) for status, number in thresholds.items()
    }


def test_the_rule_names_the_bands_in_force():
    assert str(explain(score(goal(bands=Bands(on_track=0.8, at_risk=0.5), **UP), 66)).rule).endswith("On track from 80%, at risk from 50%.")
    assert str(explain(score(goal(basis="absolute", **ALONE), 66)).rule) == "Met or not."
    banded = explain(score(goal(basis="absolute", bands=Bands(on_track=75, at_risk=70), **ALONE), 66))
    assert str(banded.rule) == "Held against values: on track from 75.0 %, at risk from 70.0 %."
    assert explain(score(goal(), 66)).rule is None


numbers = st.integers(1, 500).map(float)


@given(
    numbers,
    numbers,
    st.sampled_from(["on_schedule", "progress", "ratio", "absolute"]),
    st.sampled_from(["higher", "lower"]),
    st.dates(date(2025, 1, 1), date(2027, 12, 31)),
)
@settings(max_examples=150)
def test_a_value_at_a_threshold_has_its_status_or_a_better_one_and_a_worse_value_has_not(one, other, basis, polarity, end):
    low, high = sorted((one, other))
    first, last = (low, high) if polarity == "higher" else (high, low)
    kpi = goal(basis=basis, polarity=polarity, baseline=(first, "2024-12-31"), target=(last, end.isoformat()))
    attained = ["off_track", "at_risk", "on_track", "reached", "exceeded"]
    for status, amount in explain(score(kpi, first)).thresholds.items():
        if amount is None:
            continue
        assert attained.index(score(kpi, amount.number).status) >= attained.index(status)
        worse = amount.number - kpi.sign * max(1e-5, 1e-6 * abs(amount.number))
        assert attained.index(score(kpi, worse).status) < attained.index(status)


def test_a_sentence_names_only_values_it_is_given():
    kpi, known = goal(**UP), indicator()
    for status in STATUSES:
        verdict = {"status": status, "attainment": 0.5, "progress": 1.2, "due": 70.0, "target": 80.0, "value": 65.0}
        verdict |= {"period": date(2025, 12, 31), "age_days": 10, "limit_days": 45}
        assert str(reason(kpi, known, Aim(baseline=kpi.baseline, target=kpi.target), verdict))
