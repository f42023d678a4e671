"""What budget lines say together, worked out by hand; currencies are never added, and what nobody says is not 0."""

import polars as pl
import pytest

from kpis.plans import spending
from tests.paid_plan import LINES, NODES, lines_of, plan
from tests.small_plan import node


@pytest.fixture(scope="module")
def found():
    return plan()


@pytest.fixture(scope="module")
def lines(found):
    return lines_of(found)


def by_key(found, frame: pl.DataFrame) -> dict[str, dict]:
    names = dict(found.nodes.select("id", "key").iter_rows())
    return {names[row["node"]]: row for row in frame.iter_rows(named=True)}


def test_the_budget_in_force_is_the_modified_one_else_the_initial(lines):
    assert lines["budget"].to_list() == [1000, 1000, 500, 1000, 400]


def test_a_node_has_what_its_lines_and_all_below_it_have(found, lines):
    told = by_key(found, spending.with_what_is_below(found.nodes, lines))
    assert {key: (row["lines"], row["budget"], row["committed"], row["paid"]) for key, row in told.items()} == {
        "a1": (2, 2000, 1100, 800), "a2": (1, 500, 600, 350), "b1": (1, 1000, 1000, 100), "b2": (1, 400, 400, 400),
        "a": (3, 2500, 1700, 1150), "b": (2, 1400, 1400, 500),
    }  # fmt: skip
    assert told["a"]["paid_share"] == pytest.approx(46)


def test_the_sums_are_those_of_the_truth_line(found, lines):
    told, truth = (
        by_key(found, spending.with_what_is_below(found.nodes, lines)),
        {row["key"]: row for row in found.nodes.iter_rows(named=True)},
    )
    for key, row in told.items():
        assert [row[name] for name in ("budget", "committed", "accrued", "paid")] == [
            truth[key][name] for name in ("budget", "committed", "accrued", "paid")
        ]
    whole = spending.together(lines).row(0, named=True)
    assert (whole["budget"], whole["paid"]) == (found.whole["budget"], found.whole["paid"]) == (3900, 1650)


def test_an_amount_that_no_line_says_is_not_known():
    told = {"a1": [{"code": "1", "initial": 10}, {"code": "2", "initial": 5, "paid": 3}], "b1": [{"code": "3", "initial": 7}]}
    sums = by_key(plan(lines=told), spending.with_what_is_below(plan(lines=told).nodes, lines_of(plan(lines=told), told)))
    assert (sums["a1"]["paid"], sums["b1"]["paid"], sums["a1"]["committed"]) == (3, None, None)
    assert sums["b1"]["paid_share"] is None


def test_currencies_are_not_added(found):
    told = {"a1": [{"code": "1", "initial": 10, "paid": 1}, {"code": "2", "initial": 4, "currency": "USD", "paid": 2}]}
    sums = spending.with_what_is_below(found.nodes, lines_of(found, told)).filter(pl.col("node") == found.nodes.filter(key="a")["id"][0])
    assert sorted(sums.select("currency", "budget", "paid").rows()) == [("EUR", 10, 1), ("USD", 4, 2)]


def test_a_share_of_no_budget_is_not_known(found):
    told = {"a1": [{"code": "1", "initial": 0, "paid": 5}]}
    assert spending.together(lines_of(found, told))["paid_share"].to_list() == [None]


def test_amounts_that_rise_are_found_and_a_raised_budget_is_no_fault(lines):
    told = spending.rises(lines).select("id", "before", "before_amount", "phase", "amount").rows()
    assert told == [(3, "budget", 500, "committed", 600), (3, "accrued", 300, "paid", 350)]


def test_a_phase_that_a_line_does_not_say_is_passed_over(found):
    told = {"a1": [{"code": "1", "initial": 100, "committed": 90, "paid": 95}]}
    assert spending.rises(lines_of(found, told)).rows() == [(1, "committed", 90, "paid", 95)]


def test_money_ahead_of_work_by_points_the_furthest_first(found):
    told = spending.ahead(found, 5)
    assert told.select("key", "spend_gap", "amount_ahead").rows() == [("a1", 30, 600)]
    assert spending.ahead(found, 31).is_empty()


def test_work_ahead_of_money_is_the_reverse(found):
    assert spending.behind(found, 5).select("key", "spend_gap", "amount_ahead").rows() == [("b1", -50, -500)]


def test_nothing_can_be_said_of_what_has_no_stages(found):
    assert spending.unprovable(found)["key"].to_list() == ["b2"]
    assert "b2" not in spending.ahead(found, 5)["key"].to_list()


def test_two_actions_ahead_are_sorted_by_points_not_by_amount():
    lines = {"a": [{"code": "1", "initial": 100, "paid": 60}], "b": [{"code": "2", "initial": 9000, "paid": 5000}]}
    told = spending.ahead(plan(node("b", proved=10), node("a", proved=10), lines=lines), 5)
    assert told["key"].to_list() == ["a", "b"]


def test_money_for_each_beneficiary():
    found = plan()
    reached = found.nodes.join(found.tree.nodes.select("id", "beneficiaries"), on="id")
    assert spending.per_beneficiary(reached).select("key", "each").rows() == [("a1", 5)]


def test_every_line_of_the_fixture_stands_below_a_node():
    assert set(LINES) <= {each.key for each in NODES}
