"""A file is read in a process of its own: whatever becomes of that process, the app is told in a sentence and lives on."""

import json
import os
import sys
import textwrap
import zipfile
from pathlib import Path

import pytest

from data.definitions import Definitions
from data.ingest import read_partial
from data.ingest.apart import fitting_apart, propose_apart, read_apart
from data.ingest.apart.jobs import Job, Known
from data.ingest.apart.limits import Limits
from data.ingest.apart.parent import ask
from data.plan_files.cells import grids
from data.plans.sheet import read as read_sheet_here
from data.plans.sheet import read_apart as read_sheet
from data.problems import Refused
from data.sources import Mapping
from tests.data.test_plan_sheet import ENGLISH, edited, sent
from tests.tiny_facts import definitions, home

COLUMNS = {"place": "place", "indicator": "indicator", "period": "month", "value": "value"}
LONG = Mapping.model_validate({"columns": COLUMNS})
GOOD = "place,indicator,month,value,remark\naurora,monthly,2025-01,3,a\nbruma,monthly,2025-01,4,b\n"
POSIX = pytest.mark.skipif(os.name == "nt", reason="Windows knows only the limit by the clock")


@pytest.fixture(scope="module")
def known(tmp_path_factory) -> Definitions:
    return definitions(home(tmp_path_factory.mktemp("city")))


def written(folder: Path, text: str | bytes, name: str = "june.csv") -> tuple[Path, str]:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path, name


def refusal(call) -> str:
    with pytest.raises(Refused) as told:
        call()
    return str(told.value)


def test_good_rows_come_back_as_they_are_read_here(tmp_path, known):
    file = written(tmp_path, GOOD)
    here, apart = read_partial([file], LONG, known), read_apart([file], LONG, known)
    assert apart.rows.equals(here.observations.rows)
    assert (apart.refused.height, apart.problems, apart.unread) == (0, (), ("remark",))


def test_refused_rows_come_with_their_problems_value_by_value(tmp_path, known):
    file = written(tmp_path, GOOD + "nowhere,monthly,2025-01,4,c\nbruma,monthly,2025-02,many,d\n")
    here, apart = read_partial([file], LONG, known), read_apart([file], LONG, known)
    assert apart.refused.equals(here.refused)
    assert [str(problem) for problem in apart.problems] == [str(problem) for problem in here.problems]
    assert apart.problems[0].values == here.problems[0].values


def test_a_file_that_is_refused_whole_is_refused_with_the_same_words(tmp_path, known):
    file = written(tmp_path, "lugar,value\naurora,3\n")
    assert refusal(lambda: read_apart([file], LONG, known)) == refusal(lambda: read_partial([file], LONG, known))


def test_places_that_are_not_written_down_yet_are_known_there_too(tmp_path, known):
    cala = known.place["bruma"].model_copy(update={"id": "cala"})
    wider = Definitions(known.city, (*known.places, cala), known.themes, known.indicators, known.sources)
    file = written(tmp_path, GOOD.replace("bruma", "cala"))
    assert read_apart([file], LONG, wider).rows["place"].to_list() == ["aurora", "cala"]


def test_what_a_source_leaves_to_the_file_s_ending_is_left_there_too(tmp_path, known):
    file = written(tmp_path, GOOD.replace(",", "\t"), "june.tsv")
    assert read_apart([file], LONG, known).rows.height == 2


def test_many_problems_are_counted_and_not_all_handed_over(tmp_path, known):
    file = written(tmp_path, GOOD + "aurora,monthly,never,1,\n" * 12_000)
    found = read_apart([file], LONG, known)
    assert (found.refused.height, len(found.problems), found.more_problems) == (12_000, 10_000, 2_000)


def test_the_saved_sources_that_fit_are_found(tmp_path, known):
    fits = Mapping.model_validate({"id": "fits", "name": "Fits", "columns": COLUMNS})
    other = Mapping.model_validate({"id": "other", "name": "Other", "columns": {**COLUMNS, "value": "amount"}})
    wider = Definitions(known.city, known.places, known.themes, known.indicators, (other, fits))
    assert fitting_apart([written(tmp_path, GOOD)], wider) == ["fits"]


