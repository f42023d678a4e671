"""What is owed by a review: from the records of a small town, and from follow-ups and concerns written by hand."""

from dataclasses import replace
from datetime import UTC, date, datetime

import polars as pl
import pytest

from data.access import Actor
from data.city import Cycle
from data.home import Home
from data.periods import Month
from data.plans.owing import owing
from data.plans.reading import tree
from data.plans.reporting import reach
from kpis.plans.owed import owed
from kpis.plans.truth import truth
from kpis.reviews.cycle import Phase, phases
from kpis.reviews.owed import Count, Duty, asks_for_words, by_day, counts, mine, of_concerns, of_follow_ups, of_goals, of_plan, of_values
from kpis.score import Reason, Score, Signal
from kpis.scorecard import scorecard
from tests.area_town import DAY, Town, build
from tests.small_city import LAST, session
from tests.small_city import build as build_city

SINCE = date(2026, 6, 15)
JUNE = phases(Month(2026, 6), Cycle())


@pytest.fixture
def town(tmp_path) -> Town:
    return build(Home(tmp_path))


def found(town: Town, area: str = "police", months: list[Phase] = JUNE) -> list[Duty]:
    nodes = truth(tree(town.records, town.plan, DAY)).nodes.filter(pl.col("area") == area)
    return of_plan(owed(owing(town.records, town.plan, area, DAY), nodes, SINCE, DAY), nodes, area, months)


def test_a_plan_owes_reports_papers_and_measures_each_with_its_day(town):
    keys = {node: key for key, node in town.nodes.items()}
    said = [(duty.kind, keys[duty.node], duty.state, duty.due) for duty in by_day(found(town)) if duty.node]
    assert said == [
        ("measure", "1.1", "open", date(2026, 6, 30)),
        ("report", "1.2", "old", date(2026, 7, 5)),
        ("report", "1.5", "never", date(2026, 7, 5)),
        ("evidence", "1.2", "returned", date(2026, 7, 5)),  # its stage is overdue too, and is owed once
    ]


def test_a_stage_whose_day_comes_within_the_review_is_owed_also_where_the_area_says_that_it_was_reached(town):
    late = phases(Month(2026, 7), Cycle())
    (due,) = [duty for duty in found(town, months=late) if duty.state == "due"]
    assert (due.kind, due.name, due.due) == ("evidence", "Open", date(2026, 8, 31))
    reach(town.records, town.actor("editor"), int(due.what), 1, date(2026, 7, 2), datetime(2026, 7, 2, tzinfo=UTC))
    assert [duty.what for duty in found(town, months=late) if duty.state == "unproved"] == [due.what]
    assert not [duty for duty in found(town) if duty.what == due.what]


def test_a_duty_names_its_post_and_what_was_asked(town):
    duties = {duty.state: duty for duty in found(town)}
    assert duties["returned"].said == "Rosa Revisora: The signature is missing"
    assert duties["returned"].owner == duties["open"].owner is not None
    assert duties["never"].owner is None


def asked(number: int, **more: object) -> dict[str, object]:
    plain = {"state": "open", "what": f"Do {number}", "area": "police", "owner": 1, "node": None, "goal": None, "evidence": None}
    return {"id": number, "due": date(2026, 7, 20), **plain, **more}


def test_follow_ups_are_owed_while_they_are_open_as_far_as_the_review_reaches():
    rows = [asked(1), asked(2, state="done"), asked(3, due=date(2026, 8, 1)), asked(4, due=date(2026, 1, 1)), asked(5, state="dropped")]
    assert [duty.what for duty in of_follow_ups(rows, JUNE[-1].last)] == [1, 4]


def concern(number: int, raised_on: date, state: str = "raised") -> dict[str, object]:
    return {"id": number, "title": "T", "said": "S", "area": None, "node": None, "goal": None, "state": state, "raised_on": raised_on}


def test_a_concern_waits_for_its_answer_until_risks_are_weighed_or_the_end_where_it_came_later():
    rows = [
        concern(1, date(2026, 6, 3)),
        concern(2, date(2026, 7, 20)),
        concern(3, date(2026, 7, 1), "answered"),
        concern(4, date(2026, 8, 1)),
    ]
    assert [(duty.what, duty.due) for duty in of_concerns(rows, JUNE)] == [(1, date(2026, 7, 15)), (2, date(2026, 7, 31))]


