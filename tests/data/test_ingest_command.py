"""python -m data ingest: all or nothing, the same file twice changes nothing, and what it says."""

import io
import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from data import definitions as definition_files
from data import facts, loads
from data.__main__ import main
from data.home import Home
from data.verification import verify
from data.versions import writing
from tests.conftest import ROOT
from tests.counting_town import LONG, build, declare

HEADER = "place,indicator,period,value\n"
KEYS = [
    *("load_id", "files", "rows_read", "rows_loaded", "rows_unchanged", "rows_revised", "rows_refused", "facts_version", "problems"),
    *("rows_left_out", "refused_file", "warnings"),
]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """The counting town, with one source for long files."""
    home = build(tmp_path / "home", {"id": "long", "columns": LONG})
    monkeypatch.setenv("MANDATO_HOME", str(home.folder))
    monkeypatch.chdir(tmp_path)
    return home


@pytest.fixture
def ingest(home: Home, capsys: pytest.CaptureFixture[str]):
    """Runs the command; returns its exit code and its JSON."""

    def run(*arguments: str) -> tuple[int, dict[str, Any]]:
        code = main(["ingest", *arguments, "--json"])
        return code, json.loads(capsys.readouterr().out)

    return run


def file(name: str, *rows: str, header: str = HEADER) -> str:
    Path(name).write_text(header + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return name


def values(home: Home) -> list[tuple[str, float | None]]:
    held = facts.current(home)
    return [] if held is None else held.observations().select("place", "value").rows()


def test_a_file_is_loaded_and_counted(ingest, home: Home) -> None:
    code, told = ingest(file("june.csv", "aurora,waiting_days,2025-05,1", "bruma,waiting_days,2025-05,2"))
    assert code == 0
    assert (told["rows_read"], told["rows_loaded"], told["rows_unchanged"], told["rows_revised"]) == (2, 2, 0, 0)
    assert (told["files"], told["facts_version"], told["problems"], told["source"]) == (["june.csv"], 1, [], "long")
    assert values(home) == [("aurora", 1), ("bruma", 2)]


def test_the_same_file_twice_changes_nothing(ingest) -> None:
    _, first = ingest(file("june.csv", "aurora,waiting_days,2025-05,1"))
    code, second = ingest("june.csv")
    assert code == 0
    assert (second["rows_read"], second["rows_loaded"], second["rows_unchanged"]) == (1, 0, 1)
    assert (second["load_id"], second["facts_version"]) == (first["load_id"], first["facts_version"])


def test_the_same_file_twice_at_once_is_loaded_once(home: Home) -> None:
    name = file("june.csv", "aurora,waiting_days,2025-05,1", "bruma,waiting_days,2025-05,2")
    command = [sys.executable, "-m", "data", "ingest", str(Path(name).resolve()), "--json"]
    running = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(3)]
    said = [(process.communicate(timeout=120), process.returncode) for process in running]
    assert {code for _, code in said} <= {0, 3} and any(code == 0 for _, code in said)
    # Between taking the lock and writing down who has it lies a moment in which nobody can tell who loads.
    busy = ("has been loading since", "somebody else is loading")
    assert all(any(said_so in words for said_so in busy) for (_, words), code in said if code == 3), said
    assert sum(json.loads(answer)["rows_loaded"] for (answer, _), code in said if code == 0) == 2
    held = facts.current(home)
    assert held is not None and [load.rows_new for load in held.loads()] == [2]
    assert values(home) == [("aurora", 1), ("bruma", 2)]


def test_two_files_at_once_are_loaded_or_told_to_wait(home: Home) -> None:
    names = [file(f"{place}.csv", f"{place},waiting_days,2025-05,1") for place in ("aurora", "bruma", "centre")]
    commands = [[sys.executable, "-m", "data", "ingest", str(Path(name).resolve()), "--json"] for name in names]
    running = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for command in commands]
    codes = [process.wait(timeout=120) for process in running]
    assert set(codes) <= {0, 3} and 0 in codes
    assert [place for place, _ in values(home)] == [
        place for place, code in zip(("aurora", "bruma", "centre"), codes, strict=True) if code == 0
    ]
    assert verify(home)[1] == []


