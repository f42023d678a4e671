"""Whoever watches the server is told how the records are, and nothing of the machine."""

from data.health import RECORDS_UNREADABLE, health
from data.home import Home
from data.records import database
from tests.recorded_town import records_of, town
from tests.tiny_facts import home as new_home
from tests.tiny_facts import load, value


def test_records_that_can_be_read_are_well(place):
    told = health(Home(place.records.store.parents[1])).json
    assert told["records"] == {"ok": True, "changes": place.records.stamp}


def test_a_home_without_records_has_none(tmp_path, monkeypatch):
    monkeypatch.delenv("MANDATO_RECORDS", raising=False)
    assert health(new_home(tmp_path)).json["records"] is None
    assert not (Home(tmp_path).store / database.NAME).exists()


def test_records_that_cannot_be_read_are_a_reason(tmp_path, monkeypatch):
    monkeypatch.delenv("MANDATO_RECORDS", raising=False)
    home = new_home(tmp_path)
    load(home, "first", value(1.0))
    with records_of(tmp_path) as held:
        town(held)
    assert health(home).json["ok"]
    (home.store / database.NAME).write_bytes(b"no database" * 1000)
    told = health(home).json
    assert (told["ok"], told["reason"], told["records"]) == (False, RECORDS_UNREADABLE, {"ok": False, "changes": None})
    assert str(tmp_path) not in str(told)
