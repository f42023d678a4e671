"""An earlier month goes on showing what it showed, whatever is written down after it; and shows what was decided for it, also late."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import select

from data.people import add_post
from data.plans.action import action, history, linked
from data.plans.adopting import adopt
from data.plans.assigning import Assignment, assign
from data.plans.deciding import Decision, add, change, decide, decide_and_change, describe
from data.plans.document import LineEntry, MilestoneEntry, NodeEntry
from data.plans.evidence import bring_link, judge, withdraw
from data.plans.ledger import ledger
from data.plans.lines import limits, lines
from data.plans.linking import link, links, unlink
from data.plans.money import Line, keep_line
from data.plans.outcomes import Outcome, Result, close_outcome, record_outcome, record_result
from data.plans.owing import owing
from data.plans.reading import plans, tree
from data.plans.renewing import renew
from data.plans.reporting import Report, reach, report
from data.plans.settling import settle
from data.plans.versions import versions
from data.problems import Refused
from data.records.as_of import as_of
from data.records.records import Records
from data.records.tables import AUDITED, UNTOLD, budget_line, evidence, milestone, node, outcome
from tests.recorded_town import Town, document, last_evidence, row
from tests.thorough import some

DAY = date(2026, 6, 30)
"""The month under review; what stands there was written by JUNE, everything else later."""
JUNE, JULY = datetime(2026, 6, 20, 9, tzinfo=UTC), datetime(2026, 7, 20, 9, tzinfo=UTC)
LATER = date(2026, 7, 20)
SEEDS = some((1, 2), 2)
LINK = "https://aurora.example/paper"


@pytest.fixture
def told(place: Town) -> Town:
    """The town with something of every kind written down in June."""
    held, who, pipes = place.records, place.who, place.nodes["pipes"]
    report(held, who["water"], Report(pipes, 1, date(2026, 6, 20), 40.0, "started", "Dug"), JUNE)
    reach(held, who["water"], place.steps[0], 1, date(2026, 6, 10), JUNE)
    judge(held, who["reviewer"], bring_link(held, who["water"], place.steps[0], "Plans", LINK, JUNE), 1, "accepted", at=JUNE)
    bring_link(held, who["water"], place.steps[1], "Photograph", LINK, JUNE)
    describe(held, who["water"], pipes, 2, JUNE, limits="A lawsuit", description="New pipes")
    told = Decision(place.plan, date(2026, 6, 15), "Later", "other", "It rained", pipes)
    decide_and_change(held, who["office"], told, 3, JUNE, ends=date(2027, 3, 31), weight=2.0, status_reason="Rain")
    failed = Outcome(
        place.plan, date(2026, 6, 12), False, "Flood", "other", "Rain", "Dig in summer", pipes, "A pump", place.post, date(2026, 9, 1)
    )
    record_outcome(held, who["office"], failed, JUNE)
    record_result(held, who["water"], Result(pipes, "scope", "Homes", 10.0, 20.0), JUNE)
    other = adopt(held, who["office"], document("second"), JUNE)
    link(held, who["office"], place.plan, other, "continues", JUNE)
    return place


def shown(place: Town, day: date | None) -> dict[str, Any]:
    """Everything that the pages read of the plan on a day, or now."""
    held, plan = place.records, place.plan
    found = tree(held, plan, day or date(2026, 12, 31), live=day is None)
    known = held.frame(select(node.c.id).order_by(node.c.id))["id"]
    actions = [each for number in known if (each := action(held, number, day))]
    return {
        "plans": [each for each in plans(held, day) if each.id == plan], "plan": found.plan, "nodes": found.nodes.rows(),
        "proofs": found.proofs.sort("node").rows(), "money": found.money.rows(), "lines": lines(held, plan, day).rows(),
        "limits": limits(held, plan, day).rows(), "ledger": ledger(held, plan, day), "versions": versions(held, plan, day),
        "links": links(held, plan, day), "actions": actions, "histories": [history(held, each) for each in actions],
        "linked": [linked(held, each) for each in actions], "owing": [_owing(place, area, day) for area in ("water", "parks")],
    }  # fmt: skip


def _owing(place: Town, area: str, day: date | None) -> list[Any]:
    found = owing(place.records, place.plan, area, day or date(2026, 12, 31), live=day is None)
    return [each.rows() for each in (found.reports, found.stages, found.evidence, found.measures)]


def _version(place: Town, table: Any, number: int) -> int:
    return row(place.records, table, number)["version"]


def _any(place: Town, luck: Random, table: Any) -> tuple[int, int]:
    """One of a table's rows, whichever: its id and version."""
    found = place.records.frame(select(table.c.id, table.c.version).order_by(table.c.id)).rows()
    return luck.choice(found)