def test_an_old_file_loaded_once_more_says_what_later_loads_have_replaced(ingest, home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    ingest(file("may.csv", "aurora,waiting_days,2025-05,1", "bruma,waiting_days,2025-05,2"))
    ingest(file("june.csv", "aurora,waiting_days,2025-05,9"))
    code, told = ingest("may.csv")
    assert (code, told["rows_loaded"], told["rows_unchanged"], told["rows_replaced"], told["facts_version"]) == (0, 0, 1, 1, 2)
    assert values(home) == [("aurora", 9), ("bruma", 2)]
    assert main(["ingest", "may.csv"]) == 0
    assert "Replaced by later loads, and left so: 1 row; `python -m data rollback LOAD`" in capsys.readouterr().out


def test_a_file_name_may_hold_bytes_that_are_no_letters(ingest, home: Home) -> None:
    name = os.fsdecode(b"a\xf1o.csv")
    try:
        file(name, "aurora,waiting_days,2025-05,1")
    except OSError:
        pytest.skip("this file system takes no such name")
    code, told = ingest(name)
    assert (code, told["files"]) == (0, ["a?o.csv"])
    assert values(home) == [("aurora", 1)]


def test_a_revised_file_replaces_what_changed_and_keeps_the_rest(ingest, home: Home) -> None:
    ingest(file("june.csv", "aurora,waiting_days,2025-05,1", "bruma,waiting_days,2025-05,2"))
    _, told = ingest(file("june.csv", "aurora,waiting_days,2025-05,1", "bruma,waiting_days,2025-05,3", "centre,waiting_days,2025-05,4"))
    assert (told["rows_read"], told["rows_loaded"], told["rows_unchanged"], told["rows_revised"]) == (3, 2, 1, 1)
    assert values(home) == [("aurora", 1), ("bruma", 3), ("centre", 4)]


def test_history_is_loaded_as_it_was_known(ingest, home: Home) -> None:
    ingest(file("june.csv", "aurora,waiting_days,2025-05,1"), "--known-on", "2025-06-03")
    ingest(file("july.csv", "aurora,waiting_days,2025-05,9"), "--known-on", "2025-07-03")
    held = facts.current(home)
    assert held is not None
    assert held.observations(as_known=date(2025, 6, 30))["value"].to_list() == [1]
    assert held.observations()["value"].to_list() == [9]


def test_a_dry_run_changes_nothing(ingest, home: Home) -> None:
    code, told = ingest(file("june.csv", "aurora,waiting_days,2025-05,1"), "--dry-run")
    assert (code, told["rows_read"], told["rows_loaded"], told["facts_version"]) == (0, 1, 0, None)
    assert facts.current(home) is None


def test_a_dry_run_says_what_would_be_new_revised_and_unchanged(ingest, capsys) -> None:
    ingest(file("june.csv", "aurora,waiting_days,2025-04,4", "aurora,waiting_days,2025-05,1"), "--known-on", "2025-06-03")
    july = file("july.csv", "aurora,waiting_days,2025-04,4", "aurora,waiting_days,2025-05,2", "aurora,waiting_days,2025-06,3")
    code, told = ingest(july, "--dry-run")
    assert (code, told["rows_loaded"], told["would_be"]) == (0, 0, {"new": 1, "revised": 1, "unchanged": 1})
    _, loaded = ingest(july)
    assert (loaded["rows_loaded"], loaded["rows_revised"], loaded["rows_unchanged"]) == (2, 1, 1)
    assert "would_be" not in loaded


def test_one_bad_file_keeps_the_good_one_out(ingest, home: Home) -> None:
    good, bad = file("good.csv", "aurora,waiting_days,2025-05,1"), file("bad.csv", "aurora,waiting_days,2025-06,x")
    code, told = ingest(good, bad, "--source", "long")
    assert code == 1
    assert list(told) == KEYS
    assert (told["rows_loaded"], told["rows_refused"], told["load_id"]) == (0, 1, None)
    assert [(problem["path"], problem["line"]) for problem in told["problems"]] == [("bad.csv", 2)]
    assert facts.current(home) is None


def test_faults_of_all_files_are_told_at_once(ingest) -> None:
    first, second = file("one.csv", "x,waiting_days,2025-05,1"), file("two.csv", "aurora,waiting_days,2025-06,x")
    _, told = ingest(first, second)
    assert [problem["path"] for problem in told["problems"]] == ["one.csv", "two.csv"]


def test_a_value_given_by_two_files_is_refused(ingest) -> None:
    code, told = ingest(file("one.csv", "aurora,waiting_days,2025-05,1"), file("two.csv", "aurora,waiting_days,2025-05,1"))
    assert code == 1
    assert [(problem["path"], problem["line"]) for problem in told["problems"]] == [("two.csv", 2)]
    assert "first on line 2 of one.csv" in told["problems"][0]["message"]


def test_a_good_file_reports_every_key(ingest) -> None:
    _, told = ingest(file("june.csv", "aurora,waiting_days,2025-05,1"))
    assert set(KEYS) <= set(told)


def test_an_undeclared_source_is_refused(ingest) -> None:
    code, told = ingest(file("june.csv", "aurora,waiting_days,2025-05,1"), "--source", "wide")
    assert code == 1
    assert (told["problems"][0]["key"], told["problems"][0]["hint"]) == ("--source", "choose one of: long; or give --map MAP.yaml")


def test_a_file_that_fits_no_source_is_refused_with_what_they_need(ingest) -> None:
    code, told = ingest(file("june.csv", "1,2", header="a,b\n"))
    assert code == 1
    assert "long needs place, indicator, period" in told["problems"][0]["hint"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("empty.csv", "the file is empty"),
        ("book.xlsm", ".xlsm files are not read"),
        ("nowhere.csv", "there is no such file"),
        ("folder", "this is a folder"),
    ],
)
def test_a_file_that_no_source_can_read_is_told_its_own_fault(name: str, words: str, ingest, home: Home) -> None:
    declare(home, {"id": "long", "columns": LONG}, {"id": "book", "columns": {**LONG, "value": "days"}})
    for empty in ("empty.csv", "book.xlsm"):
        Path(empty).touch()
    Path("folder").mkdir()
    code, told = ingest(file("good.csv", "aurora,waiting_days,2025-05,1"), name)
    assert code == 1
    assert [(problem["path"], problem["message"]) for problem in told["problems"]] == [(name, words)]


