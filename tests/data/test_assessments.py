"""A policy and its assessments from planned to done or dropped; on both databases, and nothing is written when one is refused."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from data.access import NotAllowed
from data.assessments.assessments import Planned, begin, drop, finish, open_again, plan_assessment, write_assessment
from data.assessments.policies import Policy, add_policy, describe_policy, keep_policy
from data.assessments.reading import register
from data.assessments.scores import Score, judge_criterion, take_back
from data.problems import Refused
from data.records.tables import assessment, assessment_score, policy
from data.records.trail import trail
from data.records.writing import Gone, Stale
from tests.recorded_town import AT, DAY, refused, row

LEAKS = Policy(
    "aurora", "less_leaks", {"es": "Menos fugas", "en": "Less leaks"}, "A third of the water is lost",
    {"inputs": "Two crews", "outcomes": "Less water lost"}, date(2026, 1, 1), date(2026, 12, 31), "water",
)  # fmt: skip
GOOD = Score("effectiveness", "own", 4, "Losses fell by a tenth", link="https://aurora.example/losses")
WRITTEN: dict[str, Any] = {
    "deviations": "One crew came late",
    "lesson": "Measure first",
    "recommendation": "adjust",
    "why": "The meters are worth more",
}


@pytest.fixture
def leaks(place) -> int:
    return add_policy(place.records, place.who["office"], replace(LEAKS, nodes=(place.nodes["pipes"],)), AT)


@pytest.fixture
def mid(place, leaks) -> int:
    """Its mid-term assessment, planned."""
    return plan_assessment(place.records, place.who["office"], Planned(leaks, "mid_term", date(2026, 7, 1)), AT)


def said(error: Refused) -> list[str]:
    return [str(problem) for problem in error.problems]


def test_an_assessment_goes_from_planned_to_done_and_every_step_is_kept(place, mid):
    records, office = place.records, place.who["office"]
    begin(records, office, mid, 1)
    judge_criterion(records, office, mid, GOOD)
    write_assessment(records, office, mid, 2, **WRITTEN)
    finish(records, office, mid, 3, DAY)
    now = row(records, assessment, mid)
    assert {name: now[name] for name in WRITTEN} == WRITTEN and (now["state"], now["done_on"], now["version"]) == ("done", DAY, 4)
    steps = trail(records, "assessment", [mid])[mid]
    assert [change.changes["state"][1] for change in steps if "state" in change.changes] == ["planned", "under_way", "done"]


def test_everything_that_is_missing_is_said_at_once(place, mid):
    error = refused(place, Refused, finish, place.who["office"], mid, 1, DAY)
    assert [problem.column for problem in error.problems] == ["criterion", "deviations", "lesson", "recommendation"]


@pytest.mark.parametrize("column", ["deviations", "lesson", "recommendation", "why"])
def test_each_part_is_needed(place, mid, column):
    judge_criterion(place.records, place.who["office"], mid, GOOD)
    told: dict[str, Any] = {name: text for name, text in WRITTEN.items() if name != column}
    version = write_assessment(place.records, place.who["office"], mid, 1, **told)
    error = refused(place, Refused, finish, place.who["office"], mid, version, DAY)
    assert [problem.column for problem in error.problems] == ["recommendation" if column == "why" else column]


@pytest.mark.parametrize(
    "score", [replace(GOOD, link=None), replace(GOOD, score=None, unscored="Too early to tell")], ids=["nothing shows it", "no score"]
)
def test_a_judgement_without_a_score_or_without_anything_to_show_is_not_enough(place, mid, score):
    judge_criterion(place.records, place.who["office"], mid, score)
    version = write_assessment(place.records, place.who["office"], mid, 1, **WRITTEN)
    assert [each.column for each in refused(place, Refused, finish, place.who["office"], mid, version, DAY).problems] == ["criterion"]


def test_a_figure_of_the_panel_shows_it_as_a_link_does(place, mid):
    judge_criterion(place.records, place.who["office"], mid, replace(GOOD, link=None, indicator="losses", period="2026-Q1"))
    version = write_assessment(place.records, place.who["office"], mid, 1, **WRITTEN)
    finish(place.records, place.who["office"], mid, version, DAY)


def test_before_a_policy_begins_nothing_can_have_gone_otherwise(place, leaks):
    number = plan_assessment(place.records, place.who["office"], Planned(leaks, "ex_ante", DAY))
    judge_criterion(place.records, place.who["office"], number, GOOD)
    told: dict[str, Any] = {name: text for name, text in WRITTEN.items() if name != "deviations"}
    finish(place.records, place.who["office"], number, write_assessment(place.records, place.who["office"], number, 1, **told), DAY)


def test_whoever_judges_from_outside_has_a_name(place, mid):
    judge_criterion(place.records, place.who["office"], mid, GOOD)
    version = write_assessment(place.records, place.who["office"], mid, 1, judge="external", **WRITTEN)
    error = refused(place, Refused, finish, place.who["office"], mid, version, DAY)
    assert [problem.column for problem in error.problems] == ["judge_name"]
    version = write_assessment(place.records, place.who["office"], mid, version, judge_name="University of Aurora")
    finish(place.records, place.who["office"], mid, version, DAY)


def test_the_last_that_is_written_goes_with_the_step(place, mid):
    judge_criterion(place.records, place.who["office"], mid, GOOD)
    refused(place, Refused, finish, place.who["office"], mid, 1, DAY, **{**WRITTEN, "recommendation": "rejoice"})
    finish(place.records, place.who["office"], mid, 1, DAY, **WRITTEN)
    assert (now := row(place.records, assessment, mid))["state"] == "done" and now["lesson"] == WRITTEN["lesson"]


def test_it_is_not_done_on_a_day_to_come(place, mid):
    judge_criterion(place.records, place.who["office"], mid, GOOD)
    version = write_assessment(place.records, place.who["office"], mid, 1, **WRITTEN)
    error = refused(place, Refused, finish, place.who["office"], mid, version, date(2199, 1, 1))
    assert "which is to come" in said(error)[0]


def test_what_is_done_is_changed_only_after_it_is_opened_again(place, mid):
    records, office = place.records, place.who["office"]
    score = judge_criterion(records, office, mid, GOOD)
    version = finish(records, office, mid, write_assessment(records, office, mid, 1, **WRITTEN), DAY)
    refused(place, Refused, write_assessment, office, mid, version, lesson="Another")
    refused(place, Refused, judge_criterion, office, mid, replace(GOOD, score=1), score, 1)
    refused(place, Refused, take_back, office, score, 1)
    refused(place, Refused, drop, office, mid, version, "Why not")
    version = open_again(records, office, mid, version)
    assert row(records, assessment, mid)["done_on"] is None
    judge_criterion(records, office, mid, replace(GOOD, score=1), score, 1)
    assert row(records, assessment_score, score)["score"] == 1
    take_back(records, office, score, 2)
    refused(place, Gone, take_back, office, score, 3)


def test_it_is_dropped_with_a_reason_and_may_be_taken_up_again(place, mid):
    office = place.who["office"]
    refused(place, Refused, drop, office, mid, 1, " ")
    version = drop(place.records, office, mid, 1, " The university closed ")
    assert row(place.records, assessment, mid)["dropped"] == "The university closed"
    refused(place, Refused, begin, office, mid, version)
    open_again(place.records, office, mid, version)
    assert row(place.records, assessment, mid)["dropped"] is None


def test_of_two_writers_the_slower_one_is_told(place, mid, leaks):
    office = place.who["office"]
    write_assessment(place.records, office, mid, 1, lesson="Measure first")
    refused(place, Stale, write_assessment, place.who["consultant"], mid, 1, lesson="Ask first")
    refused(place, Stale, begin, office, mid, 1)
    describe_policy(place.records, place.who["water"], leaks, 1, problem="Half of it is lost")
    refused(place, Stale, keep_policy, office, leaks, 1, area="parks")


def test_an_area_describes_its_own_policy_and_keeps_no_calendar(place, mid, leaks):
    describe_policy(place.records, place.who["water"], leaks, 1, theory={"impact": "Water for a dry summer"})
    assert row(place.records, policy, leaks)["theory"] == {"impact": "Water for a dry summer"}
    refused(place, NotAllowed, describe_policy, place.who["parks"], leaks, 2, problem="Ours")
    refused(place, NotAllowed, keep_policy, place.who["water"], leaks, 2, ends=date(2030, 1, 1))
    for who in ("water", "mayor", "reviewer"):
        refused(place, NotAllowed, judge_criterion, place.who[who], mid, GOOD)
    with pytest.raises(ValueError, match="not changed by describe_policy"):
        describe_policy(place.records, place.who["office"], leaks, 2, ends=DAY)


def test_a_policy_that_cannot_be_is_refused(place, leaks):
    cases = [
        ({"key": "Less leaks"}, "key"),
        ({"key": "less_leaks"}, "key"),
        ({"name": ""}, "name"),
        ({"problem": ""}, "name"),
        ({"theory": {"dreams": "Rain"}}, "theory"),
        ({"ends": date(2025, 1, 1)}, "ends"),
        ({"nodes": (99,)}, "nodes"),
    ]
    for changed, column in cases:
        error = refused(place, Refused, add_policy, place.who["office"], replace(LEAKS, **{"key": "other", **changed}))
        assert [problem.column for problem in error.problems] == [column] and said(error)[0], changed


def test_a_judgement_that_cannot_be_is_refused(place, mid):
    cases = [
        ({"criterion": "beauty"}, "criterion"),
        ({"judge": "mayor"}, "judge"),
        ({"score": 6}, "score"),
        ({"score": 0}, "score"),
        ({"score": None}, "unscored"),
        ({"argument": ""}, "argument"),
        ({"link": "page 4"}, "link"),
        ({"indicator": "losses"}, "period"),
        ({"indicator": "losses", "period": "spring"}, "period"),
    ]
    for changed, column in cases:
        error = refused(place, Refused, judge_criterion, place.who["office"], mid, replace(GOOD, **changed))
        assert [problem.column for problem in error.problems] == [column], changed


@pytest.mark.parametrize(("changed", "column"), [({"moment": "sometime"}, "moment"), ({"judge": "mayor"}, "judge")])
def test_an_assessment_of_another_kind_is_refused(place, leaks, changed, column):
    told = replace(Planned(leaks, "final", DAY), **changed)
    assert [problem.column for problem in refused(place, Refused, plan_assessment, place.who["office"], told).problems] == [column]


def test_one_kind_of_judge_judges_a_criterion_once(place, mid):
    judge_criterion(place.records, place.who["office"], mid, GOOD)
    refused(place, Refused, judge_criterion, place.who["office"], mid, GOOD)
    judge_criterion(place.records, place.who["office"], mid, replace(GOOD, judge="beneficiaries", score=2))


def test_it_is_read_as_it_stood_and_apart_from_other_places(place, leaks, mid):
    office = place.who["office"]
    later = datetime(2026, 6, 20, 9, tzinfo=UTC)
    judge_criterion(place.records, office, mid, GOOD, at=later)
    write_assessment(place.records, office, mid, 1, later, lesson="Measure first")
    add_policy(place.records, office, replace(LEAKS, place="bruma"), AT)
    now, then = register(place.records, "aurora"), register(place.records, "aurora", date(2026, 6, 19))
    assert [row["key"] for row in now.policies] == ["less_leaks"] == [row["key"] for row in then.policies]
    assert [row["lesson"] for row in now.of_policy(leaks)] == ["Measure first"]
    assert [row["lesson"] for row in then.of_policy(leaks)] == [None]
    assert [row["criterion"] for row in now.of_assessment(mid)] == ["effectiveness"] and then.of_assessment(mid) == []
    assert register(place.records, "aurora", date(2026, 5, 31)).policies == ()
