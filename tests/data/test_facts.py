"""What readers of a version may ask, and what nothing and nobody can make it do."""

import threading
from datetime import date
from pathlib import Path

import duckdb
import polars as pl
import psutil
import pytest

from data.facts import Facts, current
from data.loads import ROWS
from data.periods import Month
from tests.tiny_facts import home, load, rows, value

JAN, FEB, MAR = date(2025, 1, 31), date(2025, 2, 28), date(2025, 3, 31)


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    """Aurora and Bruma, three months, one revised value, one missing one, one segment."""
    place = home(tmp_path_factory.mktemp("city"))
    first = [
        {"period": JAN, "value": 1.0, "numerator": 10.0, "denominator": 10.0},
        {"period": FEB, "value": 2.0},
        {"period": FEB, "value": 0.5, "segment": "women"},
        {"period": MAR, "value": None, "flag": "not collected"},
        {"place": "bruma", "period": MAR, "value": 9.0},
    ]
    load(place, "first", rows(*first), date(2025, 4, 1))
    load(place, "second", rows({"period": JAN, "value": 1.5}), date(2025, 5, 1))
    return place


@pytest.fixture
def facts(city) -> Facts:
    found = current(city)
    assert found is not None
    return found


def seen(table: pl.DataFrame) -> list[tuple]:
    return table.select("place", "segment", "period", "value").rows()


A1, A15, A2, W, A3, B3 = (
    ("aurora", "", JAN, 1.0),
    ("aurora", "", JAN, 1.5),
    ("aurora", "", FEB, 2.0),
    ("aurora", "women", FEB, 0.5),
    ("aurora", "", MAR, None),
    ("bruma", "", MAR, 9.0),
)
ASKED = {
    "everything in force, totals only": ({}, [A15, A2, A3, B3]),
    "every segment": ({"segment": None}, [A15, A2, A3, W, B3]),
    "one segment": ({"segment": "women"}, [W]),
    "one place": ({"places": ["bruma"]}, [B3]),
    "no place": ({"places": []}, []),
    "a place nobody knows": ({"places": ["atlantis"]}, []),
    "an indicator without values": ({"indicators": ["yearly"]}, []),
    "since a day": ({"since": FEB}, [A2, A3, B3]),
    "until a day": ({"until": FEB}, [A15, A2]),
    "as known before the revision": ({"as_known": date(2025, 4, 30)}, [A1, A2, A3, B3]),
    "as known on the day of the revision": ({"as_known": date(2025, 5, 1)}, [A15, A2, A3, B3]),
    "as known before anything was": ({"as_known": date(2025, 3, 31)}, []),
    "a place that is really SQL": ({"places": ["x' or 1=1 --"]}, []),
    "a segment that is really SQL": ({"segment": "' or 1=1 --"}, []),
}


@pytest.mark.parametrize("case", ASKED)
def test_observations_are_those_asked_for_in_order(facts, case):
    asked, expected = ASKED[case]
    assert seen(facts.observations(**asked)) == expected


def test_observations_have_their_columns_and_types(facts):
    table = facts.observations(places=["aurora"])
    assert table.schema == {**ROWS, "load": pl.Int32} and set(table.columns) == {*ROWS, "load"}
    assert table["load"].to_list() == [2, 1, 1]
    assert table["flag"].to_list() == [None, None, "not collected"]
    assert table["numerator"].to_list() == [None, None, None], "the revision had no parts"
    assert facts.observations(as_known=date(2025, 4, 1))["numerator"][0] == 10


def test_revisions_tell_since_when_and_until_when(facts):
    assert facts.revisions("aurora", "monthly").rows() == [
        (JAN, 1.0, date(2025, 4, 1), date(2025, 5, 1)),
        (JAN, 1.5, date(2025, 5, 1), None),
        (FEB, 2.0, date(2025, 4, 1), None),
        (MAR, None, date(2025, 4, 1), None),
    ]
    assert facts.revisions("aurora", "monthly", "women")["value"].to_list() == [0.5]
    assert facts.revisions("atlantis", "monthly").is_empty()


@pytest.mark.parametrize(
    ("indicators", "places", "segments"),
    [(["monthly"], ["aurora", "bruma"], ["women"]), (["monthly"], ["bruma"], []), (["yearly"], ["aurora"], []), (["nothing"], ["x"], [])],
    ids=["of all", "of a place without any", "of an indicator without any", "of what is not known"],
)
def test_segments_are_those_of_which_anything_is_held(facts, indicators, places, segments):
    assert facts.segments(indicators, places) == segments


def test_the_loads_that_bring_an_indicator_are_those_with_a_value_in_force_at_any_place(facts):
    assert facts.bringing(MAR).rows() == [("monthly", 1), ("monthly", 2)]
    assert facts.bringing(date(2020, 1, 1)).is_empty()


def test_the_first_and_last_period_are_those_with_a_value(facts):
    assert (facts.first_period("aurora"), facts.last_period("aurora")) == (JAN, FEB), "March is missing"
    assert (facts.first_period("atlantis"), facts.last_period("atlantis")) == (None, None)


def test_nothing_loaded_is_no_facts(tmp_path):
    assert current(home(tmp_path)) is None


