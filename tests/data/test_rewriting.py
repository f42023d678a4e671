"""When the next version is a copy with some periods written anew, when it is written whole, and that it does not grow without end."""

from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from data.connection import open_to_read
from data.home import Home
from data.periods import Month
from data.rewriting import planned
from data.verification import verify
from data.versions import Versions
from tests.tiny_facts import home, load, rows

MONTHS = [Month(2020, 1).plus(number).last for number in range(24)]


@pytest.fixture
def city(tmp_path, monkeypatch) -> Home:
    """Two places' values of 24 months, in a store that counts as large."""
    monkeypatch.setattr("data.rewriting.SMALL", 0)
    place = home(tmp_path)
    load(place, "first", rows(*({"place": p, "period": month, "value": 1.0} for month in MONTHS for p in ("aurora", "bruma"))))
    return place


def in_force(city: Home) -> Path:
    versions = Versions.of(city)
    assert versions.current is not None
    return versions.path(versions.current)


def periods_as_they_lie(city: Home) -> list[date]:
    with closing(open_to_read(in_force(city))) as connection:
        return list(dict.fromkeys(period for (period,) in connection.execute("select period from observation").fetchall()))


def correct(city: Home, name: str, *months: date, number: float = 2.0) -> None:
    load(city, name, rows(*({"period": month, "value": number} for month in months)), date(2025, 3, 1))


def test_what_changes_little_is_written_into_a_copy(city):
    correct(city, "second", MONTHS[5], MONTHS[3])
    assert periods_as_they_lie(city) == [*(month for month in MONTHS if month not in (MONTHS[3], MONTHS[5])), MONTHS[3], MONTHS[5]]
    assert verify(city)[1] == []


def test_what_changes_much_is_written_whole_and_in_order(city):
    correct(city, "second", MONTHS[3])
    correct(city, "third", *MONTHS[:13])
    assert periods_as_they_lie(city) == MONTHS
    assert verify(city)[1] == []


def test_a_small_store_is_always_written_whole(city, monkeypatch):
    monkeypatch.setattr("data.rewriting.SMALL", 49)
    correct(city, "second", MONTHS[3])
    assert periods_as_they_lie(city) == MONTHS


def test_a_file_that_lies_half_empty_is_written_whole(city, monkeypatch):
    monkeypatch.setattr("data.rewriting.MOST_EMPTY", -1)
    correct(city, "second", MONTHS[3])
    assert periods_as_they_lie(city) == MONTHS


def test_a_new_month_is_added_at_the_end(city):
    new = Month(2022, 1).last
    correct(city, "second", new)
    assert periods_as_they_lie(city) == [*MONTHS, new]


def test_the_periods_of_a_load_that_goes_are_written_anew(city):
    correct(city, "second", MONTHS[3])
    path = in_force(city)
    assert planned(path, [], [2]).periods == [MONTHS[3]]
    assert planned(path, [MONTHS[9]], [1, 2]).everything
    assert planned(None, [MONTHS[2], MONTHS[1]], []).periods == [MONTHS[1], MONTHS[2]]


def test_the_file_does_not_grow_with_each_load(city):
    sizes = []
    for number in range(14):
        correct(city, f"load-{number}", MONTHS[number], MONTHS[number + 7], number=float(number))
        sizes.append(in_force(city).stat().st_size)
    assert max(sizes[7:]) <= 2 * max(sizes[:7])
    assert verify(city)[1] == []
