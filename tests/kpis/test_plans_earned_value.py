"""Earned value: the two published examples, and what is added up of a plan."""

from datetime import date, timedelta
from typing import Any

import pytest

from kpis.plans.earned_value import EarnedValue, earned_value
from kpis.plans.truth import truth
from tests.small_plan import DAY, node, tree


def test_the_example_of_tutorialspoint():
    """PV 800, AC 1100, EV 733.33; SV -66.7, SPI 0.917, CV -366.7, CPI 0.667, EAC 1200 and so 400 over."""
    found = EarnedValue(planned=800, earned=733.33, cost=1100, budget=800)
    assert found.schedule_variance == pytest.approx(-66.7, abs=0.05)
    assert found.schedule_index == pytest.approx(0.917, abs=0.0005)
    assert found.cost_variance == pytest.approx(-366.7, abs=0.05)
    assert found.cost_index == pytest.approx(0.667, abs=0.0005)
    assert found.at_completion is not None
    assert found.budget - found.at_completion == pytest.approx(-400, abs=0.05)


def test_the_second_example():
    """PV 2.4, EV 1.6, AC 3, budget 8; SPI 0.667, CPI 0.533, TCPI 1.28."""
    found = EarnedValue(planned=2.4, earned=1.6, cost=3, budget=8)
    assert found.schedule_index == pytest.approx(0.667, abs=0.0005)
    assert found.cost_index == pytest.approx(0.533, abs=0.0005)
    assert found.to_complete_index == pytest.approx(1.28)


def test_three_forms_of_the_estimate():
    found = EarnedValue(planned=200, earned=100, cost=125, budget=400)
    assert found.at_completion == 500
    assert found.at_completion_as_planned == 425
    assert found.at_completion_with_delay == pytest.approx(125 + 300 / (0.8 * 0.5))


def test_what_would_divide_by_zero_is_not_known():
    found = EarnedValue(planned=0, earned=0, cost=0, budget=100)
    assert (found.schedule_index, found.cost_index, found.at_completion, found.at_completion_with_delay) == (None, None, None, None)
    assert EarnedValue(planned=100, earned=50, cost=120, budget=100).to_complete_index is None


DATES: dict[str, Any] = {"starts": DAY - timedelta(days=50), "ends": DAY + timedelta(days=50)}


def test_a_plan_adds_up_what_can_be_planned_and_has_a_cost():
    nodes = (
        node("l"), node("m"),
        node("a", "l", proved=25, money=[{"initial": 100, "modified": 200, "accrued": 90, "paid": 10}], **DATES),
        node("b", "l", proofs={"proved": 40.0, "planned": 70.0}, money=[{"initial": 100, "paid": 60}]),
        node("c", "l", proved=90, money=[{"initial": 100}], **DATES),
        node("d", "l", proved=90, money=[{"initial": 100, "paid": 1}]),
        node("e", "l", proved=90, status="cancelled", money=[{"initial": 100, "paid": 1}], **DATES),
        node("f", "m", proved=90, **DATES),
    )  # fmt: skip
    found = truth(tree(*nodes))
    assert earned_value(found) == EarnedValue(200 * 0.5 + 100 * 0.7, 200 * 0.25 + 100 * 0.4, 150, 300, "EUR", 2, 2)
    ids = dict(found.nodes.select("key", "id").iter_rows())
    assert earned_value(found, ids["a"]) == EarnedValue(100, 50, 90, 200, "EUR", 1, 0)
    assert earned_value(found, ids["l"]) == earned_value(found)
    assert earned_value(found, ids["m"]) is None


def test_currencies_are_not_added():
    lines = ({"initial": 100, "paid": 10}, {"initial": 100, "paid": 10, "currency": "USD"})
    nodes = [node(f"a{number}", proved=10, money=[each], **DATES) for number, each in enumerate(lines)]
    assert earned_value(truth(tree(*nodes))) is None


def test_one_action_in_two_currencies_has_no_earned_value():
    lines = [{"initial": 100, "paid": 10}, {"initial": 100, "paid": 10, "currency": "USD"}]
    assert earned_value(truth(tree(node("a", proved=10, money=lines, starts=date(2026, 1, 1), ends=date(2026, 12, 31))))) is None
