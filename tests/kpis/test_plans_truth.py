"""The truth line of small plans whose every figure can be worked out by hand."""

from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest

from kpis.plans.forest import forest
from kpis.plans.states import STATES
from kpis.plans.truth import COLUMNS, truth
from tests.small_plan import DAY, Node, node, tree

STARTS, ENDS = date(2025, 1, 1), date(2028, 12, 31)


def line(*nodes: Node, key: str = "a", **plan: Any) -> dict[str, Any]:
    """The truth line of one node."""
    return truth(tree(*nodes, **plan)).nodes.filter(key=key).row(0, named=True)


def test_the_columns_are_the_same_for_nodes_and_for_the_plan():
    found = truth(tree(node("a")))
    assert tuple(found.nodes.columns) == COLUMNS == tuple(found.whole)


def test_nodes_keep_the_order_of_the_document():
    assert truth(tree(node("z"), node("b", "z"), node("a", "z"))).nodes["key"].to_list() == ["z", "b", "a"]


def test_what_nobody_declared_is_not_known_and_what_nobody_proved_is_nothing():
    found = line(node("a"))
    assert (found["declared"], found["proved"], found["awaiting"], found["undeclared"]) == (None, 0, 0, 1)
    assert (found["time_used"], found["gap"], found["budget"], found["currency"]) == (None, None, None, None)


def test_a_plan_without_actions_says_nothing():
    found = truth(tree())
    assert (found.whole["actions"], found.whole["declared"], found.whole["proved"], found.finished_share) == (0, None, 0, None)


def test_equal_weights_give_the_mean_over_actions_not_over_lines():
    found = truth(tree(node("l"), node("m"), node("a", "l", declared=100), *(node(f"b{n}", "m", declared=20) for n in range(3))))
    assert found.whole["declared"] == pytest.approx(40)
    assert found.nodes["share"].to_list() == pytest.approx([25, 75, 100, *[100 / 3] * 3])


def test_what_says_nothing_is_left_out_of_declared_and_is_nothing_proved():
    nodes = (node("l"), node("a", "l", declared=80, proved=60), node("b", "l"))
    found = line(*nodes, key="l")
    assert (found["declared"], found["undeclared"], found["proved"]) == (80, 1, 30)


def test_more_than_everything_hides_nothing_else():
    assert line(node("l"), node("a", "l", declared=160), node("b", "l", declared=40), key="l")["declared"] == 70


def test_cancelled_and_left_out_do_not_count_and_are_counted():
    nodes = (
        node("l"), node("a", "l", declared=50), node("b", "l", declared=0, status="cancelled", status_reason="no site"),
        node("c", "l", declared=0, left_out="belongs to the province"),
    )  # fmt: skip
    found = truth(tree(*nodes))
    assert (found.whole["actions"], found.whole["cancelled"], found.whole["left_out"], found.whole["declared"]) == (1, 1, 1, 50)
    assert found.nodes.select("excluded", "excluded_why").rows() == [
        (None, None), (None, None), ("cancelled", "no site"), ("left_out", "belongs to the province"),
    ]  # fmt: skip
    assert found.nodes["share"].to_list() == [100, 100, 0, 0]
    assert (found.counts["cancelled"], sum(found.counts.values())) == (1, 2)


def test_what_is_part_of_something_cancelled_is_cancelled():
    found = truth(tree(node("l", status="cancelled", status_reason="repealed"), node("a", "l", declared=90), node("m", declared=10)))
    assert found.nodes.filter(key="a").row(0, named=True)["state"] == "cancelled"
    assert found.nodes["excluded_why"].to_list() == ["repealed", "repealed", None]
    assert found.nodes["state"].to_list()[0] == "cancelled"
    assert (found.whole["declared"], found.whole["cancelled"]) == (10, 1)


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({}, "not_started"),
        ({"declared": 10}, "started"),
        ({"declared": 100}, "completed"),
        ({"proved": 10}, "started"),
        ({"proofs": {"awaiting": 15, "open": 2}}, "started"),
        ({"status": "completed", "proved": 75}, "completed"),
        ({"status": "completed", "proved": 100}, "implemented"),
        ({"status": "completed", "proved": 99.9}, "completed"),
        ({"status": "started", "proved": 100}, "started"),
        ({"status": "suspended", "ends": date(2026, 1, 1)}, "suspended"),
        ({"status": "removal_proposed", "ends": date(2026, 1, 1)}, "removal_proposed"),
        ({"status": "cancelled", "ends": date(2026, 1, 1)}, "cancelled"),
        ({"status": "started", "ends": DAY}, "started"),
        ({"status": "started", "ends": DAY - timedelta(days=1)}, "late"),
        ({"status": "not_started", "ends": DAY - timedelta(days=1)}, "late"),
        ({"ends": DAY - timedelta(days=1)}, "late"),
        ({"status": "completed", "ends": DAY - timedelta(days=1)}, "completed"),
        ({"status": "started", "proofs": {"open": 1, "late": 1}}, "late"),
        ({"status": "completed", "proofs": {"open": 1, "late": 1}}, "completed"),
        ({"status": "started", "ends": DAY - timedelta(days=1), "proofs": {"proved": 70, "awaiting": 30, "open": 0}}, "started"),
        ({"status": "started", "ends": DAY - timedelta(days=1), "proofs": {"proved": 70, "awaiting": 15, "open": 1}}, "late"),
    ],
)
def test_the_state_of_an_action(fields: dict[str, Any], state: str):
    found = truth(tree(node("a", **fields)))
    assert found.nodes["state"].to_list() == [state]
    assert found.counts == {each: int(each == state) for each in STATES}


