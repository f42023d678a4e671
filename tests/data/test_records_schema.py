"""The migrations give exactly the tables that the program knows, on both databases, and an older program leaves newer records alone."""

import sqlite3
import subprocess
import sys
import time

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from data.home import Home
from data.problems import NotPossibleNow
from data.records import database, heads
from data.records.chain import START, Head
from data.records.records import _records, begun, records
from data.records.schema import NEWEST
from data.records.tables import assessments, meetings, metadata, practices
from tests.conftest import ROOT
from tests.recorded_town import everything, past_the_verbs, records_of, town


def test_the_migrations_give_the_tables(records):
    with records.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, metadata) == []


def test_the_comparison_sees_a_table_that_is_otherwise(records):
    with past_the_verbs(records) as connection:
        connection.execute(text("alter table person add column shoe_size integer"))
        found = compare_metadata(MigrationContext.configure(connection), metadata)
    assert [change[0] for change in found] == ["remove_column"]


def test_every_rule_of_a_column_is_in_the_database(records):
    """What alembic does not compare: checks, unique pairs and what must not be empty."""
    with records.read() as connection:
        asked = inspect(connection)
        for table in metadata.sorted_tables:
            checks = [constraint for constraint in table.constraints if type(constraint).__name__ == "CheckConstraint"]
            assert len(asked.get_check_constraints(table.name)) == len(checks), table.name
            unique = [constraint for constraint in table.constraints if type(constraint).__name__ == "UniqueConstraint"]
            assert len(asked.get_unique_constraints(table.name)) == len(unique), table.name
            empty = {column["name"]: column["nullable"] for column in asked.get_columns(table.name)}
            assert empty == {column.name: column.nullable for column in table.columns}, table.name


def test_an_older_program_leaves_newer_records_alone(database, tmp_path):
    with records_of(tmp_path) as found, past_the_verbs(found) as connection:
        connection.execute(text("update alembic_version set version_num = '0099'"))
    with pytest.raises(NotPossibleNow, match=rf"a newer program wrote the records \(schema 0099, this one knows {NEWEST}\)"):
        records(Home(tmp_path))
    _records.cache_clear()


def test_records_of_the_schema_before_are_brought_up_to_date_and_keep_everything(database, tmp_path):
    with records_of(tmp_path) as found:
        town(found)
        before, end = everything(found), found.state
        with past_the_verbs(found) as connection:
            for table in reversed(metadata.sorted_tables):
                if table in (*vars(meetings).values(), *vars(assessments).values(), *vars(practices).values()):
                    connection.execute(text(f"drop table {table.name}"))
            connection.execute(text("drop index audit_at"))
            connection.execute(text("update alembic_version set version_num = '0001'"))
    with records_of(tmp_path) as found:
        assert (everything(found), found.state) == (before, end)
        with found.read() as connection:
            assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_the_chain_begins_at_nothing_and_says_so_outside(records):
    assert records.stamp == 0
    assert heads.exported(records.store) == [Head(0, START)]


def test_a_home_without_records_makes_none_to_be_asked(tmp_path, monkeypatch):
    monkeypatch.delenv("MANDATO_RECORDS", raising=False)
    assert not begun(Home(tmp_path)) and not Home(tmp_path).store.exists()


@pytest.mark.parametrize("folder", ["plain", "what? 100% #1", "años y más"])
def test_a_home_may_have_any_name(tmp_path, monkeypatch, folder):
    monkeypatch.delenv("MANDATO_RECORDS", raising=False)
    with records_of(tmp_path / folder) as found:
        assert found.stamp == 0
    assert (Home(tmp_path / folder).store / database.NAME).stat().st_size > 0


@pytest.mark.parametrize("address", ["nonsense", "mysql://somebody@here/db", "sqlite://", "sqlite:///:memory:"])
def test_an_address_that_is_none_is_said(tmp_path, monkeypatch, address):
    monkeypatch.setenv("MANDATO_RECORDS", address)
    with pytest.raises(NotPossibleNow, match="MANDATO_RECORDS"):
        records(Home(tmp_path))


def test_a_server_that_is_not_there_is_said_without_its_password(tmp_path, monkeypatch):
    monkeypatch.setenv("MANDATO_RECORDS", "postgresql://mandato:geheim@127.0.0.1:9/records")
    with pytest.raises(NotPossibleNow, match="the records cannot be reached, and nothing was changed") as found:
        records(Home(tmp_path))
    assert "geheim" not in str(found.value)


def test_a_file_that_is_no_database_is_said(tmp_path, monkeypatch):
    monkeypatch.delenv("MANDATO_RECORDS", raising=False)
    store = Home(tmp_path).store
    store.mkdir(parents=True)
    (store / database.NAME).write_bytes(b"no database" * 1000)
    with pytest.raises(NotPossibleNow, match="the records cannot be read: file is not a database"):
        records(Home(tmp_path))


OPENS = """
import sys, time
from pathlib import Path
from data.home import Home
from data.records.records import records
folder, go, ready = map(Path, sys.argv[1:])
ready.touch()
while not go.exists():
    time.sleep(0.001)
print(records(Home(folder)).stamp)
"""
"""A process that opens the records when all are ready."""


def test_many_processes_open_new_records_at_once(database, tmp_path):
    """Each of them brings the tables up to date, and one of them does."""
    homes = [tmp_path / "home"] * 6 if database == "sqlite" else [tmp_path / str(number % 2) for number in range(6)]
    go, ready = tmp_path / "go", [tmp_path / f"ready-{number}" for number in range(6)]
    told = [[sys.executable, "-c", OPENS, str(home), str(go), str(mark)] for home, mark in zip(homes, ready, strict=True)]
    processes = [subprocess.Popen(each, cwd=ROOT, stdout=subprocess.PIPE, text=True) for each in told]
    while not all(mark.exists() for mark in ready):
        assert all(process.poll() is None for process in processes), "one of them could not begin"
        time.sleep(0.01)
    go.touch()
    assert [process.communicate(timeout=120)[0].strip() for process in processes] == ["0"] * 6


def test_sqlite_keeps_what_was_confirmed(tmp_path, monkeypatch):
    monkeypatch.delenv("MANDATO_RECORDS", raising=False)
    with records_of(tmp_path) as found, found.read() as connection:
        pragmas = {name: connection.exec_driver_sql(f"pragma {name}").scalar() for name in ("journal_mode", "synchronous", "foreign_keys")}
        assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
        assert isinstance(connection.connection.driver_connection, sqlite3.Connection)
