"""Which way is better: up, down, within a range, or neither; and how close is close enough."""

from datetime import date
from typing import Any

import pytest

from kpis.definition import Bands
from kpis.paths import due, points
from tests.kpi_town import goal, indicator, judged

END = "2026-12-31"
UP: dict[str, Any] = {"baseline": (60.0, "2024-12-31"), "target": (80.0, END)}  # 70 is due at the end of 2025
RANGE = {"low": 45.0, "high": 55.0, "low_limit": 30.0, "high_limit": 70.0, "date": END}


@pytest.mark.parametrize(
    ("value", "attainment", "due_now", "status"),
    [
        pytest.param(50, 1, 50, "reached", id="inside"),
        pytest.param(45, 1, 45, "reached", id="on its lower end"),
        pytest.param(55, 1, 55, "reached", id="on its upper end"),
        pytest.param(44, 14 / 15, 45, "on_track", id="a fifteenth of the way to the limit"),
        pytest.param(42, 0.8, 45, "at_risk", id="a fifth of the way to the lower limit"),
        pytest.param(60, 2 / 3, 55, "at_risk", id="a third of the way to the upper limit"),
        pytest.param(33, 0.2, 45, "off_track", id="far below"),
        pytest.param(30, 0, 45, "off_track", id="at the lower limit"),
        pytest.param(99, 0, 55, "off_track", id="beyond the upper limit"),
    ],
)
def test_a_range_is_met_inside_and_falls_in_a_straight_line_to_its_limits(value, attainment, due_now, status):
    found = judged(goal(polarity="range", target=RANGE), {"2025-12": value}, "2025-12")
    assert (found["attainment"], found["due"], found["status"]) == (pytest.approx(attainment), due_now, status)
    assert found["progress"] is None


@pytest.mark.parametrize(("value", "attainment"), [(50, 1), (44.9, 0), (55.1, 0)])
def test_outside_a_range_without_limits_nothing_is_attained(value, attainment):
    kpi = goal(polarity="range", target={"low": 45.0, "high": 55.0, "date": END})
    assert judged(kpi, {"2025-12": value}, "2025-12")["attainment"] == attainment


def test_a_range_is_never_green_on_old_or_missing_data():
    kpi = goal(polarity="range", target=RANGE)
    assert judged(kpi, {"2025-08": 50}, "2025-12")["status"] == "stale"
    assert judged(kpi, {}, "2025-12")["status"] == "no_data"


def test_a_range_has_no_path():
    kpi = goal(polarity="range", baseline=(20.0, "2024-12-31"), target=RANGE)
    assert points(kpi, kpi.basis) == []
    assert due(kpi, date(2025, 12, 31), kpi.basis) == 50, "the middle, where the value is not known"


@pytest.mark.parametrize(
    ("before", "now", "direction"),
    [
        (40, 43, "better"),
        (43, 40, "worse"),
        (58, 60, "worse"),
        (60, 58, "better"),
        (48, 52, "equal"),
        (40, 60, "equal"),
        (44, 50, "better"),
    ],
)
def test_of_a_range_the_value_that_is_nearer_is_better(before, now, direction):
    found = judged(goal(polarity="range", target=RANGE), {"2025-11": before, "2025-12": now}, "2025-12")
    assert (found["direction"], found["difference"]) == (direction, now - before)


@pytest.mark.parametrize(("now", "direction"), [(41, "unknown"), (39, "unknown"), (40, "equal")])
def test_a_neutral_goal_is_shown_and_never_judged(now, direction):
    kpi = goal(polarity="neutral", target=(80.0, END), baseline=(60.0, "2024-12-31"))
    found = judged(kpi, {"2025-11": 40, "2025-12": now}, "2025-12")
    assert (found["status"], found["attainment"], found["value"], found["direction"]) == ("untracked", None, now, direction)


@pytest.mark.parametrize(
    ("polarity", "attainment", "status"),
    [("higher", 0.25, "off_track"), ("lower", 0.75, "at_risk")],
)
def test_performance_is_the_place_on_the_scale(polarity, attainment, status):
    """BSC Designer's manual: a value of 50 between 0 and 200 performs 25%."""
    target = (180.0, END) if polarity == "higher" else (20.0, END)
    kpi = goal(basis="performance", polarity=polarity, target=target, scale={"min": 0.0, "max": 200.0})
    found = judged(kpi, {"2025-12": 50}, "2025-12")
    assert (found["attainment"], found["status"]) == (attainment, status)


def test_a_scale_may_be_the_indicators_own():
    kpi = goal(basis="performance", target=(180.0, END))
    assert judged(kpi, {"2025-12": 50}, "2025-12", of=indicator(min=0.0, max=200.0))["attainment"] == 0.25
    assert judged(kpi, {"2025-12": 50}, "2025-12")["attainment"] is None


