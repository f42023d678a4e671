"""Criteria and the study beside its published figures, what is due by the calendar, what is covered, and how sure a survey is."""

import csv
from datetime import date

import polars as pl
import pytest

from data.assessments.reading import Register
from data.assessments.vocabulary import CRITERIA
from data.facts import current
from data.indicators import Indicator
from data.model import read_model
from data.problems import Refused
from data.yaml_file import read_yaml
from kpis.assessments import elsewhere
from kpis.assessments.coverage import coverage, judges
from kpis.assessments.criteria import CriterionFile, criteria
from kpis.assessments.due import AGAIN, Due, calendar, due, span
from kpis.assessments.perception import figure
from kpis.assessments.returns import returns
from kpis.impact.answer import Answer
from kpis.impact.effect import Effect
from kpis.impact.study import Study
from kpis.impact.verdict import Kind, Verdict, Way
from kpis.shares import wilson
from tests.tiny_facts import definitions, home, load, rows

DAY = date(2026, 11, 10)
POLICY = {"id": 1, "key": "lanes", "starts": date(2025, 3, 1), "ends": date(2026, 12, 31), "nodes": [11], "goals": []}
OTHER = {"id": 2, "key": "app", "starts": None, "ends": None, "nodes": [12, 13], "goals": []}
MADE = {"id": 1, "policy": 1, "moment": "mid_term", "due": date(2026, 1, 1), "state": "done", "judge": "external",
        "done_on": date(2026, 2, 1), "next_due": None}  # fmt: skip
NODES = pl.DataFrame(
    [
        # id, parent, level, leaf, actions, budget
        (1, None, 0, False, 3, None),
        (10, 1, 1, False, 2, None),
        (11, 10, 2, True, 1, 300.0),
        (12, 10, 2, True, 1, 100.0),
        (20, 1, 1, False, 1, None),
        (13, 20, 2, True, 1, 600.0),
        (14, 20, 2, True, 0, 999.0),  # cancelled: counts nowhere
    ],
    schema=["id", "parent", "level", "leaf", "actions", "budget"],
    orient="row",
).with_columns(currency=pl.lit("EUR"))


def known(*assessments, scores=(), policies=(POLICY, OTHER)) -> Register:
    return Register(policies, assessments, scores)


def told(found: list[Due]) -> list[tuple[str, str, date]]:
    return [(each.policy["key"], each.moment, each.day) for each in found]


def test_every_criterion_asks_a_question_in_both_languages():
    found = criteria()
    assert tuple(found) == CRITERIA
    assert [each.id for each in found.values() if each.of_six] == list(CRITERIA[:6])
    assert {each.id for each in found.values() if each.accountable} == {"effectiveness", "efficiency", "scope", "equality"}
    assert all({"es", "en"} == set(each.name) == set(each.question) for each in found.values())
    assert all(part in found for each in found.values() for part in each.part_of)


def test_other_criteria_than_those_of_the_records_are_refused(tmp_path):
    file = tmp_path / "criteria.yaml"
    file.write_text("source: nobody\ncriteria:\n  - {id: beauty, name: Beauty, question: Is it?}\n", encoding="utf-8")
    with pytest.raises(Refused):
        read_model(CriterionFile, read_yaml(file))


def test_the_counts_of_the_study_give_the_per_cent_that_it_printed(shared):
    with (shared / "data/reference/uclg2019.csv").open(encoding="utf-8") as file:
        rows = {
            (row["question"], row["option"]): float(row["value"]) for row in csv.DictReader(file) if row["section"].startswith("evaluation")
        }
    study = elsewhere.study()
    words = {"never": "Never", "rarely": "Rarely", "sometimes": "Sometimes", "mostly": "In most cases", "always": "In all cases"}
    for each in study.frequencies:
        printed = {name: rows[f"Frequency: {each.question}", word] for name, word in words.items()}
        assert {name: round(100 * getattr(each, name) / study.base) for name in words} == printed
        assert sum(printed.values()) == (100 if each.moment == "ex_ante" else 101)
    for each in study.barriers:
        assert 100 * each.cities / study.barriers_base == rows["Main barriers to planning and assessment (multiple answer)", each.question]


def test_counts_that_do_not_add_up_are_refused():
    content = elsewhere.study().model_dump()
    content["frequencies"][0]["never"] += 1
    with pytest.raises(ValueError, match="do not add up"):
        elsewhere.Elsewhere.model_validate(content)


def test_the_calendar_of_a_policy():
    days = calendar((date(2025, 3, 1), date(2026, 12, 31)))
    assert days == {"ex_ante": date(2025, 2, 28), "mid_term": date(2026, 1, 30), "final": date(2027, 6, 30)}
    assert calendar((None, date(2026, 8, 31))) == {"final": date(2027, 2, 28)} and calendar((None, None)) == {}


