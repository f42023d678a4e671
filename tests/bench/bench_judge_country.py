"""Judging 1,000 places, 300 KPIs and 120 months, beside one hand-written query and beside a plain loop over the same rules.

    python -m tests.bench.bench_judge_country        all 36 million verdicts, thirty KPIs at a time; minutes
    make bench                                       the first thirty KPIs: 3.6 million verdicts

Thirty KPIs at a time fit in two gigabytes. All three start from values in memory, end in a frame, and must give the same statuses.
The loop judges the first ten places, and its time is multiplied by a hundred: each of its verdicts costs the same.
"""

import time
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta

import duckdb
import polars as pl

from data.city import Area, City, Mandate
from data.definitions import Definitions
from data.indicators import Indicator, Theme
from data.periods import Month
from data.places import Place
from kpis.catalogue import Catalogue
from kpis.definition import Baseline, Kpi, Target
from kpis.judge import judge
from tests.bench.figure import Figure, table

PLACES = [f"place_{number:04}" for number in range(1000)]
MONTHS = [Month(2016, 1).plus(number) for number in range(120)]
KPIS, AT_ONCE, IN_THE_LOOP = 300, 30, 10
VALUES = """
select place, indicator, '' as segment, last_day(date '2016-01-01' + to_months(month::integer)) as period,
    case when hash(place, indicator, month) % 20 > 0 then 10 + hash(month, indicator, place) % 800 / 10.0 end as value
from (select unnest($places) as place) cross join (select unnest($indicators) as indicator) cross join range(120) as months(month)
"""
QUERY = """
with grid as (select * from goal cross join place cross join month),
latest as (
    select grid.*, seen.value, seen.period, seen.before_value, seen.before_period
    from grid asof left join seen on seen.indicator = grid.indicator and seen.place = grid.place and grid.month >= seen.period
), asked as (
    select *, month + 10 - period as age, case when period >= target_date then target else
        baseline + (target - baseline) * ((period - baseline_date) / (target_date - baseline_date)) end as due
    from latest
), attained as (
    select *, case when abs(due - baseline) <= 1e-9 * greatest(abs(due), abs(baseline)) then (sign * (value - baseline) >= 0)::double
        else (value - baseline) / (due - baseline) end as attainment, (value - baseline) / (target - baseline) as progress
    from asked
)
select kpi, place, month, value, due, progress, attainment, case
    when value is null then 'no_data' when month < baseline_date then 'not_due' when age > 45 then 'stale'
    when period < baseline_date then 'not_due'
    when sign * (value - target) >= 0 and progress >= 1.1 - 1e-9 then 'exceeded' when sign * (value - target) >= 0 then 'reached'
    when attainment + 1e-9 >= 0.9 then 'on_track' when attainment + 1e-9 >= 0.6 then 'at_risk' else 'off_track' end as status,
    case when before_period is distinct from date_trunc('month', period)::date - 1 or before_value is null then 'unknown'
        when sign * (value - before_value) > 0 then 'better' when sign * (value - before_value) < 0 then 'worse'
        else 'equal' end as direction
from attained order by kpi, place, month
"""


def measure(kpis: int = AT_ONCE) -> list[Figure]:
    """Milliseconds of all three over the first so many KPIs, thirty at a time, after a look that they say the same."""
    ours, query, loop = (sum(times) for times in zip(*(_thirty(first) for first in range(0, kpis, AT_ONCE)), strict=True))
    judged = f"judging {kpis * len(PLACES) * len(MONTHS):,} goal-months, beside one query"
    return [Figure(judged, ours, query, 3.0), Figure("the same, beside a plain loop over the same rules", ours, loop, 0.1)]


def _thirty(first: int) -> tuple[float, float, float]:
    """How long ours, the query and the loop took over thirty KPIs."""
    definitions, catalogue = _definitions(first), _catalogue(first)
    with duckdb.connect() as connection:
        indicators = [kpi.measure for kpi in catalogue.kpis]
        values = connection.sql(VALUES, params={"places": PLACES, "indicators": indicators}).pl()
        _fill(connection, catalogue, values)
        told, ours = _timed(lambda: judge(values, catalogue, definitions, PLACES, MONTHS))
        theirs, query = _timed(lambda: connection.sql(QUERY).pl())
    few = values.filter(pl.col("place").is_in(PLACES[:IN_THE_LOOP]))
    plain, loop = _timed(lambda: _loop(few, catalogue))
    assert told["status"].equals(theirs["status"])
    assert told["direction"].equals(theirs["direction"])
    assert told.filter(pl.col("place").is_in(PLACES[:IN_THE_LOOP]))["status"].equals(plain["status"])
    return ours, query, loop * len(PLACES) / IN_THE_LOOP


def _timed(call: Callable[[], pl.DataFrame]) -> tuple[pl.DataFrame, float]:
    began = time.perf_counter()
    found = call()
    return found, 1000 * (time.perf_counter() - began)


