"""New York's 2,010 capital projects of the fiscal year 2021 as a plan of key works; the data stay outside the repository."""

from pathlib import Path

import yaml

from data import boundaries
from data import definitions as definition_files
from data.access import Actor, Role
from data.boundaries import Asked
from data.home import Home
from data.people import PROGRAM, add_person
from data.plan_files.formats import read_by_map
from data.plan_files.reading_rows import Setting
from data.plans.adopting import adopt
from data.plans.document import PlanDocument
from data.records.records import records
from tests.city_home import write_home
from tests.conftest import ROOT

PROJECTS = "data/public/nyc_capital_projects_fy21/nyc_capital_projects_geolocated.csv"
OUTLINES = "data/public/geo/nyc_boroughs.geojson"
BOROUGHS = {"MANHATTAN": "manhattan", "BRONX": "bronx", "BROOKLYN": "brooklyn", "QUEENS": "queens", "RICHMOND": "staten_island"}
MAP = ROOT / "docs" / "plan-maps" / "capital_projects.yaml"


def home(folder: Path, shared: Path) -> Home:
    """New York with its five boroughs and their outlines, and the plan in its records."""
    places = [{"id": name, "name": name.replace("_", " ").title(), "kind": "district", "parent": "new_york"} for name in BOROUGHS.values()]
    town = write_home(folder, city="new_york", places=places, indicators={"parks": "year"})
    drawn = boundaries.prepare(shared / OUTLINES, definition_files.load(town), Asked(names="BoroName", kind="district"))
    boundaries.keep(town, drawn)
    held = records(town)
    office = add_person(held, PROGRAM, "Office", roles=(Role("office"),))
    adopt(held, Actor(office, "Office", frozenset({Role("office")})), document(town, shared))
    return town


def document(town: Home, shared: Path) -> PlanDocument:
    """The projects below the agencies that manage them, by the map of the documentation; boroughs are named as this home has them."""
    told = town.folder / "capital_projects.yaml"
    told.write_text(f"{MAP.read_text(encoding='utf-8')}places: {yaml.safe_dump(BOROUGHS, default_flow_style=True)}", encoding="utf-8")
    setting = Setting("new_york", "USD", definition_files.load(town).places)
    return read_by_map(shared / PROJECTS, "projects.csv", setting, told, told.name)
