"""The commands that list, undo, check and read back the facts."""

import io
import json
import re
import shutil
from datetime import UTC, date, datetime

import polars as pl
import pytest

from data.__main__ import main
from data.facts import current
from data.home import Home
from data.versions import Versions, writing
from tests.tiny_facts import home, load, rows


@pytest.fixture
def city(built, tmp_path, monkeypatch) -> Home:
    """A city of the test's own, in which the commands work."""
    shutil.copytree(built.folder, tmp_path, dirs_exist_ok=True)
    monkeypatch.setenv("MANDATO_HOME", str(tmp_path))
    return Home(tmp_path)


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Home:
    """Two loads; the second revises a value and brings texts that a spreadsheet would run."""
    place = home(tmp_path_factory.mktemp("built"))
    load(place, "june", rows({"value": 1.0}, {"place": "bruma", "value": -5.0}), date(2025, 2, 1))
    hostile = {"place": "bruma", "segment": "=cmd|'/c calc'!A1", "value": None, "flag": "@sum(a1)"}
    load(
        place, "july", rows({"value": 2.0}, hostile, {"indicator": "quarterly", "period": date(2025, 3, 31), "value": 7}), date(2025, 5, 1)
    )
    return place


@pytest.fixture
def asked(city, capsys):
    """Runs a command; its exit code and its JSON."""

    def ask(*told: str) -> tuple[int, dict]:
        code = main([*told, "--json"])
        return code, json.loads(capsys.readouterr().out)

    return ask


def test_loads_lists_the_newest_first(asked):
    code, said = asked("loads")
    assert code == 0
    assert [(one["id"], one["number"], one["rows_new"], one["rows_revised"]) for one in said["loads"]] == [
        ("july", 2, 2, 1),
        ("june", 1, 2, 0),
    ]
    assert {"source", "files", "by", "known_on", "loaded_at", "rows_read", "rows_unchanged", "demo"} <= said["loads"][0].keys()


def test_loads_in_words_are_a_line_each(city, capsys):
    assert main(["loads"]) == 0
    newest, oldest = capsys.readouterr().out.splitlines()
    assert "july.csv  2 new, 0 unchanged, 1 revised  by ana" in newest and "2025-02-01" in oldest


@pytest.mark.parametrize("word", [0, -1])
def test_the_number_and_the_id_that_loads_shows_are_those_that_rollback_takes(city, capsys, word):
    known = "a load with an id as long as the checksum of a file".replace(" ", "0")
    load(city, known, rows({"value": 3.0}), date(2025, 6, 1))
    assert main(["loads"]) == 0
    shown = capsys.readouterr().out.splitlines()[0].split()[word]
    assert main(["rollback", shown]) == 0
    assert "version 4 is in force" in capsys.readouterr().out


