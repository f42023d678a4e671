"""Judging 24 places, 60 KPIs and 72 months, beside one hand-written DuckDB query that computes the same attainment.

    python -m tests.bench.bench_judge

Both start from values in memory and end in a frame; the two columns of attainment must be equal. Ours judges statuses
and changes besides. One city's month is timed as well, because the Overview runs it.
"""

import random
from datetime import date

import duckdb
import polars as pl
from polars.testing import assert_frame_equal

from data.city import Area, City, Mandate
from data.definitions import Definitions
from data.indicators import Indicator, Theme
from data.periods import Month
from data.places import Place
from kpis.catalogue import Catalogue
from kpis.definition import Baseline, Kpi, Target
from kpis.judge import judge
from tests.bench.figure import Figure, in_turns, table

PLACES = [f"place_{number:02}" for number in range(24)]
INDICATORS = [f"indicator_{number:02}" for number in range(60)]
MONTHS = [Month(2019, 1).plus(number) for number in range(72)]
RUNS = 25
SEED = 20260101
QUERY = """
with grid as (select * from goal cross join place cross join month),
latest as (
    select grid.*, seen.value, seen.period
    from grid asof left join seen on seen.indicator = grid.indicator and seen.place = grid.place and grid.month >= seen.period
), asked as (
    select *, case when period >= target_date then target else
        baseline + (target - baseline) * ((period - baseline_date) / (target_date - baseline_date)) end as due
    from latest
)
select kpi, place, month, case
    when period < baseline_date or month + 10 - period > 45 then null
    when due = baseline then (sign * (value - baseline) >= 0)::double
    else (value - baseline) / (due - baseline) end as attainment
from asked order by kpi, place, month
"""


def measure() -> list[Figure]:
    """Ours beside the query, after a look that both say the same; and one city's month beside all of them."""
    definitions, catalogue, observations = _definitions(), _catalogue(), _observations()
    city = observations.filter(place=PLACES[0])
    with duckdb.connect() as connection:
        _fill(connection, catalogue, observations)

        def ours() -> pl.DataFrame:
            return judge(observations, catalogue, definitions, PLACES, MONTHS)

        def theirs() -> pl.DataFrame:
            return connection.sql(QUERY).pl()

        def one_month() -> pl.DataFrame:
            return judge(city, catalogue, definitions, PLACES[:1], MONTHS[-1:])

        assert_frame_equal(ours().select("kpi", "place", "month", "attainment"), theirs())
        all_ms, query_ms, month_ms = in_turns(ours, theirs, one_month, runs=RUNS)
    judged = f"judging {len(PLACES) * len(INDICATORS) * len(MONTHS):,} goal-months, beside one query"
    return [Figure(judged, all_ms, query_ms, 3.0), Figure("judging one city's month, beside that query", month_ms, query_ms)]


def _definitions() -> Definitions:
    known = {"unit": "%", "kind": "level", "frequency": "month", "theme": "all", "source": "bench", "owner": "all"}
    mandate = Mandate(start=date(2019, 1, 1), end=date(2025, 12, 31))
    city = City(name="Bench", place=PLACES[0], mandate=mandate, areas=(Area(id="all", name="All"),))
    indicators = tuple(Indicator.model_validate({"id": name, "name": name, **known}) for name in INDICATORS)
    return Definitions(city, tuple(Place(id=place, name=place) for place in PLACES), (Theme(id="all", name="All"),), indicators, ())


def _catalogue() -> Catalogue:
    def kpi(number: int, indicator: str) -> Kpi:
        polarity, goal = ("higher", 80.0) if number % 2 else ("lower", 20.0)
        baseline, target = Baseline(value=50, date=date(2019, 1, 31)), Target(value=goal, date=date(2024, 6, 30))
        told = {"name": indicator, "indicator": indicator, "polarity": polarity, "owner": "all", "baseline": baseline, "target": target}
        return Kpi.model_validate({"id": f"kpi_{number:02}", **told})

    return Catalogue(tuple(kpi(number, indicator) for number, indicator in enumerate(INDICATORS)), {})


def _observations() -> pl.DataFrame:
    """A twentieth of the values is missing."""
    luck = random.Random(SEED)
    rows = [
        (place, indicator, "", month.last, luck.gauss(50, 20) if luck.random() > 0.05 else None)
        for indicator in INDICATORS
        for place in PLACES
        for month in MONTHS
    ]
    schema = {"place": pl.String, "indicator": pl.String, "segment": pl.String, "period": pl.Date, "value": pl.Float64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _fill(connection: duckdb.DuckDBPyConnection, catalogue: Catalogue, observations: pl.DataFrame) -> None:
    goals = []
    for kpi in catalogue.kpis:
        assert kpi.baseline and kpi.target
        goals.append((kpi.id, kpi.measure, kpi.sign, kpi.baseline.value, kpi.baseline.date, kpi.target.value, kpi.target.date))
    names = ["kpi", "indicator", "sign", "baseline", "baseline_date", "target", "target_date"]
    tables = {
        "goal": pl.DataFrame(goals, schema=names, orient="row"),
        "place": pl.DataFrame({"place": PLACES}),
        "month": pl.DataFrame({"month": [month.last for month in MONTHS]}),
        "seen": observations.filter(pl.col("value").is_not_null()),
    }
    for name, rows in tables.items():
        connection.register(f"{name}_frame", rows)
        connection.execute(f"create table {name} as from {name}_frame")


if __name__ == "__main__":
    print(table(measure()))
