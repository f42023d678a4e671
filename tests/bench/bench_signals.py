"""Looking for signals in 24 places x 20 indicators x 72 months, beside one hand-written DuckDB query that computes the same limits.

    python -m tests.bench.bench_signals

Both start from values in memory and end in a frame; centre and limits must be equal. Ours looks for seasons and tries five rules besides.
One city's goals are timed as well, because the Overview looks at them.
"""

import random

import duckdb
import polars as pl
from polars.testing import assert_frame_equal

from data.periods import Month
from kpis.signals import signals
from tests.bench.figure import Figure, in_turns, table
from tests.kpi_town import definitions, indicator

PLACES = [f"place_{number:02}" for number in range(24)]
INDICATORS = [f"indicator_{number:02}" for number in range(20)]
MONTHS = [Month(2019, 1).plus(number) for number in range(72)]
RUNS = 15
SEED = 7
"""Luck in which no series seems to have a season, so that the query need not look for one."""
QUERY = """
with steps as (
    select *, abs(value - lag(value) over (partition by indicator, place order by period)) as step from seen
), limits as (
    select *,
        avg(value) over before as centre,
        avg(step) over (partition by indicator, place order by period rows between 23 preceding and 1 preceding) as spread,
        count(value) over before as points
    from steps
    window before as (partition by indicator, place order by period rows between 24 preceding and 1 preceding)
)
select indicator, place, period, case when points >= 12 then centre - 2.66 * spread end as low,
    case when points >= 12 then centre end as centre, case when points >= 12 then centre + 2.66 * spread end as high
from limits order by indicator, place, period
"""


def measure() -> list[Figure]:
    """Ours beside the query, after a look that both say the same; and one city's goals beside all of them."""
    known, observations = definitions(*(indicator(id=name) for name in INDICATORS)), _observations()
    city = observations.filter(place=PLACES[0])
    with duckdb.connect() as connection:
        connection.register("frame", observations)
        connection.execute("create table seen as from frame")

        def ours() -> pl.DataFrame:
            return signals(observations, known)

        def theirs() -> pl.DataFrame:
            return connection.sql(QUERY).pl()

        def one_city() -> pl.DataFrame:
            return signals(city, known)

        assert_frame_equal(ours().select("indicator", "place", "period", "low", "centre", "high"), theirs())
        all_ms, query_ms, city_ms = in_turns(ours, theirs, one_city, runs=RUNS)
    looked = f"signals in {observations.height:,} values of {len(PLACES) * len(INDICATORS)} series, beside one query for the limits alone"
    return [Figure(looked, all_ms, query_ms), Figure("signals of one city's goals, beside that query", city_ms, query_ms)]


def _observations() -> pl.DataFrame:
    luck = random.Random(SEED)
    rows = [(place, name, "", month.last, luck.gauss(50, 20)) for name in INDICATORS for place in PLACES for month in MONTHS]
    schema = {"place": pl.String, "indicator": pl.String, "segment": pl.String, "period": pl.Date, "value": pl.Float64}
    return pl.DataFrame(rows, schema=schema, orient="row")


if __name__ == "__main__":
    print(table(measure()))
