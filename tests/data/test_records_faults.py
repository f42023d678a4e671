"""Whatever interrupts a verb, it is done or it is not: many at once, killed, refused by the database at any call, a disk that is full."""

import random
import resource
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest
from sqlalchemy import event, select, text

from data.home import Home
from data.people import add_person
from data.plans.evidence import bring_file
from data.plans.reporting import Report, report
from data.problems import NotPossibleNow
from data.records import database as databases
from data.records.records import Records
from data.records.tables import node
from data.records.verification import verify
from tests.drills.records import edit, killed, plan, wrong
from tests.recorded_town import DAY, PDF, everything, past_the_verbs, records_of, row, town
from tests.recorded_verbs import VERBS
from tests.thorough import WHOLE

KILLS = plan(12, random.Random(11))


def problems(records: Records) -> list[str]:
    return [str(problem) for problem in verify(Home(records.store.parents[1]))[1]]


# Many at once --------------------------------------------------------------------------------------------------------------------
def test_editors_on_one_action_lose_no_update(place):
    found = edit(place, editors=8, rounds=20)
    assert found.wrong == []
    assert (found.acknowledged, found.refused) == (20, 140)


def test_the_drill_sees_a_lost_update(place, monkeypatch):
    """Without the version in the condition the last one wins, and the drill says so."""

    def careless(self, table, row_id, version, **changes):
        done = self.connection.execute(table.update().where(table.c.id == row_id).values({**changes, "version": version + 1}))
        assert done.rowcount == 1
        return version + 1

    monkeypatch.setattr("data.records.writing.Write.update", careless)
    assert any("4 kept, 0 refused" in what for what in edit(place, editors=4, rounds=1).wrong)


def test_who_reads_sees_one_state_while_others_write(place):
    with place.records.read() as connection:
        first = connection.execute(select(node.c.declared).where(node.c.id == 2)).scalar()
        report(place.records, place.who["water"], Report(2, 1, DAY, 40.0, "started"))
        assert connection.execute(select(node.c.declared).where(node.c.id == 2)).scalar() == first
    assert row(place.records, node, 2)["declared"] == 40.0


def test_who_waits_too_long_for_the_records_is_told(place, monkeypatch):
    """A connection that nobody gives back."""
    monkeypatch.setattr(place.records.engine.pool, "_timeout", 0.1)
    held = [place.records.engine.connect() for _ in range(15)]
    try:
        with pytest.raises(NotPossibleNow, match="too many are at work in them"):
            add_person(place.records, place.who["office"], "Ada")
    finally:
        for connection in held:
            connection.close()
    assert add_person(place.records, place.who["office"], "Ada")


