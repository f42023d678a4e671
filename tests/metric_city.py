"""The small city with a flow of library visits, of women too, and a goal on a metric of each type."""

from datetime import date
from pathlib import Path

import polars as pl

from data.definitions import load as load_definitions
from data.home import Home
from data.loads import NewLoad, apply
from data.periods import Month
from tests.small_city import LAST, build

VISITS = """
  - id: visits
    name: {es: Visitas, en: Visits}
    unit: {es: visitas, en: visits}
    kind: flow
    frequency: month
    theme: life
    source: {es: Bibliotecas, en: Libraries}
    owner: police
"""
METRICS = """
metrics:
  - {id: women, name: {es: Visitas de mujeres, en: Visits by women}, unit: visits, type: simple, indicator: visits, filter: {sex: women}}
  - {id: share, name: {es: Mujeres, en: Women}, unit: "%", type: ratio, numerator: women, denominator: visits}
  - {id: per_lane, name: Trips per lane, unit: trips, type: ratio, numerator: trips, denominator: lanes, decimals: 2}
  - {id: both, name: Trips and lanes, unit: points, type: derived, expr: "trips + 2 * (lanes - robberies)"}
  - {id: this_year, name: Visits this year, unit: visits, type: cumulative, indicator: visits, grain_to_date: year, decimals: 0}
  - {id: in_mandate, name: Visits, unit: visits, type: cumulative, indicator: visits, grain_to_date: mandate}
  - {id: lit, name: Lights over a year, unit: "%", type: cumulative, indicator: lights, window: 12, agg: average}
  - {id: by_quarter, name: Visits by quarter, unit: visits, type: simple, indicator: visits, frequency: quarter}
kpis:
"""
GOALS = {"share": (40, 60), "per_lane": (1, 2), "both": (10, 60), "this_year": (500, 900), "lit": (90, 95), "by_quarter": (200, 400)}
KPI = """
  - id: {0}_goal
    name: {{es: Meta {0}, en: Goal {0}}}
    metric: {0}
    polarity: higher
    owner: police
    baseline: {{value: {1}, date: 2024-12-31}}
    target: {{value: {2}, date: 2028-12-31}}
"""


def build_with_metrics(folder: Path) -> Home:
    """Visits are 100 plus the number of the month, from 2024 to June 2026; a quarter of them by women, in the harbour half."""
    home = build(folder)
    home.indicators.write_text(home.indicators.read_text(encoding="utf-8") + VISITS, encoding="utf-8")
    goals = "".join(KPI.format(name, *ends) for name, ends in GOALS.items())
    (home.definitions / "metrics.yaml").write_text(METRICS + goals, encoding="utf-8")
    rows = [row for place in ("aurora", "puerto") for back in range(-29, 1) for row in _month(place, LAST.plus(back))]
    nothing = {"numerator": pl.lit(None, pl.Float64), "denominator": pl.lit(None, pl.Float64), "flag": pl.lit(None, pl.String)}
    table = pl.DataFrame(rows, schema=["place", "indicator", "segment", "period", "value"], orient="row").with_columns(**nothing)
    load = NewLoad("visits", "test", ("visits.csv",), "test", date(2026, 7, 20), len(rows))
    apply(home, load_definitions(home), [(load, table)])
    return home


def _month(place: str, month: Month) -> list[tuple[str, str, str, date, float]]:
    total = 100.0 + month.number
    women = total / (4 if place == "aurora" else 2)
    return [(place, "visits", "", month.last, total), (place, "visits", "sex=women", month.last, women)]
