"""An explanation shows the rule with its numbers; a value at its thresholds gets the status that they promise."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.periods import Month
from kpis.definition import Aim, Bands, Kpi
from kpis.explain import explain
from kpis.reasons import OF_A_LIMIT, SENTENCES, reason
from kpis.score import STATUSES, Reason, Score
from kpis.scorecard import as_score
from tests.kpi_town import definitions, goal, indicator, judged
from tests.thorough import part

UP: dict[str, Any] = {"baseline": (60.0, "2024-12-31"), "target": (80.0, "2026-12-31")}
DOWN: dict[str, Any] = {"polarity": "lower", "baseline": (40.0, "2024-12-31"), "target": (20.0, "2026-12-31")}
ALONE: dict[str, Any] = {"target": (80.0, "2026-12-31")}
STAIRS: dict[str, Any] = {"target": (80.0, "2026-12-31"), "steps": [(50.0, "2024-12-31")]}


Values = float | None | dict[str, float]
RANGE = {"low": 45.0, "high": 55.0, "low_limit": 30.0, "high_limit": 70.0, "date": "2026-12-31"}
SCALE: dict[str, Any] = {"basis": "performance", "target": (90.0, "2026-12-31"), "scale": {"min": 0.0, "max": 200.0}}
YEAR: dict[str, Any] = {"accumulation": "flow", "baseline": (0.0, "2024-12-31"), "target": (146.0, "2026-12-31")}
FALL: dict[str, Any] = {"accumulation": "reduction_annual", "polarity": "lower", "target": (40.0, "2026-12-31")}


def score(kpi: Kpi, value: Values, period: str = "2025-12", month: str = "2025-12") -> Score:
    """Of one value in a period, or of several in theirs."""
    known = definitions(indicator())
    verdict = judged(kpi, value if isinstance(value, dict) else {period: value}, month)
    aim = Aim.model_construct(**{part: getattr(kpi, part) for part in Aim.model_fields})
    return as_score(verdict, kpi, aim, known.indicator["lights"], Month.parse(month))


REASONS: list[tuple[Kpi, Values, str, str]] = [
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
    (goal(polarity="neutral"), 70, "2025-12", "shown without a judgement: neither more nor less of it is better"),
    (goal(polarity="range", target=RANGE), 50, "2025-12", "50.0 % is within the range from 45.0 % to 55.0 %"),
    (goal(polarity="range", target=RANGE), 42, "2025-12", "42.0 % is outside the range from 45.0 % to 55.0 %: 80% attained"),
    (
        goal(polarity="range", target=RANGE, tolerance=1.0),
        44.5,
        "2025-12",
        "44.5 % comes within 1.0 points of the range from 45.0 % to 55.0 %, which counts as met",
    ),
    (
        goal(polarity="range", target=RANGE, smallest_difference=4.0),
        42,
        "2025-12",
        "42.0 % is within 4.0 points of the range from 45.0 % to 55.0 %: no less can be told apart, or it counts as met",
    ),
    (goal(tolerance=1.0, **UP), 79.5, "2025-12", "79.5 % comes within 1.0 points of the target of 80.0 %, which counts as met"),
    (
        goal(smallest_difference=4.0, **UP),
        67,
        "2025-12",
        "67.0 % is within 4.0 points of the 70.0 % asked for: no less can be told apart, or it counts as met",
    ),
    (goal(smallest_difference=4.0, **UP), 63, "2025-12", "63.0 % is within 4.0 points of being on track, and no less can be told apart"),
    (goal(**SCALE), 50, "2025-12", "50.0 % is at 25% of the scale from 0.0 % to 200.0 %"),
    (goal(attainment="binary", **UP), 70, "2025-12", "70.0 % meets the 70.0 % due now, on the way to 80.0 %"),
    (
        goal(**YEAR),
        {f"2025-{month:02}": 10.0 for month in range(1, 13)},
        "2025-12",
        "120.0 % added up since 2025-01-01 against 146.0 % due by then: 82% of what is asked",
    ),
    (
        goal(**YEAR),
        {f"2025-{month:02}": 10.0 for month in (1, 2, 4, 12)},
        "2025-12",
        "a period up to 2025-12 has no value, so that the sum is not known",
    ),
    (
        goal(target=(20.0, "2026-12-31"), programmed={"2025": 0.0, "2026": 20.0}),
        {f"2025-{month:02}": 0.0 for month in range(1, 13)},
        "2025-12",
        "0.0 % meets the 0.0 % due now, on the way to 20.0 %",
    ),
    (
        goal(accumulation="cumulative", target=(20.0, "2026-12-31"), programmed={"2025": 0.0, "2026": 20.0}),
        {f"2025-{month:02}": 0.0 for month in range(1, 13)},
        "2025-12",
        "nothing is due up to 2025-12",
    ),
    (
        goal(path={"method": "seasonal"}, **YEAR),
        {f"2025-{month:02}": 10.0 for month in range(1, 13)},
        "2025-12",
        "the target is spread over the year as the year before was, and that year is not whole",
    ),
    (goal(**FALL), 42, "2025-12", "the year before ended without a value to measure the reduction from"),
    (
        goal(**FALL),
        {"2024-12": 50, "2025-12": 43},
        "2025-12",
        "43.0 % after 50.0 % when last year ended, against 40.0 % due this year: 70% of the way",
    ),
    (
        goal(**FALL),
        {"2024-12": 38, "2025-12": 43},
        "2025-12",
        "43.0 % is worse than the 40.0 % due this year; last year ended better, at 38.0 %",
    ),
]


LIMIT: dict[str, Any] = {"polarity": "lower", "target": (80.0, "2026-12-31")}
OF_LESS: list[tuple[Kpi, Values, str, str]] = [
    (goal(basis="ratio", **LIMIT), 60, "2025-12", "60.0 % is well below the target of 80.0 %, and lower is better"),
    (
        goal(**DOWN),
        15,
        "2025-12",
        "15.0 % is well below the target of 20.0 %, and lower is better: 125% of the way from 40.0 %",
    ),
    (goal(basis="ratio", **LIMIT), 100, "2025-12", "100.0 % against 80.0 % at the most: 80% attained"),
    (
        goal(**{**YEAR, "polarity": "lower"}),
        {f"2025-{month:02}": 20.0 for month in range(1, 13)},
        "2025-12",
        "240.0 % added up since 2025-01-01 against 146.0 % at the most by then: 60% attained",
    ),
    (
        goal(basis="absolute", bands=Bands(on_track=85, at_risk=90), **LIMIT),
        88,
        "2025-12",
        "88.0 % is too much to be on track, which takes 85.0 % at the most; up to 90.0 % it is at risk",
    ),
    (
        goal(basis="absolute", bands=Bands(on_track=85, at_risk=90), **LIMIT),
        95,
        "2025-12",
        "95.0 % is above 90.0 %, up to which it would be at risk; the target is 80.0 %",
    ),
]


def reason_of(kpi: Kpi, value: Values, period: str) -> Reason:
    """Reviewed in December 2025, or in the baseline's own month."""
    return score(kpi, value, period, period if period == "2024-12" else "2025-12").reason


