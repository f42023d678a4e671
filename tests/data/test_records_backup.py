"""The records in a backup, and back: all of them, checked, into the one database and the other, and what was there is kept aside."""

import json
import shutil
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest
from sqlalchemy import event, text

from data import definition_swap, file_list
from data.__main__ import main
from data.backup import make, manifest, restore
from data.file_list import Entry
from data.home import Home
from data.people import add_person, people
from data.plans.evidence import bring_file, judge
from data.plans.evidence_files import read, where
from data.plans.reporting import Report, report
from data.problems import NotPossibleNow, Refused
from data.records import copying, database, heads, secret
from data.records.records import _records, records
from data.records.tables import evidence
from data.records.verification import verify
from data.versions import finish_stopped
from tests.attacks import edit_a_row
from tests.recorded_town import DAY, PDF, Town, everything, records_of, row, town
from tests.tiny_facts import home as new_home
from tests.tiny_facts import load, value


@pytest.fixture
def city(place: Town) -> tuple[Home, Town]:
    """A home with definitions, facts, and records with a piece of evidence; nobody's reports yet."""
    records, made = place.records, place
    home = Home(records.store.parents[1])
    new_home(home.folder)
    load(home, "first", value(1.0))
    number = bring_file(records, made.who["water"], made.steps[0], "Record", "record.pdf", PDF)
    judge(records, made.who["reviewer"], number, 1, "accepted")
    return home, made


def problems(home: Home) -> list[str]:
    return [str(problem) for problem in verify(home)[1]]


def work(made: Town) -> None:
    """What goes on after the backup."""
    report(made.records, made.who["water"], Report(made.nodes["pipes"], 1, DAY, 40.0, "started"))
    add_person(made.records, made.who["office"], "Ada")


def test_a_backup_holds_the_records_whole(city, tmp_path):
    home, made = city
    before = everything(made.records)
    folder = make(home, tmp_path / "backups").folder
    told = manifest.read(folder)
    sha256 = row(made.records, evidence, 1)["file"]
    assert sorted(told.part("records")) == [f"evidence/{sha256[:2]}/{sha256}", "heads.log", "records.sqlite", "secret.key"]
    assert told.records_end == made.records.stamp
    assert everything(made.records) == before and manifest.problems(folder, told) == []
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (folder / "records").rglob("*") if path.is_file()}
    assert set(modes.values()) == {0o600}
    with closing(sqlite3.connect(folder / "records" / "records.sqlite")) as connection:
        assert connection.execute("select count(*) from person").fetchone() == (len(made.who),)
        assert connection.execute("pragma journal_mode").fetchone() == ("delete",)


def test_a_home_without_records_is_backed_up_without(tmp_path, monkeypatch):
    monkeypatch.delenv("MANDATO_RECORDS", raising=False)
    home = new_home(tmp_path / "home")
    told = make(home, tmp_path / "backups").manifest
    assert (told.records_end, told.part("records")) == (None, {})
    assert not (home.store / database.NAME).exists()


def test_into_an_empty_home_everything_comes_back(city, tmp_path, postgres, monkeypatch):
    home, made = city
    before, folder = everything(made.records), make(home, tmp_path / "backups").folder
    if database.named():
        monkeypatch.setenv("MANDATO_RECORDS", postgres.fresh())
    done = restore(Home(tmp_path / "other"), folder)
    assert done.records
    with records_of(tmp_path / "other") as again:
        assert everything(again) == before
        assert read(again.store, row(again, evidence, 1)["file"]) == PDF
        assert problems(Home(tmp_path / "other")) == []
        assert stat.S_IMODE((again.store / secret.NAME).stat().st_mode) == 0o600
        who = made.who["office"]
        assert add_person(again, who, "Ada") == len(made.who) + 1
        assert problems(Home(tmp_path / "other")) == []


