"""Who may be chosen to write, while there is no sign-in: somebody whom the records know, and only by who sits at the machine."""

from contextlib import nullcontext
from datetime import date
from types import SimpleNamespace

import pytest

from dashboards import acting
from dashboards.words import translator
from data import people
from data.access import Role
from data.home import Home
from data.records.records import records

WORDS = translator("en")


@pytest.fixture
def home(tmp_path) -> Home:
    home = Home(tmp_path)
    people.add_person(records(home), people.PROGRAM, "Ana", roles=(Role("editor", "works"),))
    return home


@pytest.fixture
def asked(monkeypatch):
    """A visit: to which address the panel listens, and from which address the reader comes."""

    def ask(listens: str | None = "127.0.0.1", reader: str | None = None, headers: dict[str, str] | None = None, chosen: int | None = 1):
        told = {"context": SimpleNamespace(ip_address=reader, headers=headers or {}), "get_option": lambda _name: listens}
        offered: list[list[int | None]] = []
        told["selectbox"] = lambda _label, options, **_more: offered.append(options) or chosen
        monkeypatch.setattr(acting, "st", SimpleNamespace(**told))
        return offered

    return ask


@pytest.mark.parametrize("reader", [None, "127.0.0.1", "::1"])
@pytest.mark.parametrize("listens", ["127.0.0.1", "localhost", "::1"])
def test_at_the_machine_itself_somebody_can_be_chosen(home, asked, listens, reader):
    offered = asked(listens, reader)
    found = acting.choose(home, WORDS, None, nullcontext())
    assert offered == [[None, 1]]
    assert found is not None
    assert (found.name, found.areas) == ("Ana", {"works"})


@pytest.mark.parametrize(
    ("listens", "reader", "headers"),
    [
        ("0.0.0.0", None, {}),
        (None, None, {}),
        ("192.168.1.20", None, {}),
        ("127.0.0.1", "192.168.1.7", {}),
        ("127.0.0.1", "not an address", {}),
        ("127.0.0.1", None, {"X-Forwarded-For": "10.0.0.9"}),
        ("127.0.0.1", None, {"Forwarded": "for=10.0.0.9"}),
    ],
)
def test_from_elsewhere_nobody_can(home, asked, listens, reader, headers):
    offered = asked(listens, reader, headers)
    assert acting.choose(home, WORDS, None, nullcontext()) is None
    assert offered == []


def test_whoever_chooses_nobody_only_reads(home, asked):
    asked(chosen=None)
    assert acting.choose(home, WORDS, None, nullcontext()) is None


def test_a_home_without_records_gets_none_by_being_looked_at(tmp_path, asked):
    asked()
    assert acting.choose(Home(tmp_path / "new"), WORDS, 1, nullcontext()) is None
    assert not (tmp_path / "new").exists()


def test_whoever_was_chosen_writes_while_the_choice_is_not_drawn(home, asked):
    offered = asked()
    found = acting.choose(home, WORDS, 1, None)
    assert found is not None and found.name == "Ana"
    assert acting.choose(home, WORDS, None, None) is None
    assert offered == []


def test_what_is_held_counts_from_no_other_machine(home, asked):
    asked(reader="192.168.1.7")
    assert acting.choose(home, WORDS, 1, None) is None


def test_a_person_whom_the_records_no_longer_know_only_reads(home, asked):
    asked()
    assert acting.choose(home, WORDS, 99, None) is None


@pytest.mark.parametrize("zone", ["<+14>-14", "<-12>+12"])
def test_somebody_stands_in_by_the_day_of_the_city(home, asked, monkeypatch, clock, zone):
    """At any moment one of these two is in another day than UTC."""
    days = []
    monkeypatch.setattr("dashboards.acting.actor", lambda _records, _person, day: days.append(day))
    clock(zone)
    acting.choose(home, WORDS, 1, None)
    assert days == [date.today()]
