"""Homes for three public sets of raw events with published results; the data stay outside the repository."""

import re
from pathlib import Path
from typing import Any

import polars as pl

from data.home import Home
from tests.city_home import write_home

BOSTON = "data/public/boston_311_2011/boston_311_2011H2.parquet"
BEIJING = "data/public/beijing_air_hourly/beijing_air_events_long.parquet"
MADRID = "data/public/madrid_budget/madrid_gastos_2011_2019.parquet"

REQUESTS = {
    "received": "requests_received",
    "closed": "requests_closed",
    "on_time": "requests_on_time",
    "overdue": "requests_overdue",
    "backlog": "requests_backlog",
    "median_hours": "median_hours",
    "p90_hours": "p90_hours",
}
HALF_YEAR = """
-- How long the requests of a half-year took, whenever they were closed.
select
    $city as place,
    'median_hours' as indicator,
    date_trunc('year', opened_at) as period,
    percentile_cont(0.5) within group (order by date_diff('second', opened_at, closed_at) / 3600.0) as value
from events
where closed_at is not null
group by date_trunc('year', opened_at)
"""


def boston_home(folder: Path, shared: Path) -> Home:
    """Boston's 58,251 requests of July to December 2011, by neighbourhood; the city says itself which were on time."""
    names = pl.read_parquet(shared / BOSTON, columns=["neighborhood"])["neighborhood"].unique().drop_nulls().to_list()
    places = {name: _id("boston", name) for name in names if name.strip()}
    columns: dict[str, Any] = {
        "district": {"column": "neighborhood"},
        "opened_at": {"column": "open_dt", "type": "timestamp"},
        "closed_at": {"column": "closed_dt", "type": "timestamp"},
        "due_at": {"type": "timestamp"},
        "on_time": {"column": "ontime", "type": "boolean", "true": ["ONTIME"], "false": ["OVERDUE"]},
    }
    events = {"path": str(shared / BOSTON), "format": "parquet"}
    requests = {
        "name": "Boston 311",
        "events": events,
        "columns": columns,
        "indicators": REQUESTS,
        "names": {"places": places},
        "leave_out": {"places": [""]},
    }
    half_year = {
        "name": "Boston 311, half-year",
        "events": events,
        "columns": {name: columns[name] for name in ("opened_at", "closed_at")},
        "indicators": {"median_hours": "median_hours_of_the_year"},
    }
    return write_home(
        folder,
        city="boston",
        places=[{"id": place, "name": name, "kind": "district", "parent": "boston"} for name, place in places.items()],
        indicators=dict.fromkeys(REQUESTS.values(), "month") | {"median_hours_of_the_year": "year"},
        rollups={"requests": requests, "half_year": half_year},
        sql={"half_year": HALF_YEAR},
    )


def beijing_home(folder: Path, shared: Path, complete_share: float = 0.75) -> Home:
    """Beijing's twelve stations and twelve variables, hourly from March 2013 to February 2017."""
    found = pl.scan_parquet(shared / BEIJING)
    stations = found.select(pl.col("station").unique().sort()).collect()["station"].to_list()
    variables = found.select(pl.col("variable").unique().sort()).collect()["variable"].to_list()
    indicators = {name: _id("air", name) for name in variables}
    sensors = {
        "name": "Air quality",
        "events": {"path": str(shared / BEIJING), "format": "parquet"},
        "columns": {
            "station": {"column": "station"},
            "variable": {"column": "variable"},
            "measured_at": {"column": "ts", "type": "timestamp"},
            "value": {"column": "value", "type": "number"},
        },
        "period": {"column": "measured_at", "every": "month"},
        "parameters": {"complete_share": complete_share},
        "indicators": indicators,
    }
    return write_home(
        folder,
        city="beijing",
        places=[{"id": _id("", name), "name": name, "kind": "district", "parent": "beijing"} for name in stations],
        indicators=dict.fromkeys(indicators.values(), "month"),
        rollups={"sensors": sensors},
    )


def madrid_home(folder: Path, shared: Path) -> Home:
    """Madrid's budget from 2011 to 2019, by chapter and section."""
    payments = {
        "name": "Presupuesto de gastos",
        "events": {"path": str(shared / MADRID), "format": "parquet"},
        "columns": {
            "booked_on": {"column": "anio", "type": "date", "format": "%Y"},
            "chapter": {"column": "capitulo"},
            "area": {"column": "seccion"},
            "credit": {"column": "credito_definitivo", "type": "number"},
            "obligations": {"column": "obligaciones_reconocidas", "type": "number"},
        },
        "period": {"column": "booked_on", "every": "year"},
        "indicators": {"execution": "budget_execution", "obligations": "obligations", "credit": "credit"},
    }
    indicators = {"budget_execution": "year", "obligations": "year", "credit": "year"}
    return write_home(folder, city="madrid", indicators=indicators, rollups={"payments": payments})


def _id(prefix: str, name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", f"{prefix} {name}".strip().lower()).strip("_")