def test_a_file_that_one_source_can_read_and_another_cannot_fits_the_one(ingest, home: Home) -> None:
    declare(home, {"id": "book", "format": "xlsx", "columns": LONG}, {"id": "long", "columns": LONG})
    code, told = ingest(file("june.csv", "aurora,waiting_days,2025-05,1"))
    assert (code, told["source"]) == (0, "long")


def test_a_file_that_fits_two_sources_is_asked_about(ingest, home: Home) -> None:
    declare(home, {"id": "long", "columns": LONG}, {"id": "again", "columns": LONG})
    code, told = ingest(file("june.csv", "aurora,waiting_days,2025-05,1"))
    assert code == 1
    assert told["problems"][0]["message"] == "several sources fit: long, again"


MAP = "columns: {period: month, value: days}\nall: {indicator: waiting_days}\n"


def test_a_mapping_in_a_file_of_its_own_needs_a_place_from_the_command_line(ingest, home: Home) -> None:
    Path("map.yaml").write_text(MAP, encoding="utf-8")
    june = file("june.csv", "2025-05,4", header="month,days\n")
    code, told = ingest(june, "--map", "map.yaml")
    assert code == 1
    assert [(problem["path"], problem["message"]) for problem in told["problems"]] == [("map.yaml", "place is given 0 times")]
    assert ingest(june, "--map", "map.yaml", "--place", "bruma")[0] == 0
    assert values(home) == [("bruma", 4)]


def test_a_place_that_nothing_defines_is_refused(ingest) -> None:
    Path("map.yaml").write_text(MAP, encoding="utf-8")
    code, told = ingest(file("june.csv", "2025-05,4", header="month,days\n"), "--map", "map.yaml", "--place", "brumo")
    assert code == 1
    assert (told["problems"][0]["key"], told["problems"][0]["message"]) == ("--place", "'brumo' is not a known place")
    assert told["problems"][0]["hint"] == "write bruma"


def test_a_place_from_the_command_line_does_not_override_the_files_own(ingest) -> None:
    code, told = ingest(file("june.csv", "aurora,waiting_days,2025-05,1"), "--place", "bruma")
    assert code == 1
    assert [(problem["key"], problem["path"]) for problem in told["problems"]] == [("--place", None)]
    assert "leave --place out" in told["problems"][0]["hint"]


