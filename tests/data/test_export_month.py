"""A city's closed month as it leaves the city: the figures that were frozen, and nothing that anybody typed."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Text, select

from data.__main__ import main
from data.access import NotAllowed
from data.backup.making import make
from data.definitions import load
from data.exchange.making import month_file, own_fingerprint
from data.exchange.month_file import MonthFile, opened
from data.facts import current
from data.home import Home
from data.meetings.concerns import answer
from data.meetings.follow_ups import FollowUp, ask, done, drop
from data.meetings.meetings import plan_meeting
from data.meetings.notes import write_note
from data.periods import Month
from data.plans.deciding import Decision, decide
from data.plans.evidence import bring_link
from data.plans.outcomes import Outcome, record_outcome
from data.problems import NotPossibleNow, Refused
from data.records.columns import Json
from data.records.tables import AUDITED
from data.reviews.reviews import open_review
from data.snapshots.freezing import freeze
from data.snapshots.frozen import frozen, in_force
from data.snapshots.reopening import reopen
from kpis import catalogue
from kpis.__main__ import main as kpis
from kpis.reviews.statuses import of_goal, statuses
from kpis.scorecard import scorecard
from tests.action_town import PLAIN
from tests.frozen_town import MONTH, frozen_town
from tests.meeting_town import Met, met
from tests.small_city import LAST

NEXT = date(2026, 8, 12)
ACCEPTED = "Ximena Quijote said that the survey comes in autumn"


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Met:
    """A town in which people wrote wherever they can write; June 2026 is closed, and the meeting after it planned."""
    made = met(tmp_path_factory.mktemp("sent") / "home")
    records, who, plan = made.records, made.town.people, made.town.plan
    office, day = made.office, date(2026, 7, 12)
    write_note(records, office, made.items["goal"], "discussed", "Ximena Quijote was against it", None, None)
    answer(records, who["editor"], 1, 1, "Pedro Zurita is ill since May", day)
    post = records_post(made)
    for number, what in enumerate(("Call Hortensia Wagner", "Pay the Zurita family", "Ask Ximena again", "Move the guard of Calle Kafka")):
        due = date(2026, 7, 14) + number * timedelta(days=10)
        ask(records, office, FollowUp("aurora", what, post, due, evidence=f"The letter of Kafka {number}"), day)
    done(records, office, 1, 1, date(2026, 7, 13), "Hortensia Wagner has agreed", at=datetime(2026, 7, 13, tzinfo=UTC))
    drop(records, office, 4, 1, "The guard has moved to Zurich")
    decide(records, office, Decision(plan, day, "Council of Quixotes", "other", "Because Zurita asked"))
    bring_link(records, who["editor"], made.town.stage("1.1", 1), "Photograph of Wagner", "https://aurora.example/kafka")
    failed = ("Failed for Kafka", "other", "Dry spring", "Begin earlier, Wagner", None, "Write to Zurita", post, NEXT)
    record_outcome(records, office, Outcome(plan, day, False, *failed))
    freeze(made.town.home, records, office, "aurora", LAST, accepted=ACCEPTED, statuses=statuses)
    for month, day in ((Month(2026, 5), date(2026, 6, 11)), (Month(2026, 7), NEXT)):  # nobody came to that of May
        plan_meeting(records, office, open_review(records, office, "aurora", month), day, "Room of the Wagner family")
    return made


def records_post(made: Met) -> int:
    with made.records.read() as connection:
        return connection.exec_driver_sql("select id from post").scalars().first() or 0


@pytest.fixture
def sent(town: Met) -> MonthFile:
    return opened(written(town), "june.json")


def written(town: Met) -> bytes:
    return month_file(town.town.home, town.records, town.office, "aurora", LAST)


def closed(town: Met) -> Home:
    home = frozen(town.town.home, town.records, "aurora", LAST)
    assert home is not None
    return home


def kept(town: Met) -> dict[str, Any]:
    return json.loads((closed(town).folder / "statuses.json").read_text(encoding="utf-8"))


def test_the_statuses_are_those_that_the_kpis_say_of_the_closed_month(town, sent, monkeypatch, capsys):
    monkeypatch.setenv("MANDATO_HOME", str(closed(town).folder))
    assert kpis(["statuses", "--place", "aurora", "--month", "2026-06", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    goals = [goal.model_dump(mode="json") for goal in sent.content.goals]
    assert goals == [{name: goal[name] for name in goals[0]} for goal in told["kpis"]] and len(goals) > 8
    plans = [plan.model_dump(mode="json") for plan in sent.content.plans]
    assert plans == [{name: plan[name] for name in plans[0]} for plan in told["plans"]] and len(plans) == 1
    assert sent.content.follow_ups.model_dump() == told["follow_ups"] and sent.content.concerns.model_dump() == told["concerns"]
    assert sent.content.missing == len(told["missing"]) > 0


def test_goals_say_what_became_of_them_since_the_month_before(town, sent):
    goals = {goal.id: goal for goal in sent.content.goals}
    before = {row["id"]: row["status"] for row in statuses(town.town.home, "aurora", Month(2026, 5))["kpis"]}
    assert {name: goal.before for name, goal in goals.items()} == before
    worse = {name for name, goal in goals.items() if goal.worsened}
    fresh = {row["id"] for row in kept(town)["kpis"] if row["direction"] == "worse" and row["status"] not in ("stale", "no_data")}
    assert worse == fresh != set()
    assert not any(goal.signal for goal in goals.values() if not goal.worsened)


def test_what_is_out_of_date_did_not_get_worse(town):
    home = closed(town)
    definitions, facts = load(home), current(home)
    assert facts is not None
    scores = scorecard(facts, catalogue.load(home, definitions), definitions, "aurora", LAST)
    worse = next(score for score in scores if score.direction == "worse")
    assert of_goal(worse, None)["worsened"] and not of_goal(replace(worse, status="stale"), None)["worsened"]


def test_promises_and_concerns_are_counted_at_the_end_of_the_review(sent):
    assert sent.content.follow_ups.model_dump() == {"open": 2, "overdue": 1, "kept": 1, "promised": 2}
    assert sent.content.concerns.model_dump() == {"raised": 0, "answered": 1, "decided": 0, "closed": 0}


def test_it_says_which_snapshot_it_is_made_of_and_when_they_meet_next(town, sent):
    row = in_force(town.records, "aurora", LAST)
    assert row is not None
    told = sent.content
    assert (told.city, told.name, told.month, told.closed_at, told.next_meeting) == ("aurora", "Aurora", "2026-06", row["at"], NEXT)
    assert {name: row[name] for name in ("facts_version", "definitions", "records", "statuses")} == told.seals.model_dump()
    assert sent.fingerprint == own_fingerprint(town.town.home)


WORDS = {("plan", "name"), ("plan", "key"), ("node", "goals"), ("snapshot", "missing"), ("item", "whys")}
"""Columns of texts that are the city's own public words, or ids: the name of a plan is in the file."""


