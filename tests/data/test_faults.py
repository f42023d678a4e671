"""Whatever fails while a load is written, and whenever: all of it is held or nothing, and what was held before stays whole."""

import errno
import itertools
import os
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from data import rewriting
from data.facts import current
from data.home import Home
from data.problems import NotPossibleNow
from data.verification import verify
from tests.thorough import some
from tests.tiny_facts import definitions, home, load, rows

ROOT = Path(__file__).parents[2]
DAYS = [date(2024, 1, 1) + timedelta(days=day) for day in range(500)]
CALLS = ("fsync", "replace", "rename", "chmod", "unlink")
"""What the system is asked for to make something last."""
MOST_CALLS = 500
DISK_SIZES = [2**13, 20_000, *range(60_000, 1_100_000, 60_000)]
"""Bytes of the largest file that can be written: from less than a page of facts to nearly a whole version."""


def table(number: float) -> pl.DataFrame:
    """A thousand days' values that are all the same number."""
    return rows(*({"place": place, "indicator": "daily", "period": day, "value": number} for place in ("aurora", "bruma") for day in DAYS))


def held(city: Home) -> list[float]:
    """The different values in force; a half load would show two, or too few rows."""
    facts = current(city)
    if facts is None:
        return []
    found = facts.observations(indicators=["daily"])
    assert found.height == 2 * len(DAYS), "half a load shows"
    return found["value"].unique().sort().to_list()


class Failing:
    """Counts calls that write, and lets the n-th fail as a full disk would."""

    def __init__(self, fatal: int) -> None:
        self.fatal, self.calls = fatal, itertools.count(1)
        self.failed = False

    def counted(self, call: Callable, error: Callable[[], Exception]) -> Callable:
        def either(*given: Any, **named: Any) -> Any:
            if next(self.calls) == self.fatal:
                self.failed = True
                raise error()
            return call(*given, **named)

        return either


class FailingConnection:
    """A connection to a version in the making, whose statements are counted too."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, failing: Failing) -> None:
        self._connection = connection
        self.execute = failing.counted(connection.execute, lambda: duckdb.IOException("Could not write file: No space left on device"))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)


@pytest.fixture
def fail_at(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[int], Failing]]:
    """From now on the n-th call that writes fails; asked again, the count begins anew."""

    def begin(fatal: int) -> Failing:
        monkeypatch.undo()
        failing = Failing(fatal)
        full = lambda: OSError(errno.ENOSPC, "No space left on device")  # noqa: E731
        for name in CALLS:
            monkeypatch.setattr(os, name, failing.counted(getattr(os, name), full))
        monkeypatch.setattr(shutil, "copyfile", failing.counted(shutil.copyfile, full))
        connect = duckdb.connect

        def connected(*given: Any, **named: Any) -> Any:
            connection = connect(*given, **named)
            return connection if named.get("read_only") else FailingConnection(connection, failing)

        monkeypatch.setattr(duckdb, "connect", connected)
        return failing

    yield begin
    monkeypatch.undo()


@pytest.fixture(params=["anew", "into a copy"])
def way(request: pytest.FixtureRequest) -> Iterator[None]:
    """Both ways in which a version is written; only large ones are written into a copy by themselves."""
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "into a copy":
            patch.setattr(rewriting, "SMALL", 0)
            patch.setattr(rewriting, "LARGE_PART", 1)
        yield


@pytest.mark.usefixtures("way")
def test_a_failure_at_the_nth_call_that_writes_for_every_n(tmp_path: Path, fail_at: Callable[[int], Failing], monkeypatch) -> None:
    city = home(tmp_path / "home")
    definitions(city)
    load(city, "load-0", table(0))
    number = 0
    for fatal in some(range(1, MOST_CALLS)):
        failing = fail_at(fatal)
        with suppress(NotPossibleNow):
            load(city, f"load-{number + 1}", table(number + 1), date(2025, 2, 1) + timedelta(days=number))
        monkeypatch.undo()
        assert held(city) in ([number], [number + 1]), f"call {fatal}"
        if not failing.failed:
            break
        if held(city) == [number + 1]:  # it failed after the load was in force: a second try finds it held
            number += 1
            assert load(city, f"load-{number}", table(number)).unchanged == 2 * len(DAYS)
    else:
        pytest.fail("the calls that write never come to an end")
    assert fatal > 20, "hardly a call was counted: the test looks in the wrong place"
    assert held(city) == [number + 1]
    assert verify(city)[1] == []


# A writer for whom no file can grow beyond some bytes, which is how a full disk looks to it; the floor of free room, which
# would refuse beforehand, is taken away. It goes on in the same process, as a server does.
ON_A_FULL_DISK = textwrap.dedent("""
    import resource, signal, sys
    from pathlib import Path
    from data import versions
    from data.problems import NotPossibleNow
    from tests.data.test_faults import held, load, table
    from tests.tiny_facts import home
    versions.FLOOR = -10**12
    city = home(Path(sys.argv[1]))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    for number, size in enumerate(map(int, sys.argv[2:]), start=1):
        before = held(city)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
        try:
            load(city, f"load-{size}", table(number))
            said = "loaded"
        except NotPossibleNow as reason:
            said = f"refused, {reason}".splitlines()[0]
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        after = held(city)
        load(city, f"load-{size}", table(number))
        print(size, before, after, held(city), said, sep="\t")
