"""`python -m kpis judge` takes a table and a rule, and says of everything it refuses what, where, and how to mend it."""

import json

import pytest

from kpis.__main__ import main
from kpis.presets import library


def refused(tmp_path, capsys, text: str, rule: str = "clearpoint") -> list[dict]:
    path = tmp_path / "table.csv"
    path.write_text(text, encoding="utf-8")
    assert main(["judge", str(path), "--rule", rule, "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["rows"] == [] and all(problem["hint"] for problem in told["problems"])
    return told["problems"]


def test_a_row_comes_back_with_what_was_found(tmp_path, capsys):
    path = tmp_path / "table.csv"
    path.write_text("city,value,target\nAurora,95,100\nBruma,,100\n", encoding="utf-8")
    assert main(["judge", str(path), "--rule", "clearpoint", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["rule"] == "clearpoint" and told["overall"] is None
    first, second = told["rows"]
    assert first["city"] == "Aurora" and first["line"] == 2
    found = [first[key] for key in ("value", "target", "attainment", "band", "status", "reason")]
    assert found == [95.0, 100.0, 0.95, "caution", "at_risk", None]
    assert (second["band"], second["status"], second["reason"]) == (None, None, "cannot be judged: value is empty")


def test_in_words_each_row_is_a_line(tmp_path, capsys):
    path = tmp_path / "table.csv"
    path.write_text("value,target\n95,100\n,100\n", encoding="utf-8")
    assert main(["judge", str(path), "--rule", "clearpoint"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "line 2: 0.95  caution  at_risk" and said[-1] == "2 rows: 1 caution, 1 no colour"


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        ("valor,meta\n1,2\n", 1, "value", "the rule needs a column 'value'"),
        ("value\n1\n", 1, "target", "the rule needs a column 'target'"),
        ("value,target\n1,2\n1.5,dos\n", 3, "target", "'dos' is not a number"),
        ("value,target\n1,nan\n", 2, "target", "'nan' is not a number"),
        ("value,target\n1,1e999\n", 2, "target", "'1e999' is not a number"),
        ("value,target\n1,2\n3\n", 3, None, "this row has 1 cells, and the header 2"),
        ('value,target,note\n1,2,"two\nlines"\nx,2,\n', 4, "value", "'x' is not a number"),
        ("value,target,polarity\n1,2,up\n", 2, "polarity", "'up' is not a known polarity"),
        ("value,target,target\n1,2,3\n", 1, "target", "two columns are called 'target'"),
        ("value,target\n", 1, None, "there are no rows"),
        ("", 1, None, "there are no rows"),
    ],
)
def test_a_table_is_refused_with_line_and_column(tmp_path, capsys, text, line, column, message):
    problem = refused(tmp_path, capsys, text)[0]
    assert (problem["line"], problem["column"], problem["message"]) == (line, column, message)
    assert problem["path"].endswith("table.csv")


def test_every_problem_of_a_table_is_said_at_once(tmp_path, capsys):
    found = refused(tmp_path, capsys, "value,target,polarity\nx,2,up\n1,y,\n")
    assert [(problem["line"], problem["column"]) for problem in found] == [(2, "value"), (3, "target"), (2, "polarity")]


def test_an_indicator_that_the_preset_has_not_is_refused_with_near_ones(tmp_path, capsys):
    [problem] = refused(tmp_path, capsys, "indicator,value\n4.4.66,1\n", "gdm")
    assert problem["message"] == "'4.4.66' is not a known indicator" and "4.4.6" in problem["hint"]
    [problem] = refused(tmp_path, capsys, "value\n1\n", "sdsn")
    assert problem["message"] == "the rule needs indicator, or low and high"
    [problem] = refused(tmp_path, capsys, "value,baseline,year\n1,2,twenty\n", "open_sdg")
    assert problem["message"] == "'twenty' is not a year"


def test_an_unknown_preset_lists_the_known_ones(tmp_path, capsys):
    [problem] = refused(tmp_path, capsys, "value,target\n1,2\n", "clearpiont")
    assert problem["message"] == "'clearpiont' is not a known preset"
    assert all(name in problem["hint"] for name in library.names()) and len(library.names()) == 11


@pytest.mark.parametrize(
    ("content", "message"),
    [(None, "this file is missing"), (b"value,target\n\xff\xfe,2\n", "not UTF-8 text"), (b'value,target\n"1,2\n', "not a CSV: ")],
)
def test_what_is_no_table_is_refused(tmp_path, capsys, content, message):
    path = tmp_path / "table.csv"
    if content is not None:
        path.write_bytes(content)
    assert main(["judge", str(path), "--rule", "clearpoint", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["problems"][0]["message"].startswith(message)
    assert main(["judge", str(tmp_path), "--rule", "clearpoint", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["problems"][0]["message"] == "this is a folder"
