"""What the pages ask of 10 million values (100 million with --large), beside SQL written by hand for each question.

    python -m tests.bench.bench_facts [--large]

By hand means: the same file, the numbers of places and indicators known, conditions written out, the same rows in the same
order. The month of the Overview is held against more: a table made for that one question.
"""

import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import duckdb
import polars as pl
from polars.testing import assert_frame_equal

from data.connection import NO_EXTENSIONS, open_to_read
from data.facts import Facts, current
from data.home import Home
from data.periods import Month
from data.versions import Versions
from tests.bench.big_city import observations, published
from tests.bench.figure import Figure, in_turns, table

INDICATORS, LARGE = 60, 600
ASKED = 60
"""How many indicators a page asks for, however many there are."""
REVIEWED = Month(2024, 6)
RUNS = 40

COLUMNS = "p.code as place, i.code as indicator, o.segment, o.period, o.value, o.numerator, o.denominator, o.flag, o.load"
VALUES = """
select {columns} from {rows} as o join place as p on p.id = o.place join indicator as i on i.id = o.indicator
where {where} and o.segment = '' order by i.code, p.code, o.segment, o.period
"""
KNOWN_THEN = """(
    select o.* from observation as o where o.load = 1 union all by name select r.* exclude until from revision as r where r.load = 1
)"""
SERIES = "where place = 500 and indicator = 30 and segment = ''"
REVISIONS = f"""
select held.period, held.value, l.known_on, u.known_on as until
from (
    select period, value, load, null::integer as until from observation {SERIES}
    union all select period, value, load, until from revision {SERIES}
) as held join load as l on l.number = held.load left join load as u on u.number = held.until order by held.period, l.known_on, l.number
"""


def measure(indicators: int = INDICATORS) -> list[Figure]:
    """Every question, after a look that both answers are the same."""
    with tempfile.TemporaryDirectory() as folder:
        home = published(Path(folder), indicators)
        facts = current(home)
        assert facts is not None
        return [*_by_hand(home, facts, indicators), _best_layout(home, facts, Path(folder) / "best.duckdb", indicators)]


def _by_hand(home: Home, facts: Facts, indicators: int) -> list[Figure]:
    figures = []
    with closing(open_to_read(Versions.of(home).path(facts.version))) as connection:
        for name, (ours, query) in _questions(facts).items():

            def by_hand(query: str = query) -> pl.DataFrame:
                with connection.cursor() as cursor:
                    return cursor.sql(query).pl()

            assert_frame_equal(ours(), by_hand())
            mine, theirs = in_turns(ours, by_hand, runs=RUNS)
            figures.append(Figure(f"{name}, of {observations(indicators):,} values, beside SQL by hand", mine, theirs, 1.5))
    return figures


def _questions(facts: Facts) -> dict[str, tuple[Callable[[], pl.DataFrame], str]]:
    """What the Overview, a goal, the map and the Explorer ask, and the SQL by hand."""
    names = [f"indicator_{i}" for i in range(ASKED)]
    city, one, until = ["place_500"], ["indicator_30"], REVIEWED.last
    districts, since = [f"place_{i}" for i in range(100, 124)], REVIEWED.plus(-12).last

    def values(where: str, rows: str = "observation") -> str:
        return VALUES.format(columns=COLUMNS, rows=rows, where=where)

    return {
        "60 series of a city": (
            lambda: facts.observations(places=city, indicators=names, until=until),
            values(f"o.place = 500 and o.indicator < {ASKED} and o.period <= date '{until}'"),
        ),
        "one series": (
            lambda: facts.observations(places=city, indicators=one, until=until),
            values(f"o.place = 500 and o.indicator = 30 and o.period <= date '{until}'"),
        ),
        "24 districts in 13 months": (
            lambda: facts.observations(places=districts, indicators=one, since=since, until=until),
            values(f"o.place between 100 and 123 and o.indicator = 30 and o.period between date '{since}' and date '{until}'"),
        ),
        "one series as it was known": (
            lambda: facts.observations(places=city, indicators=one, as_known=date(2026, 1, 2)),
            values("o.place = 500 and o.indicator = 30", KNOWN_THEN),
        ),
        "every value that a series ever had": (lambda: facts.revisions("place_500", "indicator_30"), REVISIONS),
    }


def _best_layout(home: Home, facts: Facts, path: Path, indicators: int) -> Figure:
    """A month of the city beside a table of small numbers and values only, in (month, indicator, place) order."""
    names = [f"indicator_{i}" for i in range(ASKED)]
    with closing(duckdb.connect(str(path))) as connection:
        connection.execute("attach ? as held (read_only)", [str(Versions.of(home).path(facts.version))])
        connection.execute("create table observation as select period, indicator, place, value from held.observation")
        connection.execute("checkpoint")
    with closing(duckdb.connect(str(path), read_only=True, config={**NO_EXTENSIONS, "threads": "2", "memory_limit": "512MB"})) as best:
        month = facts.month("place_500", REVIEWED, names)
        assert month.select("value", "previous", "year_ago").rows() == [row[1:] for row in _ask_best(best)]
        ours, theirs = in_turns(lambda: facts.month("place_500", REVIEWED, names), lambda: _ask_best(best), runs=RUNS)
    return Figure(
        f"a city's month of {ASKED} indicators, of {observations(indicators):,} values, beside the best layout", ours, theirs, 2.0
    )


def _ask_best(connection: duckdb.DuckDBPyConnection) -> list[tuple]:
    now, before, year = (REVIEWED.plus(-back).last for back in (0, 1, 12))
    query = f"""
        select indicator, max(value) filter (where period = date '{now}') as value,
            max(value) filter (where period = date '{before}') as previous, max(value) filter (where period = date '{year}') as year_ago
        from observation where place = 500 and indicator < {ASKED} and period in (date '{now}', date '{before}', date '{year}')
        group by indicator order by indicator
    """
    with connection.cursor() as cursor:
        return cursor.execute(query).fetchall()


if __name__ == "__main__":
    print(table(measure(LARGE if "--large" in sys.argv else INDICATORS)))