def typed(town: Met) -> Iterator[tuple[str, str]]:
    """Every text that people typed into the records, with the table that it is in; PLAIN is also the name of a goal."""
    with town.records.read() as connection:
        for table in AUDITED:
            texts = [column for column in table.columns if isinstance(column.type, Text | Json) and (table.name, column.name) not in WORDS]
            for row in connection.execute(select(*texts)) if texts else ():
                yield from ((table.name, each) for value in row for each in flat(value) if len(each) > 3 and each != PLAIN)


def flat(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from (each for part in value.values() for each in flat(part))
    elif isinstance(value, list | tuple):
        yield from (each for part in value for each in flat(part))


def test_nothing_of_what_people_typed_leaves_the_city(town):
    found, text = list(typed(town)), written(town).decode()
    assert {"person", "post", "node", "evidence", "decision", "outcome", "concern", "note", "follow_up", "snapshot", "meeting"} <= {
        table for table, _ in found
    }
    assert ACCEPTED in {said for _, said in found} and len(found) > 40
    assert [(table, said) for table, said in found if json.dumps(said, ensure_ascii=False)[1:-1] in text] == []
    for name in ("Ximena", "Zurita", "Wagner", "Kafka", "Olga", "aurora.example", "@"):
        assert name not in text


def test_every_word_of_the_file_is_of_the_definitions_or_of_the_program(town):
    """What a text may be is a list, so that a text of another kind cannot come into the file unseen."""
    content = json.loads(written(town))["content"]
    assert {name for name, value in leaves(content) if isinstance(value, str)} == {
        "city", "name", "month", "closed_at", "made_at", "next_meeting", "seals.definitions", "seals.records", "seals.statuses",
        "goals.id", "goals.name", "goals.name.es", "goals.name.en", "goals.unit", "goals.status", "goals.before", "goals.reason",
        "goals.period", "plans.key", "plans.name.es", "plans.name.en", "plans.kind",
    }  # fmt: skip


def leaves(value: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """Every value that has no parts, by the names that lead to it, whatever its number in a list."""
    if isinstance(value, list):
        for part in value:
            yield from leaves(part, name)
    elif isinstance(value, dict):
        for part, inner in value.items():
            yield from leaves(inner, f"{name}.{part}".strip("."))
    else:
        yield name, value


def test_made_again_it_says_the_same(town):
    at = datetime(2026, 8, 1, tzinfo=UTC)
    one, other = (month_file(town.town.home, town.records, town.office, "aurora", LAST, at) for _ in range(2))
    assert one == other


# Refused -------------------------------------------------------------------------------------------------------------------------
def test_an_open_month_does_not_leave(town):
    with pytest.raises(Refused) as error:
        month_file(town.town.home, town.records, town.office, "aurora", Month(2026, 5))
    assert "2026-05 is not closed" in str(error.value) and "data close" in str(error.value)


def test_a_district_or_another_city_does_not_leave(town):
    freeze(town.town.home, town.records, town.office, "bruma", LAST, accepted="-", statuses=statuses)
    with pytest.raises(Refused, match="only the city's own month is sent"):
        month_file(town.town.home, town.records, town.office, "bruma", LAST)


def test_only_the_office_sends_a_month(town):
    for who in ("editor", "mayor", "reviewer"):
        with pytest.raises(NotAllowed):
            month_file(town.town.home, town.records, town.town.people[who], "aurora", LAST)


def test_a_closed_month_that_somebody_changed_is_not_signed(town):
    path = closed(town).folder / "statuses.json"
    before = path.read_bytes()
    path.write_bytes(before.replace(b"off_track", b"on_track"))
    try:
        with pytest.raises(NotPossibleNow, match=r"aurora-2026-06-1 is not as it was closed"):
            written(town)
    finally:
        path.write_bytes(before)


def test_the_key_is_in_no_closed_month_and_in_no_backup(town, tmp_path):
    written(town)
    store = town.town.home.store
    assert [path.relative_to(store).as_posix() for path in store.rglob("*signing*")] == ["signing.key"]
    made = make(town.town.home, tmp_path / "backups")
    key = (store / "signing.key").read_bytes().strip()
    held = [path for path in made.folder.rglob("*") if path.is_file()]
    assert len(held) > 10 and not [path for path in held if "signing" in path.name or key in path.read_bytes()]


# On both databases, and as commands ----------------------------------------------------------------------------------------------
@pytest.fixture
def small(place):
    """A city whose closed month says too little to be sent."""
    made = frozen_town(place)
    made.close()
    return made


def test_what_another_version_of_the_program_closed_says_what_to_do(small):
    with pytest.raises(NotPossibleNow, match="open it again, and close it anew"):
        month_file(small.home, small.records, small.town.who["office"], "aurora", MONTH)


def test_closed_anew_it_is_a_later_file(small):
    office = small.town.who["office"]
    files = []
    for _ in range(2):
        reopen(small.records, office, "aurora", MONTH, "Corrected")
        small.close(statuses=statuses, accepted="-")
        files.append(opened(month_file(small.home, small.records, office, "aurora", MONTH), "f").content)
    assert files[0].closed_at < files[1].closed_at and files[0].seals.records != files[1].seals.records


def test_a_month_goes_from_city_to_consultant_by_commands(small, database, tmp_path, monkeypatch, capsys):
    reopen(small.records, small.town.who["office"], "aurora", MONTH, "Corrected")
    small.close(statuses=statuses, accepted="-")
    monkeypatch.setenv("MANDATO_HOME", str(small.home.folder))
    path = tmp_path / "out.json"

    def run(*arguments: str) -> tuple[int, dict[str, Any]]:
        code = main([*arguments, "--json"])
        return code, json.loads(capsys.readouterr().out)

    code, sent = run("export-month", "--place", "aurora", "--month", str(MONTH), "-o", str(path))
    assert (code, sent["file"], sent["bytes"]) == (0, str(path), path.stat().st_size)
    assert sent["fingerprint"] == own_fingerprint(small.home) and len(sent["sha256"]) == 64
    assert [each.name for each in tmp_path.glob("out*")] == ["out.json"]
    code, said = run("receive", str(path), str(tmp_path / "none.json"))
    assert code == 1 and said["received"] == [] and sent["fingerprint"] in said["problems"][1]["message"]
    code, said = run("receive", str(path), "--trust", sent["fingerprint"])
    assert (code, [each["done"] for each in said["received"]]) == (0, ["new"])
    code, said = run("receive", str(path), str(tmp_path / "none.json"), "--trust", "0000")
    assert (code, [each["done"] for each in said["received"]], len(said["problems"])) == (1, ["unchanged"], 2)
    assert run("cities")[1]["cities"][0] | {"closed_at": 0, "trusted_at": 0, "trusted_by": 0} == {
        "city": "aurora", "month": str(MONTH), "fingerprint": sent["fingerprint"], "closed_at": 0, "trusted_at": 0, "trusted_by": 0,
    }  # fmt: skip
    assert run("cities", "--withdraw", "aurora")[1]["cities"][0]["fingerprint"] is None
    assert run("cities", "--withdraw", "aurora")[0] == 1
    assert run("cities", "--forget", "aurora")[1]["cities"] == []


def test_an_open_month_is_no_file_of_a_command(small, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("MANDATO_HOME", str(small.home.folder))
    monkeypatch.chdir(tmp_path)
    assert main(["export-month", "--place", "aurora", "--month", "2024-12"]) == 1
    assert "2024-12 is not closed" in capsys.readouterr().err
    assert list(tmp_path.glob("*.json")) == [] == list(tmp_path.glob("*.new"))
    assert not (Home(small.home.folder).store / "signing.key").exists()
