"""One city's month of 60 indicators, with previous and year ago, out of 10 million observations.

    python -m tests.bench.bench_facts

Beside the product's own reader, in the same run: the best layout of a table made for this one question, and its query.
"""

import tempfile
from contextlib import closing
from datetime import date
from pathlib import Path

import duckdb

from data.city import Area, City, Mandate
from data.connection import NO_EXTENSIONS, open_to_write
from data.definitions import Definitions
from data.facts import Facts, current
from data.history import attach_held
from data.home import Home
from data.indicators import Indicator, Theme
from data.numbering import number_indicators, number_places
from data.periods import Month
from data.places import Place
from data.schema import migrate
from data.verification import require_sound
from data.versions import publish, writing
from tests.bench.figure import Figure, in_turns, table

PLACES, INDICATORS, MONTHS = 1_000, 60, 167
REVIEWED = Month(2024, 6)
RUNS = 40
# A month that is not the first or last, and values that do not compress to nothing.
ROWS = f"""
select last_day(date '2012-01-01' + to_months(m::integer)) as period, i::usmallint as indicator, p::usmallint as place,
    round(100 * random(), 2) as value
from range({MONTHS}) as months(m), range({INDICATORS}) as indicators(i), range({PLACES}) as places(p)
order by m, i, p
"""


def measure() -> list[Figure]:
    """The month by the product's reader beside the best layout's."""
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder))
        _publish_facts(home)
        facts = current(home)
        assert facts is not None
        with closing(_best_layout(Path(folder) / "best.duckdb")) as best:
            assert _ask_facts(facts) == _ask_best(best) == INDICATORS
            ours, theirs = in_turns(lambda: _ask_facts(facts), lambda: _ask_best(best), runs=RUNS)
    name = f"a city's month of {INDICATORS} indicators from {PLACES * INDICATORS * MONTHS:,} observations, beside the best layout"
    return [Figure(name, ours, theirs, 2.0)]


def _publish_facts(home: Home) -> None:
    def build(part: Path) -> None:
        with closing(open_to_write(part)) as connection:
            attach_held(connection, None)
            connection.execute("begin")
            migrate(connection)
            number_places(connection, _definitions())
            number_indicators(connection, _definitions())
            counts = [PLACES * INDICATORS * MONTHS] * 2
            told = "insert into load values (1, 'bench', 'bench', ['bench'], 'bench', today(), now()::timestamp, false, ?, ?, 0, 0)"
            connection.execute(told, counts)
            connection.execute(f"insert into observation by name select *, '' as segment, 1 as load, 1 as confirmed from ({ROWS})")
            connection.execute("commit")
            connection.execute("checkpoint")

    with writing(home) as versions:
        publish(versions, None, build, require_sound)


def _best_layout(path: Path) -> duckdb.DuckDBPyConnection:
    """Small numbers and values only, in (month, indicator, place) order."""
    with closing(duckdb.connect(str(path))) as connection:
        connection.execute(f"create table observation as {ROWS}")
        connection.execute("checkpoint")
    return duckdb.connect(str(path), read_only=True, config={**NO_EXTENSIONS, "threads": "2", "memory_limit": "512MB"})


def _ask_facts(facts: Facts) -> int:
    return facts.month("place_500", REVIEWED, [f"indicator_{i}" for i in range(INDICATORS)]).height


def _ask_best(connection: duckdb.DuckDBPyConnection) -> int:
    now, before, year = (REVIEWED.plus(-back).last for back in (0, 1, 12))
    query = f"""
        select indicator, max(value) filter (where period = date '{now}') as value,
            max(value) filter (where period = date '{before}') as previous, max(value) filter (where period = date '{year}') as year_ago
        from observation where place = 500 and period in (date '{now}', date '{before}', date '{year}')
        group by indicator order by indicator
    """
    with connection.cursor() as cursor:
        return len(cursor.execute(query).fetchall())


def _definitions() -> Definitions:
    areas = (Area(id="area", name="Area"),)
    city = City(name="City", place="place_0", mandate=Mandate(start=date(2024, 1, 1), end=date(2027, 12, 31)), areas=areas)
    places = tuple(Place(id=f"place_{i}", name=f"Place {i}") for i in range(PLACES))
    indicators = tuple(_indicator(f"indicator_{i}") for i in range(INDICATORS))
    return Definitions(city, places, (Theme(id="theme", name="Theme"),), indicators, ())


def _indicator(name: str) -> Indicator:
    return Indicator(id=name, name=name, unit="days", kind="level", frequency="month", theme="theme", source="bench", owner="area")


if __name__ == "__main__":
    print(table(measure()))