D = date
MONTHS = {
    # indicator: (values by period, expected period, value, previous, year ago) for the review of February 2025
    "monthly": ({D(2025, 2, 28): 5, D(2025, 1, 31): 4, D(2024, 2, 29): 3, D(2025, 3, 31): 9}, (D(2025, 2, 28), 5, 4, 3)),
    "quarterly": ({D(2024, 12, 31): 5, D(2024, 9, 30): 4, D(2023, 12, 31): 3, D(2025, 3, 31): 9}, (D(2024, 12, 31), 5, 4, 3)),
    "yearly": ({D(2024, 6, 30): 5, D(2023, 6, 30): 3, D(2025, 6, 30): 9}, (D(2024, 6, 30), 5, 3, 3)),
    "weekly": ({D(2025, 2, 23): 5, D(2025, 2, 16): 4, D(2024, 2, 25): 3, D(2025, 3, 2): 9}, (D(2025, 2, 23), 5, 4, 3)),
    "daily": ({D(2025, 2, 28): 5, D(2025, 2, 27): 4, D(2024, 2, 28): 3, D(2025, 3, 1): 9}, (D(2025, 2, 28), 5, 4, 3)),
}


def test_the_month_of_each_frequency_is_the_period_that_ended_last(tmp_path):
    place = home(tmp_path)
    given = [{"indicator": name, "period": day, "value": number} for name, (values, _) in MONTHS.items() for day, number in values.items()]
    load(place, "all", rows(*given))
    facts = current(place)
    assert facts is not None
    month = facts.month("aurora", Month(2025, 2), ["daily", *MONTHS, "unheard_of"])
    assert month["indicator"].to_list() == ["daily", *MONTHS]
    found = {row[0]: row[1:] for row in month.select("indicator", "period", "value", "previous", "year_ago").rows()}
    assert found == {name: expected for name, (_, expected) in MONTHS.items()}


def test_a_month_without_a_value_says_so(facts):
    row = facts.month("aurora", Month(2025, 3), ["monthly"]).row(0, named=True)
    assert (row["period"], row["value"], row["previous"], row["flag"]) == (MAR, None, 2.0, "not collected")


def test_a_reader_keeps_its_version_and_the_next_call_sees_the_new_one(tmp_path):
    place = home(tmp_path)
    load(place, "june", value(1))
    before = current(place)
    assert before is not None and current(place) is before, "the same version is opened once"
    load(place, "july", value(2))
    after = current(place)
    assert after is not None
    assert (before.version, after.version) == (1, 2)
    assert (before.observations()["value"][0], after.observations()["value"][0]) == (1, 2)


def test_a_version_is_closed_when_its_last_reader_lets_go(tmp_path):
    place = home(tmp_path)
    load(place, "load-0", value(0))
    held = current(place)
    for number in range(1, 4):
        load(place, f"load-{number}", value(number))
        current(place)
    assert held is not None and held.observations()["value"][0] == 0, "a reader may hold an old version"
    assert _open_versions(place.store) == {"facts-000001", "facts-000003", "facts-000004"}
    del held
    assert _open_versions(place.store) == {"facts-000003", "facts-000004"}


def _open_versions(store: Path) -> set[str]:
    return {Path(file.path).stem for file in psutil.Process().open_files() if str(store) in file.path and file.path.endswith(".duckdb")}


def test_many_threads_at_once_get_their_own_rows(facts):
    wrong: list[object] = []
    asked = [({"places": ["bruma"]}, [B3]), ({"segment": "women"}, [W]), ({"until": FEB}, [A15, A2])]

    def hammer(i: int) -> None:
        for turn in range(25):
            arguments, expected = asked[(i + turn) % 3]
            try:
                found = seen(facts.observations(**arguments))
            except Exception as error:
                found = error
            if found != expected:
                wrong.append(found)

    threads = [threading.Thread(target=hammer, args=(i,)) for i in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


FORBIDDEN = [
    "select * from read_csv('{secret}')",
    "select * from read_text('{secret}')",
    "select * from '{secret}'",
    "select * from glob('{folder}/*')",
    "attach '{folder}/other.duckdb'",
    "copy (select 1) to '{folder}/out.csv'",
    "export database '{folder}/out'",
    "install spatial",
    "load '{secret}'",
    "set threads = 8",
    "set memory_limit = '100GB'",
    "set enable_external_access = true",
    "reset lock_configuration",
    "call enable_logging(storage = 'file')",
    "update observation set value = 0",
    "insert into load select * from load",
    "drop table observation",
    "create table mine (a integer)",
    "select * from table_of_the_caller",
]


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_a_reader_can_touch_nothing_but_its_file(facts, tmp_path, statement):
    secret = tmp_path / "secret.csv"
    secret.write_text("a\n1\n", encoding="utf-8")
    table_of_the_caller = pl.DataFrame({"a": [1]})
    with facts._connection.cursor() as cursor, pytest.raises(duckdb.Error):
        cursor.execute(statement.format(secret=secret, folder=tmp_path)).fetchall()
    assert table_of_the_caller.height == 1
    assert list(tmp_path.iterdir()) == [secret]