def test_who_finds_the_records_locked_is_told_so_and_writes_once_they_are_free(tmp_path, monkeypatch):
    """Another program has begun to write in the file of SQLite, and does not end."""
    monkeypatch.setattr(databases, "PATIENCE", 0.2)
    with records_of(tmp_path / "home") as held:
        place = town(held)
        with closing(sqlite3.connect(held.store / databases.NAME, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(NotPossibleNow, match="another program keeps them locked; try again in a moment"):
                add_person(held, place.who["office"], "Ada")
            other.execute("ROLLBACK")
        assert add_person(held, place.who["office"], "Ada")


def test_a_server_that_goes_away_is_said_and_comes_back(postgres, tmp_path, monkeypatch):
    monkeypatch.setenv("MANDATO_RECORDS", postgres.fresh())
    with records_of(tmp_path) as records:
        made = town(records)
        end = "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
        said = "the records cannot be reached, and nothing was changed"
        with pytest.raises(NotPossibleNow, match=said), records.write(made.who["office"]), _another(records) as other:
            other.execute(text(end))
        assert problems(records) == []
        assert add_person(records, made.who["office"], "Ada")


@contextmanager
def _another(records: Records) -> Iterator:
    engine = databases.engine(databases.url(records.store))
    try:
        with engine.connect() as connection, connection.begin():
            yield connection
    finally:
        engine.dispose()


def test_a_connection_lost_in_the_commit_is_not_called_unchanged(postgres, tmp_path, monkeypatch):
    """It may have been kept: that is what is said."""
    monkeypatch.setenv("MANDATO_RECORDS", postgres.fresh())
    with records_of(tmp_path) as records:
        made = town(records)

        def lose(connection) -> None:
            connection.connection.driver_connection.pgconn.finish()

        event.listen(records.engine, "commit", lose, once=True)
        with pytest.raises(NotPossibleNow, match="it may have been kept or not"):
            add_person(records, made.who["office"], "Ada")


# Killed --------------------------------------------------------------------------------------------------------------------------
def test_a_kill_loses_no_acknowledged_write(database, tmp_path):
    with records_of(tmp_path) as records:
        town(records)
    acknowledged = 0
    for how in KILLS:
        said = killed(tmp_path, **how)
        acknowledged += sum(line.startswith(("at", "kept")) for line in said)
        assert wrong(tmp_path, said) == [], how
    assert acknowledged > 0


def test_the_drill_sees_a_write_that_is_not_held(tmp_path, monkeypatch):
    monkeypatch.delenv("MANDATO_RECORDS", raising=False)
    with records_of(tmp_path) as records:
        town(records)
        with past_the_verbs(records) as connection:
            connection.execute(node.update().where(node.c.id == 2).values(version=2))
    found = wrong(tmp_path, ["to 3", "at 3", "kept 9"])
    assert found[:3] == [
        "the action is at version 2, [3] was acknowledged and [3] begun", "half a report: version 2 and 0 reports", "evidence 9 is lost",
    ]  # fmt: skip
    assert "node 2 is not as its last link" in found[3]


# Refused at any call -------------------------------------------------------------------------------------------------------------
STEP = 1 if WHOLE else 2
"""`make test` lets every second call fail."""


class Boom(Exception):
    """What stands for anything that may go wrong."""


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_that_fails_at_any_call_is_all_or_nothing(place, verb):
    """An exception at the first statement or commit, at the next, and so on until there are no more."""
    _, ready = VERBS[verb]
    done, *given = ready(place)
    own = verb in ("drop", "close")  # what only the person themselves may
    who = place.who["nobody"] if own else place.who["office"]
    who = place.who["reviewer"] if verb == "judge" else who
    who = type(who)(who.person, who.name, place.who["mayor"].roles) if own else who
    before, call = everything(place.records), 1
    while True:
        with _failing(place.records, call) as calls, suppress(Boom):
            done(place.records, who, *given)
        if calls[0] < call:
            break
        call += STEP
        assert everything(place.records) == before
    assert calls[0] >= 6 and everything(place.records) != before
    assert problems(place.records) == []


@contextmanager
def _failing(records: Records, at: int) -> Iterator[list[int]]:
    """The database refuses its call of that number; the list says how many there were."""
    calls = [0]

    def count(*_given: object) -> None:
        calls[0] += 1
        if calls[0] == at:
            raise Boom

    event.listen(records.engine, "before_cursor_execute", count)
    event.listen(records.engine, "commit", count)
    try:
        yield calls
    finally:
        event.remove(records.engine, "before_cursor_execute", count)
        event.remove(records.engine, "commit", count)


# A full disk ---------------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("room", [0, 1, 100, 4_000, 8_300, 20_000, 50_000])
def test_a_disk_that_is_full_after_so_many_bytes_more(tmp_path, monkeypatch, room):
    """A limit on the size of files stands for the disk. What was acknowledged is there, the rest is said, and no restart is needed."""
    monkeypatch.delenv("MANDATO_RECORDS", raising=False)
    with records_of(tmp_path) as records:
        made = town(records)
        log = Path(f"{records.store / databases.NAME}-wal")
        kept, refusals = 1, []
        with _full(log.stat().st_size + room):
            for _ in range(40):
                try:
                    kept = report(records, made.who["water"], Report(2, kept, DAY, kept % 101, "started"))
                except NotPossibleNow as reason:
                    refusals.append(str(reason))
                    assert row(records, node, 2)["version"] == kept
            with pytest.raises(NotPossibleNow):
                bring_file(records, made.who["water"], 1, "Record", "record.pdf", PDF + b"0" * 5_000_000)
        assert refusals and all("the records cannot be reached, and nothing was changed" in said for said in refusals)
        assert row(records, node, 2)["version"] == kept
        assert report(records, made.who["water"], Report(2, kept, DAY, 1.0, "started")) == kept + 1
        assert problems(records) == []


@contextmanager
def _full(size: int) -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
