"""A damaged facts file is found by `verify`, or by opening it, before it shows a wrong number."""

import random
import shutil
from contextlib import closing
from datetime import date

import duckdb
import pytest

from data.facts import current
from data.home import Home
from data.problems import NotPossibleNow
from data.rollback import rollback
from data.verification import INVARIANTS, problems, verify
from data.versions import Versions
from tests.tiny_facts import home, load, rows, value


@pytest.fixture
def city(built, tmp_path) -> Home:
    shutil.copytree(built.folder, tmp_path, dirs_exist_ok=True)
    return Home(tmp_path)


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Home:
    """Two loads, to be copied for each test."""
    place = home(tmp_path_factory.mktemp("built"))
    load(place, "june", value(1))
    days = [date(year, 12, 31) for year in range(1990, 2025)]
    load(place, "july", rows({"value": 2}, *({"indicator": "yearly", "period": day, "value": day.year / 7} for day in days)))
    return place


def damage(city: Home, change) -> None:
    path = Versions.of(city).path(2)
    path.chmod(0o644)
    path.write_bytes(change(bytearray(path.read_bytes())))


def flip(at: int):
    def change(content: bytearray) -> bytearray:
        content[at % len(content)] ^= 0x10
        return content

    return change


def test_a_sound_store_is_in_order(city):
    checked, found = verify(city)
    assert found == []
    each = [f"facts-00000{number}.duckdb: {what}" for number in (1, 2) for what in ("checksum", "every row of every table")]
    assert checked == [*each, f"facts-000002.duckdb: {len(INVARIANTS)} invariants"]


def test_an_empty_store_is_in_order(tmp_path):
    assert verify(home(tmp_path)) == ([], [])


DAMAGE = {
    "cut in half": lambda content: content[: len(content) // 2],
    "cut by one byte": lambda content: content[:-1],
    "emptied": lambda _: b"",
    "header gone": lambda content: b"\0" * 4096 + content[4096:],
    "another kind of file": lambda _: b"PK\x03\x04 this is a workbook",
    **{f"one bit flipped at {at:,}": flip(at) for at in random.Random(7).sample(range(2_000_000), 6)},
}


@pytest.mark.parametrize("case", DAMAGE)
def test_every_damage_is_found_and_undone(city, case):
    damage(city, DAMAGE[case])
    _, found = verify(city)
    assert found and {problem.path for problem in found} == {"facts-000002.duckdb"}
    assert "facts-000002.duckdb" in str(found[0]) and "rollback" in found[0].hint
    rollback(city)
    assert verify(city)[1] == [] or Versions.of(city).current == 1
    facts = current(city)
    assert facts is not None and facts.observations()["value"].to_list() == [1]


@pytest.mark.parametrize("case", ["emptied", "header gone", "another kind of file"])
def test_a_file_that_cannot_be_opened_is_said_plainly(city, case):
    damage(city, DAMAGE[case])
    with pytest.raises(NotPossibleNow, match=r"the facts cannot be read: facts-000002\.duckdb.*verify.*rollback"):
        current(city)


@pytest.mark.parametrize("kept", [12_288, 300_000])
def test_a_file_whose_blocks_are_gone_shows_no_number(city, kept):
    damage(city, lambda content: content[:kept] + bytes(len(content) - kept))
    with pytest.raises(NotPossibleNow, match="the facts cannot be read"):
        found = current(city)
        assert found is not None
        found.observations(segment=None)


def test_a_damaged_pointer_is_a_problem(city):
    (Versions.of(city).folder / "CURRENT").write_text("")
    _, found = verify(city)
    assert [problem.path for problem in found] == ["CURRENT"]


BROKEN = {
    "a load's id is given twice": "insert into load select 9, * exclude number from load where number = 1",
    "a load's number is given twice": "insert into load select * replace ('other' as id) from load where number = 1",
    "a place's id or code is given twice": "insert into place select * replace (9 as id) from place where code = 'aurora'",
    "an indicator's id or code is given twice": "insert into indicator select * replace ('other' as code) from indicator where id = 0",
    "a value in force is given twice, or lies out of order": "insert into observation select * from observation limit 1",
    "a replaced value lies out of order": "insert into revision select revision.* replace (p as period) from revision, "
    "(values (date '1990-12-31'), (date '2025-01-31')) as again(p)",
    "a replaced value is given twice": "insert into revision select * from revision",
    "a replaced value has none in force": "delete from observation where indicator = 0",
    "a value's place is unknown": "update observation set place = 77",
    "a value's indicator is unknown": "update observation set indicator = 77 where indicator = 2",
    "a value's load is unknown": "update observation set load = 77",
    "a load has more values than it brought": "update load set rows_new = 1, rows_revised = 0 where number = 2",
    "a value is not a finite number": "update observation set value = 'inf' where value > 285",
    "a place's first and last period are not those of its values": "update place_span set last = first",
    "a value was replaced before it was known": "update load set known_on = '2030-01-01' where number = 1",
}


@pytest.mark.parametrize("what", INVARIANTS)
def test_every_invariant_finds_what_breaks_it(city, tmp_path, what):
    copy = tmp_path / "copy.duckdb"
    copy.write_bytes(Versions.of(city).path(2).read_bytes())
    with closing(duckdb.connect(str(copy))) as connection:
        connection.execute(BROKEN[what])
    assert any(str(problem.message).startswith(what) for problem in problems(copy))


DISORDER = {
    "a period begins again further down": "insert into observation select * replace (9 as place) from observation "
    "where period = '2000-12-31'",
    "the places of a period lie out of order": "insert into observation select observation.* replace (p as place) from observation, "
    "(values (9), (8)) as again(p) where period = '2024-12-31'",
    "the segments of a place lie out of order": "insert into observation select observation.* replace (s as segment) from observation, "
    "(values ('women'), ('men')) as again(s) where period = '2024-12-31'",
    "a value is given twice": "insert into observation select * from observation where period = '2024-12-31'",
}


@pytest.mark.parametrize("case", DISORDER)
def test_every_disorder_is_found(city, tmp_path, case):
    copy = tmp_path / "copy.duckdb"
    copy.write_bytes(Versions.of(city).path(2).read_bytes())
    with closing(duckdb.connect(str(copy))) as connection:
        connection.execute(DISORDER[case])
    assert any(str(problem.message).startswith("a value in force is given twice, or lies out of order") for problem in problems(copy))


def test_periods_may_lie_in_any_order(city, tmp_path):
    copy = tmp_path / "copy.duckdb"
    copy.write_bytes(Versions.of(city).path(2).read_bytes())
    with closing(duckdb.connect(str(copy))) as connection:
        connection.execute("create temp table moved as from observation where period = '2000-12-31'")
        connection.execute("delete from observation where period = '2000-12-31'; insert into observation from moved")
    assert problems(copy) == []
