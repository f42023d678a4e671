"""Kills `python -m data ingest` of a million rows at random moments, and looks at what is left each time.

    python -m tests.drills.kill_ingest [--kills 30] [--rows 1000000] [--seed 1]

Prints one JSON line; exit code 1 where the facts before could not be read, half a load showed, the store was not in
order, or the second ingest of the same file was not all unchanged. Takes a few minutes, so pytest does not run it.
"""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import polars as pl

from data.facts import current
from data.home import Home
from data.rollback import rollback
from data.verification import verify
from tests.tiny_facts import definitions, home, load, value

ROOT = Path(__file__).parents[2]
PLACES = 40
SOURCES = """
sources:
  - {id: meters, name: Meters, columns: {place: place, indicator: indicator, period: period, value: value, segment: segment}}
"""


def main() -> int:
    """Runs the drill; returns the exit code."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--kills", type=int, default=30)
    ask.add_argument("--rows", type=int, default=1_000_000)
    ask.add_argument("--seed", type=int, default=1)
    told = ask.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = _drill(Path(folder), told.kills, told.rows, random.Random(told.seed))
    print(json.dumps(found))
    return 0 if found["ok"] else 1


def _drill(folder: Path, kills: int, rows: int, dice: random.Random) -> dict:
    file = folder / "meters.csv"
    _write_file(file, rows)
    seconds = _seconds_of_one_ingest(_city(folder / "rehearsal"), file)
    city = _city(folder / "city")
    load(city, "before", value(1.0))
    found = {"rows": rows, "one_ingest_seconds": round(seconds, 1), "kills": 0, "published": 0, "unreadable": 0, "half_loads": 0}
    while found["kills"] < kills:
        killed, took = _kill_one_ingest(city, file, dice.uniform(0, seconds))
        found["kills"] += killed
        seconds = seconds if killed else min(seconds, took)  # it came through: the machine has become faster
        _look(city, rows, found)
    first, second = _answer(city, file), _answer(city, file)
    found["then_loaded"], found["second_time_unchanged"] = first["rows_loaded"], second["rows_unchanged"]
    found["problems"] = [str(problem) for problem in verify(city)[1]]
    broken = found["unreadable"] or found["half_loads"] or found["problems"]
    found["ok"] = not broken and first["rows_loaded"] == second["rows_unchanged"] == rows
    return found


def _city(folder: Path) -> Home:
    places = "\n".join(f"  - {{id: place_{number}, name: Place {number}}}" for number in range(PLACES))
    city = home(folder, f"places:\n  - {{id: aurora, name: Aurora}}\n{places}\n")
    city.sources.write_text(SOURCES, encoding="utf-8")
    definitions(city)
    return city


def _write_file(path: Path, rows: int) -> None:
    """Daily values by place and segment: a thousand days of as many series as it takes."""
    days = pl.DataFrame({"period": pl.date_range(date(2022, 1, 1), date(2024, 9, 26), eager=True)})
    series = [(f"place_{number % PLACES}", "daily", f"meter {number // PLACES}") for number in range(-(-rows // days.height))]
    table = pl.DataFrame(series, schema=["place", "indicator", "segment"], orient="row").join(days, how="cross").head(rows)
    table.with_row_index("value").with_columns(pl.col("value") % 997).write_csv(path)


def _ingest(city: Home, file: Path) -> subprocess.Popen:
    command = [sys.executable, "-m", "data", "ingest", str(file), "--source", "meters", "--json"]
    environment = {**os.environ, "MANDATO_HOME": str(city.folder)}
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)


def _kill_one_ingest(city: Home, file: Path, after: float) -> tuple[bool, float]:
    """Whether it still ran when its time had come, and how long it ran."""
    began = time.perf_counter()
    with _ingest(city, file) as process:
        try:
            process.wait(timeout=after)
        except subprocess.TimeoutExpired:
            process.kill()
    return process.returncode == -signal.SIGKILL, time.perf_counter() - began


def _answer(city: Home, file: Path) -> dict:
    with _ingest(city, file) as process:
        said, _ = process.communicate(timeout=600)
    return json.loads(said)


def _seconds_of_one_ingest(city: Home, file: Path) -> float:
    began = time.perf_counter()
    _answer(city, file)
    return time.perf_counter() - began


def _look(city: Home, rows: int, found: dict) -> None:
    """Counts what is wrong; a load that was published, answered or not, is undone, so that the next one starts alike."""
    try:
        facts = current(city)
        held = facts.observations(segment=None).height if facts else 0
    except Exception:
        found["unreadable"] += 1
        return
    found["half_loads"] += held not in (1, rows + 1)
    if held == rows + 1:
        found["published"] += 1
        rollback(city)


if __name__ == "__main__":
    sys.exit(main())