def test_days_that_a_policy_does_not_say_are_those_of_its_actions():
    nodes = {
        12: {"starts": date(2025, 5, 1), "ends": date(2025, 12, 31)},
        13: {"starts": date(2025, 1, 1), "ends": None},
        99: {"starts": date(2020, 1, 1), "ends": date(2020, 2, 1)},
    }
    assert span(OTHER, nodes) == (date(2025, 1, 1), date(2025, 12, 31))
    assert span({**OTHER, "starts": date(2025, 6, 1)}, nodes) == (date(2025, 6, 1), date(2025, 12, 31))
    assert span(OTHER, {}) == (None, None)


def test_what_nobody_planned_is_due_by_the_rule_and_what_is_done_or_dropped_is_not():
    dropped = {**MADE, "id": 2, "moment": "ex_ante", "state": "dropped", "done_on": None}
    found = due(known(MADE, dropped, policies=(POLICY,)), {})
    assert told(found) == [("lanes", "final", date(2027, 6, 30))] and found[0].assessment is None
    assert told(due(known(policies=(POLICY,)), {}))[0] == ("lanes", "ex_ante", date(2025, 2, 28))


def test_the_planned_day_goes_before_the_rule_and_impact_is_due_only_where_planned():
    planned = {**MADE, "state": "planned", "due": date(2026, 10, 1), "done_on": None}
    impact = {**planned, "id": 3, "moment": "impact", "due": date(2026, 12, 15), "state": "under_way"}
    found = due(known(planned, impact, policies=(POLICY,)), {})
    assert told(found) == [
        ("lanes", "ex_ante", date(2025, 2, 28)), ("lanes", "mid_term", date(2026, 10, 1)), ("lanes", "impact", date(2026, 12, 15)),
        ("lanes", "final", date(2027, 6, 30)),
    ]  # fmt: skip
    assert [each.overdue(DAY) for each in found] == [True, True, False, False]
    assert [each.soon(DAY) for each in found] == [False, False, True, False]
    assert not found[2].overdue(date(2026, 12, 15)) and found[2].overdue(date(2026, 12, 16))


def test_where_the_rule_is_settled_the_last_one_says_when_the_next_is_due():
    made = [{**MADE, "id": n, "moment": moment} for n, moment in enumerate(("ex_ante", "mid_term"), start=2)]
    last = {**MADE, "moment": "final", "done_on": date(2026, 9, 1), "next_due": date(2027, 9, 1)}
    assert told(due(known(*made, last, policies=(POLICY,)), {})) == [("lanes", AGAIN, date(2027, 9, 1))]
    planned = {**MADE, "id": 9, "state": "planned", "moment": "impact", "due": date(2027, 8, 1)}
    assert [each.moment for each in due(known(*made, last, planned, policies=(POLICY,)), {})] == ["impact"]


def test_coverage_counts_actions_money_and_lines():
    found = coverage(known(MADE), NODES)
    assert (found.actions, found.of_actions, found.lines, found.of_lines, found.policies, found.of_policies) == (1, 3, 1, 2, 1, 2)
    assert (found.budget, found.of_budget, found.budget_share) == (300.0, 1000.0, 30.0)
    assert found.share == pytest.approx(100 / 3)


def test_a_policy_linked_to_a_line_covers_every_action_of_it():
    found = coverage(known(MADE, policies=({**POLICY, "nodes": [10]},)), NODES)
    assert (found.actions, found.lines, found.budget) == (2, 1, 400.0)


@pytest.mark.parametrize(("moment", "judge", "actions"), [
    ("mid_term", None, 1), ("final", None, 0), (None, "external", 1), (None, "own", 0), (None, "beneficiaries", 1),
])  # fmt: skip
def test_coverage_by_moment_and_by_who_judged(moment, judge, actions):
    scores = ({"assessment": 1, "judge": "beneficiaries"},)
    assert coverage(known(MADE, scores=scores), NODES, moment, judge).actions == actions
    assert judges(known(MADE, scores=scores), MADE) == {"external", "beneficiaries"}


@pytest.mark.parametrize("state", ["planned", "under_way", "dropped"])
def test_only_what_is_done_covers(state):
    assert coverage(known({**MADE, "state": state}), NODES).actions == 0


def test_without_one_currency_or_without_actions_no_share_is_told():
    mixed = NODES.with_columns(currency=pl.Series(["EUR", "EUR", "EUR", "USD", "EUR", "EUR", "EUR"]))
    assert coverage(known(MADE), mixed).budget_share is None
    assert coverage(known(MADE), NODES.clear()).share is None


def test_wilson_as_published():
    """Newcombe (1998), table I, method 3: 81 of 263, 15 of 148, 0 of 20."""
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson(15, 148) == pytest.approx((0.0624, 0.1605), abs=5e-5)
    assert wilson(0, 20) == pytest.approx((0.0, 0.1611), abs=5e-5)


@pytest.fixture
def asked(tmp_path):
    """Aurora's facts and the survey of its second quarter: 702 of 1,200 are satisfied."""
    place = home(tmp_path)
    text = place.indicators.read_text(encoding="utf-8")
    place.indicators.write_text(f"{text}{SATISFIED}", encoding="utf-8")
    told = {"indicator": "satisfied", "period": date(2026, 6, 30)}
    load(place, "summer", rows({**told, "value": 58.5, "numerator": 702.0, "denominator": 1200.0}), date(2026, 7, 20))
    load(place, "level", rows({"value": 3.0}), date(2026, 7, 20))
    return current(place), definitions(place)


