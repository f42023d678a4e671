"""A roll-up of 5,049,216 hourly readings, beside its bare SQL in DuckDB over the same file.

    python -m tests.bench.bench_rollup

The readings are drawn by SQL: twelve stations, twelve variables, four years of hours, one in seventy missing. The product's part
is everything but the publication of a new version of the facts: finding and fingerprinting the file, checking the SQL,
running it locked down, validating each row.
"""

import tempfile
from contextlib import closing
from pathlib import Path

import duckdb

from data import definitions
from data.home import Home
from data.rollup import Asked, compute
from data.rollup.reading import read
from tests.bench.figure import Figure, in_turns, table
from tests.city_home import write_home

STATIONS, VARIABLES, HOURS = 12, 12, 35_064
EVENTS = f"""
select timestamp '2013-03-01' + to_hours(h::integer) as measured_at, 'station_' || s as station, 'variable_' || v as variable,
    case when random() > 1 / 70 then round(100 * random(), 1)::float end as value
from range({STATIONS}) as stations(s), range({VARIABLES}) as variables(v), range({HOURS}) as hours(h)
"""
RUNS = 7


def measure() -> list[Figure]:
    """The roll-up that comes with the program, and its SQL alone."""
    with tempfile.TemporaryDirectory() as folder:
        home = _home(Path(folder))
        with closing(duckdb.connect()) as connection:
            connection.execute(f"copy ({EVENTS}) to '{home.folder}/events.parquet'")
        assert _ours(home) == _bare(home)
        ours, theirs = in_turns(lambda: _ours(home), lambda: _bare(home), runs=RUNS)
    return [Figure(f"roll-up of {STATIONS * VARIABLES * HOURS:,} sensor events, beside its bare SQL in DuckDB", ours, theirs, 1.3)]


def _ours(home: Home) -> int:
    known = definitions.load(home)
    return compute(read("sensors", home, known), home, known, Asked()).rows.height


def _bare(home: Home) -> int:
    """What a person would type: DuckDB as it comes, its own reading of the file, no check of anything."""
    known = definitions.load(home)
    rollup = read("sensors", home, known)
    with closing(duckdb.connect()) as connection:
        connection.execute(f"create view events as select * from '{home.folder}/events.parquet'")
        return connection.sql(rollup.sql, params=rollup.parameters).pl().height


def _home(folder: Path) -> Home:
    indicators = {f"variable_{number}": f"variable_{number}" for number in range(VARIABLES)}
    types = {"station": "text", "variable": "text", "measured_at": "timestamp", "value": "number"}
    sensors = {
        "name": "Sensors",
        "events": {"path": "events.parquet", "format": "parquet"},
        "columns": {name: {"column": name, "type": kind} for name, kind in types.items()},
        "period": {"column": "measured_at"},
        "parameters": {"complete_share": 0.75},
        "indicators": indicators,
    }
    return write_home(
        folder / "home",
        city="city",
        places=[{"id": f"station_{number}", "name": f"Station {number}"} for number in range(STATIONS)],
        indicators=dict.fromkeys(indicators, "month"),
        rollups={"sensors": sensors},
    )


if __name__ == "__main__":
    print(table(measure()))
