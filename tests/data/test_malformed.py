"""Malformed files: each gets the verdict a careful reader must give, cell by cell, and what is refused says why, where and what to do."""

import json
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from data.ingest import Observations, read_all, read_partial
from data.periods import written
from data.problems import Problem, Refused
from tests.conftest import ROOT
from tests.malformed import CLASSES, cases
from tests.malformed.case import Case
from tests.malformed.town import FREQUENCIES, definitions
from tests.thorough import some

CASES = cases()
LIGHT = [case for _, case in CASES if not case.heavy]
HEAVY = [case for _, case in CASES if case.heavy]


def test_there_are_as_many_as_were_promised() -> None:
    assert len(CLASSES) >= 20
    assert len(CASES) >= 150


@pytest.mark.parametrize("made", CLASSES.values(), ids=CLASSES)
def test_no_two_files_of_a_class_have_one_name(made) -> None:
    names = [case.name for case in made()]
    assert len(set(names)) == len(names)


def cells(found: Observations) -> list[tuple]:
    """The observations as cases write them."""
    rows = found.rows.select("place", "indicator", "period", "value", "flag", "segment").rows()
    read = [
        (place, written(period, FREQUENCIES[indicator]), flag if value is None else value, *([segment] if segment else []))
        for place, indicator, period, value, flag, segment in rows
    ]
    return sorted(read, key=str)


def expected(case: Case) -> list[tuple]:
    return sorted(case.cells, key=str)


def said(problems: list[Problem]) -> str:
    assert problems
    assert all(problem.path and problem.message and problem.hint for problem in problems)
    return "\n".join(map(str, problems))


@pytest.mark.parametrize("case", LIGHT, ids=[f"{name}: {case.name}" for name, case in CASES if not case.heavy])
def test_a_file_gets_its_verdict(case: Case, tmp_path: Path) -> None:
    known, source = definitions(tmp_path / "home", case.declare)
    path = tmp_path / case.name
    path.write_bytes(case.bytes)
    files = [(path, case.name)]
    if case.verdict == "accept":
        assert cells(read_all(files, source, known)) == expected(case)
        assert read_partial(files, source, known).problems == ()
        return
    with pytest.raises(Refused) as whole:
        read_all(files, source, known)
    text = said(whole.value.problems)
    assert [word for word in case.words if word not in text] == []
    if case.verdict == "refuse" or not case.cells:
        with pytest.raises(Refused) as caught:
            read_partial(files, source, known)
        problems = caught.value.problems
    else:
        partial = read_partial(files, source, known)
        assert cells(partial.observations) == expected(case)
        assert set(partial.refused["line"]) == {line for line, _ in case.refused}
        assert all(partial.refused.select("reason", "cure").row(number) > ("", "") for number in range(partial.refused.height))
        problems = list(partial.problems)
    if case.verdict == "rows":
        assert {(problem.line, problem.column) for problem in problems} == set(case.refused)
    elif case.line is not None:
        assert case.line in {problem.line for problem in problems}


MEASURED = """
import json, resource, sys
from pathlib import Path
from data.ingest import read_partial
from data.problems import Refused
from tests.malformed.town import definitions

folder, name, declare = Path(sys.argv[1]), sys.argv[2], json.loads(sys.argv[3])
known, source = definitions(folder / "home", declare)
try:
    read_partial([(folder / name, name)], source, known)
    said = None
except Refused as refused:
    said = [str(problem) for problem in refused.problems[:50]]
used = resource.getrusage(resource.RUSAGE_SELF)
status = Path("/proc/self/status")  # what getrusage says of memory holds that of the process before it
known = [int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM")] if status.exists() else []
print(json.dumps({"said": said, "seconds": used.ru_utime + used.ru_stime, "kilobytes": known[0] if known else used.ru_maxrss}))
"""


@pytest.mark.parametrize("case", some(HEAVY), ids=[case.name for case in some(HEAVY)])
def test_a_bomb_is_refused_with_little_time_and_memory(case: Case, tmp_path: Path) -> None:
    (tmp_path / case.name).write_bytes(case.bytes)
    command = [sys.executable, "-c", MEASURED, str(tmp_path), case.name, json.dumps(case.declare)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    assert found["said"] is not None
    text = "\n".join(found["said"])
    assert [word for word in case.words if word not in text] == []
    assert found["seconds"] <= 10
    assert found["kilobytes"] <= 500_000


def test_the_script_writes_every_file_and_what_is_expected_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.malformed import __main__ as script

    monkeypatch.setattr(script, "cases", lambda: [pair for pair in CASES if not pair[1].heavy])
    script.main(tmp_path)
    listed = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    assert len(listed) == len(LIGHT)
    assert all((tmp_path / entry["file"]).is_file() for entry in listed)


def test_a_frame_of_refused_rows_has_text_everywhere_but_in_its_line(tmp_path: Path) -> None:
    case = next(case for case in LIGHT if case.name == "fault_of_each.csv")
    known, source = definitions(tmp_path / "home", case.declare)
    (tmp_path / case.name).write_bytes(case.bytes)
    refused = read_partial([(tmp_path / case.name, case.name)], source, known).refused
    assert {kind for column, kind in refused.schema.items() if column != "line"} == {pl.String()}