def _definitions(first: int) -> Definitions:
    known = {"unit": "%", "kind": "level", "frequency": "month", "theme": "all", "source": "bench", "owner": "all"}
    mandate = Mandate(start=date(2016, 1, 1), end=date(2025, 12, 31))
    city = City(name="Bench", place=PLACES[0], mandate=mandate, areas=(Area(id="all", name="All"),))
    names = [f"indicator_{number:03}" for number in range(first, first + AT_ONCE)]
    indicators = tuple(Indicator.model_validate({"id": name, "name": name, **known}) for name in names)
    return Definitions(city, tuple(Place(id=place, name=place) for place in PLACES), (Theme(id="all", name="All"),), indicators, ())


def _catalogue(first: int) -> Catalogue:
    def kpi(number: int) -> Kpi:
        polarity, goal = ("higher", 80.0) if number % 2 else ("lower", 20.0)
        baseline, target = Baseline(value=50, date=date(2016, 1, 31)), Target(value=goal, date=date(2024, 6, 30))
        told = {"name": "K", "indicator": f"indicator_{number:03}", "polarity": polarity, "owner": "all"}
        return Kpi.model_validate({"id": f"kpi_{number:03}", "baseline": baseline, "target": target, **told})

    return Catalogue(tuple(kpi(number) for number in range(first, first + AT_ONCE)), {})


def _fill(connection: duckdb.DuckDBPyConnection, catalogue: Catalogue, values: pl.DataFrame) -> None:
    names = ["kpi", "indicator", "sign", "baseline", "baseline_date", "target", "target_date"]
    seen = values.drop_nulls("value").sort("indicator", "place", "period")
    before = [pl.col(name).shift().over("indicator", "place").alias(f"before_{name}") for name in ("value", "period")]
    tables = {
        "goal": pl.DataFrame([_ends(kpi) for kpi in catalogue.kpis], schema=names, orient="row"),
        "place": pl.DataFrame({"place": PLACES}),
        "month": pl.DataFrame({"month": [month.last for month in MONTHS]}),
        "seen": seen.with_columns(before),
    }
    for name, rows in tables.items():
        connection.register(f"{name}_frame", rows)
        connection.execute(f"create table {name} as from {name}_frame")


def _ends(kpi: Kpi) -> tuple[str, str, int, float, date, float, date]:
    assert kpi.baseline
    assert kpi.target
    return (kpi.id, kpi.measure, kpi.sign, kpi.baseline.value, kpi.baseline.date, kpi.target.value, kpi.target.date)


def _loop(values: pl.DataFrame, catalogue: Catalogue) -> pl.DataFrame:
    """The verdicts, one after the other, as somebody would write it first."""
    series: dict[tuple[str, str], list[tuple[date, float]]] = defaultdict(list)
    for place, indicator, _segment, period, value in values.sort("period").iter_rows():
        if value is not None:
            series[place, indicator].append((period, value))
    told = []
    for kpi in catalogue.kpis:
        for place in PLACES[:IN_THE_LOOP]:
            known = series[place, kpi.measure]
            periods = [period for period, _ in known]
            for month in MONTHS:
                found = bisect_right(periods, month.last) - 1
                previous = known[found - 1] if found > 0 else None
                row = (
                    _verdict(kpi, month.last, known[found], previous)
                    if found >= 0
                    else (None, None, None, None, None, "no_data", "unknown")
                )
                told.append((kpi.id, place, month.last, *row))
    names = ["kpi", "place", "month", "value", "age_days", "due", "progress", "attainment", "status", "direction"]
    return pl.DataFrame(told, schema=names, orient="row", infer_schema_length=None)


def _verdict(kpi: Kpi, month: date, latest: tuple[date, float], previous: tuple[date, float] | None) -> tuple:
    _kpi, _indicator, sign, baseline, start, target, end = _ends(kpi)
    (period, value), age = latest, (month - latest[0]).days + 10
    direction = "unknown"
    if previous is not None and previous[0] == period.replace(day=1) - timedelta(days=1):
        direction = ("better", "equal", "worse")[1 - _sign(sign * (value - previous[1]))]
    due = target if period >= end else baseline + (target - baseline) * ((period - start).days / (end - start).days)
    way = abs(due - baseline) > 1e-9 * max(abs(due), abs(baseline))
    attained = (value - baseline) / (due - baseline) if way else float(sign * (value - baseline) >= 0)
    progress = (value - baseline) / (target - baseline)
    return value, age, due, progress, attained, _status(kpi, month, (period, value), age, (attained, progress)), direction


def _status(kpi: Kpi, month: date, latest: tuple[date, float], age: int, done: tuple[float, float]) -> str:
    _kpi, _indicator, sign, _baseline, start, target, _end = _ends(kpi)
    if month < start or (age <= 45 and latest[0] < start):
        return "not_due"
    if age > 45:
        return "stale"
    attained, progress = done
    if sign * (latest[1] - target) >= 0:
        return "exceeded" if progress >= 1.1 - 1e-9 else "reached"
    return "on_track" if attained + 1e-9 >= 0.9 else "at_risk" if attained + 1e-9 >= 0.6 else "off_track"


def _sign(number: float) -> int:
    return (number > 0) - (number < 0)


if __name__ == "__main__":
    print(table(measure(KPIS)))