LATE = {"status": "started", "ends": date(2026, 1, 1)}
LATER = {"status": "started", "ends": date(2028, 1, 1)}


@pytest.mark.parametrize(
    ("actions", "state"),
    [
        ([{"status": "completed", "proved": 100}] * 2, "implemented"),
        ([{"status": "completed", "proved": 100}, {"status": "completed"}], "completed"),
        ([{"status": "completed"}, {}], "started"),
        ([{}, {}], "not_started"),
        ([LATE, LATER], "late"),
        ([LATE, LATER, LATER], "started"),
        ([LATE, {"status": "completed"}, {"status": "suspended"}], "late"),
        ([{"status": "suspended"}] * 2, "suspended"),
        ([{"status": "removal_proposed"}], "removal_proposed"),
        ([{"status": "cancelled"}, {"status": "completed"}], "completed"),
        ([{"status": "cancelled"}], "cancelled"),
    ],
)
def test_the_state_of_a_parent(actions: list[dict[str, Any]], state: str):
    nodes = [node(f"b{number}", "a", **fields) for number, fields in enumerate(actions)]
    assert line(node("a"), *nodes)["state"] == state
    assert truth(tree(node("a"), *nodes)).whole["state"] == state


def test_a_parent_is_late_once_its_own_end_has_passed_with_something_late_in_it():
    nodes = [node(f"b{number}", "a", **fields) for number, fields in enumerate([LATE, LATER, LATER])]
    assert line(node("a", ends=date(2026, 6, 1)), *nodes)["state"] == "late"


def test_time_used_and_the_gap():
    found = line(node("a", starts=date(2026, 1, 1), ends=date(2026, 12, 27), proved=20))
    assert found["time_used"] == 50
    assert found["gap"] == -30


@pytest.mark.parametrize(
    ("starts", "ends", "used"),
    [
        (DAY + timedelta(days=1), DAY + timedelta(days=9), 0), (DAY - timedelta(days=9), DAY - timedelta(days=1), 100),
        (DAY, DAY, 100), (DAY + timedelta(days=1), DAY + timedelta(days=1), 0), (None, DAY, None), (DAY, None, None),
    ],
)  # fmt: skip
def test_time_used_at_the_edges(starts: date | None, ends: date | None, used: float | None):
    assert line(node("a", starts=starts, ends=ends))["time_used"] == used


def test_the_forecast_goes_on_at_the_pace_until_today():
    found = line(node("a", starts=DAY - timedelta(days=100), ends=DAY + timedelta(days=200), proved=25))
    assert found["forecast_end"] == DAY + timedelta(days=300)
    assert found["delay_days"] == 100


@pytest.mark.parametrize(
    "fields",
    [{"proved": 0}, {"proved": 40, "status": "suspended"}, {"proved": 40, "status": "cancelled"}, {"proved": 40, "left_out": "no"},
     {"proved": 40, "status": "completed"}],
)  # fmt: skip
def test_no_forecast_without_a_pace(fields: dict[str, Any]):
    found = line(node("a", starts=DAY - timedelta(days=100), ends=DAY + timedelta(days=200), **fields))
    assert (found["forecast_end"], found["delay_days"]) == (None, None)


def test_without_a_forecast_the_delay_is_what_is_overdue():
    assert line(node("a", starts=DAY - timedelta(days=100), ends=DAY - timedelta(days=7)))["delay_days"] == 7


def test_the_slowest_pace_ends_on_the_last_day_there_is():
    assert line(node("a", starts=date(2020, 1, 1), ends=ENDS, proved=0.00001))["forecast_end"] == date.max


def test_a_parent_takes_days_and_stages_from_the_actions_that_count():
    nodes = (
        node("l"), node("a", "l", starts=date(2025, 3, 1), ends=date(2026, 9, 1), first_ends=date(2026, 3, 1),
                        proofs={"late": 2, "open": 2, "next_due": date(2026, 5, 1)}),
        node("b", "l", starts=date(2025, 5, 1), ends=date(2027, 9, 1), proofs={"late": 1, "open": 1, "next_due": date(2026, 4, 1)}),
        node("c", "l", status="cancelled", starts=date(2020, 1, 1), ends=date(2030, 1, 1), proofs={"late": 9, "next_due": STARTS}),
    )  # fmt: skip
    found = line(*nodes, key="l")
    days = (date(2025, 3, 1), date(2027, 9, 1), date(2026, 3, 1), date(2026, 4, 1))
    assert (found["starts"], found["ends"], found["first_ends"], found["next_due"]) == days
    assert found["late_stages"] == 3


