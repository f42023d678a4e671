"""What a meeting should talk about first: every reason at its limit, all reasons of a thing together, and the order of both."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest

from dashboards.plan import truth_line
from data.meetings.vocabulary import WHYS
from data.plans.lagging import Lagging
from kpis.headline import MOST_DECISIONS
from kpis.meetings import actions, goals
from kpis.meetings.agenda import Found, agenda
from kpis.plans.truth import Truth, truth
from kpis.score import Change, Reason, Score, Signal
from kpis.scorecard import scorecard
from tests import small_plan
from tests.small_city import LAST, build, session
from tests.small_plan import DAY, node

SINCE = date(2026, 6, 1)
NONE = Lagging(
    pl.DataFrame(schema={"node": pl.Int64, "name": pl.String, "due": pl.Date}), pl.DataFrame(schema={"node": pl.Int64, "day": pl.Date})
)


@pytest.fixture(scope="module")
def score(tmp_path_factory) -> Score:
    """A goal off track, with a target and a fresh value."""
    known = session(build(tmp_path_factory.mktemp("agenda")))
    judged = scorecard(known.facts, known.catalogue, known.definitions, known.place, LAST)
    found = next(each for each in judged if each.status == "off_track")
    return replace(found, signal=None, change=None)


def goal(score: Score, name: str, status: str = "on_track", **changes: Any) -> Score:
    return replace(score, kpi=score.kpi.model_copy(update={"id": name}), status=status, **changes)


def unusual(direction: str = "worse", *, new: bool = True) -> Signal:
    return Signal("unusual", Reason("unusually low"), "outside", "low", direction, new, DAY, 1.0, 2.0, 3.0, 20, False)  # type: ignore[arg-type]


def moved(direction: str) -> Change:
    return Change(1.0, DAY, 1.0, direction)  # type: ignore[arg-type]


def follow_up(number: int, due: date, **changes: Any) -> dict[str, Any]:
    plain = {"id": number, "what": f"Promise {number}", "due": due, "first_due": due, "state": "open", "goal": None, "node": None}
    return {**plain, **changes}


def concern(number: int, raised_on: date, **changes: Any) -> dict[str, Any]:
    plain = {"id": number, "title": f"Worry {number}", "raised_on": raised_on, "state": "raised", "goal": None, "node": None}
    return {**plain, **changes}


def plan(*nodes: small_plan.Node) -> Truth:
    return truth(small_plan.tree(*nodes))


def stages(found: Truth, *told: tuple[str, str, date]) -> Lagging:
    """Stages missed: the key of their action, their name, their day."""
    ids = dict(found.nodes.select("key", "id").iter_rows())
    rows = [{"node": ids[key], "name": f'"{name}"', "due": due} for key, name, due in told]
    return replace(NONE, stages=pl.DataFrame(rows, schema=NONE.stages.schema))


def ranked(scores=(), chances=None, plans=(), follow_ups=(), concerns=()) -> list[Found]:
    return agenda(scores, chances or {}, plans, follow_ups, concerns, DAY, SINCE)


def names(found: list[Found]) -> list[Any]:
    return [each.item.about[1] for each in found]


def test_reasons_come_in_the_order_that_the_words_have(score):
    found = plan(
        node("a"), node("paid", "a", proved=10.0, money=[{"initial": 100.0, "paid": 50.0}], status="started"),
        node("missed", "a", proved=10.0, status="started"),
    )  # fmt: skip
    ids = dict(found.nodes.select("key", "id").iter_rows())
    old, worse = goal(score, "stale", "stale", age_days=90, limit_days=45), goal(score, "worse", signal=unusual())
    told = ranked(
        [old, goal(score, "off", "off_track"), worse], {"off": 0.1}, [(found, stages(found, ("missed", "Design", SINCE)))],
        [follow_up(1, DAY - timedelta(days=1))], [concern(2, DAY)],
    )  # fmt: skip
    assert names(told) == ["worse", "off", ids["paid"], ids["missed"], "stale", 1, 2]
    assert [each.item.whys for each in told] == [(why,) for why in WHYS if why != "added"]


def test_the_first_five_are_kept_and_the_others_are_there(score):
    told = ranked([goal(score, f"g{number}", "off_track") for number in range(7)], {f"g{number}": number / 100 for number in range(7)})
    assert [each.item.kept for each in told] == [True] * MOST_DECISIONS + [False] * 2
    assert names(told) == [f"g{number}" for number in range(7)]


def test_what_is_in_order_is_no_item(score):
    found = plan(node("a"), node("fine", "a", proved=50.0, money=[{"initial": 100.0, "paid": 54.0}], status="started"))
    told = ranked(
        [goal(score, "fine"), goal(score, "better", signal=unusual("better")), goal(score, "risk", "at_risk")], {},
        [(found, NONE)], [follow_up(1, DAY), follow_up(2, SINCE, state="done")], [concern(3, SINCE, state="closed")],
    )  # fmt: skip
    assert told == []


@pytest.mark.parametrize(("chance", "listed"), [(0.0, True), (0.33, True), (1 / 3, False), (0.9, False), (None, True)])
def test_off_track_needs_a_decision_while_its_chance_is_low_or_nobody_can_tell_it(score, chance, listed):
    assert names(ranked([goal(score, "off", "off_track")], {"off": chance})) == (["off"] if listed else [])


def test_the_least_likely_comes_first_and_what_nobody_can_tell_last(score):
    told = ranked([goal(score, name, "off_track") for name in ("unknown", "some", "none")], {"some": 0.2, "none": 0.001})
    assert names(told) == ["none", "some", "unknown"]
    said = [str(each.whys[0].reason) for each in told]
    assert said[0].startswith("a chance of less than 1 %")
    assert said[1].startswith("a chance of 20% to reach the target by ")
    assert said[2] == "too little is known to tell its chance"


def test_worse_than_before_is_no_reason_while_nothing_says_that_it_is_more_than_chance(score):
    assert ranked([goal(score, "noise", change=moved("worse"))]) == []
    assert ranked([goal(score, "usual", change=moved("worse"), signal=replace(unusual(), verdict="usual", direction=None))]) == []


def test_an_old_signal_is_told_again_only_where_it_got_worse_again(score):
    old = unusual(new=False)
    told = ranked([goal(score, "still", signal=old, change=moved("better")), goal(score, "again", signal=old, change=moved("worse")),
                   goal(score, "new", signal=unusual(), change=moved("better"))])  # fmt: skip
    assert names(told) == ["new", "again"]


def test_what_is_out_of_date_is_not_called_worse(score):
    told = ranked([goal(score, "old", "stale", signal=unusual(), age_days=60, limit_days=45)])
    assert [each.item.whys for each in told] == [("stale",)]


@pytest.mark.parametrize(("paid", "listed"), [(24.9, False), (25.0, True)])
def test_money_is_ahead_from_as_many_points_as_on_the_page_of_the_budget(paid, listed):
    found = plan(node("a"), node("x", "a", proved=20.0, money=[{"initial": 100.0, "paid": paid}], status="started"))
    assert bool(ranked(plans=[(found, NONE)])) is listed
    assert actions.LEAD == truth_line.CLOSE


def test_stages_missed_since_the_review_before_come_first_then_the_oldest():
    found = plan(node("a"), *(node(key, "a", proved=10.0, status="started") for key in ("new", "old", "older")))
    told = ranked(plans=[(found, stages(found, ("older", "A", date(2025, 1, 1)), ("old", "B", date(2026, 5, 31)), ("new", "C", SINCE)))])
    keys = {number: key for key, number in found.nodes.select("key", "id").iter_rows()}
    assert [keys[name] for name in names(told)] == ["new", "older", "old"]


def test_several_missed_stages_of_an_action_are_one_reason_told_by_the_last():
    found = plan(node("a"), node("x", "a", proved=10.0, status="started"))
    told = ranked(plans=[(found, stages(found, ("x", "Built", date(2026, 5, 1)), ("x", "Design", date(2026, 1, 1))))])
    assert [str(why.reason) for why in told[0].whys] == ["Built was due on 2026-05-01, the last of 2 that were missed"]


def test_an_action_that_does_not_count_or_is_finished_misses_nothing():
    found = plan(node("a"), node("gone", "a", proved=0.0, status="cancelled"), node("out", "a", proved=0.0, left_out='"moved"'))
    assert ranked(plans=[(found, stages(found, ("gone", "A", SINCE), ("out", "B", SINCE)))]) == []


@pytest.mark.parametrize(("days", "listed"), [(actions.SILENT, False), (actions.SILENT + 1, True)])
def test_an_action_is_silent_too_long_after_three_reviews(days, listed):
    found = plan(node("a"), node("x", "a", proved=10.0, status="started", starts=date(2025, 1, 1)))
    number = found.nodes.filter(pl.col("key") == "x")["id"].item()
    reports = pl.DataFrame({"node": [number], "day": [DAY - timedelta(days=days)]})
    assert bool(ranked(plans=[(found, replace(NONE, reports=reports))])) is listed


def test_an_action_that_has_not_begun_owes_no_report():
    found = plan(node("a"), node("x", "a", proved=0.0, status="not_started", starts=DAY), node("y", "a", proved=0.0, status="started"))
    assert ranked(plans=[(found, NONE)]) == []


def test_one_thing_with_several_reasons_is_one_item_with_all_of_them(score):
    worst = goal(score, "worst", "off_track", signal=unusual())
    told = ranked(
        [worst], {"worst": 0.1}, follow_ups=[follow_up(1, SINCE, goal="worst"), follow_up(2, SINCE, goal="fine")],
        concerns=[concern(3, SINCE, goal="worst")],
    )  # fmt: skip
    assert [(each.item.kind, each.item.about[1], each.item.whys) for each in told] == [
        ("goal", "worst", ("worsened", "unlikely", "overdue", "concern")), ("follow_up", 2, ("overdue",)),
    ]  # fmt: skip
    assert [str(why.reason) for why in told[0].whys[2:]] == [
        "Promise 1: was due on 2026-06-01",
        "Worry 3: raised on 2026-06-01, not closed",
    ]


def test_of_two_alike_the_one_with_more_reasons_comes_first(score):
    told = ranked([goal(score, "one", "off_track"), goal(score, "two", "off_track")], {"one": 0.1, "two": 0.1},
                  concerns=[concern(1, SINCE, goal="two")])  # fmt: skip
    assert names(told) == ["two", "one"]


def test_the_longest_overdue_and_the_longest_open_come_first():
    told = ranked(follow_ups=[follow_up(1, date(2026, 6, 20)), follow_up(2, date(2026, 6, 2), first_due=date(2026, 5, 1))],
                  concerns=[concern(3, date(2026, 6, 5)), concern(4, date(2026, 2, 5), state="answered")])  # fmt: skip
    assert names(told) == [2, 1, 4, 3]
    assert str(told[0].whys[0].reason) == "was due on 2026-06-02, and first promised for 2026-05-01"
    assert str(told[2].whys[0].reason) == "raised on 2026-02-05, answered, not decided"


def test_the_longest_out_of_date_comes_first_and_without_any_value_last(score):
    told = ranked([goal(score, "never", "no_data", age_days=None), goal(score, "old", "stale", age_days=50, limit_days=45),
                   goal(score, "older", "stale", age_days=130, limit_days=100)])  # fmt: skip
    assert names(told) == ["older", "old", "never"]
    assert pytest.approx(0.333, abs=0.001) == goals.UNLIKELY
