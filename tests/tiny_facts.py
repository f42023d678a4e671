"""A home of two cities and a few indicators, and loads of a row or two, for tests of the store."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import polars as pl

from data import definitions as definition_files
from data.definitions import Definitions
from data.home import Home
from data.loads import ROWS, NewLoad, Outcome, apply

CITY = """
name: Aurora
place: aurora
mandate: {start: 2025-01-01, end: 2028-12-31}
areas: [{id: hall, name: Town hall}]
"""
PLACES = """
places:
  - {id: aurora, name: Aurora, population: 412000}
  - {id: bruma, name: Bruma}
"""
FREQUENCIES = {"monthly": "month", "quarterly": "quarter", "yearly": "year", "weekly": "week", "daily": "day"}


def home(folder: Path, places: str = PLACES) -> Home:
    """A home with definitions and nothing loaded."""
    found = Home(folder)
    indicators = "\n".join(
        f"  - {{id: {name}, name: {name}, unit: days, kind: level, frequency: {frequency}, theme: city, source: the hall, owner: hall}}"
        for name, frequency in FREQUENCIES.items()
    )
    texts = {found.city: CITY, found.places: places, found.indicators: f"themes: [{{id: city, name: City}}]\nindicators:\n{indicators}\n"}
    for path, text in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return found


def definitions(place: Home) -> Definitions:
    return definition_files.load(place)


def rows(*given: dict) -> pl.DataFrame:
    """Rows of a load; what is not given is Aurora's monthly value for January 2025."""
    usual = {"place": "aurora", "indicator": "monthly", "segment": "", "period": date(2025, 1, 31), "value": None}
    return pl.DataFrame([{**dict.fromkeys(ROWS), **usual, **row} for row in given], schema=ROWS)


def value(number: float | None) -> pl.DataFrame:
    return rows({"value": number})


def new_load(name: str, known_on: date = date(2025, 2, 1), *, demo: bool = False) -> NewLoad:
    return NewLoad(name, "hall", (f"{name}.csv",), "ana", known_on, 1, demo)


def load(place: Home, name: str, table: pl.DataFrame, known_on: date = date(2025, 2, 1), *, demo: bool = False) -> Outcome:
    return apply(place, definitions(place), [(new_load(name, known_on, demo=demo), table)])[0]


def load_each(place: Home, values: Iterable[float]) -> None:
    """One load, and so one version, for each value."""
    for number in values:
        load(place, f"load-{number}", value(number))