def _decision(place: Town, about: int | None = None) -> Decision:
    return Decision(place.plan, LATER, "Otherwise", "other", "So it was", about)


def _reported(place: Town, luck: Random, at: datetime) -> None:
    about = place.nodes[luck.choice(["pipes", "trees"])]
    status = luck.choice(["started", "not_started", "suspended"])
    told = Report(about, _version(place, node, about), LATER, luck.randrange(90) + 0.5, status, "Later", f"Why {at}")
    report(place.records, place.who["office"], told, at)


def _reached(place: Town, luck: Random, at: datetime) -> None:
    step, version = _any(place, luck, milestone)
    reach(place.records, place.who["office"], step, version, luck.choice([None, date(2026, 6, 9), LATER]), at)


def _brought(place: Town, luck: Random, at: datetime) -> None:
    bring_link(place.records, place.who["water"], _any(place, luck, milestone)[0], f"Paper {at}", LINK, at)


def _judged(place: Town, luck: Random, at: datetime) -> None:
    paper, version = _any(place, luck, evidence)
    judge(place.records, place.who["reviewer"], paper, version, luck.choice(["accepted", "returned"]), f"Seen {at}", at)


def _withdrew(place: Town, luck: Random, at: datetime) -> None:
    _brought(place, luck, at)
    paper = last_evidence(place.records)
    withdraw(place.records, place.who["water"], paper, _version(place, evidence, paper))


def _paid(place: Town, luck: Random, at: datetime) -> None:
    number, version = _any(place, luck, budget_line)
    about = row(place.records, budget_line, number)["node"]
    told = Line(about, "32.B", "EUR", {"initial": luck.random() * 1000, "paid": 300.0})
    keep_line(place.records, place.who["office"], told, number, version, at)
    keep_line(place.records, place.who["office"], told, at=at)


def _described(place: Town, luck: Random, at: datetime) -> None:
    about = place.nodes[luck.choice(["pipes", "trees"])]
    told = {"limits": {"en": f"A strike {at}", "es": '«Ñ» "x"\\\n'}, "work": True, "latitude": luck.random(), "sdg": ["6", "11.2"]}
    describe(place.records, place.who["office"], about, _version(place, node, about), at, **told)


def _changed(place: Town, luck: Random, at: datetime) -> None:
    about = place.nodes[luck.choice(["pipes", "trees"])]
    told = {"name": f"Another {at}", "area": "works", "owner": place.post, "ends": date(2028, 1, 1) + timedelta(days=luck.randrange(99))}
    told |= {"weight": luck.random(), "left_out": luck.choice([None, "elsewhere"]), "status": luck.choice(["cancelled", "started"])}
    decide_and_change(place.records, place.who["office"], _decision(place, about), _version(place, node, about), at, **told)


def _added(place: Town, _luck: Random, at: datetime) -> None:
    decided = decide(place.records, place.who["office"], _decision(place), at)
    steps, money = (MilestoneEntry(name="One", share=100.0),), (LineEntry(code="9", currency="EUR", phases={"initial": 5.0}),)
    told = NodeEntry(key=f"wells {at}", name="Wells", level=1, parent="1", fields={"area": "water"}, milestones=steps, lines=money)
    add(place.records, place.who["office"], place.plan, decided, told, at)


def _settled(place: Town, luck: Random, at: datetime) -> None:
    weights = luck.choice(["equal", "budget", "beneficiaries"])
    settle(place.records, place.who["office"], _decision(place), at, weights=weights, name=f"Plan {at}", ends=date(2030, 1, 1))


def _assigned(place: Town, _luck: Random, at: datetime) -> None:
    about = place.nodes["trees"]
    area = "water" if row(place.records, node, about)["area"] != "water" else "parks"
    assign(place.records, place.who["office"], _decision(place), [Assignment(about, area=area, owner=place.post)], at)


