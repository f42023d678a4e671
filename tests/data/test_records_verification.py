"""`verify` finds every way of changing the records past the verbs, on both databases, and says of a sound one that it is."""

import json
import random
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from time import perf_counter

import pytest
from sqlalchemy import insert, select, text

from data.access import Actor, Role
from data.commands.verify import run as verify_command
from data.drafts import drop, keep
from data.home import Home
from data.people import add_person, set_roles
from data.plans.evidence import bring_file, bring_link, withdraw
from data.plans.evidence_files import where
from data.plans.reporting import Report, report
from data.problems import NotPossibleNow
from data.records import chain, database, heads, secret, verification
from data.records.chain import Head
from data.records.records import Records
from data.records.schema import NEWEST
from data.records.tables import audit, evidence, head
from tests.attacks import ATTACKS, copied, edit_a_row, put_back
from tests.recorded_town import DAY, PDF, last_evidence, past_the_verbs, records_of, row, town


def found(records: Records) -> list[str]:
    """What is wrong, in words."""
    return [str(problem) for problem in verification.verify(home_of(records))[1]]


def home_of(records: Records) -> Home:
    return Home(records.store.parents[1])


@pytest.fixture
def busy(place):
    """The town after some days of work, of every kind of change; the last one is a report."""
    water = place.who["water"]
    bring_file(place.records, water, place.steps[0], "Record", "record.pdf", PDF)
    link = bring_link(place.records, water, place.steps[1], "Photograph", "https://aurora.example/1")
    withdraw(place.records, water, link, 1)
    keep(place.records, water, "form", {"declared": 10, "zero": -0.0})
    keep(place.records, water, "form", {"declared": 20})
    keep(place.records, water, "other", {})
    drop(place.records, water, "other")
    set_roles(place.records, place.who["office"], place.who["nobody"].person, 1, (Role("mayor"),))
    report(place.records, water, Report(place.nodes["pipes"], 1, DAY, 40.0, "started"))
    return place


def test_sound_records_are_in_order(busy):
    said, problems = verification.verify(home_of(busy.records))
    assert problems == []
    end = busy.records.stamp
    assert f"records: {end:,} links of the audit chain" in said and "records: 1 files of evidence" in said
    assert ("records: SQLite's own check of the file" in said) == (busy.records.engine.dialect.name == "sqlite")


def test_a_home_without_records_has_nothing_wrong_with_them(database, tmp_path):
    assert verification.verify(Home(tmp_path)) == ([], []) or database == "postgresql"
    assert not Home(tmp_path).store.exists()


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_is_found(busy, attack):
    do, said = ATTACKS[attack]
    records = busy.records
    with records.read() as connection:
        last = {
            f"{name}_{number}": seq
            for seq, name, number in connection.execute(select(audit.c.seq, audit.c.object, audit.c.row).order_by(audit.c.seq))
        }
    first_end = min(end.seq for end in heads.exported(records.store) if end.seq >= last["person_3"])
    end = records.stamp
    before = copied(records)
    do(records)
    expected = said.format(**last, end=end, before=end - 1, next=end + 1, end_after=first_end)
    assert any(expected in problem for problem in found(records)), found(records)
    put_back(records, before)
    assert found(records) == []


def test_an_older_copy_put_back_is_found(busy):
    older, end = copied(busy.records), busy.records.stamp
    report(busy.records, busy.who["water"], Report(busy.nodes["pipes"], 2, DAY, 50.0, "started"))
    put_back(busy.records, older)
    assert any(f"the chain ends with link {end}, and {end + 2} was exported" in problem for problem in found(busy.records))


def test_an_older_copy_that_was_written_on_is_found(busy):
    """The chain is as long as before, and every link bears the secret."""
    older, end = copied(busy.records), busy.records.stamp
    report(busy.records, busy.who["water"], Report(busy.nodes["pipes"], 2, DAY, 50.0, "started"))
    put_back(busy.records, older)
    report(busy.records, busy.who["water"], Report(busy.nodes["pipes"], 2, DAY, 60.0, "started"))
    assert any(f"link {end + 2} is not the one that was exported" in problem for problem in found(busy.records))