SATISFIED = """  - id: satisfied
    name: Satisfied
    unit: "%"
    kind: ratio
    frequency: quarter
    theme: city
    source: a survey
    owner: hall
    survey: {asked: 1200 residents, question: "Are you satisfied?", mode: phone}
"""


def test_a_survey_says_how_many_answered_and_how_sure_that_is(asked):
    facts, known = asked
    found = figure(facts, known.indicator["satisfied"], "aurora", "2026-Q2")
    assert found is not None and (found.value, found.answers, found.period) == (58.5, 1200, date(2026, 6, 30))
    assert (found.low, found.high) == pytest.approx((100 * 0.5569, 100 * 0.6126), abs=0.01)  # Wilson by hand


def test_a_figure_that_is_no_survey_says_nothing_of_answers(asked):
    facts, known = asked
    found = figure(facts, known.indicator["monthly"], "aurora", "2025-01")
    assert found is not None and (found.value, found.answers, found.low) == (3.0, None, None)


@pytest.mark.parametrize(
    ("indicator", "period"), [("satisfied", "2026-Q1"), ("satisfied", "2026-06"), ("satisfied", "spring"), ("monthly", "2024-01")]
)
def test_a_period_without_a_value_or_of_another_frequency_gives_none(asked, indicator, period):
    facts, known = asked
    assert figure(facts, known.indicator[indicator], "aurora", period) is None


def test_what_came_later_is_not_known_yet(asked):
    facts, known = asked
    assert figure(facts, known.indicator["satisfied"], "aurora", "2026-Q2", date(2026, 7, 19)) is None


def test_only_a_ratio_is_a_survey():
    told = {"id": "a", "name": "A", "unit": "days", "frequency": "month", "theme": "t", "source": "s", "owner": "o",
            "survey": {"asked": "All", "question": "How?", "mode": "web"}}  # fmt: skip
    with pytest.raises(ValueError, match="of a ratio"):
        Indicator.model_validate({**told, "kind": "level"})
    assert Indicator.model_validate({**told, "kind": "ratio"}).survey is not None


def answer(kind: Kind = "clear_effect", way: Way = "better", estimate: float = 8.0, **told) -> Answer:
    study = Study(study="lanes", indicator="punctual", policy="lanes", **told)
    effect = Effect("sdid", estimate, 1.0, estimate - 2, estimate + 2, 0.01, 1, 20, 24, 12)
    return Answer(study, effect, Verdict(kind, (), way=way))


PAID = {11: {"paid": 400.0, "currency": "EUR"}, 12: {"paid": None, "currency": None}}


@pytest.mark.parametrize(
    ("found", "per_unit"),
    [
        (answer(), 50.0),
        (answer("likely_effect", estimate=-4.0), 100.0),
        (answer("no_detectable_effect"), None),
        (answer("cannot_tell"), None),
        (answer(way="worse"), None),
        (answer(log=True), None),
    ],
)
def test_each_unit_of_change_costs_what_was_paid_over_what_was_found(found, per_unit):
    (one,) = returns([POLICY, OTHER], PAID, [found])
    assert (one.cost, one.currency, one.per_unit) == (400.0, "EUR", per_unit)


def test_what_a_unit_costs_is_as_uncertain_as_the_effect():
    (one,) = returns([POLICY], PAID, [answer(estimate=-4.0)])
    assert one.between == (pytest.approx(400 / 6), 200.0)
    (none,) = returns([POLICY], PAID, [answer("likely_effect", estimate=1.0)])
    assert none.between is None  # its interval holds none, and so the cost has no end


def test_money_of_a_part_is_not_counted_again_beside_the_whole():
    nodes = {11: {"paid": 400.0, "currency": "EUR", "parent": None}, 13: {"paid": 400.0, "currency": "EUR", "parent": 12}}
    nodes |= {12: {"paid": 400.0, "currency": "EUR", "parent": 11}}
    (one,) = returns([{**POLICY, "nodes": [13, 11]}], nodes, [answer()])
    assert one.cost == 400.0


def test_every_study_of_a_policy_is_told():
    assert [each.per_unit for each in returns([POLICY], PAID, [answer(), answer(estimate=4.0)])] == [50.0, 100.0]


@pytest.mark.parametrize("nodes", [{}, {11: {"paid": None, "currency": None}}])
def test_without_what_was_paid_nothing_is_returned(nodes):
    assert returns([POLICY], nodes, [answer()]) == []


def test_without_an_effect_nothing_is_returned():
    assert returns([POLICY], PAID, [Answer(Study(study="lanes", indicator="punctual", policy="lanes"))]) == []


def test_in_two_currencies_nothing_is_added_up():
    both = {"paid": 1.0, "currency": "EUR"}, {"paid": 1.0, "currency": "USD"}
    assert returns([{**POLICY, "nodes": [11, 12]}], dict(zip((11, 12), both, strict=True)), [answer()]) == []