def _came(place: Town, _luck: Random, at: datetime) -> None:
    told = Outcome(place.plan, LATER, True, f"Done {at}", "other", "It went well", "Go on", place.nodes["pipes"])
    record_outcome(place.records, place.who["office"], told, at)


def _closed(place: Town, luck: Random, at: datetime) -> None:
    close_outcome(
        place.records, place.who["office"], 1, _version(place, outcome, 1), date(2026, 6, 25) + timedelta(days=luck.randrange(90)), at
    )


def _measured(place: Town, luck: Random, at: datetime) -> None:
    told = Result(place.nodes["pipes"], "equality", f"Homes {at}", luck.random())
    record_result(place.records, place.who["office"], told, at)


def _linked(place: Town, _luck: Random, at: datetime) -> None:
    known = links(place.records, place.plan)
    if known:
        unlink(place.records, place.who["office"], known[0].id, at)
    else:
        link(place.records, place.who["office"], place.plan, plans(place.records)[-1].id, "implements", at)


def _renewed(place: Town, luck: Random, at: datetime) -> None:
    """A newer file: other names, money and order, a stage and a line less, an action more."""
    axis, pipes, trees = document().nodes
    steps = (*pipes.milestones, MilestoneEntry(name="Paved", share=0.0, due=LATER))
    fields = {**trees.fields, "declared": float(luck.randrange(100))}
    money = (LineEntry(code="32.C", currency="EUR", phases={"initial": luck.random() * 100}, year=2027),)
    more = NodeEntry(key=f"new {at}", name="New", level=1, parent="1", fields={"area": "water"})
    nodes = (axis, more, replace(trees, fields=fields, lines=money), replace(pipes, name=f"Pipes {at}", milestones=steps, lines=()))
    renew(place.records, place.who["office"], place.plan, replace(document(), nodes=nodes), LATER, at)


CHANGES: tuple[Callable[[Town, Random, datetime], None], ...] = (
    _reported, _reached, _brought, _judged, _withdrew, _paid, _described, _changed, _added, _settled, _assigned, _came, _closed, _measured,
    _linked, _renewed,
)  # fmt: skip


def test_each_change_shows_now_and_not_in_the_month_before_it(told: Town):
    luck, before, now = Random(5), shown(told, DAY), shown(told, None)
    assert any(before["proofs"]) and any(before["money"]) and before["ledger"].results and before["links"]
    for number, act in enumerate(CHANGES):
        act(told, luck, JULY + timedelta(minutes=number))
        assert shown(told, DAY) == before, act.__name__
        then, now = now, shown(told, None)
        assert now != then, act.__name__


@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_is_written_later_the_month_stays(told: Town, seed: int):
    luck, before = Random(seed), shown(told, DAY)
    for number in range(25):
        try:
            luck.choice(CHANGES)(told, luck, JULY + timedelta(hours=number))
        except Refused:  # such as what is like that already, or was accepted and stays
            continue
    assert shown(told, DAY) == before


def test_every_table_stands_as_it_stood(told: Town):
    """The same rows, of the same types, as the database gave back then: also those that were removed since, and none that came since."""
    asked = [table for table in AUDITED if table.name not in UNTOLD]
    with told.records.read() as connection:
        before = {table.name: connection.execute(select(table).order_by(table.c.id)).all() for table in asked}
    moment = datetime.now(UTC)
    for number, act in enumerate(CHANGES):
        act(told, Random(number), moment + timedelta(minutes=1 + number))
    add_post(told.records, told.who["office"], "Head of parks", "parks", moment + timedelta(hours=1))
    with told.records.read() as connection:
        for table in asked:
            held = as_of(connection, table, moment)
            assert connection.execute(select(held).order_by(held.c.id)).all() == before[table.name], table.name


def test_what_nobody_changed_since_is_read_from_the_table_itself(told: Town):
    with told.records.read() as connection:
        assert as_of(connection, milestone, JULY) is milestone
        assert as_of(connection, milestone, None) is milestone
        assert as_of(connection, milestone, JUNE) is not milestone


def test_drafts_cannot_be_read_as_they_were(told: Town):
    table = next(table for table in AUDITED if table.name in UNTOLD)
    with told.records.read() as connection, pytest.raises(ValueError, match="does not tell"):
        as_of(connection, table, JULY)


