"""A town whose two areas owe values to the review of June 2026: monthly, quarterly and yearly ones, of a district and of two parts."""

import shutil
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl

from data import definitions as definition_files
from data.access import Actor, Role
from data.definitions import Definitions
from data.home import Home
from data.loads import ROWS, NewLoad, apply
from data.people import PROGRAM, actor, add_person
from data.periods import Month
from data.records.records import Records, records
from data.reviews.checking import Typed
from data.reviews.reviews import open_review

MONTH = Month(2026, 6)
JUNE = MONTH.last
DAY = date(2026, 7, 2)
AT = datetime(2026, 7, 2, 9, 0, tzinfo=UTC)
CITY = """
name: Aurora
place: aurora
mandate: {start: 2025-01-01, end: 2028-12-31}
areas:
  - {id: water, name: {es: Aguas, en: Water}}
  - {id: parks, name: {es: Parques, en: Parks}}
"""
PLACES = """
places:
  - {id: aurora, name: Aurora, population: 412000}
  - {id: centro, name: {es: Centro, en: Old Centre}, kind: district, parent: aurora}
"""
INDICATORS = """
themes: [{id: city, name: City}]
indicators:
  - {id: leaks, name: {es: Fugas, en: Leaks}, unit: leaks, kind: flow, frequency: month, theme: city, source: s, owner: water, min: 0}
  - {id: losses, name: {es: Pérdidas, en: Losses}, unit: "%", kind: level, frequency: quarter, theme: city, source: s, owner: water,
     max: 100}
  - {id: bill, name: {es: Factura, en: Bill}, unit: EUR, kind: level, frequency: year, theme: city, source: s, owner: water}
  - {id: trees, name: {es: Árboles, en: Trees}, unit: trees, kind: flow, frequency: month, theme: city, source: s, owner: parks}
  - {id: river, name: {es: Río, en: River}, unit: m, kind: level, frequency: day, theme: city, source: s, owner: water}
"""
GOALS = """
kpis:
  - {id: trees, name: Trees, indicator: trees, polarity: higher, owner: parks}
"""
WHO = {
    "office": ("Olga Oficina", Role("office")),
    "water": ("Walter Aguas", Role("editor", "water")),
    "parks": ("Paula Parques", Role("editor", "parks")),
    "mayor": ("María Alcaldesa", Role("mayor")),
}


@dataclass(frozen=True)
class ValueTown:
    """The home with its records, people by a short name, and the review of June."""

    home: Home
    records: Records
    definitions: Definitions
    who: dict[str, Actor]
    review: int


def value_town(folder: Path, *, months: int = 3) -> ValueTown:
    """`months` are known before June: leaks 20, 21, 22 and so on; of Centro and of two parts of people half as many each."""
    home = value_home(folder, months)
    held = records(home)
    ids = {short: add_person(held, PROGRAM, name, roles=(role,)) for short, (name, role) in WHO.items()}
    who = {short: actor(held, number, DAY) for short, number in ids.items()}
    return ValueTown(home, held, definition_files.load(home), who, open_review(held, who["office"], "aurora", MONTH))


def copied(made: ValueTown, folder: Path) -> ValueTown:
    """The same in another folder, for one test to change."""
    shutil.copytree(made.home.folder, folder)
    home = Home(folder)
    return replace(made, home=home, records=records(home))


def value_home(folder: Path, months: int = 3) -> Home:
    """The home alone, with its facts."""
    home = Home(folder)
    files = {home.city: CITY, home.places: PLACES, home.indicators: INDICATORS, home.definitions / "all.yaml": GOALS}
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    apply(
        home, definition_files.load(home), [(NewLoad("before", "test", ("before.csv",), "ana", date(2026, 6, 3), 1), facts_before(months))]
    )
    return home


def facts_before(months: int) -> pl.DataFrame:
    """Monthly leaks of the city, of Centro and of two parts, and monthly trees of the city, up to May 2026."""
    series = (
        ("aurora", "leaks", "", 1), ("centro", "leaks", "", 0.5), ("aurora", "leaks", "kind=main", 0.5),
        ("aurora", "leaks", "kind=house", 0.5), ("aurora", "trees", "", 1),
    )  # fmt: skip
    rows = [
        {"place": place, "indicator": name, "segment": segment, "period": MONTH.plus(-back).last, "value": share * (20.0 + months - back)}
        for back in range(1, months + 1)
        for place, name, segment, share in series
    ]
    return pl.DataFrame([{**dict.fromkeys(ROWS), **row} for row in rows], schema=ROWS)


def typed(
    value: float | None, indicator: str = "leaks", *, place: str = "aurora", segment: str = "", version: int = 0, said: str | None = None
):
    """The value of June."""
    return Typed(place, indicator, JUNE, value, segment, said=said, version=version)