def test_values_are_owed_by_indicator_and_state_with_the_question_that_came_back():
    rows = [
        ("police", "robberies", "owed", None), ("police", "robberies", "owed", None), ("police", "robberies", "returned", "Is it 12?"),
        ("police", "robberies", "sent", None), ("police", "robberies", "known", None), (None, "rain", "draft", None),
    ]  # fmt: skip
    schema = {"area": pl.String, "indicator": pl.String, "state": pl.String, "question": pl.String}
    owed_values = pl.DataFrame(rows, schema=schema, orient="row").with_columns(due=pl.lit(date(2026, 7, 5)))
    duties = of_values(owed_values, {"robberies": {"es": "Robos", "en": "Robberies"}})
    assert [(duty.what, duty.state, duty.count, duty.said) for duty in duties] == [
        ("robberies", "owed", 2, ""), ("robberies", "returned", 1, "Is it 12?"), ("rain", "draft", 1, ""),
    ]  # fmt: skip
    assert counts(duties, date(2026, 7, 6)) == {("police", "value"): Count(3, 3), (None, "value"): Count(1, 1)}


def test_mine_is_what_my_areas_and_my_posts_owe():
    duties = [Duty("report", 1, "a", "police", None), Duty("follow_up", 2, "b", "hall", None, owner=7), Duty("concern", 3, "c", None, None)]
    assert [duty.what for duty in mine(duties, Actor(1, "x", areas=frozenset({"police"}), posts=frozenset({7})))] == [1, 2]
    assert mine(duties, Actor(1, "x")) == []


def test_who_owes_what_is_counted_with_what_is_overdue():
    today = date(2026, 7, 6)
    duties = [
        Duty("report", 1, "a", "police", date(2026, 7, 5)), Duty("report", 2, "b", "police", today), Duty("concern", 3, "c", None, None),
    ]  # fmt: skip
    assert counts(duties, today) == {("police", "report"): Count(2, 1), (None, "concern"): Count(1, 0)}


@pytest.fixture(scope="module")
def score(tmp_path_factory) -> Score:
    """A goal off track whose value is not unusual."""
    known = session(build_city(tmp_path_factory.mktemp("owed")))
    judged = scorecard(known.facts, known.catalogue, known.definitions, known.place, LAST)
    return replace(next(each for each in judged if each.status == "off_track"), signal=None, change=None)


WORSE = Signal("unusual", Reason("unusually low"), "outside", "low", "worse", True, DAY, 1.0, 2.0, 3.0, 20, False)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "asked"),
    [
        ({"status": "off_track"}, True), ({"status": "at_risk"}, True), ({"status": "on_track"}, False), ({"status": "reached"}, False),
        ({"status": "stale"}, False), ({"status": "no_data"}, False), ({"status": "untracked"}, False),
        ({"status": "on_track", "signal": WORSE}, True), ({"status": "on_track", "signal": replace(WORSE, direction="better")}, False),
        ({"status": "on_track", "signal": replace(WORSE, new=False)}, False), ({"status": "stale", "signal": WORSE}, False),
    ],
)  # fmt: skip
def test_words_are_asked_for_where_a_goal_needs_a_decision_or_got_worse_and_that_is_a_signal(score, changes, asked):
    assert asks_for_words(replace(score, **changes)) is asked


@pytest.mark.parametrize(
    ("day", "kinds"),
    [
        (date(2026, 7, 5), []), (date(2026, 7, 6), ["analysis"]), (date(2026, 7, 10), ["analysis"]),
        (date(2026, 7, 11), ["analysis", "risk"]), (date(2026, 7, 31), ["analysis", "risk"]),
    ],
)  # fmt: skip
def test_analysis_and_risk_are_owed_from_the_first_day_of_their_phases_on(score, day, kinds):
    duties = of_goals([score, replace(score, status="on_track")], set(), set(), JUNE, day)
    assert [duty.kind for duty in duties] == kinds
    days = {"analysis": date(2026, 7, 10), "risk": date(2026, 7, 15)}
    goal = (score.kpi.id, score.kpi.owner)
    assert all((duty.what, duty.area, duty.goal, duty.due) == (*goal, score.kpi.id, days[duty.kind]) for duty in duties)


def test_what_is_written_is_owed_no_more(score):
    late = JUNE[-1].last
    assert [duty.kind for duty in of_goals([score], {score.kpi.id}, set(), JUNE, late)] == ["risk"]
    assert [duty.kind for duty in of_goals([score], set(), {score.kpi.id}, JUNE, late)] == ["analysis"]
