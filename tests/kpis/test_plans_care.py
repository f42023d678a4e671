"""What a plan lacks: fields, time of its owners, people in posts; and what budget phases are called."""

from datetime import date

import pytest

from data.people import Post
from data.plans.vocabulary import PHASES
from kpis.plans import phases
from kpis.plans.care import GIVEN, completeness, crowded, vacant
from kpis.plans.truth import truth
from tests.small_plan import node, tree

WHOLE = {"owner": 1, "area": "works", "starts": date(2026, 1, 1), "ends": date(2026, 12, 31), "goals": '["water"]', "place": "north"}


def test_completeness_looks_at_the_actions_that_count():
    nodes = (
        node("l"), node("a", "l", proved=0, money=[{"initial": 1}], **WHOLE), node("b", "l", **WHOLE | {"goals": "[]", "ends": None}),
        node("c", "l", status="cancelled"), node("d", "l", left_out="why"),
    )  # fmt: skip
    found = {row["field"]: row for row in completeness(truth(tree(*nodes))).iter_rows(named=True)}
    assert tuple(found) == tuple(GIVEN)
    assert {name: row["given"] for name, row in found.items()} == {
        "owner": 2, "area": 2, "dates": 1, "stages": 1, "budget": 1, "goals": 1, "place": 2,
    }  # fmt: skip
    assert {row["actions"] for row in found.values()} == {2}
    assert [found[name]["low"] for name in ("owner", "dates")] == [False, True]


@pytest.mark.parametrize(("owned", "low"), [(7, True), (8, False)])
def test_a_field_is_flagged_below_eighty_percent(owned: int, low: bool):
    nodes = [node(f"a{number}", owner=1 if number < owned else None) for number in range(10)]
    found = completeness(truth(tree(*nodes))).filter(field="owner").row(0, named=True)
    assert (found["percent"], found["low"]) == (10 * owned, low)


def test_a_plan_without_actions_is_neither_complete_nor_flagged():
    assert completeness(truth(tree())).select("percent", "low").unique().rows() == [(None, False)]


def test_owners_with_too_many_actions_still_to_do():
    nodes = [node(f"a{number:02}", owner=1) for number in range(11)] + [node(f"b{number:02}", owner=2) for number in range(10)]
    nodes += [node("b99", owner=2, status="completed"), node("b98", owner=2, status="cancelled")]
    found = truth(tree(*nodes))
    assert crowded(found).rows() == [(1, 11)]
    assert crowded(found, limit=9).rows() == [(1, 11), (2, 10)]


def test_posts_with_nobody_in_them_that_own_something():
    held, empty, idle = Post(1, "works", "Head", 5, "Ana"), Post(2, "water", {"es": "Jefa"}, None, None), Post(3, None, "Idle", None, None)
    nodes = (node("a", owner=1), node("b", owner=2), node("c", owner=2), node("d", owner=3, status="completed"))
    assert vacant(truth(tree(*nodes)), [held, empty, idle]).rows() == [(2, '{"es":"Jefa"}', "water", 2)]


def test_every_phase_has_a_name_or_a_country_says_that_it_has_none():
    without = {(country, phase) for country in phases.COUNTRIES for phase, name in phases.names(country).items() if name is None}
    assert without == {("es_MX", "reserved")}
    assert tuple(phases.names("en")) == PHASES


@pytest.mark.parametrize(
    ("locale", "name"),
    [("es_ES", "Crédito definitivo"), ("es_AR", "Crédito vigente"), ("es_CO", "Apropiación definitiva"), ("es_MX", "Modificado"),
     ("es_CL", "Presupuesto vigente"), ("es_UY", "Crédito definitivo"), ("en_US", "Adjusted"), ("pt_BR", "Adjusted")],
)  # fmt: skip
def test_phases_are_told_in_the_words_of_the_country(locale: str, name: str):
    assert phases.names(locale)["modified"] == name