def test_before_a_plan_was_taken_in_it_reads_as_it_was_taken_in(place: Town):
    first, later = shown(place, date(2026, 6, 1)), date(2025, 3, 1)
    _changed(place, Random(1), JULY)
    _paid(place, Random(1), JULY)
    found = shown(place, later)
    assert [found[name] for name in ("nodes", "money", "lines", "actions")][:3] == [first[name] for name in ("nodes", "money", "lines")]


def _node(records: Records, plan: int, day: date, key: str) -> dict[str, Any]:
    return tree(records, plan, day).nodes.filter(key=key).row(0, named=True)


def test_a_decision_that_is_written_down_late_holds_from_its_day(told: Town):
    held, pipes, office = told.records, told.nodes["pipes"], told.who["office"]
    said = Decision(told.plan, date(2026, 6, 25), "Renamed", "other", "A vote", pipes)
    decide_and_change(held, office, said, 4, JULY, name={"en": "Sewers"}, ends=date(2029, 1, 1), owner=told.post)
    found = [_node(held, told.plan, day, "pipes") for day in (date(2026, 6, 24), DAY)]
    assert [each["ends"] for each in found] == [date(2027, 3, 31), date(2029, 1, 1)]
    assert [each["name"] for each in found] == ['{"en":"Pipes","es":"Tuberías"}', '{"en":"Sewers"}']
    read = action(held, pipes, DAY)
    assert read and (read.node["ends"], read.node["name"], read.node["owner"]) == (date(2029, 1, 1), {"en": "Sewers"}, told.post)
    assert [each.number for each in versions(held, told.plan, DAY)] == [3, 2, 1]


def test_a_decision_for_a_later_day_does_not_hold_before_it(told: Town):
    held, pipes, office = told.records, told.nodes["pipes"], told.who["office"]
    said = Decision(told.plan, LATER, "Longer", "other", "A vote", pipes)
    change(held, office, pipes, 4, decide(held, office, said, JUNE), JUNE, ends=date(2030, 1, 1), weight=9.0)
    settle(held, office, replace(said, node=None), JUNE, weights="budget", ends=date(2031, 1, 1))
    found = [(tree(held, told.plan, day).plan, _node(held, told.plan, day, "pipes")) for day in (DAY, LATER)]
    assert [(plan.weights, plan.ends, each["ends"], each["weight"]) for plan, each in found] == [
        ("equal", None, date(2027, 3, 31), 2.0), ("budget", date(2031, 1, 1), date(2030, 1, 1), 9.0),
    ]  # fmt: skip
    assert [each.number for each in versions(held, told.plan, DAY)] == [2, 1]


def test_of_two_decisions_the_one_of_the_later_day_holds_whichever_was_written_down_last(told: Town):
    held, pipes, office = told.records, told.nodes["pipes"], told.who["office"]
    for version, day, ends in ((4, 28, date(2028, 1, 1)), (5, 22, date(2029, 1, 1))):
        said = Decision(told.plan, date(2026, 6, day), "Moved", "other", "A vote", pipes)
        at = JUNE if day == 28 else JULY
        decide_and_change(held, office, said, version, at, ends=ends)
    ends = [_node(held, told.plan, date(2026, 6, day), "pipes")["ends"] for day in (21, 25, 29)]
    assert ends == [date(2027, 3, 31), date(2029, 1, 1), date(2028, 1, 1)]


def test_an_outcome_of_the_month_that_is_written_down_late_is_in_its_ledger(told: Town):
    late = Outcome(told.plan, date(2026, 6, 28), True, "In time", "other", "Fast", "Again", told.nodes["trees"])
    record_outcome(told.records, told.who["office"], late, JULY)
    close_outcome(told.records, told.who["office"], 1, 1, date(2026, 6, 29), JULY)
    found = ledger(told.records, told.plan, DAY).outcomes
    assert [(row["title"], row["done_on"]) for row in found] == [("In time", None), ("Flood", None)]
    assert [row["done_on"] for row in ledger(told.records, told.plan).outcomes] == [None, date(2026, 6, 29)]


def test_an_action_that_came_later_is_not_there_yet(told: Town):
    _added(told, Random(1), JULY)
    number = told.records.frame(select(node.c.id).order_by(node.c.id.desc()).limit(1)).item()
    assert action(told.records, number, DAY) is None
    assert action(told.records, number, LATER) is not None
