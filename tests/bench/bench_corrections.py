"""100,000 corrections in two months of 10 million values, beside writing all of them anew in order.

    python -m tests.bench.bench_corrections

A load is a copy of the version before, a transaction in the copy, a look at everything in it, and its checksum. The
transaction is what the aim is about, since only it depends on what changes; the other three are told apart.
"""

import tempfile
import time
from contextlib import closing
from datetime import date
from pathlib import Path

import polars as pl

from data.connection import open_to_write
from data.facts import current
from data.history import attach_held
from data.home import Home
from data.loads import NewLoad, apply
from data.versions import Versions
from tests.bench.big_city import definitions, observations, published
from tests.bench.figure import Figure, table
from tests.bench.parts import PARTS, timed_apart

INDICATORS, CORRECTIONS, RUNS = 60, 100_000, 5
SINCE, UNTIL = date(2020, 1, 31), date(2020, 2, 29)


def measure() -> list[Figure]:
    """The least of a few runs of each, taken in turns."""
    with tempfile.TemporaryDirectory() as folder:
        home = published(Path(folder) / "home", INDICATORS)
        turns = [(_corrected(home, run), _rewritten(home, Path(folder) / "whole.duckdb")) for run in range(RUNS)]
    whole = min(taken for _, taken in turns)
    name = f"{CORRECTIONS:,} corrections in two months of {observations(INDICATORS):,} values"
    figures = [Figure(f"{name}: the transaction, beside writing all anew", min(parts["transaction"] for parts, _ in turns), whole, 0.2)]
    return figures + [Figure(f"the same: {part}", min(parts[part] for parts, _ in turns), whole) for part in PARTS]


def _corrected(home: Home, run: int) -> dict[str, float]:
    """Milliseconds of each part of one load."""
    facts = current(home)
    assert facts is not None
    rows = facts.observations(since=SINCE, until=UNTIL).drop("load").sample(CORRECTIONS, seed=run).with_columns(value=pl.col("value") + 1)
    load = NewLoad(f"corrections-{run}", "bench", ("corrections.csv",), "bench", date(2026, 6, 1), CORRECTIONS)
    began = time.perf_counter()
    with timed_apart() as taken:
        outcome = apply(home, definitions(INDICATORS), [(load, rows)])[0]
    assert outcome.revised == CORRECTIONS
    return {**taken, "transaction": 1000 * (time.perf_counter() - began) - sum(taken.values())}


def _rewritten(home: Home, path: Path) -> float:
    """Milliseconds of writing all that is held into a new file, in order."""
    version = Versions.of(home)
    assert version.current is not None
    path.unlink(missing_ok=True)
    began = time.perf_counter()
    with closing(open_to_write(path)) as connection:
        attach_held(connection, version.path(version.current))
        for name in ("observation", "revision"):
            connection.execute(f"create table {name} as select * from held.{name} order by period, indicator, place, segment, load")
        connection.execute("checkpoint")
    return 1000 * (time.perf_counter() - began)


if __name__ == "__main__":
    print(table(measure()))