def test_an_older_file_put_back_is_found(tmp_path, monkeypatch):
    monkeypatch.delenv("MANDATO_RECORDS", raising=False)
    with records_of(tmp_path) as records:
        town(records)
    path = Home(tmp_path).store / database.NAME
    shutil.copy(path, tmp_path / "older")
    with records_of(tmp_path) as records:
        add_person(records, Actor(1, "office", frozenset({Role("office")})), "Ada")
        end = records.stamp
    shutil.copy(tmp_path / "older", path)
    assert any(f"{end} was exported" in str(problem) for problem in verification.verify(Home(tmp_path))[1])
    path.unlink()
    assert [str(problem) for problem in verification.verify(Home(tmp_path))[1]] == [
        f"records: they are gone, and they reached link {end}; {verification.RESTORE}"
    ]


def test_tables_of_another_program_are_said(busy):
    with past_the_verbs(busy.records) as connection:
        connection.execute(text("update alembic_version set version_num = '0000'"))
    assert [f"the tables are of schema 0000, and this program knows {NEWEST}" in problem for problem in found(busy.records)] == [True]


def test_what_sqlite_finds_by_itself_is_said(tmp_path, monkeypatch):
    """Pages that nothing names any more: no row has changed, and yet the file is not whole."""
    monkeypatch.delenv("MANDATO_RECORDS", raising=False)
    with records_of(tmp_path) as records:
        town(records)
    with closing(sqlite3.connect(Home(tmp_path).store / database.NAME)) as connection:
        connection.execute("pragma writable_schema = on")
        connection.execute("delete from sqlite_master where name = 'audit_object'")
        connection.commit()
    found = [str(problem) for problem in verification.verify(Home(tmp_path))[1]]
    assert found and all("SQLite says" in problem for problem in found)


# The secret ----------------------------------------------------------------------------------------------------------------------
def test_a_secret_that_is_gone_is_said_and_nothing_is_written(busy):
    (busy.records.store / secret.NAME).unlink()
    assert ["the secret of the chain is not there" in problem for problem in found(busy.records)] == [True]
    before = busy.records.stamp
    with pytest.raises(NotPossibleNow, match="the secret of the audit chain is not there"):
        add_person(busy.records, busy.who["office"], "Ada")
    assert busy.records.stamp == before and not (busy.records.store / secret.NAME).exists()


def test_another_secret_is_said_and_nothing_is_written(busy, monkeypatch):
    monkeypatch.setenv("MANDATO_SECRET", "another one")
    assert ["no link bears the secret that is here" in problem for problem in found(busy.records)] == [True]
    with pytest.raises(NotPossibleNow, match="another secret"):
        add_person(busy.records, busy.who["office"], "Ada")
    monkeypatch.delenv("MANDATO_SECRET")
    add_person(busy.records, busy.who["office"], "Ada")
    assert found(busy.records) == []


def test_a_secret_may_come_from_the_environment(database, tmp_path, monkeypatch):
    monkeypatch.setenv("MANDATO_SECRET", "of the city")
    with records_of(tmp_path) as records:
        town(records)
        assert found(records) == [] and not (records.store / secret.NAME).exists()


def test_the_secret_is_its_owners_alone(place):
    assert (place.records.store / secret.NAME).stat().st_mode & 0o777 == 0o600


# The exported ends ---------------------------------------------------------------------------------------------------------------
def test_every_change_is_exported(place):
    ends = heads.exported(place.records.store)
    assert ends[-1].seq == place.records.stamp
    assert [end.seq for end in ends] == sorted({end.seq for end in ends})


def test_ends_that_are_gone_are_said(busy):
    (busy.records.store / heads.NAME).unlink()
    assert ["heads.log is gone" in problem for problem in found(busy.records)] == [True]


def test_half_a_line_of_the_ends_hides_no_other(busy):
    """As a full disk or a power cut leaves it."""
    path = busy.records.store / heads.NAME
    path.write_bytes(path.read_bytes()[:-20])
    assert found(busy.records) == []
    add_person(busy.records, busy.who["office"], "Ada")
    assert heads.exported(busy.records.store)[-1].seq == busy.records.stamp
    assert path.read_bytes().endswith(b"\n") and found(busy.records) == []


