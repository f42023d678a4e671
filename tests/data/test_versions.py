"""Numbered versions: which is in force, which are kept, who may write, and what a failure leaves behind."""

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from data.facts import current
from data.home import Home
from data.problems import NotPossibleNow
from data.rollback import rollback
from data.versions import Versions, writing
from tests.tiny_facts import home, load, load_each, value

ROOT = Path(__file__).parents[2]


@pytest.fixture
def city(tmp_path) -> Home:
    return home(tmp_path)


def in_force(city: Home) -> float | None:
    facts = current(city)
    return None if facts is None else facts.observations()["value"][0]


def test_the_last_ten_are_kept(city):
    load_each(city, range(12))
    versions = Versions.of(city)
    assert versions.kept == list(range(3, 13))
    assert sorted(path.name for path in versions.folder.glob("facts-*.json")) == [versions.note(number).name for number in range(3, 13)]


def test_the_version_in_force_is_never_removed(city):
    load_each(city, range(2))
    rollback(city)
    versions = Versions.of(city)
    for number in range(3, 20):  # as if many later versions had been made and left
        shutil.copy(versions.path(2), versions.path(number))
    load(city, "after", value(9))
    assert versions.kept == [1, *range(11, 21)] and versions.current == 20
    assert in_force(city) == 9


def test_the_version_that_undoing_leads_to_is_never_removed(city):
    load_each(city, range(10))
    for _ in range(9):
        rollback(city)
    load(city, "after", value(99))
    assert rollback(city).facts_version == 1
    assert in_force(city) == 0


def test_a_published_version_cannot_be_written(city):
    load(city, "june", value(1))
    assert Versions.of(city).path(1).stat().st_mode & 0o777 == 0o444


def test_a_number_is_never_used_again(city):
    load_each(city, range(3))
    versions = Versions.of(city)
    rollback(city)
    rollback(city)
    versions.path(2).unlink()
    versions.path(3).unlink()
    assert load(city, "after", value(9)).facts_version == 4
    (versions.folder / "HIGHEST").unlink()
    assert load(city, "later", value(8)).facts_version == 5, "what lies in the folder still counts"


def test_rollback_goes_to_the_version_before_and_loads_go_on_from_there(city):
    load_each(city, range(3))
    undone = rollback(city)
    assert (undone.facts_version, [one.id for one in undone.loads]) == (2, ["load-2"])
    assert in_force(city) == 1
    load(city, "instead", value(9))
    assert (Versions.of(city).current, in_force(city)) == (4, 9)
    assert rollback(city).facts_version == 2, "what version 4 was built on, and not version 3, which was undone"
    assert rollback(city).facts_version == 1


def test_undoing_the_first_load_leaves_nothing_loaded(city):
    load(city, "june", value(1))
    undone = rollback(city)
    assert (undone.facts_version, [one.id for one in undone.loads]) == (None, ["june"])
    assert current(city) is None
    with pytest.raises(NotPossibleNow, match="nothing to undo"):
        rollback(city)
    assert load(city, "june", value(1)).facts_version == 2


@pytest.mark.parametrize("loss", [lambda path: path.unlink(), lambda path: (path.chmod(0o644), path.write_bytes(b"rubbish"))])
def test_rollback_refuses_a_version_that_is_lost_or_damaged(city, loss):
    load_each(city, range(2))
    loss(Versions.of(city).path(1))
    with pytest.raises(NotPossibleNow, match="damaged or no longer kept"):
        rollback(city)
    assert in_force(city) == 1


POINTERS = {
    "empty": "",
    "blank": "\n\n",
    "naming nothing that is there": "facts-000099.duckdb\n",
    "naming another file": "../../city.yaml\n",
    "naming an unfinished file": "facts-000002.part\n",
    "rubbish": "\x00\xff\x00",
}


@pytest.mark.parametrize("case", [*POINTERS, "lost"])
def test_a_damaged_pointer_is_said_and_rollback_mends_it(city, case):
    load_each(city, range(2))
    pointer = Versions.of(city).folder / "CURRENT"
    pointer.unlink()
    if case in POINTERS:
        pointer.write_text(POINTERS[case], encoding="latin-1")
    for attempt in (lambda: current(city), lambda: load(city, "more", value(5))):
        with pytest.raises(NotPossibleNow, match=r"the facts cannot be read.*no version was changed or lost.*verify.*rollback"):
            attempt()
    assert rollback(city).facts_version == 2
    assert in_force(city) == 1


