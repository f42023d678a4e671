"""Metrics of a town computed without a store: the least that a rule of computing can be tried on."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl

from data.indicators import Indicator
from data.periods import Frequency, parse, written
from kpis.metrics.compute import compute
from kpis.metrics.definition import Metric
from kpis.metrics.measure import measures
from tests.kpi_town import TOWN, definitions, indicator

COLUMNS = {
    "place": pl.String,
    "indicator": pl.String,
    "segment": pl.String,
    "period": pl.Date,
    "value": pl.Float64,
    "numerator": pl.Float64,
    "denominator": pl.Float64,
}
Values = Mapping[str, float | tuple[float | None, float | None, float | None] | None]
"""By period as people write it: a value, or (value, numerator, denominator) of a rate."""

FIRES = indicator(id="fires", kind="flow", unit="fires")
CALLS = indicator(id="calls", kind="flow", unit="calls")
HOMES = indicator(id="homes", kind="level", unit="homes", adds_up=True)
DEBT = indicator("quarter", id="debt", kind="level", unit="EUR")
ON_TIME = indicator(id="on_time", kind="ratio")
KNOWN = (FIRES, CALLS, HOMES, DEBT, ON_TIME)


def metric(kind: str, **told: Any) -> Metric:
    """A metric called m, unless told otherwise."""
    return Metric.model_validate({"id": "m", "name": "M", "unit": "units", "type": kind, **told})


def rows(name: str, values: Values, frequency: Frequency = "month", place: str = TOWN, segment: str = "") -> pl.DataFrame:
    """Observations of one indicator."""
    told = []
    for period, value in values.items():
        three = value if isinstance(value, tuple) else (value, None, None)
        told.append((place, name, segment, parse(period, frequency), *three))
    return pl.DataFrame(told, schema=COLUMNS, orient="row")


def computed(
    wanted: Metric, *held: pl.DataFrame, others: tuple[Metric, ...] = (), known: tuple[Indicator, ...] = KNOWN, place: str = TOWN
) -> dict[str, float]:
    """The values of a metric at one place, by period as people write it."""
    town = definitions(*known)
    found = measures([*others, wanted], town)
    result = compute(pl.concat(held), found, [wanted.id], town)
    assert set(result["indicator"]) <= {wanted.id}
    frequency = found[wanted.id].indicator.frequency
    return {written(period, frequency): value for period, value in result.filter(place=place).select("period", "value").iter_rows()}


def months(first: str, values: Sequence[float | None]) -> dict[str, float | None]:
    """Values of one month after the other."""
    start = date.fromisoformat(f"{first}-01")
    names = [f"{start.year + (start.month - 1 + i) // 12}-{(start.month - 1 + i) % 12 + 1:02}" for i in range(len(values))]
    return dict(zip(names, values, strict=True))