def test_a_change_whose_end_could_not_be_exported_is_kept_and_said(busy, monkeypatch, caplog):
    """As after a kill between the commit and the export, or where the disk is full: the next change makes it good."""

    def full(*_given: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(heads, "export", full)
        number = add_person(busy.records, busy.who["office"], "Ada")
    assert "could not be written to heads.log" in caplog.text
    said, problems = verification.verify(home_of(busy.records))
    assert problems == [] and "records: the last 1 links are not exported yet; the next change exports them" in said
    assert number and add_person(busy.records, busy.who["office"], "Bea") == number + 1
    assert heads.exported(busy.records.store)[-1].seq == busy.records.stamp


# The files -----------------------------------------------------------------------------------------------------------------------
def test_damaged_evidence_is_said(busy):
    path = where(busy.records.store, row(busy.records, evidence, 1)["file"])
    assert last_evidence(busy.records) == 1
    path.write_bytes(PDF + b" ")
    assert ["the file record.pdf is not as it was brought" in problem for problem in found(busy.records)] == [True]
    path.unlink()
    assert ["the file record.pdf is gone" in problem for problem in found(busy.records)] == [True]


# A flipped bit -------------------------------------------------------------------------------------------------------------------
def test_a_flipped_bit_that_changes_content_is_found(tmp_path, monkeypatch):
    """Eighty of them anywhere in a SQLite file: either every row of every table is as before, or verify says what is not."""
    monkeypatch.delenv("MANDATO_RECORDS", raising=False)
    with records_of(tmp_path) as records:
        made = town(records)
        for number in range(150):
            report(records, made.who["water"], Report(made.nodes["pipes"], number + 1, DAY, number / 2, "started", f"Metre {number}"))
    home, path = Home(tmp_path), Home(tmp_path).store / database.NAME
    good, before, dice = path.read_bytes(), _dump(path), random.Random(7)
    assert verification.verify(home)[1] == [] and before
    changed = unfound = silent = 0
    for _ in range(80):
        place, bit = dice.randrange(len(good)), 1 << dice.randrange(8)
        path.write_bytes(good[:place] + bytes([good[place] ^ bit]) + good[place + 1 :])
        same, problems = _dump(path) == before, verification.verify(home)[1]
        changed += not same
        unfound += not same and not problems
        silent += not same and not any("SQLite" in str(problem) or "cannot be read" in str(problem) for problem in problems)
    assert unfound == 0
    print(f"of 80 flips {changed} changed something, {silent} of them unseen by SQLite")
    assert changed > 20 and silent > 5  # the flips were worth something, and SQLite alone would have missed some


def _dump(path: Path) -> list[object] | None:
    """Everything in a database; None where that cannot be read."""
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            names = [name for (name,) in connection.execute("select name from sqlite_master where type = 'table' order by name")]
            return [(name, connection.execute(f"select * from {name} order by 1").fetchall()) for name in names]
    except (sqlite3.Error, UnicodeDecodeError):
        return None


# Speed, and the command ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("many", "most"), [(20_000, 5), pytest.param(200_000, 30, marks=pytest.mark.long)])
def test_two_hundred_thousand_links_take_seconds(records, many, most):
    add_person(records, Actor(0, "mandato", frozenset({Role("office")})), "Ada")
    key = (records.store / secret.NAME).read_bytes().strip()
    with past_the_verbs(records) as connection:
        first = dict(connection.execute(select(audit)).mappings().one())
        links, end = [], Head(1, first["hash"])
        for seq in range(2, many + 1):
            link = {**first, "seq": seq, "previous": end.hash}
            end = Head(seq, chain.link(key, end.hash, link))
            links.append({**link, "hash": end.hash})
        connection.execute(insert(audit), links)
        connection.execute(head.update().values(seq=end.seq, hash=end.hash))
    heads.export(records.store, end)
    began = perf_counter()
    said, problems = verification.verify(home_of(records))
    seconds = perf_counter() - began
    assert problems == [] and f"records: {many:,} links of the audit chain" in said
    assert seconds < most, seconds  # 200,000 take some four seconds on a machine that does nothing else
    print(f"{many:,} links: {seconds:.1f} s")


def test_the_command_says_it(busy, monkeypatch):
    monkeypatch.setenv("MANDATO_HOME", str(home_of(busy.records).folder))
    answer = verify_command(None)  # pyright: ignore[reportArgumentType]
    assert not answer.refused and "records: 1 files of evidence" in answer.words
    edit_a_row(busy.records)
    done = subprocess.run([sys.executable, "-m", "data", "verify", "--json"], capture_output=True, text=True)
    assert done.returncode == 1
    assert ["node 2 is not as its last link" in problem["message"] for problem in json.loads(done.stdout)["problems"]] == [True]


def test_links_follow_one_another(busy):
    with busy.records.read() as connection:
        links = connection.execute(select(audit).order_by(audit.c.seq)).mappings().all()
    assert all(after["previous"] == before["hash"] for before, after in pairwise(links))
    assert links[0]["previous"] == chain.START