@pytest.mark.parametrize(
    ("told", "value", "attainment", "status"),
    [
        (UP, 69.9, 0, "off_track"),
        (UP, 70, 1, "on_track"),
        ({"basis": "progress", **UP}, 79, 0, "off_track"),
        ({"basis": "progress", **UP}, 80, 1, "reached"),
        ({"basis": "ratio", "target": (80.0, END)}, 79, 0, "off_track"),
        ({"basis": "absolute", "target": (80.0, END)}, 79, 0, "off_track"),
        ({"basis": "absolute", "target": (80.0, END)}, 80, 1, "reached"),
        ({"polarity": "range", "target": RANGE}, 44, 0, "off_track"),
        ({"polarity": "range", "target": RANGE}, 46, 1, "reached"),
    ],
)
def test_binary_is_all_or_nothing(told, value, attainment, status):
    found = judged(goal(attainment="binary", **told), {"2025-12": value}, "2025-12")
    assert (found["attainment"], found["status"]) == (attainment, status)


def test_binary_attains_nothing_without_a_value():
    assert judged(goal(attainment="binary", **UP), {}, "2025-12")["attainment"] is None


NARROW = Bands(on_track=0.99, at_risk=0.98)


@pytest.mark.parametrize(
    ("told", "value", "status"),
    [
        pytest.param({"tolerance": 2.0, "bands": NARROW, **UP}, 68, "on_track", id="two short of the 70 due"),
        pytest.param({"tolerance": 2.0, "bands": NARROW, **UP}, 67.9, "off_track", id="more than two short"),
        pytest.param({"tolerance": 2.0, **UP}, 78, "reached", id="two short of the target"),
        pytest.param({"tolerance": 2.0, "basis": "absolute", "polarity": "lower", "target": (20.0, END)}, 22, "reached", id="lower"),
        pytest.param({"tolerance": 2.0, "polarity": "range", "target": RANGE}, 43, "reached", id="two short of the range"),
        pytest.param({"smallest_difference": 3.0, "bands": NARROW, **UP}, 67, "on_track", id="3 below the 70 due cannot be told apart"),
        pytest.param({"smallest_difference": 3.0, "bands": NARROW, **UP}, 66.9, "at_risk", id="nor 3 below on track"),
        pytest.param({"smallest_difference": 3.0, "bands": NARROW, **UP}, 64, "at_risk", id="at the widened end"),
        pytest.param({"smallest_difference": 3.0, "bands": NARROW, **UP}, 63.9, "off_track", id="beyond it"),
        pytest.param({"smallest_difference": 0.5, **UP}, 69, "on_track", id="bands that are wide enough stay as they are: on track"),
        pytest.param({"smallest_difference": 0.5, **UP}, 66, "at_risk", id="at risk"),
        pytest.param({"smallest_difference": 0.5, **UP}, 65.9, "off_track", id="off track"),
        pytest.param({"smallest_difference": 3.0, **UP}, 79, "on_track", id="a target is still not reached before it is"),
        pytest.param({"smallest_difference": 10.0, "basis": "ratio", "target": (80.0, END)}, 60, "at_risk", id="ratio: 80, 70, 60"),
        pytest.param({"smallest_difference": 10.0, "basis": "ratio", "target": (80.0, END)}, 59.9, "off_track", id="ratio: below 60"),
        pytest.param(
            {"smallest_difference": 3.0, "basis": "absolute", "target": (80.0, END)}, 76, "off_track", id="met or not has two bands"
        ),
        pytest.param({"smallest_difference": 6.0, "polarity": "range", "target": RANGE}, 39, "on_track", id="range: 45, 39, 33"),
        pytest.param({"smallest_difference": 6.0, "polarity": "range", "target": RANGE}, 33, "at_risk", id="range: the widened end"),
        pytest.param({"smallest_difference": 6.0, "polarity": "range", "target": RANGE}, 32.9, "off_track", id="range: beyond it"),
    ],
)
def test_no_light_turns_on_less_than_the_data_can_tell(told, value, status):
    assert judged(goal(**told), {"2025-12": value}, "2025-12")["status"] == status


MILESTONES = {"method": "milestones", "milestones": [{"date": "2025-12-31", "value": 30.0}]}


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2024-12-31", 0),
        ("2025-06-30", 30 * 181 / 365),
        ("2025-12-31", 30),
        ("2026-06-30", 30 + 70 * 181 / 365),
        ("2026-12-31", 100),
        ("2027-06-30", 100),
    ],
)
@pytest.mark.parametrize("basis", ["on_schedule", "ratio"])
def test_between_milestones_the_path_is_straight(day, expected, basis):
    kpi = goal(basis=basis, baseline=(0.0, "2024-12-31"), target=(100.0, END), path=MILESTONES)
    assert due(kpi, date.fromisoformat(day), basis) == pytest.approx(expected)
    assert judged(kpi, {day[:7]: 5}, day[:7])["due"] == pytest.approx(expected)
    assert points(kpi, basis) == [(date(2024, 12, 31), 0), (date(2025, 12, 31), 30), (date(2026, 12, 31), 100)]


def test_a_goal_may_be_reviewed_on_a_day_of_its_own():
    found = judged(goal(review={"day": 20}, **UP), {"2025-12": 70}, "2025-12")
    assert (found["age_days"], judged(goal(**UP), {"2025-12": 70}, "2025-12")["age_days"]) == (20, 10)
