"""The verbs of a plan: what each writes, what it refuses, and that nothing is written when it does; on both databases."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select

from data.access import NotAllowed
from data.people import actor, add_post, take_post
from data.plans.action import action, history
from data.plans.adopting import adopt
from data.plans.deciding import Decision, add, change, decide, describe
from data.plans.document import MilestoneEntry, NodeEntry
from data.plans.evidence import bring_file, bring_link, judge, withdraw
from data.plans.evidence_files import read, where
from data.plans.linking import link as link_plans
from data.plans.linking import servable
from data.plans.outcomes import Outcome, Result, close_outcome, record_outcome, record_result
from data.plans.reading import plans, tree
from data.plans.reporting import Report, reach, report, report_all
from data.plans.waiting import waiting
from data.problems import Refused
from data.records.tables import budget_line, decision, evidence, milestone, node, outcome, plan, plan_version, progress, result
from data.records.writing import Gone, Stale
from tests.recorded_town import AT, DAY, PDF, document, last_evidence, refused, row

DECISION = Decision(plan=1, day=DAY, title="Council of June", reason="citizens_request", why="The street asked for it")
FAILURE = Outcome(
    plan=1, day=DAY, succeeded=False, title="Late", reason="technical_impediment", what="The pump failed", lesson="Order two",
    corrective="A second pump", owner=1, due=date(2026, 9, 1), node=2,
)  # fmt: skip


def told(place, **changes) -> Report:
    return replace(Report(place.nodes["pipes"], 1, DAY, declared=40.0, status="started", said="Dug"), **changes)


def decided(place) -> int:
    return decide(place.records, place.who["mayor"], replace(DECISION, plan=place.plan), AT)


# Adopting ------------------------------------------------------------------------------------------------------------------------
def test_a_plan_is_taken_in_whole(place):
    found = tree(place.records, place.plan, DAY)
    assert found.nodes["key"].to_list() == ["1", "pipes", "trees"]
    assert found.nodes["parent"].to_list() == [None, 1, 1]
    assert found.nodes["first_ends"].to_list() == [None, date(2026, 12, 31), None]
    assert found.money.row(0, named=True)["committed"] == 400.0
    assert found.proofs.row(0, named=True) | {"next_due": None} == {
        "node": 2, "milestones": 2, "shares": 100.0, "proved": 0.0, "awaiting": 0.0, "done": 0.0, "open": 2, "late": 1, "next_due": None,
        "planned": None,
    }  # fmt: skip
    assert [(each.key, each.number) for each in plans(place.records)] == [("mandate", 1)]


def test_the_same_plan_twice_is_refused(place):
    assert "there already" in str(refused(place, Refused, adopt, place.who["office"], document()))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"parent": "9"}, "not in the plan"),
        ({"key": "1"}, "given before"),
        ({"level": 0, "parent": "1"}, "not above it"),
        ({"milestones": (MilestoneEntry(name="Half", share=50.0),)}, "add up to 50"),
        ({"fields": {"starts": date(2026, 2, 1), "ends": date(2026, 1, 1)}}, "before it begins"),
        ({"fields": {"status": "asleep"}}, "asleep is no status"),
        ({"fields": {"declared": -1.0}}, "below zero"),
        ({"key": "k" * 201}, "node.key has 201 letters"),
        ({"name": "half a letter \ud800"}, "a character that cannot be kept"),
        ({"fields": {"status_text": "nothing \0"}}, "a character that cannot be kept"),
    ],
)
def test_a_plan_with_a_fault_is_refused_whole(place, changed, said):
    found = document("other")
    broken = replace(found, nodes=(*found.nodes, replace(NodeEntry(key="9", name="Wells", level=1, parent="1", line=9), **changed)))
    if changed.get("parent") == "9":
        broken = replace(found, nodes=(*found.nodes, NodeEntry(key="8", name="Wells", level=1, parent="9")))
    assert said in str(refused(place, Refused, adopt, place.who["office"], broken))


def test_keys_of_a_second_plan_may_be_those_of_the_first(place):
    second = adopt(place.records, place.who["office"], document("second"), AT)
    assert tree(place.records, second, DAY).nodes["id"].to_list() == [4, 5, 6]


# Reporting -----------------------------------------------------------------------------------------------------------------------
def test_a_report_changes_the_action_and_is_kept(place):
    assert report(place.records, place.who["water"], told(place), AT) == 2
    now = row(place.records, node, place.nodes["pipes"])
    assert (now["declared"], now["status"], now["version"]) == (40.0, "started", 2)
    kept = row(place.records, progress, 1)
    assert (kept["was_declared"], kept["was_status"], kept["declared"], kept["said"], kept["at"]) == (None, None, 40.0, "Dug", AT)
    assert kept["person"] == place.who["water"].person


def test_a_report_on_what_somebody_else_changed_is_refused_with_both(place):
    report(place.records, place.who["water"], told(place), AT)
    stale = refused(place, Stale, report, place.who["office"], told(place, declared=60.0))
    assert (stale.table, stale.now["declared"], stale.now["version"], stale.wanted["declared"]) == ("node", 40.0, 2, 60.0)
    refused(place, Gone, report, place.who["office"], told(place, node=999))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"declared": 100.5}, "not between 0 and 100"),
        ({"declared": -0.1}, "not between 0 and 100"),
        ({"declared": float("nan")}, "not between 0 and 100"),
        ({"status": "late"}, "late is not a status"),
        ({"status": "cancelled"}, "needs a reason"),
        ({"status": "cancelled", "reason": "No money"}, "cancelled by a decision, not by a report"),
        ({"status": "suspended", "reason": "  "}, "needs a reason"),
        ({"status": "completed", "declared": 99.0}, "completed at 99"),
    ],
)
def test_a_report_that_cannot_be_is_refused(place, changed, said):
    assert said in str(refused(place, Refused, report, place.who["water"], told(place, **changed)))


@pytest.mark.parametrize("who", ["water", "office"])
def test_nobody_cancels_by_a_report_and_what_a_decision_cancelled_is_reported_as_it_is(place, who):
    (problem,) = refused(place, Refused, report, place.who[who], told(place, status="cancelled", reason="No money")).problems
    assert (problem.column, problem.hint) == ("status", "propose its removal, or have the decision recorded")
    assert report(place.records, place.who[who], told(place, status="removal_proposed", reason="No money"), AT) == 2
    change(place.records, place.who["office"], place.nodes["pipes"], 2, decided(place), AT, status="cancelled", status_reason="No money")
    report(place.records, place.who[who], told(place, version=3, status="cancelled", declared=45.0, reason="No money left"), AT)
    now = row(place.records, node, place.nodes["pipes"])
    assert (now["status"], now["declared"], now["status_reason"]) == ("cancelled", 45.0, "No money left")


@pytest.mark.parametrize("status", ["started", "completed", None])
@pytest.mark.parametrize("who", ["water", "office"])
def test_only_a_decision_takes_up_what_a_decision_cancelled(place, who, status):
    steps = place.nodes["pipes"], decided(place)
    change(place.records, place.who["office"], steps[0], 1, steps[1], AT, status="cancelled", status_reason="No money")
    again = told(place, version=2, status=status, declared=100.0)
    (problem,) = refused(place, Refused, report, place.who[who], again).problems
    assert (problem.column, problem.hint) == ("status", "leave it cancelled, or have the decision recorded that takes it up again")
    change(place.records, place.who["office"], steps[0], 2, steps[1], AT, status="started", status_reason=None)
    assert report(place.records, place.who[who], told(place, version=3, status="started"), AT) == 4


def test_one_action_cancelled_among_many_reports_stops_them_all(place):
    both = [told(place), Report(place.nodes["trees"], 1, DAY, declared=20.0, status="cancelled", reason="No money")]
    (problem,) = refused(place, Refused, report_all, place.who["office"], both).problems
    assert problem.key == str(place.nodes["trees"])


def test_many_reports_are_all_kept_or_none(place):
    both = [told(place), Report(place.nodes["trees"], 1, DAY, declared=20.0, status="started")]
    assert report_all(place.records, place.who["office"], both, AT) == [2, 2]
    again = [replace(both[0], version=2, declared=50.0), both[1]]
    assert refused(place, Stale, report_all, place.who["office"], again).now["key"] == "trees"
    refused(place, Stale, report_all, place.who["office"], [replace(both[0], version=2)] * 2)
    wrong = refused(place, Refused, report_all, place.who["office"], [replace(each, version=2, declared=200.0) for each in both])
    assert [problem.key for problem in wrong.problems] == ["2", "3"]


def test_the_words_of_a_file_go_when_the_status_does(place):
    changed = replace(document("other").nodes[1], fields={"area": "water", "status": "started", "status_text": "En marcha"})
    adopt(place.records, place.who["office"], replace(document("other"), nodes=(document().nodes[0], changed)))
    report(place.records, place.who["water"], told(place, node=5, status="started"))
    assert row(place.records, node, 5)["status_text"] == "En marcha"
    report(place.records, place.who["water"], told(place, node=5, version=2, status="completed", declared=100.0))
    assert row(place.records, node, 5)["status_text"] is None


def test_a_milestone_is_said_to_be_reached_and_not_again(place):
    assert reach(place.records, place.who["water"], place.steps[0], 1, DAY) == 2
    assert row(place.records, milestone, place.steps[0])["done_on"] == DAY
    assert refused(place, Stale, reach, place.who["water"], place.steps[0], 1, None).now["done_on"] == DAY
    assert reach(place.records, place.who["water"], place.steps[0], 2, None) == 3
    refused(place, Gone, reach, place.who["water"], 999, 1, DAY)


# Evidence ------------------------------------------------------------------------------------------------------------------------
def test_evidence_counts_once_somebody_outside_has_accepted_it(place):
    number = bring_file(place.records, place.who["water"], place.steps[0], " Handover ", "record.pdf", PDF, AT)
    found = row(place.records, evidence, number)
    assert (found["title"], found["state"], found["bytes"], found["media"]) == ("Handover", "awaiting", len(PDF), "application/pdf")
    assert read(place.records.store, found["file"]) == PDF
    assert tree(place.records, place.plan, DAY).proofs["awaiting"].to_list() == [40.0]
    assert judge(place.records, place.who["reviewer"], number, 1, "accepted", at=AT) == 2
    found = row(place.records, evidence, number)
    assert (found["judged_by"], found["judged_area"], found["judged_at"]) == (place.who["reviewer"].person, "audit", AT)
    proofs = tree(place.records, place.plan, DAY).proofs
    assert (proofs["proved"].to_list(), proofs["awaiting"].to_list()) == ([40.0], [0.0])
    assert tree(place.records, place.plan, date(2026, 5, 31)).proofs["proved"].to_list() == [0.0]


def test_evidence_that_was_judged_meanwhile_is_not_judged_again(place):
    number = bring_link(place.records, place.who["water"], place.steps[0], "Photograph", " https://aurora.example/works/1 ")
    assert row(place.records, evidence, number)["link"] == "https://aurora.example/works/1"
    judge(place.records, place.who["reviewer"], number, 1, "returned", "no date on it")
    assert refused(place, Stale, judge, place.who["office"], number, 1, "accepted").now["note"] == "no date on it"
    refused(place, Gone, judge, place.who["office"], 999, 1, "accepted")
    assert "needs a note" in str(refused(place, Refused, judge, place.who["reviewer"], number, 2, "returned", " "))
    refused(place, ValueError, judge, place.who["reviewer"], number, 2, "awaiting")


def test_nobody_accepts_what_they_brought(place):
    number = bring_link(place.records, place.who["office"], place.steps[0], "Photograph", "https://aurora.example/1")
    assert "nobody accepts" in str(refused(place, Refused, judge, place.who["office"], number, 1, "accepted"))


def test_nobody_accepts_what_proves_their_own_promise(place):
    """The owner of an action may hold a post of another area than the one that carries it out."""
    office, reviewer = place.who["office"], place.who["reviewer"]
    post = add_post(place.records, office, "Head of works", "audit")
    take_post(place.records, office, post, reviewer.person, date(2026, 1, 1))
    number = bring_link(place.records, place.who["water"], place.steps[0], "Photograph", "https://aurora.example/1")
    answers = actor(place.records, reviewer.person, DAY)
    assert [row["id"] for row in waiting(place.records, answers)] == [number]
    change(place.records, office, place.nodes["pipes"], 1, decided(place), owner=post)
    refused(place, NotAllowed, judge, answers, number, 1, "accepted")
    assert waiting(place.records, answers) == []
    left = actor(place.records, reviewer.person, date(2025, 12, 31))
    assert judge(place.records, left, number, 1, "accepted") == 2


def test_evidence_is_withdrawn_until_it_is_accepted(place):
    first = bring_link(place.records, place.who["water"], place.steps[0], "Photograph", "https://aurora.example/1")
    refused(place, Stale, withdraw, place.who["water"], first, 2)
    withdraw(place.records, place.who["water"], first, 1)
    refused(place, Gone, withdraw, place.who["water"], first, 1)
    second = bring_link(place.records, place.who["water"], place.steps[0], "Photograph", "https://aurora.example/1")
    assert second == first + 1  # an id is never given out again
    judge(place.records, place.who["reviewer"], second, 1, "accepted")
    assert "accepted stays" in str(refused(place, Refused, withdraw, place.who["water"], second, 2))


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("run.exe", b"MZ", "not a kind of file"),
        ("page.html", b"<script>", "not a kind of file"),
        ("record.pdf", b"<script>", "not what its ending says"),
        ("record.pdf", b"%PDF-" + b"0" * 10_000_001, "are kept at most"),
    ],
)
def test_a_file_that_is_not_taken(place, name, content, said):
    assert said in str(refused(place, Refused, bring_file, place.who["water"], place.steps[0], "Title", name, content))


def test_evidence_without_a_title_or_address_is_refused(place):
    refused(place, Refused, bring_file, place.who["water"], place.steps[0], " ", "record.pdf", PDF)
    refused(place, Refused, bring_link, place.who["water"], place.steps[0], "", "https://aurora.example/1")
    for link in ("javascript:alert(1)", "file:///etc/passwd", "aurora", "https://", "https://a b.example"):
        refused(place, Refused, bring_link, place.who["water"], place.steps[0], "Title", link)
    refused(place, Gone, bring_link, place.who["water"], 999, "Title", "https://aurora.example/1")


def test_a_kept_file_that_was_changed_is_not_shown(place):
    bring_file(place.records, place.who["water"], place.steps[0], "Handover", "../../record.pdf", PDF)
    found = row(place.records, evidence, last_evidence(place.records))
    assert found["file_name"] == "record.pdf"
    where(place.records.store, found["file"]).write_bytes(b"%PDF-1.7 another record")
    with pytest.raises(Refused, match="damaged or gone"):
        read(place.records.store, found["file"])


# Decisions -----------------------------------------------------------------------------------------------------------------------
def test_a_promise_is_changed_by_a_decision_and_makes_a_version(place):
    number, pipes = decided(place), place.nodes["pipes"]
    assert change(place.records, place.who["office"], pipes, 1, number, AT, ends=date(2027, 6, 30), name="Pipes") == 2
    assert row(place.records, plan, place.plan)["number"] == 2
    made = row(place.records, plan_version, 2)
    assert (made["number"], made["decision"], made["person"], made["at"]) == (2, number, place.who["office"].person, AT)
    assert {"node": pipes, "field": "ends", "was": "2026-12-31", "is": "2027-06-30"} in made["changes"]
    now = row(place.records, node, pipes)
    assert (now["ends"], now["first_ends"]) == (date(2027, 6, 30), date(2026, 12, 31))


def test_a_change_that_cannot_be_is_refused(place):
    number, office, pipes = decided(place), place.who["office"], place.nodes["pipes"]
    other = adopt(place.records, office, document("other"))
    elsewhere = decide(place.records, office, replace(DECISION, plan=other))
    change(place.records, office, pipes, 1, number, weight=2.0)
    assert refused(place, Stale, change, office, pipes, 1, number, weight=3.0).now["weight"] == 2.0
    refused(place, Gone, change, office, 999, 1, number, weight=3.0)
    refused(place, Gone, change, office, pipes, 2, 999, weight=3.0)
    assert "another plan" in str(refused(place, Refused, change, office, pipes, 2, elsewhere, weight=3.0))
    assert "before it begins" in str(refused(place, Refused, change, office, pipes, 2, number, ends=date(2025, 1, 1)))
    refused(place, Gone, change, office, pipes, 2, number, owner=999)
    refused(place, ValueError, change, office, pipes, 2, number, declared=100.0)
    refused(place, Refused, change, office, pipes, 2, number, status="asleep")
    assert "below zero" in str(refused(place, Refused, change, office, pipes, 2, number, weight=-1.0))


def test_a_node_is_added_by_a_decision(place):
    number, office = decided(place), place.who["office"]
    entry = NodeEntry(key="wells", name="Wells", level=1, parent="1", milestones=(MilestoneEntry(name="Dug", share=100.0),))
    made = add(place.records, office, place.plan, number, entry)
    assert (row(place.records, node, made)["parent"], row(place.records, plan, place.plan)["number"]) == (place.nodes["1"], 2)
    refused(place, Refused, add, office, place.plan, number, entry)
    refused(place, Refused, add, office, place.plan, number, replace(entry, key="x", parent="none"))
    refused(place, Gone, add, office, place.plan, 999, replace(entry, key="x"))
    assert "is not above it" in str(refused(place, Refused, add, office, place.plan, number, replace(entry, key="x", parent="pipes")))
    half = replace(entry, key="x", milestones=(MilestoneEntry(name="Dug", share=50.0),))
    assert "add up to 50" in str(refused(place, Refused, add, office, place.plan, number, half))


@pytest.mark.parametrize("changed", [{"reason": "whim"}, {"title": ""}, {"why": ""}])
def test_a_decision_says_why(place, changed):
    refused(place, Refused, decide, place.who["mayor"], replace(DECISION, plan=place.plan, **changed))


def test_a_decision_about_a_plan_that_is_not_there(place):
    refused(place, Gone, decide, place.who["mayor"], replace(DECISION, plan=999))
    refused(place, Gone, decide, place.who["mayor"], replace(DECISION, plan=place.plan, node=999))
    assert row(place.records, decision, decided(place))["reason"] == "citizens_request"


def test_what_is_said_of_a_plan_names_nothing_of_another(place):
    other = adopt(place.records, place.who["office"], document("other"))
    mayor, pipes = place.who["mayor"], place.nodes["pipes"]
    assert "another plan" in str(refused(place, Refused, decide, mayor, replace(DECISION, plan=other, node=pipes)))
    assert "another plan" in str(refused(place, Refused, record_outcome, mayor, replace(FAILURE, plan=other, node=pipes)))


def test_what_describes_is_changed_without_a_decision(place):
    pipes, water = place.nodes["pipes"], place.who["water"]
    assert describe(place.records, water, pipes, 1, work=True, latitude=4.6, longitude=-74.1, sdg=[6, 11], pilot={"en": "Two streets"}) == 2
    now = row(place.records, node, pipes)
    assert (now["work"], now["sdg"], now["pilot"]) == (True, [6, 11], {"en": "Two streets"})
    assert refused(place, Stale, describe, water, pipes, 1, work=False).wanted == {"work": False}
    refused(place, ValueError, describe, water, pipes, 2, declared=100.0)
    refused(place, Gone, describe, water, 999, 1, work=True)
    refused(place, Refused, describe, water, pipes, 2, pdca="dream")


def test_what_a_node_is_linked_to_must_be_there_and_elsewhere(place):
    other = adopt(place.records, place.who["office"], document("other"))
    pipes, water = place.nodes["pipes"], place.who["water"]
    with place.records.read() as connection:
        there = dict(connection.execute(select(node.c.key, node.c.id).where(node.c.plan == other)).all())
    assert describe(place.records, water, pipes, 1, serves=[there["pipes"]]) == 2
    told = str(refused(place, Refused, describe, water, pipes, 2, serves=[there["pipes"], 999, pipes]))
    assert "there is no part of a plan with the id 999" in told and "pipes is part of the same plan" in told
    assert describe(place.records, place.who["office"], place.nodes["trees"], 1, serves=[there["pipes"]]) == 2
    told = str(refused(place, Refused, describe, place.who["office"], there["pipes"], 1, serves=[pipes]))
    assert "pipes serves this one already" in told
    assert describe(place.records, water, pipes, 2, serves=None) == 3
    assert row(place.records, node, pipes)["serves"] is None


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"sdg": ["11.6", "18"]}, "18 is no Sustainable Development Goal"),
        ({"participation": {"dreaming": "inform"}}, "dreaming is no participation"),
        ({"participation": {"design": "shout"}}, "shout is no participation"),
        ({"pdca": "dream"}, "dream is no pdca; write one of: plan, do, check, act"),
    ],
)
def test_a_description_keeps_to_the_vocabulary(place, changed, said):
    assert said in str(refused(place, Refused, describe, place.who["water"], place.nodes["pipes"], 1, **changed))


def test_only_parts_of_linked_plans_are_offered_where_there_are_any(place):
    mine = row(place.records, node, place.nodes["pipes"])["plan"]
    office = place.who["office"]
    one, two = (adopt(place.records, office, document(key)) for key in ("one", "two"))
    offered = {each["plan_name"] if isinstance(each["plan_name"], str) else "" for each in servable(place.records, mine)}
    assert len(servable(place.records, mine)) == 2 * len(place.nodes), offered
    link_plans(place.records, office, one, mine, "implements")
    with place.records.read() as connection:
        ids = set(connection.execute(select(node.c.id).where(node.c.plan == one)).scalars())
    assert {each["id"] for each in servable(place.records, mine)} == ids
    assert {each["id"] for each in servable(place.records, two)} == ids | set(place.nodes.values())


# Outcomes ------------------------------------------------------------------------------------------------------------------------
def test_a_failure_is_recorded_with_its_lesson_and_closed(place):
    number = record_outcome(place.records, place.who["water"], FAILURE)
    assert row(place.records, outcome, number)["lesson"] == "Order two"
    assert close_outcome(place.records, place.who["water"], number, 1, DAY) == 2
    assert refused(place, Stale, close_outcome, place.who["water"], number, 1, None).now["done_on"] == DAY
    refused(place, Gone, close_outcome, place.who["office"], 999, 1, DAY)


@pytest.mark.parametrize(
    "changed", [{"lesson": ""}, {"what": ""}, {"title": ""}, {"reason": "fate"}, {"corrective": None}, {"owner": None}, {"due": None}]
)
def test_a_failure_without_its_parts_is_refused(place, changed):
    refused(place, Refused, record_outcome, place.who["office"], replace(FAILURE, **changed))


def test_an_outcome_of_nothing(place):
    refused(place, Gone, record_outcome, place.who["office"], replace(FAILURE, plan=999))
    refused(place, Gone, record_outcome, place.who["office"], replace(FAILURE, node=999))
    refused(place, Gone, record_outcome, place.who["office"], replace(FAILURE, owner=999))


def test_a_result_is_recorded_by_its_criterion(place):
    told = Result(place.nodes["pipes"], "efficiency", "Cost of a metre", 120.0, 100.0, "EUR/m")
    assert row(place.records, result, record_result(place.records, place.who["water"], told))["measured"] == 120.0
    refused(place, Refused, record_result, place.who["water"], replace(told, criterion="beauty"))
    refused(place, Gone, record_result, place.who["water"], replace(told, node=999))


# Reading -------------------------------------------------------------------------------------------------------------------------
def test_an_action_is_read_whole_with_who_changed_what(place):
    report(place.records, place.who["water"], told(place), AT)
    number = bring_link(place.records, place.who["water"], place.steps[0], "Photograph", "https://aurora.example/1", AT)
    judge(place.records, place.who["reviewer"], number, 1, "accepted", at=AT)
    found = action(place.records, place.nodes["pipes"])
    assert found is not None and [each["key"] for each in found.path] == ["1"]
    assert [(each["brought_by_name"], each["judged_by_name"]) for each in found.evidence] == [("water", "reviewer")]
    assert [each["person_name"] for each in found.reports] == ["water"]
    changes = history(place.records, found)
    assert (changes[0].actor, changes[0].action, changes[0].changes["state"]) == ("reviewer", "judge_evidence", ("awaiting", "accepted"))
    assert {"declared": (None, 40.0), "status": (None, "started")} in [each.changes for each in changes]
    assert action(place.records, 999) is None


def test_the_plan_is_read_as_it_stood_on_a_day(place):
    report(place.records, place.who["water"], told(place, day=date(2026, 5, 1), declared=10.0))
    report(place.records, place.who["water"], told(place, day=date(2026, 6, 1), declared=30.0, version=2))
    days = (date(2026, 4, 30), date(2026, 5, 31), DAY)
    assert [tree(place.records, place.plan, day).nodes["declared"].to_list()[1] for day in days] == [None, 10.0, 30.0]


def test_ids_are_one_after_another(place):
    with place.records.read() as connection:
        assert connection.execute(select(func.max(budget_line.c.id))).scalar() == 1
        assert connection.execute(select(node.c.id).order_by(node.c.id)).scalars().all() == [1, 2, 3]
