"""A closed month: whole or not at all, as it was whatever comes after, reopened for a reason, checked, and in every backup."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import func, select

from data.access import NotAllowed
from data.backup import make, restore
from data.facts import current
from data.home import SNAPSHOT, Home
from data.people import add_person
from data.plans.evidence import bring_file
from data.plans.reporting import Report, report
from data.problems import NotPossibleNow, Refused
from data.records import database
from data.records.records import records
from data.records.schema import MIGRATIONS, NEWEST
from data.records.tables import evidence, person, snapshot
from data.reviews.reviews import review_of
from data.snapshots import checking
from data.snapshots.frozen import frozen, in_force, snapshots
from data.snapshots.reopening import reopen
from data.versions import publish, writing
from tests.conftest import ROOT
from tests.data.test_migration import OLD_ROWS, write_with
from tests.frozen_town import MONTH, SAID, FrozenTown, frozen_town, revise
from tests.recorded_town import DAY, PDF, Town, everything, records_of, row
from tests.tiny_facts import home as new_home


@pytest.fixture
def city(place: Town) -> FrozenTown:
    return frozen_town(place)


def closed(place: FrozenTown) -> Home:
    """The home of the closed month."""
    found = frozen(place.home, place.records, "aurora", MONTH)
    assert found is not None
    return found


def values(home: Home) -> list[float]:
    facts = current(home)
    assert facts is not None
    return facts.observations(indicators=["monthly"])["value"].to_list()


def problems(place: FrozenTown) -> list[str]:
    return [str(problem) for problem in checking.verify(place.home)[1]]


# Closing -------------------------------------------------------------------------------------------------------------------------
def test_a_closed_month_stays_as_it_was(city):
    number = city.close()
    home = closed(city)
    before = everything(records(home))
    revise(city)
    report(city.records, city.town.who["water"], Report(city.town.nodes["pipes"], 1, DAY, 40.0, "started"))
    city.home.city.write_text(city.home.city.read_text(encoding="utf-8").replace("Aurora", "Borealis"), encoding="utf-8")
    assert (values(home), values(city.home)) == ([1.0], [2.0])
    assert everything(records(home)) == before != everything(city.records)
    assert "Borealis" not in home.city.read_text(encoding="utf-8")
    assert json.loads((home.folder / "statuses.json").read_text(encoding="utf-8")) == SAID
    assert row(city.records, snapshot, number)["facts_version"] == 1
    assert review_of(city.records, "aurora", MONTH)["state"] == "closed"  # pyright: ignore[reportOptionalSubscript]
    assert problems(city) == []


def test_facts_and_evidence_take_no_room_again(city):
    city.close()
    home, sha256 = closed(city), row(city.records, evidence, 1)["file"]
    for name in ("facts/facts-000001.duckdb", f"evidence/{sha256[:2]}/{sha256}"):
        assert (home.store / name).samefile(city.home.store / name), name


def test_where_the_file_system_knows_no_links_they_are_copied(city, monkeypatch):
    def refuse(*_given):
        raise OSError("no links here")

    monkeypatch.setattr(os, "link", refuse)
    city.close()
    path = "facts/facts-000001.duckdb"
    assert not (closed(city).store / path).samefile(city.home.store / path)
    assert (values(closed(city)), problems(city)) == ([1.0], [])


def test_the_secret_of_the_chain_is_in_no_closed_month(city):
    city.close()
    assert (city.home.store / "secret.key").exists()
    assert not list(closed(city).folder.rglob("secret.key"))


def test_nobody_writes_into_a_closed_month(city):
    city.close()
    home = closed(city)
    before = {path: path.read_bytes() for path in home.folder.rglob("*") if path.is_file()}
    with pytest.raises(NotPossibleNow, match="a month as it was closed"):
        add_person(records(home), city.town.who["office"], "Ada")
    with pytest.raises(NotPossibleNow, match="a month as it was closed"), writing(home):
        pass
    with pytest.raises(NotPossibleNow, match="a month as it was closed"):
        FrozenTown(home, records(home), city.town).close()
    assert values(home) == [1.0]
    assert {path: path.read_bytes() for path in home.folder.rglob("*") if path.is_file()} == before


def test_only_the_office_closes_and_reopens(city):
    for who in ("water", "mayor", "nobody"):
        with pytest.raises(NotAllowed):
            city.close(who=who)
    city.close()
    with pytest.raises(NotAllowed):
        reopen(city.records, city.town.who["water"], "aurora", MONTH, "a reason")


def test_missing_values_are_accepted_by_somebody_for_a_reason(city):
    missing = [{"indicator": "monthly", "period": "2025-01-31"}]
    for accepted in (None, " "):
        with pytest.raises(Refused, match=r"values are missing \(1\): monthly"):
            city.close(missing=missing, accepted=accepted)
    with pytest.raises(Refused, match=r"values are missing \(1\): monthly"):
        city.close(statuses=lambda *_asked: {"missing": missing})
    assert not list((city.home.store / "snapshots").glob("aurora*"))
    number = city.close(missing=missing, accepted="They come with the next bulletin")
    found = row(city.records, snapshot, number)
    assert (found["missing"], found["accepted"]) == (missing, "They come with the next bulletin")
    assert found["person"] == city.town.who["office"].person


def test_a_month_that_cannot_be_judged_stays_open(city):
    def fail(*_asked):
        raise NotPossibleNow("the goals are broken")

    with pytest.raises(NotPossibleNow, match="the goals are broken"):
        city.close(statuses=fail)
    assert in_force(city.records, "aurora", MONTH) is None
    assert not list((city.home.store / "snapshots").glob("aurora*"))


# Opening again -------------------------------------------------------------------------------------------------------------------
def test_a_month_is_reopened_for_a_reason_and_both_snapshots_stay(city):
    city.close()
    with pytest.raises(Refused, match="2025-01 is closed already"):
        city.close()
    with pytest.raises(Refused, match="for a reason"):
        reopen(city.records, city.town.who["office"], "aurora", MONTH, "  ")
    reopen(city.records, city.town.who["office"], "aurora", MONTH, "A value was wrong")
    assert frozen(city.home, city.records, "aurora", MONTH) is None
    with pytest.raises(Refused, match="2025-01 is not closed"):
        reopen(city.records, city.town.who["office"], "aurora", MONTH, "again")
    revise(city)
    city.close()
    newer, older = snapshots(city.records, "aurora")
    assert (older["folder"], older["reopened_why"], newer["folder"]) == ("aurora-2025-01-1", "A value was wrong", "aurora-2025-01-2")
    assert values(closed(city)) == [2.0]
    assert values(Home(city.home.store / "snapshots" / older["folder"])) == [1.0]


def test_the_months_before_are_found_from_within_a_closed_one(city):
    city.close()
    first = closed(city)
    revise(city)
    city.close(MONTH.plus(1))
    second = frozen(city.home, city.records, "aurora", MONTH.plus(1))
    assert second is not None
    assert frozen(second, records(second), "aurora", MONTH) == first
    assert frozen(second, records(second), "aurora", MONTH.plus(1)) is None, "it was closed after it was copied"


# Stopped -------------------------------------------------------------------------------------------------------------------------
def test_killed_at_any_call_a_month_is_open_or_closed_whole(tmp_path, monkeypatch):
    monkeypatch.delenv("MANDATO_RECORDS", raising=False)
    done = subprocess.run([sys.executable, "-m", "tests.drills.closing", str(tmp_path)], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(done.stdout)
    assert found["open"] > 10
    assert found["closed"] == 1, "the end of the chain is exported after the month is closed"


# What an older program left ------------------------------------------------------------------------------------------------------
def test_records_of_an_older_program_are_read_from_a_copy(tmp_path):
    home = Home(tmp_path / "snapshots" / "aurora-2025-01-1")
    home.store.mkdir(parents=True)
    file = home.store / database.NAME
    older(file)
    (home.folder / SNAPSHOT).write_text("{}", encoding="utf-8")
    before = file.read_bytes()
    with records(home).read() as connection:
        assert connection.execute(select(func.count()).select_from(person)).scalar() == 0
        assert connection.execute(select(func.count()).select_from(snapshot)).scalar() == 0, "a table that came later"
    assert file.read_bytes() == before
    assert [path.name for path in home.store.iterdir()] == [database.NAME]
    assert {path.name for path in home.makes.glob("*.sqlite")} == {f"records-{NEWEST}.sqlite"}


def older(file: Path) -> None:
    """Records as the first program wrote them."""
    engine, told = database.plain(file), Config()
    told.set_main_option("script_location", str(MIGRATIONS))
    with engine.connect() as connection, connection.begin():
        told.attributes["connection"] = connection
        command.upgrade(told, "0001")
    engine.dispose()


def test_facts_of_an_older_program_are_read_from_a_copy(tmp_path):
    home = new_home(tmp_path / "snapshots" / "aurora-2025-01-1")
    with writing(home) as versions:
        publish(versions, None, write_with(OLD_ROWS, upto=1), lambda part: None)
    (home.folder / SNAPSHOT).write_text("{}", encoding="utf-8")
    before = {path: path.read_bytes() for path in home.folder.rglob("*") if path.is_file()}
    facts = current(home)
    assert facts is not None
    assert (facts.version, facts.first_period("aurora")) == (1, facts.last_period("aurora"))
    assert {path: path.read_bytes() for path in home.folder.rglob("*") if path.is_file()} == before
    assert current(home) is facts


def test_records_of_a_newer_program_are_left_alone(city):
    city.close()
    home = closed(city)
    engine = database.plain(home.store / database.NAME)
    with engine.connect() as connection, connection.begin():
        connection.exec_driver_sql("update alembic_version set version_num = '0099'")
    engine.dispose()
    with pytest.raises(NotPossibleNow, match=r"schema 0099, this one knows"):
        records(home)


# Checked and backed up -----------------------------------------------------------------------------------------------------------
def test_whatever_is_changed_in_a_closed_month_is_found(city):
    city.close()
    home = closed(city)
    for name in ("statuses.json", "data/city.yaml", "data/store/records.sqlite", "data/store/facts/CURRENT"):
        path = home.folder / name
        whole = path.read_bytes()
        path.write_bytes(whole[:-1] + b"x")
        assert any(path.name in problem and "not as it was" in problem for problem in problems(city)), name
        path.write_bytes(whole)
    (home.folder / "extra.txt").write_text("x", encoding="utf-8")
    assert any("extra.txt" in problem for problem in problems(city))
    (home.folder / "extra.txt").unlink()
    assert problems(city) == []


def test_a_list_that_was_written_again_is_not_the_one_that_the_records_know(city):
    city.close()
    reopen(city.records, city.town.who["office"], "aurora", MONTH, "again")
    revise(city)
    city.close()
    first, second = (city.home.store / "snapshots" / f"aurora-2025-01-{number}" for number in (1, 2))
    first.rename(first.with_name("aside"))
    second.rename(first)
    found = problems(city)
    assert any("aurora-2025-01-1" in problem and "another than the one that the records know" in problem for problem in found)
    assert any("aurora-2025-01-2" in problem and "this closed month is gone" in problem for problem in found)
    with pytest.raises(NotPossibleNow, match="aurora-2025-01-2 is gone from the store"):
        frozen(city.home, city.records, "aurora", MONTH)


def test_a_backup_holds_closed_months_and_every_content_once(city, tmp_path):
    city.close()
    reopen(city.records, city.town.who["office"], "aurora", MONTH, "again")
    bring_file(city.records, city.town.who["water"], city.town.steps[1], "Another", "other.pdf", PDF + b" two")
    city.close()
    made = make(city.home, tmp_path / "backups")
    contents = [entry.sha256 for entry in made.manifest.files.values()]
    inside = [entry for name, entry in made.manifest.part("snapshots").items() if name.startswith("contents/")]
    assert len(contents) == len(set(contents))
    assert not {entry.sha256 for entry in inside} & {row(city.records, evidence, 1)["file"]}, "it is among the records already"
    home = new_home(tmp_path / "restored")
    with records_of(home.folder) as held:
        restore(home, made.folder, definitions=True, records=True)
        assert [each["folder"] for each in snapshots(held, "aurora")] == ["aurora-2025-01-2", "aurora-2025-01-1"]
        found = frozen(home, held, "aurora", MONTH)
        assert found is not None
        assert values(found) == [1.0]
        assert [str(problem) for problem in checking.verify(home)[1]] == []
    facts = "data/store/facts/facts-000001.duckdb"
    assert (found.folder / facts).samefile(found.folder.with_name("aurora-2025-01-1") / facts)


def test_a_restore_mends_a_damaged_month_and_keeps_what_was_there(city, tmp_path):
    city.close()
    made = make(city.home, tmp_path / "backups")
    path = closed(city).folder / "statuses.json"
    path.write_text("{}", encoding="utf-8")
    restore(city.home, made.folder, definitions=False, records=False)
    assert problems(city) == []
    (kept,) = (city.home.store / "replaced").glob("*/snapshots/aurora-2025-01-1/statuses.json")
    assert kept.read_text(encoding="utf-8") == "{}"


def test_no_backup_is_made_of_a_damaged_month(city, tmp_path):
    city.close()
    (closed(city).folder / "statuses.json").write_text("{}", encoding="utf-8")
    with pytest.raises(NotPossibleNow, match=r"statuses\.json is not as it was when its month was closed"):
        make(city.home, tmp_path / "backups")
    assert not list((tmp_path / "backups").glob("mandato-*"))
