"""The queue of evidence, and a decision that changes the plan in one stroke."""

from datetime import UTC, date, datetime

import pytest

from data.access import NotAllowed
from data.drafts import keep
from data.plans.action import action
from data.plans.deciding import Decision, decide_and_change
from data.plans.evidence import bring_link, judge
from data.plans.reading import tree
from data.plans.reporting import Report, reach, report
from data.plans.waiting import waiting
from data.problems import Refused
from data.records.writing import Stale
from tests.action_town import DAY, Planned, copied, planned


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Planned:
    return planned(tmp_path_factory.mktemp("planned") / "home")


@pytest.fixture
def city(made, tmp_path) -> Planned:
    return copied(made, tmp_path / "home")


def bring(city: Planned, who: str = "editor", day: int = 1) -> int:
    at = datetime(2026, 6, day, tzinfo=UTC)
    return bring_link(city.records, city.people[who], city.stage("1.1", 0), f"Minutes {day}", "https://example.org/m", at)


def test_what_waits_longest_comes_first_and_what_is_judged_leaves(city):
    late, early = bring(city, day=9), bring(city, day=2)
    rows = waiting(city.records, city.people["reviewer"])
    assert [row["id"] for row in rows] == [early, late]
    assert (rows[0]["node"], rows[0]["area"], rows[0]["brought_by_name"]) == (city.nodes["1.1"], "police", "Eva Editora")
    judge(city.records, city.people["reviewer"], early, 1, "accepted")
    assert [row["id"] for row in waiting(city.records, city.people["reviewer"])] == [late]


@pytest.mark.parametrize("who", ["editor", "colleague", "hall", "mayor"])
def test_who_may_not_judge_finds_nothing_to_judge(city, who):
    bring(city)
    assert waiting(city.records, city.people[who]) == []


def test_nobody_finds_what_they_brought_themselves(city):
    mine, other = bring(city, "office", 1), bring(city, "editor", 2)
    assert [row["id"] for row in waiting(city.records, city.people["office"])] == [other]
    assert [row["id"] for row in waiting(city.records, city.people["reviewer"])] == [mine, other]


def decision(city: Planned) -> Decision:
    return Decision(city.plan, DAY, "Later", "other", "Rock", city.nodes["1.1"])


def decisions(city: Planned) -> int:
    found = action(city.records, city.nodes["1.1"])
    assert found is not None
    return len(found.decisions)


def test_a_decision_and_its_change_are_written_together(city):
    assert decide_and_change(city.records, city.people["office"], decision(city), 1, ends=date(2027, 1, 31)) == 2
    found = action(city.records, city.nodes["1.1"])
    assert found is not None
    assert found.node["ends"] == date(2027, 1, 31)
    assert [(row["number"], row["decision"]) for row in found.versions] == [(2, found.decisions[0]["id"])]


@pytest.mark.parametrize(
    ("who", "version", "ends", "refusal"),
    [
        ("office", 7, date(2027, 1, 31), Stale),
        ("office", 1, date(2024, 1, 31), Refused),
        ("mayor", 1, date(2027, 1, 31), NotAllowed),
        ("editor", 1, date(2027, 1, 31), NotAllowed),
    ],
)
def test_where_the_change_is_refused_no_decision_is_left_behind(city, who, version, ends, refusal):
    with pytest.raises(refusal):
        decide_and_change(city.records, city.people[who], decision(city), version, ends=ends)
    assert decisions(city) == 0


def test_a_live_tree_counts_what_was_written_since_the_day(city):
    piece = bring_link(city.records, city.people["editor"], city.stage("1.1", 0), "Minutes", "https://example.org/m")
    judge(city.records, city.people["reviewer"], piece, 1, "accepted")
    report(city.records, city.people["editor"], Report(city.nodes["1.1"], 1, date(2026, 8, 1), 77.0, "started"))

    def seen(*, live: bool) -> tuple[float, float]:
        found = tree(city.records, city.plan, DAY, live=live)
        return float(found.proofs["proved"].sum()), found.nodes.row(1, named=True)["declared"]

    assert seen(live=False) == (0, 50)
    assert seen(live=True) == (40, 77)


def test_a_live_tree_knows_of_a_stage_that_was_reached_since_the_day(city):
    step = city.stage("1.1", 0)

    def seen(*, live: bool) -> tuple[float, int]:
        found = tree(city.records, city.plan, date(2028, 12, 1), live=live).proofs
        return float(found["done"].sum()), int(found["late"].sum())

    before = seen(live=True)
    reach(city.records, city.people["editor"], step, 1, date(2028, 12, 20))
    assert seen(live=False) == before
    assert seen(live=True) == (before[0] + 40, before[1]), "said to be done, and late all the same until somebody shows it"


def test_a_draft_changes_nothing_that_is_read(city):
    before, state = city.records.stamp, city.records.state
    keep(city.records, city.people["editor"], "action/1/report", {"typed": 1})
    assert (city.records.stamp, city.records.state) == (before, state)
    bring(city)
    assert city.records.stamp > before and city.records.state != state
