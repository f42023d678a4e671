"""Risks, who gains and who pays, and whether it can be found out later: each against what was worked by hand."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data import definitions as definition_files
from data.definitions import Definitions
from data.facts import Facts, current
from kpis import catalogue as goal_files
from kpis.appraisals.distribution import distribution, leaning
from kpis.appraisals.evaluability import Evaluability, evaluability
from kpis.appraisals.panel_knows import PanelKnows, panel_knows
from kpis.appraisals.risks import cells, gravest, rated
from kpis.catalogue import Catalogue
from tests.appraised import appraisal
from tests.small_city import build

RISKS = [
    {"name": "storm", "probability": 2, "impact": 3},
    {"name": "court", "option": "works", "probability": 4, "impact": 4, "owner": "hall"},
    {"name": "price", "probability": 2, "impact": 5, "owner": "hall", "measure": "capped"},
    {"name": "strike", "probability": 1, "impact": 4},
]


def test_risks_stand_by_their_product_and_the_serious_ones_need_an_owner_and_a_measure():
    found = rated(appraisal({"works": {}}, risks=RISKS))
    assert [(one.risk.name, one.score, one.level) for one in found] == [
        ("court", 16, "extreme"), ("price", 10, "high"), ("storm", 6, "medium"), ("strike", 4, "low"),
    ]  # fmt: skip
    assert [one.lacking for one in found] == [("measure",), (), (), ()]
    assert cells(found) == {(4, 4): (1,), (2, 5): (2,), (2, 3): (3,), (1, 4): (4,)}


def test_an_options_gravest_risk_may_be_one_of_all():
    found = rated(appraisal({"works": {}, "other": {}}, risks=RISKS))
    assert [one.risk.name for name in ("works", "other") if (one := gravest(found, name))] == ["court", "price"]


def test_all_to_the_richer_half_and_all_to_the_poorer_one():
    rich, poor = leaning([0, 10], [1, 1], [1, 2]), leaning([10, 0], [1, 1], [1, 2])
    assert rich and (rich.poorest, rich.index) == (0, 0.5)
    assert poor and (poor.poorest, poor.index) == (pytest.approx(0.8), -0.5)


def test_three_groups_worked_by_hand():
    # people .5 .3 .2 and sums .2 .3 .5: (.5 * .5 - .8 * .2) + (.8 * 1 - 1 * .5) = .09 + .3
    found = leaning([30, 20, 50], [30, 50, 20], [2, 1, 3])
    assert found and found.index == pytest.approx(0.39)
    assert found.poorest == pytest.approx(0.2 * 0.4 / 0.5)


def test_an_even_spread_leans_nowhere_and_no_sum_has_no_lean():
    even = leaning([20, 30, 50], [2, 3, 5], [3, 1, 2])
    assert even and (even.poorest, even.index) == (pytest.approx(0.4), pytest.approx(0))
    assert leaning([0, 0], [1, 1], [1, 2]) is None


amounts = st.lists(st.tuples(st.integers(0, 99), st.integers(1, 50), st.integers(1, 9)), min_size=2, max_size=6, unique_by=lambda g: g[2])


@given(amounts, st.integers(2, 9))
def test_the_lean_hangs_on_no_unit_and_no_order(groups, times):
    def of(order, factor=1):
        money, people, incomes = zip(*order, strict=True)
        return leaning([factor * value for value in money], people, incomes)

    plain, other = of(groups), of(list(reversed(groups)), times)
    if plain is None:
        assert other is None
    else:
        assert other and -1 <= plain.index <= 1
        assert (other.index, other.poorest) == (pytest.approx(plain.index), pytest.approx(plain.poorest))


def test_who_pays_more_than_they_gain_is_named_for_each_option():
    groups = [
        {"name": "north", "people": 10, "income": 1, "gains": {"works": 50}, "pays": {"works": 20}},
        {"name": "south", "people": 20, "income": 2, "gains": {"works": 10}, "pays": {"works": 50}},
    ]
    (found,) = distribution(appraisal({"works": {}, "other": {}}, groups=groups))
    assert [(part.group.name, part.net, part.each) for part in found.parts] == [("north", 30, 3), ("south", -40, -2)]
    assert [part.group.name for part in found.losers] == ["south"]
    assert found.gains and found.gains.index < 0 < found.gains.poorest
    assert not distribution(appraisal({"works": {}}))


def test_without_incomes_nobody_says_how_it_leans():
    (found,) = distribution(appraisal({"works": {}}, groups=[{"name": "north", "gains": {"works": 5}}]))
    assert (found.gains, found.parts[0].each) == (None, None)


WRITTEN = {"problem": "a", "theory": "b", "budget": 10, "decides": "c"}
FULL = PanelKnows(baseline=True, periods=30, before=24, peers=23, districts=8)


def checked(panel: PanelKnows, evaluation=WRITTEN, **more) -> Evaluability:
    return evaluability(appraisal({"works": {}}, evaluation=evaluation, **{"indicator": "x", "starts": "2027-01", **more}), panel)


def test_all_there_is_eight_and_nothing_there_is_none():
    assert (checked(FULL).points, checked(FULL).missing) == (8, ())
    empty = checked(PanelKnows(), {}, indicator=None, starts=None)
    assert empty.points == 0 and len(empty.missing) == len(empty.checks) == 8


@pytest.mark.parametrize(
    ("panel", "name", "answer"),
    [
        (PanelKnows(periods=30, before=24, peers=23), "baseline", "partly"),
        (PanelKnows(baseline=True, periods=30, before=24, peers=23, old=True), "indicator", "partly"),
        (PanelKnows(baseline=True, periods=30, before=7, peers=23), "before", "partly"),
        (PanelKnows(baseline=True, periods=30, before=3, peers=23), "before", "no"),
        (PanelKnows(baseline=True, periods=30, before=24, peers=2, districts=7), "comparison", "partly"),
        (PanelKnows(baseline=True, periods=30, before=24, peers=2, districts=2), "comparison", "no"),
    ],
)
def test_what_the_panel_lacks_is_the_only_thing_missing(panel, name, answer):
    assert [(check.name, check.answer, check.by_panel) for check in checked(panel).missing] == [(name, answer, True)]


def test_somebody_to_compare_with_who_is_only_written_down_counts_half():
    found = checked(PanelKnows(baseline=True, periods=30, before=24), {**WRITTEN, "comparison": "the towns around"})
    assert [(check.name, check.answer) for check in found.missing] == [("comparison", "partly")]


City = tuple[Definitions, Catalogue, Facts | None]


@pytest.fixture(scope="module")
def city(tmp_path_factory) -> City:
    home = build(tmp_path_factory.mktemp("appraised"))
    definitions = definition_files.load(home)
    return definitions, goal_files.load(home, definitions), current(home)


def test_the_panel_is_read_as_it_stands(city: City):
    told = appraisal({"works": {}}, indicator="robberies", starts="2025-01")
    found = panel_knows(told, *city, date(2026, 7, 10))
    # thirty months up to June 2026 begin in January 2024
    assert (found.baseline, found.periods, found.before, found.old) == (True, 30, 12, False)
    assert panel_knows(told, *city, date(2027, 7, 10)).old
    assert panel_knows(told, *city, date(2024, 3, 31)).periods == 3
    assert panel_knows(appraisal({"works": {}}), *city, None) == PanelKnows()


def test_without_facts_only_the_goal_is_known(city: City):
    definitions, catalogue, _ = city
    told = appraisal({"works": {}}, indicator="robberies", starts="2025-01")
    assert panel_knows(told, definitions, catalogue, None, None) == PanelKnows(baseline=True)