def test_days_of_its_own_go_before_those_of_its_actions():
    found = truth(tree(node("a", starts=date(2026, 1, 1), ends=ENDS), starts=STARTS, ends=ENDS))
    assert (found.whole["starts"], found.whole["ends"]) == (STARTS, ENDS)


def test_money_adds_up_with_what_hangs_on_the_line_itself():
    nodes = (
        node("l", money=[{"initial": 50, "paid": 10}]),
        node("a", "l", proved=10, money=[{"initial": 100, "modified": 150, "committed": 90, "accrued": 60, "paid": 40}]),
        node("b", "l", status="cancelled", money=[{"initial": 20}]),
    )
    found = line(*nodes, key="l")
    assert [found[name] for name in ("currency", "budget", "committed", "accrued", "paid")] == ["EUR", 220, 90, 60, 50]
    assert (found["committed_share"], found["paid_share"]) == (pytest.approx(9000 / 220), pytest.approx(5000 / 220))
    assert found["spend_gap"] == pytest.approx(5000 / 220 - 10)


def test_money_runs_ahead_of_nothing_where_nothing_counts():
    cancelled = node("a", "l", proved=60, status="cancelled", money=[{"initial": 100, "paid": 50}])
    found = truth(tree(node("l"), cancelled, node("m", proved=10, money=[{"initial": 100, "paid": 50}])))
    assert found.nodes["spend_gap"].to_list() == [None, -10, 40]


def test_an_amount_that_no_line_has_is_not_zero():
    found = line(node("a", money=[{"initial": 100}]))
    assert (found["committed"], found["paid"], found["paid_share"], found["spend_gap"]) == (None, None, None, None)


def test_currencies_are_not_added():
    nodes = (node("l"), node("a", "l", money=[{"initial": 100}]), node("b", "l", money=[{"initial": 100, "currency": "USD"}]))
    found = truth(tree(*nodes)).nodes
    assert found["currency"].to_list() == ["EUR, USD", "EUR", "USD"]
    assert found["budget"].to_list() == [None, 100, 100]


def test_no_share_of_a_budget_of_zero():
    assert line(node("a", money=[{"initial": 0, "paid": 5}]))["paid_share"] is None


def test_manual_weights_need_not_add_up_to_anything():
    nodes = (node("l", weight=3), node("m", weight=1), node("a", "l", weight=1, declared=80), node("b", "l", weight=1, declared=40),
             node("c", "m", declared=20))  # fmt: skip
    found = truth(tree(*nodes, weights="manual"))
    assert found.whole["declared"] == pytest.approx((3 * 60 + 1 * 20) / 4)
    assert found.nodes["share"].to_list() == [75, 25, 50, 50, 100]


@pytest.mark.parametrize("method", ["budget", "beneficiaries"])
def test_actions_weigh_what_they_cost_or_reach(method: str):
    nodes = (node("l"), node("m"), node("a", "l", declared=100, beneficiaries=300, money=[{"initial": 300}]),
             node("b", "m", declared=0, beneficiaries=100, money=[{"initial": 100}]), node("c", "m", declared=50))  # fmt: skip
    found = truth(tree(*nodes), method)
    assert (found.whole["declared"], found.weights) == (75, method)
    assert found.nodes["share"].to_list() == [75, 25, 100, 100, 0]


def test_where_nothing_weighs_anything_actions_count_equally():
    nodes = (node("l"), node("a", "l", declared=30), node("b", "l", declared=50))
    assert truth(tree(*nodes), "budget").whole["declared"] == 40


def test_a_method_that_nobody_knows_is_refused():
    with pytest.raises(ValueError, match="median"):
        truth(tree(node("a")), "median")


def test_shares_of_milestones_are_parts_of_their_sum():
    found = line(node("a", proofs={"shares": 200.0, "proved": 100.0, "awaiting": 50.0, "open": 1}))
    assert (found["proved"], found["awaiting"]) == (50, 25)


def test_what_was_moved_keeps_the_name_of_its_level_and_counts_where_it_is():
    nodes = (node("l"), node("m", "l", level=0), node("a", "m", level=0, declared=40), node("b", "l", level=2, declared=20))
    assert truth(tree(*nodes)).nodes["declared"].to_list() == [30, 40, 40, 20]


def test_what_is_part_of_itself_is_refused():
    with pytest.raises(ValueError, match="part of itself"):
        forest(pl.DataFrame({"id": [1, 2, 3], "parent": [None, 3, 2]}))