def test_a_day_that_is_none_is_wrong_usage(ingest, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        ingest("june.csv", "--known-on", "yesterday")
    assert stopped.value.code == 2
    assert "'yesterday' is not a day such as 2026-06-30" in capsys.readouterr().err


def test_values_cannot_be_known_since_a_day_to_come(ingest, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        ingest("june.csv", "--known-on", "2199-01-01")
    assert stopped.value.code == 2
    assert "'2199-01-01' is still to come" in capsys.readouterr().err


def test_a_file_that_is_not_there_is_refused(ingest) -> None:
    code, told = ingest("nowhere.csv")
    assert (code, told["problems"][0]["message"]) == (1, "there is no such file")


def test_a_column_that_the_source_does_not_name_is_told(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    table = Path("with_note.csv")
    table.write_text("place,indicator,period,value,april\naurora,waiting_days,2025-05,1,7\n", encoding="utf-8")
    assert main(["ingest", str(table)]) == 0
    assert "with_note.csv: not read, because the source does not name them: april" in capsys.readouterr().err


def test_words_say_what_came_in_and_what_to_do_next(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ingest", file("june.csv", "aurora,waiting_days,2025-05,1", "bruma,waiting_days,2025-05,")]) == 0
    told = capsys.readouterr()
    assert "2 rows (2 places, 1 indicator, 1 missing value) from 2025-05-31 to 2025-05-31: 2 new" in told.out
    assert "make run" in told.out
    assert "read as source long" in told.err


def test_words_say_that_nothing_was_loaded(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ingest", file("june.csv", "aurora,waiting_days,2025-05,x")]) == 1
    told = capsys.readouterr()
    assert "Nothing was loaded" in told.out
    assert "june.csv:2: value: 'x' is not a number" in told.err


def demo(home: Home) -> None:
    row = {"place": "aurora", "indicator": "waiting_days", "segment": "", "period": date(2025, 1, 31), "value": 100.0}
    rows = pl.DataFrame([{**row, "numerator": None, "denominator": None, "flag": None}], schema_overrides=dict.fromkeys(EMPTY, pl.Float64))
    new = loads.NewLoad("demo", "demo", (), "demo", date(2025, 2, 1), 1, demo=True)
    loads.apply(home, definition_files.load(home), [(new, rows.with_columns(pl.col("flag").cast(pl.String)))])


EMPTY = ("numerator", "denominator")


@pytest.mark.parametrize(("flag", "stays"), [("--remove-demo", False), ("--keep-demo", True), ("", True)])
def test_flags_decide_about_the_demo_and_without_one_it_stays(
    flag: str, stays: bool, home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    demo(home)
    assert main(["ingest", file("june.csv", "aurora,waiting_days,2025-05,1"), *([flag] if flag else [])]) == 0
    assert (("aurora", 100.0) in values(home)) is stays
    assert ("data demo --remove" in capsys.readouterr().err) is (flag == "")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("typed", "stays"), [("\n", False), ("y\n", False), ("n\n", True)])
def test_a_terminal_is_asked_about_the_demo(typed: str, stays: bool, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    demo(home)
    monkeypatch.setattr(sys, "stdin", Terminal(typed))
    assert main(["ingest", file("june.csv", "aurora,waiting_days,2025-05,1")]) == 0
    assert (("aurora", 100.0) in values(home)) is stays


def test_a_refused_first_load_leaves_the_demo(home: Home) -> None:
    demo(home)
    assert main(["ingest", file("june.csv", "aurora,waiting_days,2025-05,x"), "--remove-demo"]) == 1
    assert ("aurora", 100.0) in values(home)


GOOD_AND_BAD = ("aurora,waiting_days,2025-05,1", "bruma,waiting_days,2025-05,many")


def test_partial_loads_the_good_rows_and_writes_the_refused_beside_the_file(ingest, home: Home) -> None:
    code, told = ingest(file("june.csv", *GOOD_AND_BAD), "--partial")
    assert code == 0
    assert (told["rows_loaded"], told["rows_refused"], told["refused_file"]) == (1, 1, "june.csv.refused.csv")
    assert [(problem["line"], problem["column"]) for problem in told["problems"]] == [(3, "value")]
    written = Path(told["refused_file"]).read_text(encoding="utf-8-sig").splitlines()
    assert written[0] == "place,indicator,period,value,file,line,column,reason,cure"
    assert written[1].startswith("bruma,waiting_days,2025-05,many,june.csv,3,value,'many' is not a number,")


@pytest.mark.parametrize("letters", ["utf-8", "cp1252"])
def test_refused_rows_are_written_as_their_source_reads_them_and_load_once_mended(ingest, home: Home, letters: str) -> None:
    mapping = "format: csv\ndelimiter: ';'\ndecimal: ','\nnulls: ['-']\n"
    mapping += "columns: {place: place, indicator: indicator, period: period, value: value, numerator: part, denominator: whole}\n"
    Path("semicolons.yaml").write_text(f"{mapping}encoding: {letters}\n", encoding="utf-8")
    rows = "aurora;waiting_days;2025-05;1,5;;", "bruña;waiting_days;2025-05;-2,5;;", "bruma;waiting_days;2025-06;-;;x"
    Path("june.csv").write_text("place;indicator;period;value;part;whole\n" + "\n".join(rows) + "\n", encoding=letters)
    _, told = ingest("june.csv", "--partial", "--map", "semicolons.yaml")
    assert (told["rows_loaded"], told["rows_refused"]) == (1, 2)
    refused = Path(told["refused_file"])
    mended = refused.read_text(encoding=letters).replace("bruña", "bruma").replace(";x;", ";;")
    refused.write_text(mended, encoding=letters)
    code, told = ingest(str(refused), "--map", "semicolons.yaml")
    assert (code, told["rows_loaded"]) == (0, 2)
    assert ("bruma", -2.5) in values(home)


def test_refused_rows_stand_below_a_header_where_their_source_expects_it(ingest, home: Home) -> None:
    mapping = "header_row: 3\nheader_rows: 2\nrows_below_header: 1\n"
    mapping += "columns: {place: the · place, indicator: the · indicator, period: the · period, value: the · value}\n"
    Path("titled.yaml").write_text(f"format: csv\n{mapping}", encoding="utf-8")
    title = "Report\n\nthe,the,the,the\nplace,indicator,period,value\n,,,days\n"
    _, told = ingest(file("june.csv", *GOOD_AND_BAD, header=title), "--partial", "--map", "titled.yaml")
    assert (told["rows_loaded"], told["rows_refused"]) == (1, 1)
    refused = Path(told["refused_file"])
    refused.write_text(refused.read_text(encoding="utf-8-sig").replace(",many,", ",7,"), encoding="utf-8")
    code, told = ingest(str(refused), "--map", "titled.yaml")
    assert (code, told["rows_loaded"]) == (0, 1)
    assert ("bruma", 7) in values(home)


def test_partial_writes_over_no_file(ingest, home: Home) -> None:
    ingest(file("june.csv", *GOOD_AND_BAD), "--partial")
    _, told = ingest("june.csv", "--partial")
    assert (told["rows_unchanged"], told["refused_file"]) == (1, "june.csv.refused-2.csv")


def test_what_was_refused_is_loaded_once_it_is_known(ingest, home: Home) -> None:
    rows = "aurora,waiting_days,2025-05,1", "newtown,waiting_days,2025-05,2"
    assert ingest(file("june.csv", *rows), "--partial")[1]["rows_loaded"] == 1
    home.places.write_text(home.places.read_text(encoding="utf-8") + "  - {id: newtown, name: Newtown}\n", encoding="utf-8")
    assert ingest("june.csv")[1]["rows_loaded"] == 1


def test_a_dry_run_with_partial_writes_nothing(ingest, home: Home, tmp_path: Path) -> None:
    code, told = ingest(file("june.csv", *GOOD_AND_BAD), "--partial", "--dry-run")
    assert (code, told["rows_read"], told["rows_refused"], told["refused_file"]) == (0, 1, 1, None)
    assert list(tmp_path.glob("*.refused*")) == []
    assert facts.current(home) is None


def test_a_formula_among_the_refused_rows_is_made_harmless(ingest, home: Home) -> None:
    _, told = ingest(file("june.csv", GOOD_AND_BAD[0], "=1+1,waiting_days,2025-05,2"), "--partial")
    assert "\n'=1+1,waiting_days" in Path(told["refused_file"]).read_text(encoding="utf-8-sig")


def test_where_nothing_can_be_loaded_no_refused_rows_are_left_behind(ingest, home: Home, tmp_path: Path) -> None:
    with writing(home):
        assert main(["ingest", file("june.csv", *GOOD_AND_BAD), "--partial"]) == 3
    assert list(tmp_path.glob("*.refused*")) == []


def test_far_fewer_rows_than_the_last_time_are_warned_about(ingest, home: Home) -> None:
    places = ("aurora", "bruma", "centre", "harbour")
    ingest(file("may.csv", *(f"{place},waiting_days,2025-05,1" for place in places)))
    assert ingest(file("june.csv", *(f"{place},waiting_days,2025-06,1" for place in places[:3])))[1]["warnings"] == []
    code, told = ingest(file("july.csv", *(f"{place},waiting_days,2025-07,1" for place in places[:2])))
    assert (code, told["rows_loaded"]) == (0, 2)
    assert [warning["message"] for warning in told["warnings"]] == ["2 rows, where the last load of long had 3"]


def test_a_title_above_the_header_is_found_without_a_source(ingest) -> None:
    Path("june.csv").write_text("Waiting days\n\nplace,indicator,period,value\naurora,waiting_days,2025-05,1\n", encoding="utf-8")
    code, told = ingest("june.csv")
    assert code == 1
    assert told["problems"][0]["hint"] == "declare the header's line in the source: long has its columns on line 3: `header_row: 3`"