@pytest.mark.parametrize("into", ["sqlite", "postgresql"])
def test_from_one_database_into_the_other(city, tmp_path, postgres, monkeypatch, into):
    home, made = city
    before, folder = everything(made.records), make(home, tmp_path / "backups").folder
    if into == "sqlite":
        monkeypatch.delenv("MANDATO_RECORDS", raising=False)
    else:
        monkeypatch.setenv("MANDATO_RECORDS", postgres.fresh(empty=True))
    restore(Home(tmp_path / "other"), folder)
    with records_of(tmp_path / "other") as again:
        assert again.engine.dialect.name == into and everything(again) == before
        assert problems(Home(tmp_path / "other")) == []


def test_records_that_went_on_are_a_question(city, tmp_path):
    home, made = city
    folder = make(home, tmp_path / "backups").folder
    assert not restore(home, folder).records  # nothing has changed since
    work(made)
    before = everything(made.records)
    with pytest.raises(Refused, match="the records are not as they were backed up"):
        restore(home, folder)
    assert not restore(home, folder, records=False).records
    assert everything(made.records) == before


def test_with_records_they_are_as_they_were_and_nothing_is_lost(city, tmp_path):
    home, made = city
    old, folder = everything(made.records), make(home, tmp_path / "backups").folder
    work(made)
    new, seen = everything(made.records), (made.records.stamp, made.records.state)
    if database.named():
        with pytest.raises(NotPossibleNow, match="holds records already"):
            restore(home, folder, records=True)
        assert everything(made.records) == new and problems(home) == []
        return
    assert restore(home, folder, records=True).records
    assert everything(made.records) == old  # also for whoever had them open
    assert problems(home) == []
    while made.records.stamp < seen[0]:
        add_person(made.records, made.who["office"], "Bea")
    assert problems(home) == []
    assert made.records.stamp == seen[0] and made.records.state != seen[1]  # nobody is shown what was undone
    (aside,) = (home.store / "replaced").glob("*/records")
    assert sorted(path.name for path in aside.iterdir()) == ["heads.log", "records.sqlite", "secret.key"]
    shutil.copytree(aside, tmp_path / "put back" / "data" / "store")
    shutil.copytree(home.store / "evidence", tmp_path / "put back" / "data" / "store" / "evidence")
    with records_of(tmp_path / "put back") as again:
        assert everything(again) == new and problems(Home(tmp_path / "put back")) == []


def test_records_that_cannot_be_read_any_more_come_back(tmp_path, monkeypatch):
    monkeypatch.delenv("MANDATO_RECORDS", raising=False)
    home = new_home(tmp_path / "home")
    with records_of(home.folder) as held:
        town(held)
        before, folder = everything(held), make(home, tmp_path / "backups").folder
    (home.store / database.NAME).write_bytes(b"no database" * 1000)
    with pytest.raises(Refused, match="not as they were backed up"):
        restore(home, folder)
    restore(home, folder, records=True)
    with records_of(home.folder) as held:
        assert everything(held) == before and problems(home) == []
    (aside,) = (home.store / "replaced").glob("*/records/records.sqlite")
    assert aside.read_bytes().startswith(b"no database")


def test_records_that_can_be_opened_and_not_be_read_come_back_at_once(tmp_path, monkeypatch):
    monkeypatch.delenv("MANDATO_RECORDS", raising=False)
    home = new_home(tmp_path / "home")
    with records_of(home.folder) as held:
        town(held)
        before, folder = everything(held), make(home, tmp_path / "backups").folder
        with held.engine.connect().execution_options(**database.WRITES) as connection, connection.begin():
            connection.exec_driver_sql("drop table head")
        restore(home, folder, records=True)
    with records_of(home.folder) as held:
        assert everything(held) == before and problems(home) == []
    assert len(list((home.store / "replaced").glob("*/records/records.sqlite"))) == 1


