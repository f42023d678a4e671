"""A small invented town whose raw events are drawn from a seed: a register of requests, sensors, and the accounts of its budget."""

import csv
import random
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl

from data.home import Home
from tests.city_home import write_home

DISTRICTS = {"Casco viejo": "old_town", "Puerto": "harbour", "Ensanche": "new_town"}
MONTHS = ("2025-11", "2025-12", "2026-01", "2026-02")
REQUESTS: dict[str, Any] = {
    "name": "Requests",
    "events": {"path": "data/incoming/requests", "format": "csv", "delimiter": ";", "nulls": ["s/d"]},
    "columns": {
        "district": {"column": "distrito"},
        "opened_at": {"column": "entrada", "type": "timestamp"},
        "due_at": {"column": "plazo", "type": "timestamp", "format": "%d/%m/%Y %H:%M"},
        "closed_at": {"column": "cierre", "type": "timestamp"},
        "on_time": {"column": "a tiempo", "type": "boolean", "true": ["sí"], "false": ["no"]},
    },
    "indicators": {
        name: name
        for name in ("received", "closed", "on_time", "overdue", "backlog", "median_hours", "p90_hours", "median_days", "p90_days")
    },
    "names": {"places": DISTRICTS},
    "leave_out": {"places": [""]},
}
SENSORS: dict[str, Any] = {
    "name": "Sensors",
    "events": {"path": "data/incoming/sensors", "format": "parquet"},
    "columns": {
        "station": {"column": "station"},
        "variable": {"column": "variable"},
        "measured_at": {"column": "at", "type": "timestamp"},
        "value": {"column": "value", "type": "number"},
    },
    "period": {"column": "measured_at", "every": "month"},
    "parameters": {"complete_share": 0.75},
    "indicators": {"NO2": "no2", "noise": "noise"},
    "names": {"places": {"S1": "old_town", "S2": "harbour"}},
}
PAYMENTS: dict[str, Any] = {
    "name": "Payments",
    "events": {"path": "data/incoming/budget", "format": "csv", "decimal": ",", "thousands": ".", "delimiter": ";"},
    "columns": {
        "booked_on": {"column": "fecha", "type": "date", "format": "%d/%m/%Y"},
        "chapter": {"column": "capítulo"},
        "area": {"column": "área"},
        "credit": {"column": "crédito", "type": "number"},
        "obligations": {"column": "obligaciones", "type": "number"},
    },
    "period": {"column": "booked_on", "every": "year"},
    "indicators": {"execution": "execution", "obligations": "obligations", "credit": "credit"},
}


def town(folder: Path, rollups: dict[str, Any] | None = None, sql: dict[str, str] | None = None) -> Home:
    """The town without events; its roll-ups are the three that come with the program, unless others are given."""
    monthly = [*REQUESTS["indicators"].values(), *SENSORS["indicators"].values()]
    return write_home(
        folder,
        city="town",
        places=[{"id": place, "name": place, "kind": "district", "parent": "town"} for place in DISTRICTS.values()],
        indicators=dict.fromkeys(monthly, "month") | dict.fromkeys(PAYMENTS["indicators"].values(), "year"),
        rollups={"requests": REQUESTS, "sensors": SENSORS, "payments": PAYMENTS} if rollups is None else rollups,
        sql=sql,
    )


def town_with_events(folder: Path, seed: int) -> Home:
    """The town with some thousand events of each kind, always the same for a seed."""
    home, drawn = town(folder), random.Random(seed)
    write_requests(home, drawn_requests(drawn))
    write_sensors(home, drawn_readings(drawn))
    write_budget(home, drawn_bookings(drawn))
    return home


def drawn_requests(drawn: random.Random) -> list[list[str]]:
    """Rows of the register: some without a district, a due date or an end; some that the town has judged itself."""
    rows = []
    for _ in range(2000):
        opened = datetime(2025, 11, 1) + timedelta(minutes=drawn.randrange(120 * 24 * 60))
        due = opened + timedelta(days=drawn.choice([2, 5, 15]))
        closed = opened + timedelta(seconds=int(drawn.lognormvariate(11.5, 1.5)))
        district = drawn.choice([*DISTRICTS, ""])
        ended = "" if drawn.random() < 0.1 else str(closed)
        rows.append([district, str(opened), drawn.choice(["", "s/d", f"{due:%d/%m/%Y %H:%M}"]), ended, drawn.choice(["", "", "sí", "no"])])
    return rows


def drawn_readings(drawn: random.Random) -> pl.DataFrame:
    """Readings of two stations, several an hour for one of them, with silent hours and a month that is far from whole."""
    first, rows = datetime(2025, 11, 1), []
    for station, variable, minutes in (("S1", "NO2", 60), ("S1", "noise", 20), ("S2", "NO2", 60)):
        for step in range(120 * 24 * 60 // minutes):
            at = first + timedelta(minutes=step * minutes)
            kept = drawn.random() > (0.6 if (station, at.month) == ("S2", 1) else 0.1)
            rows.append((at, station, variable, drawn.lognormvariate(3, 1) if kept else None))
    schema = {"at": pl.Datetime("us"), "station": pl.String, "variable": pl.String, "value": pl.Float64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def drawn_bookings(drawn: random.Random) -> list[list[str]]:
    """Rows of the accounts, with a decimal comma and dots at the thousands."""
    rows = []
    for _ in range(1500):
        day = date(2023, 1, 1) + timedelta(days=drawn.randrange(3 * 365))
        credit, share = drawn.randrange(1, 400_000_000) / 100, drawn.random()
        amounts = [f"{amount:,.2f}".translate(str.maketrans(",.", ".,")) for amount in (credit, credit * share)]
        rows.append([f"{day:%d/%m/%Y}", drawn.choice(["1", "2", "6", ""]), drawn.choice(["Works", "Culture"]), *amounts])
    return rows


def write_requests(home: Home, rows: Iterable[list[str]], files: Iterable[str] = MONTHS) -> None:
    """The register, one file for each month of opening, as in requests-2026-01.csv."""
    kept = list(rows)
    for month in files:
        lines = [row for row in kept if row[1].startswith(month)]
        write_csv(
            home.folder / f"data/incoming/requests/requests-{month}.csv", ["distrito", "entrada", "plazo", "cierre", "a tiempo"], lines
        )


def write_sensors(home: Home, readings: pl.DataFrame) -> None:
    """The readings, in folders such as year=2026/month=01."""
    for (year, month), part in readings.group_by(pl.col("at").dt.year().alias("year"), pl.col("at").dt.month().alias("month")):
        path = home.folder / f"data/incoming/sensors/year={year}/month={month:02}/readings.parquet"
        path.parent.mkdir(parents=True, exist_ok=True)
        part.sort("at").write_parquet(path)


def write_budget(home: Home, rows: Iterable[list[str]]) -> None:
    write_csv(home.folder / "data/incoming/budget/accounts.csv", ["fecha", "capítulo", "área", "crédito", "obligaciones"], rows)


def write_csv(path: Path, header: list[str], rows: Iterable[list[str]], encoding: str = "utf-8") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=";").writerows([header, *rows])