def test_a_proposal_comes_back_whole(tmp_path, known):
    found = propose_apart(*reversed_pair(written(tmp_path, GOOD), known), {})
    assert [guess.role for guess in found.guesses[:4]] == ["place", "indicator", "period", "value"]
    assert [match.id for match in found.places] == ["aurora", "bruma"]


def reversed_pair(file: tuple[Path, str], known: Definitions) -> tuple[Path, Definitions, str]:
    return file[0], known, file[1]


def bomb(folder: Path) -> tuple[Path, str]:
    """A workbook of a megabyte or so that unpacks to a gigabyte, packed in the quickest way."""
    path = folder / "bomb.xlsx"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package,
        package.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(100):
            part.write(b" " * 10_000_000)
    return path, path.name


def entities(folder: Path) -> tuple[Path, str]:
    """A workbook whose XML would grow without end."""
    path = folder / "entities.xlsx"
    names = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha"}">' for n in range(12))
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("xl/workbook.xml", f"<!DOCTYPE a [{names}]><a>&e11;</a>")
    return path, path.name


@pytest.fixture(scope="module", params=[bomb, entities])
def made(request, tmp_path_factory) -> tuple[Path, str]:
    return request.param(tmp_path_factory.mktemp("bombs"))


def test_a_bomb_is_refused_before_it_is_unpacked(known, made):
    file = made
    assert refusal(lambda: read_apart([file], LONG, known)).startswith(f"{file[1]}: ")
    assert propose_apart(file[0], known, file[1], {}).problems


def test_a_bomb_is_no_plan_and_no_sheet_of_an_area(made):
    path, name = made
    for read in (lambda: grids(path, name, {}), lambda: read_sheet(path, name, [ENGLISH])):
        assert refusal(read).startswith(f"{name}: ")


@pytest.mark.parametrize("ending", [".xlsx", ".ods"])
def test_workbooks_of_plans_and_sheets_are_read_by_a_process_of_their_own(tmp_path, monkeypatch, ending):
    """Were they read here, the child that always fails would be no matter."""
    monkeypatch.setattr("data.ingest.apart.parent.READER", (sys.executable, "-c", "import os; os.abort()"))
    path, name = written(tmp_path, b"PK", f"plan{ending}")
    for read in (lambda: grids(path, name, {}), lambda: read_sheet(path, name, [ENGLISH])):
        assert "MB of memory" in refusal(read)


def test_a_sheet_comes_back_as_it_is_read_here(tmp_path):
    path = sent(tmp_path)
    assert read_sheet(path, path.name, [ENGLISH]) == read_sheet_here(path, path.name, [ENGLISH])
    path = edited(path, declared_2="half")
    assert read_sheet(path, path.name, [ENGLISH]).lines[0].cells["declared"] == "half"


def test_an_answer_that_is_too_large_is_not_taken_in(tmp_path, monkeypatch):
    monkeypatch.setattr("data.ingest.apart.parent.LARGEST_ANSWER", 1_000)
    assert "it holds more text than" in refusal(lambda: read_sheet(sent(tmp_path), "sheet.xlsx", [ENGLISH]))


# What a child does instead of its job; `hold` puts it under its limits as the real one does.
HELD = """
import os, sys, time
from pathlib import Path
from data.ingest.apart.jobs import ANSWER, JOB, REFUSED, ROWS, Job
from data.ingest.apart.limits import hold
folder = Path(sys.argv[1])
hold(Job.model_validate_json((folder / JOB).read_bytes()).limits)
"""
TOO_MUCH = "needs more than 600 MB of memory"
TOO_LONG = "took longer than"
NO_ANSWER = "the program that reads files stopped"
DEATHS = {
    "kills itself as the system would for want of memory": ("os.kill(os.getpid(), 9)", TOO_MUCH),
    "aborts": ("os.abort()", TOO_MUCH),
    "reads an address that is not its own": ("os.kill(os.getpid(), 11)", NO_ANSWER),
    "spins": ("while True: pass", TOO_LONG),
    "sleeps": ("time.sleep(60)", TOO_LONG),
    "raises": ("raise ValueError('secret of the file')", NO_ANSWER),
    "says nothing": ("pass", NO_ANSWER),
    "writes no JSON": ("(folder / ANSWER).write_text('rows')", NO_ANSWER),
    "writes another shape": ("(folder / ANSWER).write_text('{\"rows\": 1}')", NO_ANSWER),
    "writes a shape that is too deep": ("(folder / ANSWER).write_text('[' * 100_000)", NO_ANSWER),
}


