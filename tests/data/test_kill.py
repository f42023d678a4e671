"""Whoever loads may be killed at any moment: the facts stay readable and whole, and what was answered is held."""

import random
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from data.facts import current
from data.home import Home
from data.verification import verify
from tests.tiny_facts import home

ROOT = Path(__file__).parents[2]
# Loads without end, each of 2,000 rows that all hold the number of the load, and says which are done. With a number given,
# it dies just before it calls the system that many times to make something last, as hard as the system would do it.
WRITER = textwrap.dedent("""
    import itertools, os, signal, sys
    from datetime import date, timedelta
    from pathlib import Path
    from data.facts import current
    from tests.tiny_facts import home, load, rows
    city, fatal = home(Path(sys.argv[1])), int(sys.argv[2])
    days = [date(2020, 1, 1) + timedelta(days=day) for day in range(1000)]
    def dying(call, count=itertools.count(1)):
        def either(*given, **named):
            if next(count) == fatal:
                os.kill(os.getpid(), signal.SIGKILL)
            return call(*given, **named)
        return either
    for name in ("fsync", "replace", "rename", "chmod", "unlink"):
        setattr(os, name, dying(getattr(os, name)))
    facts = current(city)
    print("writing", flush=True)
    for number in itertools.count(len(facts.loads()) if facts else 0):
        table = rows(*({"place": p, "indicator": "daily", "period": day, "value": number} for p in ("aurora", "bruma") for day in days))
        load(city, f"load-{number}", table, date(2025, 1, 1) + timedelta(days=number))
        print("done", number, flush=True)
""")


@pytest.fixture(scope="module")
def city(tmp_path_factory) -> Home:
    """One home for all the killings, so that damage would add up."""
    return home(tmp_path_factory.mktemp("city"))


def kill_a_writer(city: Home, fatal: int = 0, after: float = 0) -> list[int]:
    """The numbers of the loads that it answered to have done."""
    command = [sys.executable, "-c", WRITER, str(city.folder), str(fatal)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None and process.stdout.readline() == "writing\n"
        if not fatal:
            time.sleep(after)
            process.kill()
        said = process.stdout.read()
    return [int(line.split()[1]) for line in said.splitlines() if line.startswith("done ")]


def assert_whole(city: Home, answered: list[int]) -> None:
    facts = current(city)
    held = 0 if facts is None else len(facts.loads())
    assert held >= max(answered, default=-1) + 1, "a load that was answered is lost"
    assert verify(city)[1] == []
    if facts is not None:
        table = facts.observations(indicators=["daily"])
        assert (table.height, table["value"].unique().to_list()) == (2000, [held - 1]), "half a load shows"


@pytest.mark.parametrize("fatal", [2, 5, 8, 12, 13, 14, 15, 16])
def test_killed_at_a_call_that_makes_something_last(city, fatal):
    assert_whole(city, kill_a_writer(city, fatal))


@pytest.mark.parametrize("after", random.Random(11).sample(range(5, 700), 3))
def test_killed_at_any_moment(city, after):
    assert_whole(city, kill_a_writer(city, after=after / 1000))