def test_an_old_backup_of_two_parts_leaves_the_records_alone(city, tmp_path, monkeypatch):
    home, made = city
    with monkeypatch.context() as patch:
        patch.setattr(manifest, "PARTS", ("definitions", "facts"))
        patch.setattr("data.backup.making.copy_records", lambda *_: (None, {}))
        folder = make(home, tmp_path / "backups").folder
    raw = json.loads((folder / manifest.NAME).read_text(encoding="utf-8"))
    body = {name: told for name, told in raw.items() if name not in {"checksum", "records_end"}}
    body["checksum"] = file_list.own_checksum(body)
    (folder / manifest.NAME).write_text(json.dumps(body, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    work(made)
    before = everything(made.records)
    assert not restore(home, folder).records and not restore(home, folder, records=True).records
    assert everything(made.records) == before and problems(home) == []


def test_records_that_are_not_in_order_are_not_backed_up_as_if_they_were(city, tmp_path):
    home, made = city
    edit_a_row(made.records)
    with pytest.raises(NotPossibleNow, match="the records are not in order, so no backup was made: node 2 is not as its last link"):
        make(home, tmp_path / "backups")
    assert not list((tmp_path / "backups").glob("mandato-*"))


def test_lost_evidence_is_said_when_it_can_still_be_brought_back(city, tmp_path):
    home, made = city
    where(home.store, row(made.records, evidence, 1)["file"]).unlink()
    with pytest.raises(NotPossibleNow, match=r"the file record\.pdf is gone"):
        make(home, tmp_path / "backups")


def test_a_backup_whose_records_were_changed_is_refused_though_every_checksum_holds(city, tmp_path):
    home, made = city
    folder = make(home, tmp_path / "backups").folder
    path = folder / "records" / database.NAME
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("update node set declared = 99 where id = 3")
        connection.commit()
    told = manifest.read(folder)
    files = told.files | {f"records/{database.NAME}": Entry.of(path)}
    changed = manifest.Manifest(told.made_at, told.made_by, told.program, told.schema, told.facts_version, files, told.records_end)
    (folder / manifest.NAME).write_text(manifest.text(changed) + "\n", encoding="utf-8")
    other = Home(tmp_path / "other")
    before = everything(made.records)
    with pytest.raises((Refused, NotPossibleNow)) as refusal:
        restore(other if not database.named() else home, folder, records=True)
    assert "node 3 is not as its last link" in str(refusal.value)
    assert not (other.store / database.NAME).exists() and everything(made.records) == before
    assert not definition_swap.waiting(other)


def test_a_secret_of_the_environment_is_not_in_the_backup_and_is_asked_for(database, tmp_path, monkeypatch):
    monkeypatch.setenv("MANDATO_SECRET", "of the city")
    home = new_home(tmp_path / "home")
    with records_of(home.folder) as held:
        town(held)
        folder = make(home, tmp_path / "backups").folder
    assert "secret.key" not in manifest.read(folder).part("records")
    monkeypatch.delenv("MANDATO_RECORDS", raising=False)
    monkeypatch.delenv("MANDATO_SECRET")
    with pytest.raises(Refused, match="the secret of the chain is not there"):
        restore(Home(tmp_path / "other"), folder)
    monkeypatch.setenv("MANDATO_SECRET", "of the city")
    assert restore(Home(tmp_path / "other"), folder).records
    assert problems(Home(tmp_path / "other")) == []


def test_a_snapshot_is_one_moment(city, tmp_path):
    """Somebody writes while it is taken: the copy ends where a change ends."""
    home, made = city
    written = []

    def meanwhile(*_given: object) -> None:
        if not written:
            written.append(True)
            work(made)

    target = tmp_path / "copy.sqlite"
    if made.records.engine.dialect.name == "postgresql":
        event.listen(made.records.engine, "commit", lambda _connection: None)
        original = copying.copy_rows

        def slow(source, into) -> None:
            source.execute(text("select count(*) from person"))
            meanwhile()
            original(source, into)

        copying.copy_rows = slow
        try:
            copying.snapshot(made.records.engine, target)
        finally:
            copying.copy_rows = original
        assert written
    else:
        copying.snapshot(made.records.engine, target)
    (tmp_path / "as a store").mkdir()
    folder = Home(tmp_path / "as a home").store
    folder.mkdir(parents=True)
    target.rename(folder / database.NAME)
    for name in (heads.NAME, secret.NAME):
        shutil.copy(home.store / name, folder / name)
    shutil.copytree(home.store / "evidence", folder / "evidence")
    address = database.at(folder / database.NAME)
    engine = database.engine(address)
    try:
        end = copying.end_of(engine).seq
    finally:
        engine.dispose()
    assert end == made.records.stamp - (3 if written else 0)


@contextmanager
def stopped_at(monkeypatch: pytest.MonkeyPatch, number: int) -> Iterator[list[int]]:
    """A process that is stopped at that statement, commit, flush or rename."""
    import os

    calls = [0]

    def count(*_given: object, **_named: object) -> None:
        calls[0] += 1
        if calls[0] == number:
            raise KeyboardInterrupt

    def dying(call):
        def either(*given, **named):
            count()
            return call(*given, **named)

        return either

    with monkeypatch.context() as patch:
        for name in ("fsync", "replace", "rename", "unlink"):
            patch.setattr(os, name, dying(getattr(os, name)))
        yield calls


def test_a_restore_stopped_at_any_call_is_all_or_nothing(tmp_path, monkeypatch):
    """Facts, definitions and records are all the old ones, or all the backup's, once the next command has come by."""
    monkeypatch.delenv("MANDATO_RECORDS", raising=False)
    stock = new_home(tmp_path / "stock")
    load(stock, "first", value(1.0))
    with records_of(stock.folder) as held:
        made = town(held)
        bring_file(held, made.who["water"], made.steps[0], "Record", "record.pdf", PDF)
        folder = make(stock, tmp_path / "backups").folder
        old = [each["name"] for each in people(held)]
        add_person(held, made.who["office"], "Ada")
        new = [each["name"] for each in people(held)]
    load(stock, "second", value(2.0))
    stock.places.write_text(stock.places.read_text(encoding="utf-8").replace("412000", "412001"), encoding="utf-8")
    seen, number = set(), 0
    while True:
        number += 4
        home = Home(tmp_path / f"try{number}")
        shutil.copytree(stock.folder, home.folder)
        stopped = False
        with stopped_at(monkeypatch, number) as calls:
            try:
                restore(home, folder, definitions=True, records=True)
            except KeyboardInterrupt:
                stopped = True
        _let_go(home)
        finish_stopped(home)
        with records_of(home.folder) as held:
            names = [each["name"] for each in people(held)]
        restored = "412000" in home.places.read_text(encoding="utf-8")
        assert names == (old if restored else new), f"call {number}"
        assert problems(home) == [], f"call {number}"
        seen.add(restored)
        shutil.rmtree(home.folder)
        if not stopped and calls[0] < number:
            break
    assert seen == {True, False} and number > 40


def _let_go(home: Home) -> None:
    """As the end of its process does."""
    records(home).engine.dispose()
    _records.cache_clear()


def test_the_commands_say_what_they_did(city, tmp_path, monkeypatch, capsys):
    home, made = city
    monkeypatch.setenv("MANDATO_HOME", str(home.folder))
    end = made.records.stamp
    assert main(["backup", str(tmp_path / "backups"), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["records_end"] == end
    assert main(["restore", answer["folder"]]) == 0
    assert "the records stay" in capsys.readouterr().out
    work(made)
    assert main(["restore", answer["folder"]]) == 1
    assert "--records puts the backup's records in their place" in capsys.readouterr().err
    assert main(["restore", answer["folder"], "--keep-records"]) == 0
    if not database.named():
        assert main(["restore", answer["folder"], "--records"]) == 0
        assert f"the records end with change {end}; those from before lie in data/store/replaced" in capsys.readouterr().out
