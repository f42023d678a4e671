"""The demo's plans: the same every time, told by those who may tell, and with the story of docs/demo-city.md in them."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from statistics import fmean
from typing import Any

import polars as pl
import pytest
import yaml
from shapely import Point
from shapely.geometry import shape
from sqlalchemy import Table, select

from data import definitions
from data.__main__ import main
from data.access import Object, may
from data.assessments.reading import register
from data.definitions import Definitions
from data.demo.plan import build
from data.demo.plan.story import FOLDER
from data.demo.plan.timeline import LAST, SEEN
from data.facts import current
from data.home import REPOSITORY, Home
from data.meetings import agenda, concerns, follow_ups, meetings, notes
from data.model import say
from data.people import PROGRAM, actor, add_person, posts
from data.periods import parse
from data.plans import vocabulary as words
from data.plans.adopting import adopt
from data.plans.document import NodeEntry, PlanDocument
from data.plans.evidence_files import read
from data.plans.linking import links
from data.plans.reading import Tree, plans, tree
from data.records import tables
from data.records.records import Records, records
from kpis import catalogue
from kpis.assessments.due import due
from kpis.plans.truth import truth

CITY = "villa_quimera"
REVIEW = date(2026, 11, 10)
WRITTEN = {
    "plan": ("name",), "post": ("name",), "node": ("name", "limits", "pilot"), "milestone": ("name", "needs"),
    "budget_line": ("name", "source"),
    "decision": ("title", "body", "why"), "outcome": ("title", "what", "lesson", "corrective"), "result": ("name", "source", "said"),
    "policy": ("name", "problem"), "assessment": ("judge_name", "method", "deviations", "lesson", "why"),
    "assessment_score": ("argument", "unscored"),
    "practice": ("name", "done", "elsewhere", "found", "bought"),
}  # fmt: skip
"""Columns that people read, by table."""


@pytest.fixture(scope="module")
def known() -> Definitions:
    return definitions.load(Home(REPOSITORY))


def built(folder: Path, known: Definitions) -> Records:
    assert build.build(Home(folder), known)
    return records(Home(folder))


@pytest.fixture(scope="module")
def held(known: Definitions, tmp_path_factory: pytest.TempPathFactory) -> Records:
    return built(tmp_path_factory.mktemp("plan"), known)


@pytest.fixture(scope="module")
def mandate(held: Records) -> Tree:
    return tree(held, plans(held)[0].id, REVIEW)


@pytest.fixture(scope="module")
def actions(mandate: Tree) -> pl.DataFrame:
    """The actions of the mandate plan, with what is proved and paid of each."""
    proofs = mandate.proofs.rename({"node": "id"})
    money = mandate.money.rename({"node": "id"})
    return mandate.nodes.filter(level=2).join(proofs, on="id", how="left").join(money, on="id", how="left")


def rows(held: Records, table: Table) -> list[dict[str, Any]]:
    with held.read() as connection:
        return [dict(row) for row in connection.execute(select(table).order_by(table.primary_key.columns[0])).mappings()]


def test_building_twice_writes_the_same_but_for_the_key_of_the_chain(held: Records, known: Definitions, tmp_path: Path) -> None:
    again = built(tmp_path, known)
    for table in tables.metadata.sorted_tables:
        keyed = {"hash", "previous"} if table.name in {"audit", "head"} else set()
        first, second = ([{name: row[name] for name in row if name not in keyed} for row in rows(each, table)] for each in (held, again))
        assert first == second, table.name
    assert rows(held, tables.audit)[-1]["hash"] != rows(again, tables.audit)[-1]["hash"]
    assert files(held) == files(again)


def files(held: Records) -> list[str]:
    return sorted(path.name for path in (held.store / "evidence").rglob("*") if path.is_file())


def test_a_plan_as_large_as_a_citys(held: Records, actions: pl.DataFrame, known: Definitions) -> None:
    assert [(plan.kind, plan.starts, plan.ends) for plan in plans(held)] == [
        ("mandate", date(2025, 1, 1), date(2028, 12, 31)),
        ("territorial", date(2025, 6, 1), date(2028, 12, 31)),
        ("annual", date(2026, 1, 1), date(2026, 12, 31)),
    ]
    assert [tree(held, plan.id, REVIEW).nodes.filter(level=len(plan.levels) - 1).height for plan in plans(held)] == [124, 8, 15]
    assert actions["work"].sum() == 20
    assert actions["pilot"].is_not_null().sum() == 6
    assert 70 <= actions["lines"].is_not_null().sum() < actions.height
    assert set(actions["area"]) == {area.id for area in known.city.areas}
    assert set(actions["ladder"]) == {"build", "service", "rule", "programme"}
    for column in ("owner", "starts", "ends", "first_starts", "first_ends", "beneficiaries", "participation", "pdca"):
        assert actions[column].null_count() == 0, column
    assert actions["milestones"].min() == 4


def test_its_axes_are_the_citys(mandate: Tree, known: Definitions) -> None:
    axes = [yaml.safe_load(name) for name in mandate.nodes.filter(level=0)["name"]]
    assert axes == [axis.name for axis in known.city.mandate.axes]


def test_names_differ_and_point_at_what_there_is(actions: pl.DataFrame, known: Definitions) -> None:
    goals = {goal.id for goal in catalogue.load(Home(REPOSITORY), known).kpis}
    assert actions["name"].n_unique() == actions["key"].n_unique() == actions.height
    assert set(actions["place"].drop_nulls()) == {place.id for place in known.places if place.parent == known.city.place}
    linked = {goal for text in actions["goals"] for goal in yaml.safe_load(text)}
    assert linked <= goals
    assert len(linked) > 20


def test_key_works_stand_inside_their_districts(actions: pl.DataFrame) -> None:
    drawn = json.loads((REPOSITORY / "data" / "boundaries" / "villa_quimera-district.geojson").read_text(encoding="utf-8"))
    outlines = [shape(feature["geometry"]) for feature in drawn["features"]]
    centres = {place["id"]: Point(place["longitude"], place["latitude"]) for place in yaml.safe_load(places())["places"]}
    for work in actions.filter("work").iter_rows(named=True):
        outline = next(outline for outline in outlines if outline.contains(Point(work["longitude"], work["latitude"])))
        assert outline.contains(centres[work["place"]]), work["key"]


def places() -> str:
    return (REPOSITORY / "data" / "places.yaml").read_text(encoding="utf-8")


def test_every_status_reason_and_state_occurs(held: Records, mandate: Tree) -> None:
    assert set(mandate.nodes["status"].drop_nulls()) == set(words.STATUSES)
    assert {row["reason"] for row in rows(held, tables.decision)} == set(words.REASONS)
    assert {row["state"] for row in rows(held, tables.evidence)} == set(words.EVIDENCE_STATES)
    assert {row["pdca"] for row in rows(held, tables.node)} == {*words.PDCA, None}
    assert {row["criterion"] for row in rows(held, tables.result)} == set(words.CRITERIA)
    levels = {level for row in rows(held, tables.node) for level in (row["participation"] or {}).values()}
    assert levels == set(words.PARTICIPATION_LEVELS)


def test_every_area_has_an_editor_and_every_role_somebody(held: Records, known: Definitions) -> None:
    told = rows(held, tables.role)
    assert {row["area"] for row in told if row["role"] == "editor"} == {area.id for area in known.city.areas}
    assert {row["role"] for row in told} == {"mayor", "office", "reviewer", "editor", "consultant"}
    assert len(rows(held, tables.person)) == 26


def test_nobody_judged_what_is_of_their_own_area(held: Records) -> None:
    owner = {row["id"]: row["area"] for row in rows(held, tables.node)}
    step = {row["id"]: row["node"] for row in rows(held, tables.milestone)}
    judged = [row for row in rows(held, tables.evidence) if row["judged_by"]]
    assert len(judged) > 300
    for row in judged:
        area = owner[step[row["milestone"]]]
        judge = actor(held, row["judged_by"], row["judged_at"].date())
        assert may(judge, "judge_evidence", Object("node", area))
        assert area not in judge.areas
        assert row["judged_by"] != row["brought_by"]
        assert row["judged_at"] > row["brought_at"]
        assert row["judged_area"] == min(judge.areas, default=None)
        assert bool(row["note"]) == (row["state"] == "returned")


def test_areas_report_what_is_theirs(held: Records) -> None:
    owner = {row["id"]: row["area"] for row in rows(held, tables.node)}
    known = {row["id"]: row["name"] for row in rows(held, tables.person)}
    told = rows(held, tables.progress)
    assert max(row["day"] for row in told) == LAST.last
    assert {row["status"] for row in told} == set(words.STATUSES) - {"not_started"}
    for row in told:
        speaker = actor(held, row["person"], row["at"].date())
        left = not speaker.roles  # the roles of those who went are taken away later, so they are not those of the day
        assert left == (known[row["person"]] in {"Fermín Salcedo Haro", "Víctor Hermida Lago"})
        assert left or may(speaker, "report_progress", Object("node", owner[row["node"]]))


def test_nothing_happens_after_the_last_review_or_backwards(held: Records) -> None:
    moments = [row["at"] for row in rows(held, tables.audit)]
    assert moments == sorted(moments)
    assert (moments[0].date(), moments[-1].date()) == (date(2025, 1, 7), SEEN)


def test_dates_lie_inside_the_mandate(held: Records, known: Definitions) -> None:
    mandate = known.city.mandate
    days = [row[name] for row in rows(held, tables.node) for name in ("starts", "ends", "first_starts", "first_ends") if row[name]]
    days += [row["due"] for row in rows(held, tables.milestone)]
    days += [row["day"] for table in (tables.decision, tables.outcome) for row in rows(held, table)]
    assert mandate.start <= min(days)
    assert max(days) <= mandate.end
    for row in rows(held, tables.milestone):
        assert row["done_on"] is None or mandate.start < row["done_on"] <= LAST.last


def test_milestones_climb_their_ladders(held: Records) -> None:
    steps: dict[int, list[dict[str, Any]]] = {}
    for row in sorted(rows(held, tables.milestone), key=lambda row: row["position"]):
        steps.setdefault(row["node"], []).append(row)
    nodes = {row["id"]: row for row in rows(held, tables.node)}
    for number, found in steps.items():
        assert sum(step["share"] for step in found) == 100
        due, done = [step["due"] for step in found], [step["done_on"] for step in found if step["done_on"]]
        assert due == sorted(due)
        assert due[-1] == nodes[number]["first_ends"]
        assert done == sorted(done)
        assert all(step["done_on"] for step in found[: len(done)]), "stages are reached one after another"


def test_amounts_go_down_but_for_one_action(held: Records, mandate: Tree) -> None:
    told = rows(held, tables.budget_line)
    assert {row["currency"] for row in told} == {"EUR"}
    assert all(row["initial"] > 0 and row["paid"] <= row["modified"] for row in told)
    assert all(row["paid"] == 0 for row in told if row["year"] > LAST.year)
    key = {row["id"]: row["key"] for row in rows(held, tables.node)}
    phases = words.PHASES[1:]
    rising = {
        key[row["node"]] for row in told if [row[phase] for phase in phases] != sorted((row[phase] for phase in phases), reverse=True)
    }
    assert rising == {"5.1.3"}
    assert 400e6 > mandate.money["modified"].sum() > 150e6


HOPEFUL = {"mobility", "works", "economy"}


def test_the_story_is_plain(actions: pl.DataFrame) -> None:
    by: dict[str, list[dict[str, Any]]] = {}
    for row in actions.filter(pl.col("left_out").is_null(), pl.col("status") != "cancelled").iter_rows(named=True):
        by.setdefault(row["area"], []).append(row)
    proved, declared, late = ({area: fmean(row[name] for row in by[area]) for area in by} for name in ("proved", "declared", "late"))
    assert all(declared[area] - proved[area] > 30 for area in HOPEFUL)
    assert all(declared[area] - proved[area] < 20 for area in set(by) - HOPEFUL)
    assert proved["environment"] > 65 > 50 > proved["works"]
    assert late["environment"] < 0.25 < 0.75 < late["mobility"]
    assert 0.45 < fmean(row["declared"] == 75 for row in by["works"]) < 0.6, "half of them at exactly 75"
    assert {"2.2.1", "2.2.2", "1.4.3", "4.5.1", "4.5.2"} <= {row["key"] for row in by["works"] if ahead(row) > 15}, "money before work"
    assert all(ahead(row) < 21 for row in by["environment"])


def ahead(action: dict[str, Any]) -> float:
    """By how many points what is paid is ahead of what is proved."""
    return 100 * action["paid"] / action["modified"] - action["proved"] if action["modified"] else 0.0


def test_housing_was_late_because_of_its_contractor(held: Records, actions: pl.DataFrame) -> None:
    homes = actions.filter(pl.col("key").is_in(["4.5.1", "4.5.2"]))
    assert (homes["ends"] > homes["first_ends"]).all()
    assert homes["status"].to_list() == ["started", "suspended"]
    why = [row["why"]["es"] for row in rows(held, tables.decision) if row["node"] in homes["id"].to_list()]
    assert any("concurso" in text for text in why)


def test_every_change_of_the_plan_names_its_decision(held: Records, mandate: Tree) -> None:
    versions = [row for row in rows(held, tables.plan_version) if row["plan"] == mandate.plan.id]
    assert [row["number"] for row in versions] == list(range(1, mandate.plan.number + 1))
    decided = {row["id"] for row in rows(held, tables.decision)}
    assert versions[0]["decision"] is None
    assert all(row["decision"] in decided and row["changes"] for row in versions[1:])
    fields = Counter(change["field"] for row in versions for change in row["changes"])
    assert fields == {"ends": 5, "status": 2, "status_reason": 2, "name": 1, "left_out": 1, "key": 1}


def test_what_is_cancelled_was_cancelled_by_a_decision(held: Records) -> None:
    decided = {
        change["node"]
        for row in rows(held, tables.plan_version) if row["decision"]
        for change in row["changes"] if change["field"] == "status" and change["is"] == "cancelled"
    }  # fmt: skip
    assert decided == {row["id"] for row in rows(held, tables.node) if row["status"] == "cancelled"} != set()


def test_what_is_late_is_a_third_or_so_of_what_counts(held: Records, mandate: Tree) -> None:
    counts = truth(mandate).counts
    assert (counts["late"], counts["started"], counts["implemented"]) == (46, 34, 35)
    assert all(counts.values()), "each state has an action"
    only_said = {row["milestone"] for row in rows(held, tables.evidence)}
    owned = {row["id"]: row["area"] for row in mandate.nodes.iter_rows(named=True)}
    said = [row for row in rows(held, tables.milestone) if row["done_on"] and row["due"] < REVIEW and row["id"] not in only_said]
    flattering = {owned[row["node"]] for row in said if row["node"] in owned}
    assert flattering >= HOPEFUL and len(said) > 10, "what is only said to be reached is late"


def test_what_was_added_stands_after_its_neighbours(mandate: Tree) -> None:
    keys = mandate.nodes["key"].to_list()
    assert keys == sorted(keys)
    assert keys[keys.index("4.4.6") - 1] == "4.4.5"


def test_failures_stand_beside_successes(held: Records) -> None:
    told = rows(held, tables.outcome)
    failures = [row for row in told if not row["succeeded"]]
    assert (len(failures), len(told) - len(failures)) == (6, 5)
    assert [row["due"] for row in failures if row["due"] < REVIEW and not row["done_on"]] == [date(2026, 9, 30)], "one is overdue"
    assert [row["done_on"] for row in failures if row["done_on"]] == [date(2026, 6, 22)], "one is done"


def test_owners_too_busy_gone_and_new(held: Records, actions: pl.DataFrame) -> None:
    owned = Counter(actions["owner"].to_list())
    found = {say(post.name, "en"): post for post in posts(held, REVIEW)}
    head = "Head of Housing and Works"
    assert [name for name, post in found.items() if owned[post.id] > 10] == [head]
    assert [(name, owned[post.id]) for name, post in found.items() if post.person is None] == [("Head of Modernisation", 4)]
    before = {say(post.name, "en"): post.holder for post in posts(held, date(2026, 3, 31))}
    assert (before[head], found[head].holder) == ("Fermín Salcedo Haro", "Clara Montalbán Rey")


def test_the_other_plans_serve_the_mandate_plan(held: Records, mandate: Tree) -> None:
    found = links(held, mandate.plan.id)
    assert {(link.kind, link.plan_key) for link in found} == {("implements", "operativo_2026"), ("part_of", "centro_viejo_2025_2028")}
    annual = next(plan for plan in plans(held) if plan.kind == "annual")
    served = [row["serves"] for row in rows(held, tables.node) if row["plan"] == annual.id and row["level"] == 1]
    assert all(served)
    assert {number for each in served for number in each} <= set(mandate.nodes["id"])


def test_every_text_is_in_spanish_and_english(held: Records) -> None:
    for name, columns in WRITTEN.items():
        for row in rows(held, tables.metadata.tables[name]):
            for text in filter(None, (row[column] for column in columns)):
                assert set(text) == {"es", "en"}, (name, row["id"])
                assert text["es"].strip() != text["en"].strip(), (name, row["id"])
                assert all(told.strip() for told in text.values())
    assert all(set(text) == {"es", "en"} for row in rows(held, tables.plan) for level in row["levels"] for text in level.values())


def test_evidence_can_be_opened(held: Records) -> None:
    told = rows(held, tables.evidence)
    kept = [row for row in told if row["file"]]
    assert {row["media"] for row in kept} == {"application/pdf", "image/png"}
    assert all(len(read(held.store, row["file"])) == row["bytes"] for row in kept)
    assert len(kept) > 15
    assert all(row["link"].startswith("https://example.org/") for row in told if not row["file"])


def test_the_story_names_only_what_it_tells() -> None:
    told = {path.stem for path in FOLDER.glob("*.yaml")}
    assert told == {
        "safe_city", "moving_city", "answering_city", "green_city", "fair_city", "people", "decisions", "outcomes",
        "annual_2026", "old_centre",
    }  # fmt: skip


# What follows writes, each in a home of its own.


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    monkeypatch.setenv("MANDATO_HOME", str(tmp_path))
    yield Home(tmp_path)


def test_it_refuses_to_mix_with_the_citys_own_plans(empty: Home, capsys: pytest.CaptureFixture[str]) -> None:
    own(records(empty))
    assert main(["demo"]) == 1
    assert "the records hold the city's own plans" in capsys.readouterr().err
    assert current(empty) is None
    assert [plan.key for plan in plans(records(empty))] == ["own"]


def own(held: Records) -> None:
    office = actor(held, add_person(held, PROGRAM, "Office", roles=tuple(PROGRAM.roles)), REVIEW)
    level = {"one": "Action", "many": "Actions"}
    adopt(held, office, PlanDocument(key="own", name="Own", place="x", levels=(level,), nodes=(NodeEntry(key="1", name="A", level=0),)))


def test_what_people_wrote_since_stays(tmp_path: Path, known: Definitions) -> None:
    held = built(tmp_path, known)
    since = add_person(held, PROGRAM, "Somebody new")
    stamp = held.stamp
    assert not build.build(Home(tmp_path), known)
    assert held.stamp == stamp
    assert rows(held, tables.person)[-1]["id"] == since


def test_it_is_written_whole_or_not_at_all(tmp_path: Path, known: Definitions, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> Iterator[object]:
        raise RuntimeError("power cut")

    monkeypatch.setattr(build, "outcomes", fails)
    with pytest.raises(RuntimeError, match="power cut"):
        build.build(Home(tmp_path), known)
    assert plans(records(Home(tmp_path))) == []
    assert records(Home(tmp_path)).stamp == 0


def test_the_meetings_leave_promises_of_every_kind_and_concerns_at_every_step(held):
    found = follow_ups.follow_ups(held, CITY)
    day = date(2026, 11, 12)
    kept = Counter(
        "dropped" if row["state"] == "dropped" else "kept" if row["done_on"] and row["done_on"] <= row["first_due"]
        else "kept late" if row["done_on"] else "overdue" if row["due"] < day else "open"
        for row in found
    )  # fmt: skip
    assert kept == {"kept": 6, "kept late": 1, "overdue": 5, "open": 2, "dropped": 1}
    assert {row["state"] for row in concerns.concerns(held, CITY)} == {"raised", "answered", "decided", "closed"}
    assert [(row["month"], row["state"]) for row in meetings.meetings(held, CITY)] == [
        ("2026-10", "planned"), ("2026-09", "held"), ("2026-08", "held"), ("2026-07", "held"),
    ]  # fmt: skip


def test_what_a_meeting_decided_stands_beside_what_it_talked_about(held):
    september = meetings.meetings(held, CITY)[1]
    items = agenda.agenda(held, september["id"])
    assert [item["goal"] or item["kind"] for item in items] == ["robberies", "action", "school_meals_local"]
    told = {note["part"] for note in notes.notes(held, september["id"]) if note["item"] == items[0]["id"]}
    assert told == {"discussed", "decided", "why", "evidence"}


def test_the_policies_were_judged_in_every_way_and_some_are_overdue(held, mandate):
    found = register(held, CITY)
    assert len(found.policies) == 6 and len(found.assessments) == 13
    assert {row["state"] for row in found.assessments} == {"planned", "under_way", "done", "dropped"}
    assert {row["recommendation"] for row in found.assessments} == {None, "continue", "adjust", "stop"}
    assert {row["judge"] for row in found.scores} == {"own", "external", "beneficiaries"}
    late = [each for each in due(found, {row["id"]: row for row in mandate.nodes.iter_rows(named=True)}) if each.overdue(REVIEW)]
    assert [(each.policy["key"], each.moment, each.assessment is None) for each in late] == [
        ("food_market", "mid_term", True), ("safe_nights", "mid_term", False), ("waste_charge", "ex_ante", False),
    ]  # fmt: skip


def test_what_the_assessments_name_is_there(held, known):
    found = register(held, CITY)
    for row in (row for row in found.scores if row["indicator"]):
        assert parse(row["period"], known.indicator[row["indicator"]].frequency) <= REVIEW
    goals = {kpi.id for kpi in catalogue.load(Home(REPOSITORY), known).kpis}
    assert {goal for row in found.policies for goal in row["goals"]} <= goals
    named = {
        (folder, row[name]) for row in found.assessments for name, folder in (("study", "studies"), ("appraisal", "options")) if row[name]
    }
    assert len(named) == 3 and all((REPOSITORY / "kpis" / folder / f"{name}.yaml").exists() for folder, name in named)
