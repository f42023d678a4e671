"""Some actions of a plan taken together."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpis.plans.part import by_need, part
from kpis.plans.truth import truth
from tests.small_plan import node, tree

SCHEMA = {
    "id": pl.Int64, "state": pl.String, "leaf": pl.Boolean, "actions": pl.Int64, "cancelled": pl.Int64, "left_out": pl.Int64,
    "declared": pl.Float64, "proved": pl.Float64, "awaiting": pl.Float64, "time_used": pl.Float64, "late_stages": pl.Int64,
    "next_due": pl.Date, "ends": pl.Date, "currency": pl.String, "budget": pl.Float64, "committed": pl.Float64, "accrued": pl.Float64,
    "paid": pl.Float64,
}  # fmt: skip
PLAIN = {"leaf": True, "actions": 1, "cancelled": 0, "left_out": 0, "late_stages": 0, "proved": 0.0, "awaiting": 0.0, "state": "started"}


def nodes(*rows: dict) -> pl.DataFrame:
    """Rows of a truth's nodes, with what is not said left plain."""
    told = [{**dict.fromkeys(SCHEMA), **PLAIN, "id": number, **row} for number, row in enumerate(rows, start=1)]
    return pl.DataFrame(told, schema=SCHEMA)


def test_each_action_counts_the_same_and_one_that_declares_nothing_is_not_taken_for_zero():
    found = part(nodes({"declared": 80.0, "proved": 30.0}, {"declared": None, "proved": 10.0}, {"declared": 40.0, "proved": 50.0}))
    assert (found.whole["declared"], found.whole["proved"], found.whole["undeclared"]) == (60, 30, 1)


def test_what_does_not_count_is_counted_apart():
    cancelled = {"actions": 0, "cancelled": 1, "state": "cancelled", "proved": 90.0}
    left_out = {"actions": 0, "left_out": 1, "state": "completed", "proved": 90.0}
    found = part(nodes({"proved": 20.0, "state": "implemented"}, cancelled, left_out))
    assert [found.whole[name] for name in ("actions", "cancelled", "left_out", "proved")] == [1, 1, 1, 20]
    assert found.counts == {"implemented": 1, "cancelled": 1}
    assert (found.finished, found.finished_share) == (1, 100)


def test_what_has_children_is_no_action_of_a_part():
    assert part(nodes({"leaf": False, "actions": 3, "proved": 90.0}, {"proved": 10.0})).whole["proved"] == 10


def test_more_than_all_of_an_action_makes_good_no_other():
    assert part(nodes({"declared": 180.0}, {"declared": 0.0})).whole["declared"] == 50


def test_money_is_summed_over_all_and_payments_are_held_against_proved_work():
    paid = {"currency": "EUR", "budget": 200.0, "committed": 150.0, "paid": 100.0, "proved": 30.0}
    gone = {**paid, "budget": 100.0, "paid": None, "actions": 0, "cancelled": 1, "state": "cancelled"}
    found = part(nodes(paid, gone, {"proved": 10.0}))
    assert [found.whole[name] for name in ("budget", "committed", "paid", "accrued")] == [300, 300, 100, None]
    assert found.whole["committed_share"] == 100
    assert found.whole["paid_share"] == pytest.approx(100 / 3)
    assert found.whole["spend_gap"] == pytest.approx(100 / 3 - 20)


def test_amounts_of_two_currencies_are_not_added_up():
    found = part(nodes({"currency": "EUR", "budget": 1.0}, {"currency": "USD", "budget": 1.0}))
    assert (found.whole["currency"], found.whole["budget"], found.whole["paid_share"]) == ("EUR, USD", None, None)


def test_a_part_without_actions_says_nothing():
    found = part(nodes())
    assert found.finished_share is None
    assert {name: found.whole[name] for name in ("proved", "declared", "time_used", "gap", "currency")} == dict.fromkeys(
        ("proved", "declared", "time_used", "gap", "currency")
    )


def test_what_is_overdue_comes_first_and_what_is_over_last():
    rows = nodes(
        {"state": "implemented"}, {"state": "started", "next_due": date(2026, 9, 1)}, {"state": "late", "ends": date(2026, 5, 1)},
        {"state": "started", "next_due": date(2026, 8, 1)}, {"state": "late", "next_due": date(2026, 2, 1)}, {"state": "cancelled"},
    )  # fmt: skip
    assert by_need(rows)["id"].to_list() == [5, 3, 4, 2, 1, 6]


percents = st.none() | st.floats(0, 100)


@given(st.lists(st.tuples(percents, st.floats(0, 100), st.sampled_from([0, 1])), max_size=12), st.randoms())
def test_the_whole_lies_between_its_actions_and_their_order_does_not_matter(told, shuffled):
    rows = [
        {"declared": declared, "proved": proved, "actions": counts, "cancelled": 1 - counts, "state": "started" if counts else "cancelled"}
        for declared, proved, counts in told
    ]
    found = part(nodes(*rows))
    proved = [row["proved"] for row in rows if row["actions"]]
    assert found.whole["actions"] + found.whole["cancelled"] == len(rows)
    if proved:
        assert min(proved) - 1e-9 <= found.whole["proved"] <= max(proved) + 1e-9
    shuffled.shuffle(rows)
    again = part(nodes(*rows)).whole
    assert again["proved"] == (None if not proved else pytest.approx(found.whole["proved"]))


def test_all_actions_of_a_plan_together_are_the_plan():
    spent = {"currency": "EUR", "budget": 100.0, "committed": 60.0, "paid": 50.0}
    found = truth(
        tree(
            node("l"), node("a", "l", declared=80, proved=30, money=[spent]), node("b", "l", declared=150),
            node("c", "l", proved=70, status="completed"), node("d", "l", declared=9, status="cancelled", money=[spent]),
            node("e", "l", declared=5, left_out="belongs to the province"),
        )
    )  # fmt: skip
    both = ("declared", "proved", "awaiting", "actions", "cancelled", "left_out", "undeclared", "late_stages", "currency", "budget",
            "committed", "accrued", "paid", "committed_share", "paid_share", "spend_gap")  # fmt: skip
    together = part(found.nodes)
    assert {name: together.whole[name] for name in both} == {name: found.whole[name] for name in both}
    assert together.counts == {state: number for state, number in found.counts.items() if number}
    assert (together.finished, together.finished_share) == (found.finished, found.finished_share)