@pytest.mark.parametrize(("kpi", "value", "period", "expected"), REASONS)
def test_a_reason_names_its_numbers(kpi, value, period, expected):
    assert str(reason_of(kpi, value, period)) == expected


@pytest.mark.parametrize(("kpi", "value", "period", "expected"), OF_LESS)
def test_where_lower_is_better_nothing_misses_or_goes_beyond(kpi, value, period, expected):
    assert str(reason_of(kpi, value, period)) == expected


def test_every_sentence_of_a_limit_is_used_by_the_table_above():
    assert {reason_of(kpi, value, period).sentence for kpi, value, period, _ in OF_LESS} == set(OF_A_LIMIT.values())


@pytest.mark.parametrize(
    ("kpi", "value", "upwards"),
    [
        (goal(**UP), 66, True),
        (goal(**DOWN), 34, False),
        (goal(polarity="range", target=RANGE), 42, True),
        (goal(polarity="range", target=RANGE), 53, False),
        (goal(polarity="range", target=RANGE), 60, False),
    ],
)
def test_a_status_holds_from_a_value_upwards_or_up_to_it(kpi, value, upwards):
    assert explain(score(kpi, value)).upwards is upwards


@pytest.mark.parametrize(
    ("kpi", "value", "said"),
    [
        (goal(tolerance=2.0, **DOWN), 31, "2.0 points above what is asked still counts as met."),
        (goal(polarity="range", tolerance=2.0, target=RANGE), 42, "2.0 points outside the range still counts as met."),
    ],
)
def test_a_tolerance_is_said_by_the_way_that_is_better(kpi, value, said):
    assert said in [str(note) for note in explain(score(kpi, value)).notes]


def test_fixed_values_are_said_by_the_way_that_is_better():
    rule = explain(score(goal(basis="absolute", bands=Bands(on_track=85, at_risk=90), **LIMIT), 88)).rule
    assert str(rule) == "Held against values: on track up to 85.0 %, at risk up to 90.0 %."


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


FLOW_OF_A_YEAR = {f"2025-{month:02}": 10.0 for month in range(1, 13)}


