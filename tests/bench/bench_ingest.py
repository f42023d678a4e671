"""`python -m data ingest` of a CSV of 10 million values into an empty home, beside DuckDB's bare `create table as select` of that file.

    python -m tests.bench.bench_ingest

Ours is the whole command, from its start to its answer: every row checked, written sorted, read again whole and hashed; and
beside it, without an aim, only the checking and writing, in a process that runs already. The bare
statement knows the columns and their types, checks nothing and keeps the file's order. Memory is the command's peak.
"""

import os
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from datetime import date
from pathlib import Path

import duckdb

from data.definitions import load
from data.home import Home
from data.ingest import read_all
from data.loads import NewLoad, apply
from tests.bench.big_city import PLACES
from tests.bench.figure import Figure, table
from tests.bench.parts import timed_apart
from tests.conftest import ROOT

ROWS, INDICATORS, MONTHS = 10_000_000, 84, 120
RUNS = 3
# Place after place, as a register writes it, and so in another order than the one that facts are kept in.
FILE = f"""
copy (
    select 'place_' || p as place, 'indicator_' || i as indicator, last_day(date '2012-01-01' + to_months(m::integer)) as period,
        round(1000 * random(), 2) as value
    from range({PLACES}) as places(p), range({INDICATORS}) as indicators(i), range({MONTHS}) as months(m) order by p, i, m limit {ROWS}
) to '{{file}}' (header)
"""
BARE = """
create table observation as select * from read_csv($file, header = true, delim = ',', auto_detect = false,
    columns = {place: 'varchar', indicator: 'varchar', period: 'date', value: 'double'})
"""


def measure() -> list[Figure]:
    """The least of a few runs of each, taken in turns: a busy machine only ever adds."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "values.csv"
        with closing(duckdb.connect()) as connection:
            connection.execute("set enable_progress_bar = false")
            connection.execute(FILE.format(file=file))
        turns = [_turn(Path(folder) / str(run), file) for run in range(RUNS)]
        size = file.stat().st_size / 1e6
    bare, seconds, written = (min(turn[i] for turn in turns) for i in range(3))
    megabytes = max(turn[3] for turn in turns)
    return [
        Figure(f"ingest of {ROWS:,} rows ({size:.0f} MB of CSV), beside a bare create table", 1000 * seconds, 1000 * bare, 2.5),
        Figure("of it, every row checked and written sorted, in a process that runs already", 1000 * written, 1000 * bare),
        Figure("the same: MB of memory at its peak, beside 2,000", megabytes, 2000, 1.0),
    ]


def _turn(folder: Path, file: Path) -> tuple[float, float, float, float]:
    """Seconds of the bare statement, of the command and of its checking and writing alone, and the command's megabytes."""
    bare = _bare(folder.with_suffix(".duckdb"), file)
    seconds, megabytes = _ingest(folder / "whole", file)
    return bare, seconds, _written(folder / "written", file), megabytes


def _written(folder: Path, file: Path) -> float:
    home = _declared(Home(folder))
    definitions = load(home)
    began = time.perf_counter()
    with timed_apart() as taken:
        found = read_all([(file, file.name)], definitions.source["long"], definitions)
        new = NewLoad("bench", "long", (file.name,), "bench", date(2026, 6, 1), found.rows_read)
        outcome = apply(home, definitions, [(new, found.rows)])[0]
    assert outcome.new == ROWS
    return time.perf_counter() - began - sum(taken.values()) / 1000


def _ingest(folder: Path, file: Path) -> tuple[float, float]:
    """Seconds, and the most megabytes the process ever held."""
    home = _declared(Home(folder))
    command = [sys.executable, "-m", "data", "ingest", str(file), "--source", "long", "--json"]
    began = time.perf_counter()
    with subprocess.Popen(command, cwd=ROOT, env={**os.environ, "MANDATO_HOME": str(home.folder)}, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        said = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    taken = time.perf_counter() - began
    assert process.returncode == 0 and f'"rows_loaded": {ROWS}'.encode() in said, said
    return taken, usage.ru_maxrss / 1000


def _bare(path: Path, file: Path) -> float:
    began = time.perf_counter()
    with closing(duckdb.connect(str(path))) as connection:
        connection.execute(BARE, {"file": str(file)})
        connection.execute("checkpoint")
    return time.perf_counter() - began


def _declared(home: Home) -> Home:
    indicator = "{{id: {0}, name: {0}, unit: days, kind: level, frequency: month, theme: city, source: bench, owner: hall}}"
    texts = {
        home.city: "name: City\nplace: place_0\nmandate: {start: 2024-01-01, end: 2027-12-31}\nareas: [{id: hall, name: Hall}]\n",
        home.places: "places:\n" + "".join(f"  - {{id: place_{i}, name: Place {i}}}\n" for i in range(PLACES)),
        home.indicators: "themes: [{id: city, name: City}]\nindicators:\n"
        + "".join(f"  - {indicator.format(f'indicator_{i}')}\n" for i in range(INDICATORS)),
        home.sources: "sources:\n  - {id: long, name: Long, columns: {place: place, indicator: indicator, period: period, value: value}}\n",
    }
    for path, text in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return home


if __name__ == "__main__":
    print(table(measure()))