""")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no limit for the size of a file")
def test_a_disk_that_is_full_at_any_size_costs_no_load_and_needs_no_restart(tmp_path: Path) -> None:
    city = home(tmp_path / "home")
    load(city, "load-0", table(0))
    sizes = [str(size) for size in some(DISK_SIZES)]
    done = subprocess.run([sys.executable, "-c", ON_A_FULL_DISK, str(city.folder), *sizes], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    told = [line.split("\t") for line in done.stdout.splitlines()]
    assert [size for size, *_ in told] == sizes
    for number, (_, before, after, again, said) in enumerate(told, start=1):
        assert before == f"[{number - 1}.0]"
        assert after == (before if said.startswith("refused") else again)
        assert again == f"[{number}.0]"
    assert [said for *_, said in told if said.startswith("refused")], "no size was too small: the limit does not work"
    assert verify(city)[1] == []


SOURCES = """
sources:
  - {id: meters, name: Meters, columns: {place: place, indicator: indicator, period: period, value: value}}
"""


def ingesting(city: Home, file: Path) -> subprocess.Popen:
    """The command at work on a file; its answer is yet to come."""
    told = [sys.executable, "-m", "data", "ingest", str(file), "--source", "meters", "--json"]
    return subprocess.Popen(
        told, cwd=ROOT, env={**os.environ, "MANDATO_HOME": str(city.folder)}, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def answers(*running: subprocess.Popen) -> list[tuple[int, str]]:
    """Exit code, and what was said to the person, of each."""
    return [(process.wait(), said[1].decode()) for process in running for said in [process.communicate(timeout=120)]]


@pytest.fixture
def two_files(tmp_path: Path) -> tuple[Home, Path, Path]:
    """A home, and two files of the same size that have no row in common."""
    city = home(tmp_path / "home")
    city.sources.write_text(SOURCES, encoding="utf-8")
    files = []
    for place in ("aurora", "bruma"):
        files.append(tmp_path / f"{place}.csv")
        values = [{"place": place, "indicator": "daily", "period": str(day), "value": 1.5} for day in DAYS]
        pl.DataFrame(values).write_csv(files[-1])
    return city, files[0], files[1]


def test_the_same_file_twice_in_parallel_is_loaded_once(two_files: tuple[Home, Path, Path]) -> None:
    city, file, _ = two_files
    found = answers(ingesting(city, file), ingesting(city, file), ingesting(city, file))
    assert {code for code, _ in found} <= {0, 3}
    # Whoever has the lock takes a moment to write down who it is.
    told = ("has been loading since", "somebody else is loading")
    assert all(any(words in said for words in told) for code, said in found if code == 3), found
    assert 0 in {code for code, _ in found}
    facts = current(city)
    assert facts is not None
    assert (len(facts.loads()), facts.observations().height) == (1, len(DAYS))


def test_two_files_at_once_are_both_held_or_one_is_told_to_come_again(two_files: tuple[Home, Path, Path]) -> None:
    city, first, second = two_files
    found = answers(ingesting(city, first), ingesting(city, second))
    assert {code for code, _ in found} <= {0, 3}
    for file, (code, _) in zip((first, second), found, strict=True):
        if code == 3:
            assert answers(ingesting(city, file))[0][0] == 0
    facts = current(city)
    assert facts is not None
    assert (len(facts.loads()), facts.observations().height) == (2, 2 * len(DAYS))
    assert verify(city)[1] == []