@pytest.mark.parametrize(
    ("kpi", "values", "arithmetic", "thresholds", "notes"),
    [
        pytest.param(
            goal(polarity="range", target=RANGE),
            42,
            "1 − (45.0 % − 42.0 %) / (45.0 % − 30.0 %) = 80%",
            {"exceeded": None, "reached": 45, "on_track": 43.5, "at_risk": 39},
            [],
            id="below its range",
        ),
        pytest.param(
            goal(polarity="range", target=RANGE),
            60,
            "1 − (60.0 % − 55.0 %) / (70.0 % − 55.0 %) = 66%",
            {"exceeded": None, "reached": 55, "on_track": 56.5, "at_risk": 61},
            [],
            id="above its range",
        ),
        pytest.param(
            goal(polarity="range", target=RANGE),
            50,
            None,
            {"exceeded": None, "reached": 55, "on_track": 56.5, "at_risk": 61},
            [],
            id="inside",
        ),
        pytest.param(goal(polarity="neutral"), 50, None, {}, [], id="neutral"),
        pytest.param(
            goal(**SCALE),
            50,
            "(50.0 % − 0.0 %) / (200.0 % − 0.0 %) = 25%",
            {"exceeded": 99, "reached": 90, "on_track": None, "at_risk": None},
            [],
            id="performance: its target comes before 60% of the scale",
        ),
        pytest.param(
            goal(attainment="binary", **UP),
            69,
            None,
            {"exceeded": 82, "reached": 80, "on_track": 70, "at_risk": None},
            ["All or nothing: less than what is asked counts as nothing."],
            id="binary",
        ),
        pytest.param(
            goal(tolerance=2.0, **UP),
            69,
            "(69.0 % − 60.0 %) / (70.0 % − 60.0 %) = 90%",
            {"exceeded": 82, "reached": 78, "on_track": 68, "at_risk": 66},
            ["2.0 points short of what is asked still counts as met."],
            id="tolerance",
        ),
        pytest.param(
            goal(smallest_difference=3.0, **UP),
            69,
            "(69.0 % − 60.0 %) / (70.0 % − 60.0 %) = 90%",
            {"exceeded": 82, "reached": 80, "on_track": 67, "at_risk": 64},
            ["Bands narrower than 3.0 points are widened to it, because the data cannot tell less apart."],
            id="smallest difference",
        ),
        pytest.param(
            goal(**YEAR),
            FLOW_OF_A_YEAR,
            "120.0 % / 146.0 % = 82%",
            {"exceeded": 160.6, "reached": 146, "on_track": 131.4, "at_risk": 87.6},
            ["The values of the year are added up and held against the year's own target; each year stands alone."],
            id="flow",
        ),
        pytest.param(
            goal(**{**YEAR, "polarity": "lower"}),
            FLOW_OF_A_YEAR,
            "146.0 % / 120.0 % = 121%",
            {"exceeded": None, "reached": None, "on_track": 146 / 0.9, "at_risk": 146 / 0.6},
            ["The values of the year are added up and held against the year's own target; each year stands alone."],
            id="flow that must stay low",
        ),
        pytest.param(
            goal(accumulation="level", basis="progress", target=(80.0, "2026-12-31")),
            66,
            "66.0 % / 80.0 % = 82%",
            {"exceeded": 88, "reached": 80, "on_track": 72, "at_risk": 48},
            ["The value counts as it is; no baseline is subtracted."],
            id="level, of the whole target",
        ),
        pytest.param(
            goal(target=(30.0, "2026-12-31"), baseline=(10.0, "2024-12-31"), programmed={"2025": 5.0, "2026": 15.0}),
            {f"2025-{month:02}": 0.25 for month in range(1, 13)},
            "(13.0 % − 10.0 %) / (15.0 % − 10.0 %) = 60%",
            {"exceeded": 32, "reached": 30, "on_track": 14.5, "at_risk": 13},
            [
                "All values since 2025-01-01 are added up, on top of the baseline.",
                "The years' amounts add up to the way from the baseline to the target: each is what that year adds.",
            ],
            id="years that add to the baseline",
        ),
        pytest.param(
            goal(**FALL),
            {"2024-12": 50, "2025-12": 43},
            "(43.0 % − 50.0 %) / (40.0 % − 50.0 %) = 70%",
            {"exceeded": 39, "reached": 40, "on_track": 41, "at_risk": 44},
            ["What counts is how far the value fell from where last year ended."],
            id="yearly reduction",
        ),
        pytest.param(
            goal(**FALL),
            {"2024-12": 38, "2025-12": 43},
            None,
            {"exceeded": 40 / 1.1, "reached": 40, "on_track": 40, "at_risk": None},
            ["What counts is how far the value fell from where last year ended."],
            id="yearly reduction that was done already",
        ),
        pytest.param(
            goal(target=(10.0, "2026-12-31"), programmed={"2025": 3.0, "2026": 3.0}),
            9,
            "9.0 % / 10.0 % = 90%",
            {"exceeded": 11, "reached": 10, "on_track": 9, "at_risk": 6},
            ["What is programmed for the years does not make the target, so the latest value is taken for the plan's accumulated one."],
            id="years that make nothing",
        ),
    ],
)
def test_an_explanation_says_how_values_are_counted(kpi, values, arithmetic, thresholds, notes):
    found = explain(score(kpi, values))
    assert (None if found.arithmetic is None else str(found.arithmetic)) == arithmetic
    assert {status: amount and amount.number for status, amount in found.thresholds.items()} == {
        status: number if number is None else pytest.approx(number) for status, number in thresholds.items()
    }
    assert [str(note) for note in found.notes] == notes


