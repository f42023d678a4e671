"""Headlines side by side, the sum behind a figure, what moved, and properties that every roll-up has."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from kpis.plans.moves import moved
from kpis.plans.rollup import METHODS, audit, headlines
from kpis.plans.truth import truth
from tests.small_plan import Node, node, tree
from tests.thorough import part

WEIGHTS = ("equal", "manual", "budget", "beneficiaries")


def side_by_side(*nodes: Node, **plan: Any) -> dict[str, dict[str, Any]]:
    return {row["method"]: row for row in headlines(tree(*nodes, **plan)).iter_rows(named=True)}


def test_the_methods_side_by_side():
    nodes = (
        node("l", weight=80), node("m", weight=20),
        node("a", "l", status="completed", declared=100, proved=100, weight=50, money=[{"initial": 10}]),
        node("b", "l", status="started", declared=75, proved=20, weight=50, money=[{"initial": 90}]),
        node("c", "m", status="completed", declared=100, proved=0, weight=100),
        node("d", "m", status="cancelled", declared=0),
    )  # fmt: skip
    found = side_by_side(*nodes)
    assert tuple(found) == METHODS
    assert [found[method]["declared"] for method in METHODS] == pytest.approx([275 / 3, 90, 77.5, 200 / 3])
    assert [found[method]["proved"] for method in METHODS] == pytest.approx([40, 48, 28, 100 / 3])
    assert [(found[method]["counted"], found[method]["left_out"]) for method in METHODS] == [(3, 1), (3, 1), (2, 2), (3, 1)]


def test_without_weights_there_is_no_weighted_headline():
    found = side_by_side(node("a", declared=50))
    for method in ("weighted", "budget"):
        assert (found[method]["declared"], found[method]["proved"], found[method]["counted"], found[method]["left_out"]) == (
            None,
            None,
            0,
            1,
        )


def test_those_who_declare_nothing_are_said():
    assert side_by_side(node("a", declared=50), node("b"))["mean"]["undeclared"] == 1


def test_a_plan_weighed_by_people_is_so_in_its_weighted_headline():
    nodes = (node("a", declared=100, beneficiaries=9), node("b", declared=0, beneficiaries=1))
    assert side_by_side(*nodes, weights="beneficiaries")["weighted"]["declared"] == 90


def test_an_empty_plan_has_no_headline():
    assert headlines(tree())["declared"].to_list() == [None] * 4


def test_the_audit_adds_up_and_says_what_does_not_count():
    nodes = (
        node("l"), node("a", "l", proved=30, declared=60, beneficiaries=3), node("b", "l", proved=90, beneficiaries=1),
        node("c", "l", proved=90, status="cancelled", status_reason="no site"), node("d", "l", left_out="of the province"),
        node("e", "l", declared=5), node("f", "l"), node("g", "f", left_out="twice"),
    )  # fmt: skip
    found = truth(tree(*nodes), "beneficiaries")
    root = found.nodes.filter(key="l").row(0, named=True)
    summed = audit(found, root["id"])
    assert summed["key"].to_list() == ["a", "b", "c", "d", "e", "f"]
    assert summed["adds"].sum() == root["proved"] == 45
    assert summed["declared_adds"].sum() == root["declared"] == 60
    assert summed["excluded"].to_list() == [None, None, "cancelled", "left_out", "no_weight", "nothing_counts"]
    assert summed["excluded_why"].to_list() == [None, None, "no site", "of the province", None, None]
    assert audit(found)["key"].to_list() == ["l"]


def test_what_moved_and_only_that():
    quiet = (node("b", declared=50), node("c", "b", declared=50))
    before = tree(node("a1"), node("a2", "a1", declared=10), node("a3", "a1"), *quiet, day=date(2026, 5, 31))
    now = tree(node("a1"), node("a2", "a1", declared=30, proved=50), node("a3", "a1", status="suspended"), *quiet, node("d", declared=1))
    assert moved(truth(before), truth(now)).rows() == [
        (1, 10, 30, 0, 25, "started", "started"), (2, 10, 30, 0, 50, "started", "started"),
        (3, None, None, 0, 0, "not_started", "suspended"), (6, None, 1, None, 0, None, "started"),
    ]  # fmt: skip


@st.composite
def plans(draw: st.DrawFn) -> list[Node]:
    """A plan of up to three levels, each row a child of one before it, all that weighs or hinders drawn too."""
    amount = st.one_of(st.none(), st.floats(0, 1000).map(lambda value: round(value, 2)))
    rows: list[Node] = []
    levels: list[int] = []
    for number in range(draw(st.integers(1, 12))):
        above = [None, *(each for each, level in enumerate(levels) if level < 2)]
        parent = draw(st.sampled_from(above))
        levels.append(0 if parent is None else levels[parent] + 1)
        fields = {
            "declared": draw(st.one_of(st.none(), st.floats(0, 130))), "weight": draw(amount), "beneficiaries": draw(amount),
            "status": draw(st.sampled_from([None, "started", "completed", "cancelled", "suspended"])),
            "left_out": draw(st.sampled_from([None, None, None, "why"])),
        }  # fmt: skip
        budget = draw(amount)
        money = () if budget is None else ({"initial": budget},)
        key = f"n{number:02}"
        rows.append(node(key, None if parent is None else f"n{parent:02}", proved=draw(st.floats(0, 100)), money=money, **fields))
    return rows


@settings(max_examples=part(100, 2))
@given(plans(), st.sampled_from(WEIGHTS))
def test_a_parent_lies_between_its_least_and_its_greatest_child(nodes: list[Node], method: str):
    found = truth(tree(*nodes), method)
    for row in found.nodes.iter_rows(named=True):
        children = audit(found, row["id"])
        for value, share in (("proved", "share"), ("declared", "declared_share")):
            told = children.filter(children[share] > 0)[value].to_list()
            if told:
                assert min(told) - 1e-9 <= row[value] <= max(told) + 1e-9


@settings(max_examples=part(100, 2))
@given(plans(), st.sampled_from(WEIGHTS))
def test_the_audit_of_every_figure_adds_up(nodes: list[Node], method: str):
    found = truth(tree(*nodes), method)
    for row in [*found.nodes.filter(~found.nodes["leaf"]).iter_rows(named=True), found.whole]:
        children = audit(found, row["id"])
        assert children["adds"].sum() == pytest.approx(row["proved"])
        assert children["declared_adds"].sum() == pytest.approx(row["declared"] or 0)
        assert children["share"].sum() == pytest.approx(100 if row["actions"] else 0)


@settings(max_examples=part(100, 2))
@given(plans(), st.sampled_from(WEIGHTS), st.data())
def test_a_change_of_one_action_moves_only_what_it_is_part_of(nodes: list[Node], method: str, data: st.DataObject):
    parents = {each.key: each.parent for each in nodes}
    chosen = data.draw(st.sampled_from([each for each in nodes if each.key not in parents.values()]))
    declared = data.draw(st.floats(0, 100))
    other = [Node(each.key, each.parent, {**each.fields, "declared": declared}, each.proofs, each.money) if each is chosen else each
             for each in nodes]  # fmt: skip
    changed = moved(truth(tree(*nodes), method), truth(tree(*other), method))
    allowed, at = {chosen.key}, parents[chosen.key]
    while at is not None:
        allowed.add(at)
        at = parents[at]
    keys = dict(truth(tree(*nodes)).nodes.select("id", "key").iter_rows())
    assert {keys[each] for each in changed["id"]} <= allowed


@settings(max_examples=part(100, 2))
@given(plans(), st.sampled_from(WEIGHTS), st.randoms())
def test_the_order_of_rows_does_not_matter(nodes: list[Node], method: str, luck: Any):
    turned = list(nodes)
    luck.shuffle(turned)
    first, second = truth(tree(*nodes), method), truth(tree(*turned), method)
    assert_frame_equal(first.nodes.sort("id"), second.nodes.sort("id"))
    assert second.whole == pytest.approx(first.whole)
    assert first.counts == second.counts


@settings(max_examples=part(100, 2))
@given(plans(), st.sampled_from(WEIGHTS))
def test_percentages_are_percentages(nodes: list[Node], method: str):
    found = truth(tree(*nodes), method).nodes
    for name in ("declared", "proved", "awaiting", "share", "declared_share"):
        assert found[name].drop_nulls().is_between(0, 100 + 1e-9).all()
        assert not found[name].is_nan().any()
