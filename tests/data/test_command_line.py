"""How every command ends: what it prints, with which exit code, and never with a traceback."""

import argparse
import os
import subprocess
import sys

import pytest

from data.command_line import Answer, answer, counted
from data.problems import NotPossibleNow, Problem, Refused
from tests.conftest import ROOT
from tests.tiny_facts import home, load, value

ENDS: dict[str, tuple[BaseException, int, str]] = {
    "refused": (Refused([Problem("the wheel is square", "make it round")]), 1, "the wheel is square; make it round"),
    "not possible now": (NotPossibleNow("the road is closed"), 3, "the road is closed"),
    "a file that cannot be written": (PermissionError(13, "Permission denied", "out.csv"), 3, "out.csv: Permission denied"),
    "a library that says it in its own words": (OSError("no space left"), 3, "no space left"),
    "Ctrl-C": (KeyboardInterrupt(), 130, "stopped; nothing is left half done"),
    "Ctrl-C inside the database": (RuntimeError("Query interrupted"), 130, "stopped; nothing is left half done"),
    "Ctrl-D at a question": (EOFError(), 130, "stopped; nothing is left half done"),
}


def ending(stop: BaseException) -> int:
    def command(_: argparse.Namespace) -> Answer:
        raise stop

    return answer(command, argparse.Namespace())


@pytest.mark.parametrize("case", ENDS)
def test_every_end_has_its_code_and_says_why(case, capsys):
    stop, code, words = ENDS[case]
    assert ending(stop) == code
    assert capsys.readouterr() == ("", f"{words}\n")


@pytest.mark.parametrize(("number", "said"), [(0, "0 places"), (1, "1 place"), (2, "2 places"), (12_000, "12,000 places")])
def test_one_thing_is_not_many(number, said):
    assert counted(number, "place") == said


def test_a_mistake_of_the_program_is_not_hidden():
    with pytest.raises(RuntimeError, match="our own fault"):
        ending(RuntimeError("our own fault"))


def run(folder, *told: str, **environment: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "data", *told]
    known = {**os.environ, **environment, "MANDATO_HOME": str(folder)}
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT, env=known)


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_a_reader_that_has_had_enough_is_no_fault(tmp_path, form):
    load(home(tmp_path), "june", value(1))
    with run(tmp_path, "observations", "--indicator", "monthly", "--format", form) as process:
        assert process.stdout is not None
        process.stdout.close()
        _, told = process.communicate(timeout=60)
    assert (process.returncode, told) == (0, b"")


def test_what_is_printed_is_utf8_also_where_the_system_writes_otherwise(tmp_path):
    home(tmp_path)
    with run(tmp_path, "ingest", "año→.csv", "--json", PYTHONIOENCODING="cp1252") as process:
        out, told = process.communicate(timeout=60)
    assert process.returncode == 1
    assert '"files": ["año→.csv"]' in out.decode("utf-8")
    assert "año→.csv: there is no such file" in told.decode("utf-8")