def test_the_rule_names_the_bands_in_force():
    assert str(explain(score(goal(bands=Bands(on_track=0.8, at_risk=0.5), **UP), 66)).rule).endswith("On track from 80%, at risk from 50%.")
    assert str(explain(score(goal(basis="absolute", **ALONE), 66)).rule) == "Met or not."
    banded = explain(score(goal(basis="absolute", bands=Bands(on_track=75, at_risk=70), **ALONE), 66))
    assert str(banded.rule) == "Held against values: on track from 75.0 %, at risk from 70.0 %."
    assert explain(score(goal(), 66)).rule is None


numbers = st.integers(1, 500).map(float)


@given(
    st.sampled_from(["on_schedule", "progress", "ratio", "absolute", "performance"]),
    st.sampled_from(["level", "capacity", "reduction", "maintain", None]),
    st.sampled_from(["higher", "lower"]),
    st.sampled_from(["proportional", "binary"]),
    st.none() | st.integers(1, 60).map(float),
    st.none() | st.integers(1, 60).map(float),
    numbers,
    numbers,
)
@settings(max_examples=part(60, 3))
def test_a_threshold_keeps_its_promise_in_every_form(basis, accumulation, polarity, attainment, tolerance, smallest, one, other):
    low, high = sorted((one, other))
    first, last = (low, high) if polarity == "higher" else (high, low)
    told = {"basis": basis, "accumulation": accumulation, "polarity": polarity, "attainment": attainment, "tolerance": tolerance}
    ends = {"baseline": (first, "2024-12-31"), "target": (last, "2026-12-31"), "scale": {"min": 0.0, "max": 600.0}}
    kpi = goal(smallest_difference=smallest, **told, **ends)
    attained = ["off_track", "at_risk", "on_track", "reached", "exceeded"]
    for status, amount in explain(score(kpi, first)).thresholds.items():
        if amount is None:
            continue
        assert attained.index(score(kpi, amount.number).status) >= attained.index(status)
        worse = amount.number - kpi.sign * max(1e-5, 1e-6 * abs(amount.number))
        assert attained.index(score(kpi, worse).status) < attained.index(status)


@given(st.floats(0, 100), st.none() | st.integers(1, 30).map(float), st.none() | st.integers(1, 30).map(float))
@settings(max_examples=part(30, 3))
def test_a_threshold_of_a_range_keeps_its_promise(value, tolerance, smallest):
    kpi = goal(polarity="range", target=RANGE, tolerance=tolerance, smallest_difference=smallest)
    outwards = -1 if value < 50 else 1
    attained = ["off_track", "at_risk", "on_track", "reached"]
    found = explain(score(kpi, value)).thresholds
    assert found["reached"] is not None
    for status, amount in found.items():
        if amount is not None:
            assert attained.index(score(kpi, amount.number).status) >= attained.index(status)
            assert attained.index(score(kpi, amount.number + outwards * 1e-5).status) < attained.index(status)


@given(
    numbers,
    numbers,
    st.sampled_from(["on_schedule", "progress", "ratio", "absolute"]),
    st.sampled_from(["higher", "lower"]),
    st.dates(date(2025, 1, 1), date(2027, 12, 31)),
)
@settings(max_examples=part(150, 3))
def test_a_value_at_a_threshold_has_its_status_or_a_better_one_and_a_worse_value_has_not(one, other, basis, polarity, end):
    low, high = sorted((one, other))
    first, last = (low, high) if polarity == "higher" else (high, low)
    kpi = goal(basis=basis, polarity=polarity, baseline=(first, "2024-12-31"), target=(last, end.isoformat()))
    attained = ["off_track", "at_risk", "on_track", "reached", "exceeded"]
    found = explain(score(kpi, first)).thresholds
    assert any(amount is not None for amount in found.values())
    for status, amount in found.items():
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
