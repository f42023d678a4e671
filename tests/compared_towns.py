"""Aurora and five peers, whose figures a test lays out by hand, without a store."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import numpy as np

from data import definitions as definition_files
from data.definitions import Definitions
from data.home import Home
from data.periods import Month
from kpis import catalogue as catalogues
from kpis.peers.corrections import Corrections
from kpis.peers.held import Held, factor
from kpis.peers.standing import Standing
from kpis.peers.standings import standing

CITY = """
name: Aurora
place: aurora
mandate: {start: 2024-01-01, end: 2027-12-31}
areas: [{id: hall, name: Town hall}]
"""
PLACES = """
traits:
  - {id: households, name: {es: hogares, en: households}, peers: false}
places:
  - {id: aurora, name: Aurora, population: 200000, traits: {households: 80000}}
  - {id: bruma, name: Bruma, population: 100000, traits: {households: 50000}}
  - {id: cima, name: Cima, population: 50000, traits: {households: 20000}}
  - {id: duna, name: Duna, population: 400000, traits: {households: 100000}}
  - {id: estela, name: Estela, population: 1000000, traits: {households: 300000}}
  - {id: faro, name: Faro}
"""
BASE = "theme: city, source: the hall, owner: hall"
INDICATORS = f"""
themes: [{{id: city, name: City}}]
indicators:
  - {{id: days, name: Days, unit: days, kind: level, frequency: month, polarity: lower, {BASE}}}
  - {{id: punctual, name: Punctual, unit: "%", kind: ratio, frequency: month, polarity: higher, {BASE}}}
  - {{id: content, name: Content, unit: "%", kind: ratio, frequency: month, polarity: higher, {BASE},
     survey: {{asked: residents, question: Are you?, mode: phone}}}}
  - {{id: income, name: Income, unit: EUR, kind: level, frequency: year, polarity: higher, {BASE},
     differs: {{duna: {{es: Antes de impuestos, en: Before taxes}}}}}}
  - {{id: visits, name: Visits, unit: visits, kind: flow, frequency: month, decimals: 0, polarity: higher, {BASE},
     compare: {{by: population, per: 1000}}}}
  - {{id: breakins, name: Break-ins, unit: break-ins, kind: flow, cases: true, frequency: month, decimals: 0, polarity: lower, {BASE},
     compare: {{by: households, per: 1000}}}}
  - {{id: energy, name: Energy, unit: MWh, kind: flow, frequency: year, decimals: 0, polarity: lower, {BASE},
     compare: {{by: population, per: 1000}}}}
  - {{id: permits, name: Permits, unit: permits, kind: flow, frequency: month, decimals: 0, {BASE}}}
  - {{id: spent, name: Spent, unit: "%", kind: level, frequency: month, polarity: neutral, {BASE}}}
"""
Told = Mapping[str, Mapping[date, float] | float]


def definitions(folder: Path, places: str = PLACES, indicators: str = INDICATORS) -> Definitions:
    found = Home(folder)
    for path, text in {found.city: CITY, found.places: places, found.indicators: indicators}.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return definition_files.load(found)


def catalogue(folder: Path, known: Definitions, goals: str = "") -> catalogues.Catalogue:
    path = Home(folder).folder / "kpis" / "definitions" / "goals.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    if goals:
        path.write_text(goals, encoding="utf-8")
    return catalogues.load(Home(folder), known)


def held(
    known: Definitions, indicator: str, told: Told, end: date, *, below: float | None = None, flags: Mapping[str, str] | None = None
) -> Held:
    """The figures of each place by their periods, or one of the period `end`; of a ratio all have the denominator `below`."""
    values = {place: dict(given) if isinstance(given, Mapping) else {end: given} for place, given in told.items()}
    ends = sorted({day for given in values.values() for day in given} | {end})
    raw = np.array([[values[place].get(day, np.nan) for place in values] for day in ends])
    whole = np.full(raw.shape, np.nan if below is None else below)
    measured = known.indicator[indicator]
    divided = np.array([factor(measured, known, place) for place in values])
    why = {(place, end): flag for place, flag in (flags or {}).items()}
    return Held(measured, tuple(values), tuple(ends), raw, raw * whole / (measured.factor or 1), whole, divided, why)


class Towns:
    """Their definitions, and what is said of figures that are laid out."""

    def __init__(self, folder: Path, goals: str = "", **files: str) -> None:
        self.folder = folder
        self.definitions = definitions(folder, **files)
        self.catalogue = catalogue(folder, self.definitions, goals)

    def stand(self, series: Held, told: Corrections | None = None) -> Standing:
        return standing(series, told or Corrections(), self.catalogue, self.definitions)

    def on(self, indicator: str, told: Told, end: date, below: float | None = None) -> Standing:
        return self.stand(held(self.definitions, indicator, told, end, below=below))


def monthly(values: Sequence[float], last: date) -> dict[date, float]:
    """One value for each month up to the last."""
    return {Month.of(last).plus(back - len(values) + 1).last: value for back, value in enumerate(values)}


def yearly(values: Sequence[float], last: int) -> dict[date, float]:
    """One value for each year up to the last."""
    return {date(last - len(values) + 1 + at, 12, 31): value for at, value in enumerate(values)}