def test_commands_on_an_empty_store(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("MANDATO_HOME", str(home(tmp_path).folder))
    assert main(["loads", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"loads": [], "undone": []}
    assert main(["verify", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"ok": True, "checked": [], "problems": []}
    assert main(["rollback", "--json"]) == 3
    assert main(["observations", "--indicator", "monthly", "--json"]) == 3
    said = capsys.readouterr()
    assert said.out == "" and "nothing is loaded" in said.err


def test_rollback_goes_one_version_back(asked):
    assert asked("rollback") == (0, {"facts_version": 1, "undone": ["july"]})
    assert asked("rollback") == (0, {"facts_version": None, "undone": ["june"]})
    code, said = asked("loads")
    assert (code, said["loads"], [one["id"] for one in said["undone"]]) == (0, [], ["june", "july"])


@pytest.mark.parametrize(("told", "gone"), [((), "july"), (("june",), "june"), (("2",), "july")])
def test_an_undone_load_stays_in_the_list_with_when(asked, told, gone):
    held = {one["id"]: one for one in asked("loads")[1]["loads"]}
    before = datetime.now(UTC)
    asked("rollback", *told)
    said = asked("loads")[1]
    (undone,) = said["undone"]
    assert gone not in [one["id"] for one in said["loads"]]
    assert undone == {**held[gone], "undone_at": undone["undone_at"]}
    assert before <= datetime.fromisoformat(undone["undone_at"]) <= datetime.now(UTC)


def test_undone_loads_in_words_come_last_and_say_when(city, capsys):
    assert main(["rollback", "june"]) == main(["loads"]) == 0
    held, undone = capsys.readouterr().out.splitlines()[-2:]
    assert "july.csv" in held and "undone" not in held
    assert "june.csv" in undone and re.search(r"undone \d{4}-\d\d-\d\d \d\d:\d\d UTC$", undone)


def test_a_load_that_is_held_again_is_not_called_undone(city, asked):
    asked("rollback", "june")
    asked("rollback")  # back to before the undo
    assert [len(asked("loads")[1][part]) for part in ("loads", "undone")] == [2, 0]
    asked("rollback", "june")
    load(city, "june", rows({"value": 1.0}), date(2025, 2, 1))
    said = asked("loads")[1]
    assert [[one["id"] for one in said[part]] for part in ("loads", "undone")] == [["june", "july"], ["june"]]
    assert said["loads"][0]["loaded_at"] > said["undone"][0]["loaded_at"]


def test_a_load_that_could_not_be_undone_is_not_called_undone(city, asked):
    with writing(city):
        assert main(["rollback", "june"]) == 3
    assert asked("loads")[1]["undone"] == []


def test_a_trace_that_cannot_be_written_stops_the_undo_and_one_that_cannot_be_read_only_itself(city, asked):
    (city.store / "undone").write_text("in the way", encoding="utf-8")
    assert main(["rollback", "june"]) == main(["rollback"]) == 3
    assert len(asked("loads")[1]["loads"]) == 2
    (city.store / "undone").unlink()
    asked("rollback", "june")
    asked("rollback", "july")
    (first, _second) = sorted((city.store / "undone").iterdir())
    first.write_text("{", encoding="utf-8")
    assert [one["id"] for one in asked("loads")[1]["undone"]] == ["july"]


def test_taking_the_invented_city_out_leaves_no_trace(city, asked):
    load(city, "invented", rows({"value": 3.0}), date(2025, 6, 1), demo=True)
    asked("rollback")
    assert asked("loads")[1]["undone"] == []


@pytest.mark.parametrize("name", ["1", "june"])
def test_rollback_of_one_load_keeps_the_later_ones(asked, name):
    assert asked("rollback", name) == (0, {"facts_version": 3, "undone": ["june"]})
    assert [one["id"] for one in asked("loads")[1]["loads"]] == ["july"]
    rows_now = asked("observations", "--indicator", "monthly", "--place", "aurora")[1]
    assert [row["value"] for row in rows_now] == [2]


def test_rollback_of_an_unknown_load_is_refused(asked):
    code, said = asked("rollback", "august")
    assert (code, said["facts_version"]) == (1, None)
    assert said["problems"][0]["message"] == "'august' is not a load that is held"


def test_rollback_in_words_says_what_was_undone(city, capsys):
    assert main(["rollback"]) == 0
    assert capsys.readouterr().out == "undone: hall: july.csv (2025-05-01, by ana)\nversion 1 is in force\n"


def test_rollback_that_leaves_nothing_says_so_and_its_way_back_works(city, capsys, tmp_path):
    assert main(["rollback"]) == main(["rollback"]) == 0
    said = capsys.readouterr().out
    assert "nothing is loaded any more" in said and "python -m data restore DIR" in said
    assert "`python -m data backup DIR --kept`, then `python -m data restore DIR --version 1`" in said
    assert main(["backup", str(tmp_path / "backups"), "--kept"]) == 0
    assert main(["restore", str(tmp_path / "backups"), "--version", "1"]) == 0
    assert "version 3 is in force" in capsys.readouterr().out
    facts = current(city)
    assert facts is not None and [one.id for one in facts.loads()] == ["june"]


def test_taking_out_the_only_load_says_that_nothing_is_left(city, capsys):
    assert main(["rollback"]) == main(["rollback", "june"]) == 0
    assert "nothing is loaded any more" in capsys.readouterr().out
    assert main(["rollback"]) == 0
    facts = current(city)
    assert facts is not None and [one.id for one in facts.loads()] == ["june"]


def test_verify_answers_damage_with_exit_code_1(asked, city):
    code, said = asked("verify")
    assert (code, said["ok"], said["problems"]) == (0, True, [])
    path = Versions.of(city).path(2)
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:-5])
    code, said = asked("verify")
    assert (code, said["ok"]) == (1, False)
    assert said["problems"][0]["path"] == "facts-000002.duckdb" and "rollback" in said["problems"][0]["hint"]


KEYS = ["place", "indicator", "segment", "period", "value", "numerator", "denominator", "flag", "load_id"]


def test_observations_are_read_back_with_the_keys_of_the_contract(asked):
    code, said = asked("observations", "--indicator", "monthly", "--place", "aurora")
    assert code == 0
    assert said == [dict(zip(KEYS, ["aurora", "monthly", "", "2025-01", 2, None, None, None, "july"], strict=True))]


@pytest.mark.parametrize(
    "told, values",
    [
        ([], [2, -5, None]),
        (["--as-known", "2025-04-30"], [1, -5]),
        (["--from", "2025-01", "--to", "2025-01"], [2, -5, None]),
        (["--from", "2025-02"], []),
        (["--to", "2024-12"], []),
    ],
)
def test_observations_can_be_narrowed(asked, told, values):
    assert [row["value"] for row in asked("observations", "--indicator", "monthly", *told)[1]] == values


def test_periods_are_written_as_their_frequency_writes_them(asked):
    assert asked("observations", "--indicator", "quarterly")[1][0]["period"] == "2025-Q1"


def test_csv_cells_cannot_run_as_formulas(city, capsys):
    assert main(["observations", "--indicator", "monthly", "--place", "bruma"]) == 0
    table = pl.read_csv(io.StringIO(capsys.readouterr().out))
    assert table.columns == KEYS
    assert table["segment"].to_list() == ["", "'=cmd|'/c calc'!A1"]
    assert table["flag"].to_list() == [None, "'@sum(a1)"]
    assert table["value"].to_list() == [-5, None], "a negative number stays a number"


@pytest.mark.parametrize("form, read", [("csv", pl.read_csv), ("parquet", pl.read_parquet), ("json", pl.read_json)])
def test_observations_can_be_written_to_a_file(city, tmp_path, capsys, form, read):
    out = tmp_path / f"out.{form}"
    assert main(["observations", "--indicator", "monthly", "--format", form, "--out", str(out)]) == 0
    assert capsys.readouterr().out == f"3 observations written to {out}\n"
    assert read(out)["value"].to_list() == [2, -5, None] and read(out).columns == KEYS


def test_a_file_that_cannot_be_written_is_not_possible_now(city, tmp_path, capsys):
    assert main(["observations", "--indicator", "monthly", "--out", str(tmp_path)]) == 3
    assert capsys.readouterr() == ("", f"{tmp_path}: Is a directory\n")


def test_parquet_goes_to_standard_output_as_it_is(city, capfdbinary):
    assert main(["observations", "--indicator", "monthly", "--format", "parquet"]) == 0
    assert pl.read_parquet(io.BytesIO(capfdbinary.readouterr().out)).height == 3


def test_json_format_is_one_document(city, capsys):
    assert main(["observations", "--indicator", "monthly", "--format", "json"]) == 0
    assert len(json.loads(capsys.readouterr().out)) == 3


def test_what_the_facts_do_not_know_is_refused_with_near_names(asked):
    code, said = asked("observations", "--indicator", "montly", "--place", "atlantis")
    assert code == 1
    assert [(one["message"], one["hint"]) for one in said["problems"]] == [
        ("the facts hold nothing of indicator 'montly'", "write monthly"),
        ("the facts hold nothing of place 'atlantis'", "write one that has been loaded"),
    ]


@pytest.mark.parametrize("wrong", [["--from", "2025"], ["--as-known", "yesterday"], ["--format", "xml"]])
def test_wrong_usage_is_exit_code_2(city, wrong):
    with pytest.raises(SystemExit) as stopped:
        main(["observations", "--indicator", "monthly", *wrong])
    assert stopped.value.code == 2
