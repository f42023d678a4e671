"""A city with three districts, and four cities beside it, whose figures can be looked through: for indices of the home's own figures."""

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from data import definitions as definition_files
from data.definitions import Definitions
from data.facts import Facts, current
from data.home import Home
from data.loads import NewLoad, apply
from data.periods import Month
from data.yaml_file import parse
from kpis import catalogue as goal_files
from kpis.catalogue import Catalogue
from kpis.index.reading import Written, written
from tests.city_home import indicator, write_home

CITY, CITIES, DISTRICTS = "alta", ("alta", "baja", "cima", "dehesa", "ermita"), ("north", "south", "east")
NOVEMBER, DECEMBER = Month(2025, 11), Month(2025, 12)
CRIME = {"alta": 30.0, "baja": 20.0, "cima": 50.0, "dehesa": 40.0, "ermita": 10.0}
"""Of December; a tenth more in November. Ermita has November's alone."""
TRIPS = {"alta": 500.0, "baja": 100.0, "cima": 900.0, "dehesa": 200.0, "ermita": 60.0}
GREEN = {"alta": 9.0, "baja": 12.0, "cima": 6.0, "dehesa": 8.0, "ermita": 15.0}
RESIDENTS = {"alta": 100_000, "baja": 50_000, "cima": 200_000, "dehesa": 40_000, "ermita": 20_000}
INDEX = """
index: well
places: cities
coverage: 0.5
indicators:
  - {name: crime, indicator: crime}
  - {name: trips, indicator: trips}
  - {name: green, indicator: green, direction: higher}
levels:
  - {name: life, label: {es: Vida, en: Life}, of: [crime, green]}
  - {name: well, of: [life, trips]}
"""
TRAITS = """
traits:
  - {id: homes, name: Homes, kind: number, peers: false}
  - {id: coast, name: Coast, kind: category}
"""


def build(folder: Path) -> Home:
    """Crime is better lower, trips are a count, green is yearly and measured otherwise in Cima; calls say of no end that it is better."""
    places = [_place(name) for name in CITIES[1:]]
    places += [{"id": name, "name": name.title(), "kind": "district", "parent": CITY, "population": 30_000} for name in DISTRICTS]
    places += [{"id": "costa", "name": "Costa", "kind": "region"}]
    home = write_home(folder, city=CITY, places=places, indicators=_indicators())
    told = home.places.read_text(encoding="utf-8").replace("- id: alta\n  name: Alta\n", _own())
    home.places.write_text(told + TRAITS, encoding="utf-8")
    home.definitions.mkdir(parents=True)
    (home.definitions / "goals.yaml").write_text(METRIC, encoding="utf-8")
    load(home, "first", [*_monthly(), *_yearly(), *_of_districts()])
    return home


def load(home: Home, name: str, rows: list[dict[str, Any]], known_on: date = date(2026, 1, 5)) -> None:
    """One load of values, each with place, indicator, period and value."""
    empty = {"numerator": pl.lit(None, pl.Float64), "denominator": pl.lit(None, pl.Float64), "flag": pl.lit(None, pl.String)}
    table = pl.DataFrame([{"segment": "", **row} for row in rows]).with_columns(**empty)
    apply(home, definition_files.load(home), [(NewLoad(name, "test", (f"{name}.csv",), "test", known_on, 1), table)])


def row(place: str, name: str, period: date, value: float) -> dict[str, Any]:
    return {"place": place, "indicator": name, "period": period, "value": value}


def known(home: Home) -> tuple[Facts, Catalogue, Definitions]:
    definitions, facts = definition_files.load(home), current(home)
    assert facts is not None
    return facts, goal_files.load(home, definitions), definitions


def asked(text: str = INDEX, name: str = "well.yaml") -> Written:
    """An index of this text, as it is written."""
    return written(parse(text, name), Path(name))


METRIC = """
kpis: []
metrics:
  - {id: trips_per_crime, name: Trips per crime, unit: trips, type: derived, expr: trips / crime}
"""


def _own() -> str:
    return "- id: alta\n  name: Alta\n  population: 100000\n  traits: {homes: 40000, coast: shore}\n"


def _place(name: str) -> dict[str, Any]:
    coast = {"coast": "shore"} if name in ("baja", "ermita") else {"coast": "inland"} if name == "cima" else {}
    told: dict[str, Any] = {"id": name, "name": name.title(), "population": RESIDENTS[name]}
    told["traits"] = {"homes": RESIDENTS[name] / 2, **coast}
    return {**told, "parent": "costa"} if name in ("baja", "cima") else told


def _indicators() -> list[dict[str, Any]]:
    return [
        indicator("crime", "month", polarity="lower"),
        indicator("trips", "month", kind="flow", polarity="higher", compare={"by": "population", "per": 1000}),
        indicator("green", "year", polarity="higher", differs={"cima": "It counts woods."}),
        indicator("calls", "month", polarity="neutral"),
        indicator("parks", "month", adds_up=True, polarity="higher"),
        indicator("silent", "month", polarity="higher"),
    ]


def _monthly() -> list[dict[str, Any]]:
    found = [row(place, "crime", NOVEMBER.last, value * 1.1) for place, value in CRIME.items()]
    found += [row(place, "crime", DECEMBER.last, value) for place, value in CRIME.items() if place != "ermita"]
    found += [row(place, "trips", DECEMBER.last, value) for place, value in TRIPS.items()]
    found += [row(place, name, DECEMBER.last, value) for name in ("calls", "parks") for place, value in TRIPS.items()]
    return found


def _yearly() -> list[dict[str, Any]]:
    return [row(place, "green", date(2024, 12, 31), value) for place, value in GREEN.items()]


def _of_districts() -> list[dict[str, Any]]:
    values = {"north": 1.0, "south": 2.0, "east": 3.0}
    return [row(place, name, DECEMBER.last, value) for name in ("crime", "trips") for place, value in values.items()]
