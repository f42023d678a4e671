"""Malformed files of the shared corpus: each gets the verdict a careful loader must give, through the real command."""

import importlib.util
import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from data import facts
from data.__main__ import main
from data.definitions import load
from data.home import Home
from data.ingest import csv_table, read

CORPUS = Path(os.environ.get("MANDATO_SHARED", Path(__file__).parents[2].parent / "shared")) / "tools" / "badfiles.py"

ROLES = {
    **dict.fromkeys(["c", "comuna"], "place"),
    **dict.fromkeys(["a", "cod"], "segment"),
    **dict.fromkeys(["d", "ts", "period", "año"], "period"),
    **dict.fromkeys(["b", "v", "valor", "población", "population", "nota"], "value"),
}
"""What the columns of the corpus hold."""
INDICATORS = {"d": "daily", "ts": "daily", "period": "monthly", "año": "yearly"}
"""Which of the home's indicators a file measures, by its column of periods."""
PLACES = [*"ABCDE", "Ñuñoa", "Peñalolén"]


def corpus() -> list[Any]:
    if not CORPUS.is_file():
        return []
    spec = importlib.util.spec_from_file_location("badfiles", CORPUS)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["badfiles"] = module  # its dataclass looks its own module up by name
    spec.loader.exec_module(module)
    return list(module.cases())


CASES = corpus()
TABLES = [case for case in CASES if case.family != "yaml" and case.name != "cp1252.csv"]
ABSENT = pytest.mark.skipif(not CASES, reason="the shared corpus of malformed files is not beside this checkout (MANDATO_SHARED names it)")


def names(cases: list[Any]) -> list[str]:
    return [f"{case.name}-{case.verdict}{'-declared' if case.declare else ''}" for case in cases]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A city whose places have the corpus's names, with a daily, a monthly and a yearly indicator."""
    home = Home(tmp_path / "home")
    home.city.parent.mkdir(parents=True)
    mandate = {"start": "2023-01-01", "end": "2026-12-31"}
    write(home.city, {"name": "X", "place": "p0", "mandate": mandate, "areas": [{"id": "area", "name": "Area"}]})
    write(home.places, {"places": [{"id": f"p{i}", "name": name} for i, name in enumerate(PLACES)]})
    same = {"unit": "x", "kind": "level", "theme": "t", "source": "s", "owner": "area"}
    indicators = [{"id": name, "name": name, "frequency": often, **same} for name, often in FREQUENCIES.items()]
    write(home.indicators, {"themes": [{"id": "t", "name": "T"}], "indicators": indicators})
    monkeypatch.setenv("MANDATO_HOME", str(home.folder))
    return home


FREQUENCIES = {"daily": "day", "monthly": "month", "yearly": "year"}


def write(path: Path, value: object) -> None:
    path.write_text(yaml.safe_dump(value, allow_unicode=True), encoding="utf-8")


def declare(home: Home, case: Any) -> None:
    """The source that the case declares, and the range of its indicator."""
    told = {key: value for key, value in case.declare.items() if key not in ("text", "min")}
    columns = columns_of(case)
    indicator = next((INDICATORS[column] for column in columns.values() if column in INDICATORS), "monthly")
    constants = {"place": "p0", "period": "2024-01", "indicator": indicator}
    whole = {part: value for part, value in constants.items() if part not in columns}
    write(home.sources, {"sources": [{"id": "case", "name": "Case", "columns": columns, "all": whole, **told}]})
    if "min" in case.declare:
        document = yaml.safe_load(home.indicators.read_text(encoding="utf-8"))
        for one in document["indicators"]:
            one["min"] = float(case.declare["min"])
        write(home.indicators, document)


def columns_of(case: Any) -> dict[str, str]:
    """The columns by what they hold, from the first line that has a column of values; a and b where there is none."""
    if case.name.endswith(".xlsx"):
        header = ["c", "v"]
    else:
        text = case.content.decode(
            "utf-16" if case.content.startswith(b"\xff\xfe") else case.declare.get("encoding", "utf-8-sig"), "replace"
        )
        if "�" in text:
            text = case.content.decode("latin-1")
        lines = [[cell.strip() for cell in line.split(case.declare.get("delimiter", ","))] for line in text.splitlines()[:5]]
        header = next((cells for cells in lines if any(ROLES.get(cell) == "value" for cell in cells)), ["a", "b"])
    header = header if "a" not in header else ["a", "b"]
    columns = {ROLES[cell]: cell for cell in header if cell in ROLES}
    return {("segment" if column in case.declare.get("text", ()) else part): column for part, column in columns.items()}


def ingest(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict[str, Any]]:
    code = main(["ingest", *arguments, "--json"])
    told = capsys.readouterr()
    assert "Traceback" not in told.err
    return code, json.loads(told.out)


@ABSENT
@pytest.mark.parametrize("case", TABLES, ids=names(TABLES))
def test_each_file_of_the_corpus_gets_its_verdict(case: Any, home: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / case.name
    file.write_bytes(case.content)
    declare(home, case)
    code, told = ingest(capsys, str(file), "--source", "case")
    if case.verdict == "accept":
        assert (code, told["problems"]) == (0, [])
        assert tuple(read(file, load(home).sources[0], load(home)).rows["value"]) == case.values
        held = facts.current(home)
        assert held is not None
        assert sorted(held.observations(segment=None)["value"], key=str) == sorted(case.values, key=str)
        return
    assert (code, told["rows_loaded"]) == (1, 0)
    assert facts.current(home) is None
    assert told["problems"]
    assert all(problem["path"] == str(file) and problem["message"] and problem["hint"] for problem in told["problems"])
    if case.verdict == "rows":
        assert {problem["line"] for problem in told["problems"]} == set(case.lines)
        assert all(problem["column"] is not None for problem in told["problems"])


@ABSENT
def test_a_text_column_in_cp1252_is_read_as_declared(home: Home, tmp_path: Path) -> None:
    case = next(case for case in CASES if case.name == "cp1252.csv")
    file = tmp_path / case.name
    file.write_bytes(case.content)
    declare(home, case)
    table = csv_table.read(file, load(home).sources[0], case.name, lambda _: None)
    assert tuple(table.text["nota"]) == case.values


YAML = [case for case in CASES if case.family == "yaml"]


@ABSENT
@pytest.mark.parametrize("case", YAML, ids=names(YAML))
def test_each_mapping_of_the_corpus_is_refused(case: Any, home: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mapping, file = tmp_path / case.name, tmp_path / "june.csv"
    mapping.write_bytes(case.content)
    file.write_text("a,b\nA,1\n", encoding="utf-8")
    code, told = ingest(capsys, str(file), "--map", str(mapping))
    assert code == 1
    assert facts.current(home) is None
    assert all(problem["path"] == str(mapping) and problem["hint"] for problem in told["problems"])
    assert set(case.lines) <= {problem["line"] for problem in told["problems"]}
    assert told["problems"]