def test_without_any_intact_version_rollback_says_so(city):
    load(city, "june", value(1))
    versions = Versions.of(city)
    (versions.folder / "CURRENT").write_text("")
    versions.note(1).unlink()
    with pytest.raises(NotPossibleNow, match="no intact version is kept"):
        rollback(city)


def test_where_a_note_is_lost_undoing_goes_to_the_version_just_below(city):
    load_each(city, range(3))
    Versions.of(city).note(3).unlink()
    assert rollback(city).facts_version == 2


WRITER = """
import sys, time
from pathlib import Path
from data.home import Home
from data.versions import writing
with writing(Home(Path(sys.argv[1]))):
    print("writing", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def other_writer(city):
    command = [sys.executable, "-c", WRITER, str(city.folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None and process.stdout.readline() == "writing\n"
        yield process
        process.kill()


def test_a_second_writer_is_told_who_is_loading_and_since_when(city, other_writer):
    with pytest.raises(NotPossibleNow, match=rf"\(process {other_writer.pid}\) has been loading since 20\d\d-.*nothing was changed"):
        load(city, "june", value(1))
    assert current(city) is None


def test_a_killed_writer_holds_nobody_up(city, other_writer):
    other_writer.send_signal(signal.SIGKILL)
    other_writer.wait()
    assert load(city, "june", value(1)).facts_version == 1


def test_two_writers_in_one_process_are_kept_apart_too(city):
    with writing(city), pytest.raises(NotPossibleNow, match="has been loading"):
        load(city, "june", value(1))


def test_what_a_killed_writer_left_is_removed_by_the_next(city):
    load(city, "june", value(1))
    folder = Versions.of(city).folder
    (folder / "facts-000002.part.spill").mkdir()
    left = ["facts-000002.part", "facts-000002.part.wal", "facts-000002.part.spill/a", "facts-000002.json", "CURRENT.new", "HIGHEST.new"]
    for name in left:
        (folder / name).write_text("half")
    load(city, "july", value(2))
    assert sorted(path.name for path in folder.iterdir()) == [
        "CURRENT",
        "HIGHEST",
        "facts-000001.duckdb",
        "facts-000001.json",
        "facts-000002.duckdb",
        "facts-000002.json",
        "writer.json",
        "writer.lock",
    ]
    assert in_force(city) == 2 and json.loads((folder / "facts-000002.json").read_text())["built_on"] == 1


def test_a_full_disk_is_said_before_anything_is_written(city, monkeypatch):
    load(city, "june", value(1))
    usage = shutil.disk_usage(city.folder)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=150_000_000))
    with pytest.raises(NotPossibleNow, match=r"the disk is too full: 20\d MB must be free to load safely, 150 MB are; nothing was changed"):
        load(city, "july", value(2))
    assert in_force(city) == 1


@pytest.mark.parametrize("small", [1_000_000, 0], ids=["written whole", "into a copy"])
@pytest.mark.parametrize("limit", [0, 5_000, 600_000])
def test_a_disk_that_fills_up_while_loading_changes_nothing(city, limit, small):
    load(city, "june", value(1))
    script = textwrap.dedent(f"""
        import resource
        from pathlib import Path
        from data import rewriting
        from data.problems import NotPossibleNow
        from tests.tiny_facts import home, load, value
        city = home(Path({str(city.folder)!r}))
        rewriting.SMALL, rewriting.LARGE_PART = {small}, 1
        resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))
        try:
            load(city, "july", value(2))
        except NotPossibleNow as reason:
            print(reason)
    """)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=False, timeout=60)
    assert "those in force are whole" in done.stdout, done.stderr
    assert in_force(city) == 1
    assert not list(Versions.of(city).folder.glob("*.part*")), "a full disk needs the room"
    assert load(city, "july", value(2)).facts_version == 2, "there is room again"


@pytest.mark.parametrize("call", ["fsync", "replace", "rename"])
def test_whichever_call_fails_the_facts_are_as_before_or_as_after(city, monkeypatch, call):
    """Each call that publishing makes fails once, the first, the second, ..., until none is left to fail."""
    load(city, "load-0", value(0))
    real, turn, done = getattr(os, call), 0, False
    while not done:
        turn += 1
        before, count = in_force(city), iter(range(1, 1000))

        def failing(*given, count=count, turn=turn, **named):
            if next(count) == turn:
                raise OSError(errno.EIO, "the disk does not answer")
            return real(*given, **named)

        with monkeypatch.context() as patch:
            patch.setattr(os, call, failing)
            try:
                load(city, f"load-{turn}", value(turn))
                done = True
            except NotPossibleNow:
                assert in_force(city) in (before, turn)
    assert in_force(city) == turn
    assert turn > 1, "the call was never made"
