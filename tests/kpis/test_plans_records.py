"""A plan in the records: what is proved on a day, and every level's figures equal to one SQL written by hand."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from data.access import Actor, Role
from data.people import add_person
from data.plans.adopting import adopt
from data.plans.deciding import Decision, change, decide
from data.plans.document import LineEntry, MilestoneEntry, NodeEntry, PlanDocument
from data.plans.evidence import bring_link, judge
from data.plans.reading import tree
from data.plans.reporting import Report, reach, report
from data.records import database
from data.records.records import Records
from data.records.tables import evidence
from kpis.plans.truth import truth
from tests.bench.bench_plan import by_hand
from tests.big_plan import DAY, big_plan, new_records, office

SMALL = (2, 2, 2, 2, 8)
LEVELS = ({"one": "Line", "many": "Lines"}, {"one": "Action", "many": "Actions"})


@pytest.mark.parametrize("months", [0, 3])
def test_every_level_equals_the_sql_by_hand(tmp_path: Path, months: int):
    made = new_records(tmp_path)
    plan = big_plan(made, SMALL, months)
    found = truth(tree(made, plan, DAY))
    with closing(sqlite3.connect(made.store / database.NAME)) as connection:
        rows = {row[0]: row[1:] for row in by_hand(connection, plan)}
    columns = ("actions", "declared", "proved", "budget", "committed", "accrued", "paid")
    counting = [row for row in [*found.nodes.iter_rows(named=True), found.whole] if row["actions"]]
    assert len(counting) > 100
    for row in counting:
        assert tuple(row[name] for name in columns) == pytest.approx(rows[row["id"]]), row["key"]
    assert sum(found.counts.values()) == 128
    assert {name for name, count in found.counts.items() if count} >= {"late", "completed", "suspended", "cancelled"}


def day(number: int) -> datetime:
    return datetime(2026, 3, number, 12, tzinfo=UTC)


def small(records: Records, **fields: Any) -> tuple[int, Actor]:
    """A line with one action of four milestones: due on 10, 20 and 30 March and on 9 April; the office and a reviewer."""
    dues = (date(2026, 3, 10), date(2026, 3, 20), date(2026, 3, 30), date(2026, 4, 9))
    steps = tuple(MilestoneEntry(name=f"Step {each.day}", share=25, due=each) for each in dues)
    lines = (
        LineEntry(code="1", currency="EUR", phases={"initial": 100, "modified": 150, "paid": 20}),
        LineEntry(code="2", currency="EUR", phases={"initial": 30}),
    )
    fields = {"area": "works", "starts": date(2026, 3, 1), "ends": date(2026, 4, 10), **fields}
    nodes = (NodeEntry(key="l", name="Line", level=0), NodeEntry(key="a", name="Action", level=1, parent="l", fields=fields,
             milestones=steps, lines=lines))  # fmt: skip
    writer = office(records)
    document = PlanDocument(key="p", name="Plan", place="city", levels=LEVELS, nodes=nodes)
    return adopt(records, writer, document, at=day(1)), writer


def reviewer(records: Records) -> Actor:
    roles = (Role("reviewer"),)
    return Actor(add_person(records, office(records), "Reviewer", roles=roles), "Reviewer", frozenset(roles))


def on(records: Records, plan: int, when: date) -> dict[str, Any]:
    return truth(tree(records, plan, when)).nodes.filter(key="a").row(0, named=True)


def test_evidence_proves_from_the_day_on_which_somebody_accepted_it(records: Records):
    plan, writer = small(records)
    brought = bring_link(records, writer, 1, "Record", "https://example.org/1", at=day(5))
    judge(records, reviewer(records), brought, 1, "accepted", at=day(8))
    figures = [(found["proved"], found["awaiting"]) for number in (4, 5, 7, 8) for found in [on(records, plan, date(2026, 3, number))]]
    assert figures == [(0, 0), (0, 25), (0, 25), (25, 0)]


def test_two_papers_for_a_milestone_count_once(records: Records):
    plan, writer = small(records)
    for title in ("One", "Two"):
        judge(
            records, reviewer(records), bring_link(records, writer, 1, title, "https://example.org/1", at=day(5)), 1, "accepted", at=day(8)
        )
    bring_link(records, writer, 1, "Three", "https://example.org/3", at=day(9))
    assert (on(records, plan, date(2026, 3, 9))["proved"], on(records, plan, date(2026, 3, 9))["awaiting"]) == (25, 0)


def test_returned_evidence_waits_until_it_is_returned_and_then_the_stage_is_late(records: Records):
    plan, writer = small(records, status="started")
    brought = bring_link(records, writer, 1, "Record", "https://example.org/1", at=day(9))
    judge(records, reviewer(records), brought, 1, "returned", "unsigned", at=day(15))
    told = [(found["awaiting"], found["late_stages"], found["state"]) for number in (10, 11, 14, 15)
            for found in [on(records, plan, date(2026, 3, number))]]  # fmt: skip
    assert told == [(25, 0, "started"), (25, 0, "started"), (25, 0, "started"), (0, 1, "late")]


def test_a_stage_that_the_area_only_says_was_reached_is_late_until_evidence_is_brought(records: Records):
    plan, writer = small(records, status="started")
    assert on(records, plan, date(2026, 3, 10))["state"] == "started"
    reach(records, writer, 1, 1, date(2026, 3, 9), at=day(9))
    found = on(records, plan, date(2026, 3, 11))
    assert (found["state"], found["late_stages"], found["proved"], found["next_due"]) == ("late", 1, 0, date(2026, 3, 10))
    bring_link(records, writer, 1, "Record", "https://example.org/1", at=day(11))
    found = on(records, plan, date(2026, 3, 11))
    assert (found["state"], found["late_stages"], found["proved"], found["awaiting"]) == ("started", 0, 0, 25)


def test_an_end_that_has_passed_is_not_cleared_by_the_days_that_the_area_types(records: Records):
    plan, writer = small(records, status="started")
    for step in range(1, 5):
        reach(records, writer, step, 1, date(2026, 3, 9))
    assert (on(records, plan, date(2026, 4, 20))["state"], on(records, plan, date(2026, 4, 20))["late_stages"]) == ("late", 4)
    for step in range(1, 5):
        bring_link(records, writer, step, "Record", "https://example.org/1", at=day(21))
    assert on(records, plan, date(2026, 4, 20))["state"] == "started"  # only a stamp is missing
    assert on(records, plan, date(2026, 4, 21))["state"] == "late"  # and nobody has given it for 31 days


def test_evidence_that_waits_for_more_than_thirty_days_keeps_nothing_from_being_late(records: Records):
    plan, writer = small(records, status="started")
    first = bring_link(records, writer, 1, "Record", "https://example.org/1", at=day(5))
    told = [(found["awaiting"], found["late_stages"]) for number in (4, 5) for found in [on(records, plan, date(2026, 4, number))]]
    assert told == [(25, 2), (25, 3)], "two others were due in March"
    judge(records, reviewer(records), first, 1, "accepted", at=datetime(2026, 4, 6, 9, tzinfo=UTC))
    assert (on(records, plan, date(2026, 4, 6))["late_stages"], on(records, plan, date(2026, 4, 5))["late_stages"]) == (2, 3)


def test_another_paper_beside_one_that_waits_gains_no_time_and_one_brought_again_does(records: Records):
    plan, writer = small(records, status="started")
    first = bring_link(records, writer, 1, "Record", "https://example.org/1", at=day(5))
    bring_link(records, writer, 1, "Picture", "https://example.org/2", at=day(31))
    when = date(2026, 4, 7)
    assert on(records, plan, when)["late_stages"] == 3
    judge(records, reviewer(records), first, 1, "returned", "unsigned", at=datetime(2026, 4, 6, 9, tzinfo=UTC))
    assert on(records, plan, when)["late_stages"] == 2, "what still waits was brought a week ago"


def test_what_was_declared_is_what_was_known_on_the_day(records: Records):
    plan, writer = small(records, declared=5.0, status="not_started")
    action = dict(tree(records, plan, DAY).nodes.select("key", "id").iter_rows())["a"]
    said = {"node": action, "reason": "flood"}
    report(records, writer, Report(**said, version=1, day=date(2026, 3, 5), declared=30.0, status="started"), at=day(5))
    report(records, writer, Report(**said, version=2, day=date(2026, 3, 9), declared=60.0, status="suspended"), at=day(9))
    report(records, writer, Report(**said, version=3, day=date(2026, 3, 5), declared=35.0, status="started"), at=day(10))
    told = [(found["declared"], found["status"]) for number in (4, 5, 8, 9) for found in [on(records, plan, date(2026, 3, number))]]
    assert told == [(5, "not_started"), (35, "started"), (35, "started"), (60, "suspended")]


def test_a_decision_holds_from_its_day_and_until_something_else_is_reported(records: Records):
    plan, writer = small(records, declared=5.0, status="started")
    action = dict(tree(records, plan, DAY).nodes.select("key", "id").iter_rows())["a"]
    told = Decision(plan, date(2026, 3, 8), "Cancelled", "citizens_request", "A vote", action)
    report(records, writer, Report(action, 1, date(2026, 3, 5), declared=30.0, status="started"), at=day(5))
    why = {"status": "cancelled", "status_reason": "a vote", "ends": date(2026, 5, 1)}
    change(records, writer, action, 2, decide(records, writer, told, at=day(8)), at=day(8), **why)
    seen = [on(records, plan, date(2026, 3, number)) for number in (4, 7, 8)]
    assert [(found["declared"], found["status"], found["ends"]) for found in seen] == [
        (5, "started", date(2026, 4, 10)), (30, "started", date(2026, 4, 10)), (30, "cancelled", date(2026, 5, 1)),
    ]  # fmt: skip
    assert [found["excluded_why"] for found in seen] == [None, None, "a vote"]
    again = replace(told, day=date(2026, 3, 9), title="Taken up again")
    change(records, writer, action, 3, decide(records, writer, again, at=day(9)), at=day(9), status="started", status_reason=None)
    report(records, writer, Report(action, 4, date(2026, 3, 10), declared=31.0, status="suspended", reason="Rain"), at=day(10))
    statuses = [on(records, plan, date(2026, 3, number))["status"] for number in (7, 8, 9, 10)]
    assert statuses == ["started", "cancelled", "started", "suspended"]


def test_before_a_decision_without_any_report_what_it_changed_still_holds(records: Records):
    plan, writer = small(records, status="started")
    action = dict(tree(records, plan, DAY).nodes.select("key", "id").iter_rows())["a"]
    told = Decision(plan, date(2026, 3, 8), "Left out", "other", "The province does it", action)
    change(
        records, writer, action, 1, decide(records, writer, told, at=day(8)), at=day(8), status="suspended", left_out="province", weight=2.0
    )
    seen = [truth(tree(records, plan, date(2026, 3, number))) for number in (7, 8)]
    assert [(found.whole["actions"], found.nodes["status"].to_list()) for found in seen] == [
        (1, [None, "started"]),
        (0, [None, "suspended"]),
    ]
    assert [found.tree.nodes["weight"].to_list() for found in seen] == [[None, None], [None, 2.0]]


def test_the_budget_in_force_is_taken_line_by_line(records: Records):
    plan, _writer = small(records)
    found = on(records, plan, date(2026, 3, 1))
    assert (found["budget"], found["paid"], found["committed"]) == (180, 20, None)


def test_what_was_planned_by_a_day(records: Records):
    plan, _writer = small(records)
    assert [tree(records, plan, date(2026, 3, number)).proofs["planned"].to_list() for number in (9, 10, 31)] == [[0.0], [25.0], [75.0]]


def test_milestones_without_a_day_plan_nothing(records: Records):
    steps = (MilestoneEntry(name="One", share=50, due=date(2026, 3, 1)), MilestoneEntry(name="Two", share=50))
    document = PlanDocument(
        key="p", name="P", place="city", levels=LEVELS[1:], nodes=(NodeEntry(key="a", name="A", level=0, milestones=steps),)
    )
    plan = adopt(records, office(records), document)
    assert tree(records, plan, DAY).proofs["planned"].to_list() == [None]


def test_both_databases_hold_what_the_bench_measures(records: Records):
    plan = big_plan(records, (2, 2), months=2)
    found = truth(tree(records, plan, DAY))
    assert set(records.frame(select(evidence.c.state))["state"]) == {"awaiting", "accepted"}
    told = [found.whole[name] for name in ("actions", "cancelled", "budget", "currency")]
    assert told == [3, 1, 1000 + 1003 + 1004 + 1007, "EUR"]