LIMITS = {"spins": Limits(600_000_000, computing=2), "sleeps": Limits(600_000_000, clock=3)}
"""Seconds for those that are to run out of them; to begin at all takes others longer than that on a busy machine."""


@POSIX
@pytest.mark.parametrize("death", DEATHS)
def test_whatever_ends_the_child_is_said_plainly(tmp_path, known, death):
    (code, said), limits = DEATHS[death], LIMITS.get(death, Limits(600_000_000))
    job = Job(kind="read", files=(written(tmp_path, GOOD),), known=Known.of(known), source=LONG, limits=limits)
    told = refusal(lambda: ask(job, tmp_path, [sys.executable, "-c", HELD + code]))
    assert said in told and told.startswith("june.csv: ") and "secret" not in told


@POSIX
def test_memory_that_runs_out_is_said_and_not_taken_from_others(tmp_path, known):
    """The real child, with a file that needs more than it may have."""
    file = written(tmp_path, GOOD + "aurora,monthly,2025-01,3,a\n" * 1_000_000)
    assert "MB of memory" in refusal(lambda: read_apart([file], LONG, known, Limits(memory=480_000_000)))


RUBBISH = {
    "no table": "(folder / ROWS).write_bytes(b'rubbish')",
    "a table cut off": "(folder / ROWS).write_bytes(rows[: len(rows) // 2])",
    "a table without a column": "pl.read_ipc(rows).drop('flag').write_ipc(folder / ROWS)",
    "a table with another kind of column": "pl.read_ipc(rows).with_columns(value=pl.lit('7')).write_ipc(folder / ROWS)",
    "refused rows without their reasons": "pl.DataFrame({'a': [1]}).write_ipc(folder / REFUSED)",
}
SPOILS = """
import os, sys
from pathlib import Path
import polars as pl
from data.ingest.apart import __main__ as child
from data.ingest.apart.jobs import REFUSED, ROWS
folder = Path(sys.argv[1])
assert child.main(folder) == 0
rows = (folder / ROWS).read_bytes()
"""


@pytest.mark.parametrize("spoil", RUBBISH.values(), ids=RUBBISH.keys())
def test_a_table_of_another_shape_is_not_believed(tmp_path, known, monkeypatch, spoil):
    monkeypatch.setattr("data.ingest.apart.parent.READER", (sys.executable, "-c", SPOILS + spoil))
    assert NO_ANSWER in refusal(lambda: read_apart([written(tmp_path, GOOD)], LONG, known))


@POSIX
def test_the_child_inherits_no_secret(tmp_path, known, monkeypatch):
    monkeypatch.setenv("MANDATO_TOKEN", "a secret")
    tell = textwrap.dedent("""
        import json, os, sys
        from pathlib import Path
        from data.ingest.apart.jobs import ANSWER, Answer
        (Path(sys.argv[1]) / ANSWER).write_text(Answer(found=json.dumps(dict(os.environ))).model_dump_json())
    """)
    job = Job(kind="fit", files=(written(tmp_path, GOOD),), known=Known.of(known), limits=Limits())
    told = json.loads(ask(job, tmp_path, [sys.executable, "-c", tell]).found)
    assert "a secret" not in told.values() and "HOME" not in told


def test_nothing_is_left_behind(tmp_path, known, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path / "room"))
    (tmp_path / "room").mkdir()
    monkeypatch.setattr("tempfile.tempdir", None)
    read_apart([written(tmp_path, GOOD)], LONG, known)
    refusal(lambda: read_apart([written(tmp_path, "")], LONG, known))
    assert list((tmp_path / "room").iterdir()) == []
