"""A small invented city for tests of the screen: twelve goals that show every status, and names that try to be markup."""

import shutil
import tempfile
from datetime import date
from functools import cache
from pathlib import Path

import polars as pl
from streamlit.delta_generator import DeltaGenerator

from dashboards.session import Session, locale_of
from data import definitions as definition_files
from data.facts import current
from data.home import Home
from data.loads import NewLoad, apply
from data.periods import Month
from kpis import catalogue as goal_files
from kpis.foresight import kept

HOSTILE = '<img src=x onerror=alert(1)> & \\"quotes\\" **bold** [link](javascript:alert(1))'
LAST = Month(2026, 6)

CITY = f"""
name: Aurora
place: aurora
mandate:
  start: 2025-01-01
  end: 2028-12-31
  axes:
    - {{id: safe, name: {{es: Una ciudad segura, en: A safe city}}}}
    - {{id: open, name: "{HOSTILE}"}}
areas:
  - {{id: police, name: {{es: Seguridad, en: Security}}}}
  - {{id: hall, name: "{HOSTILE}"}}
locale: es_ES
"""
PLACES = """
places:
  - {id: aurora, name: Aurora, latitude: 38.4, longitude: -17.3, population: 412000}
  - {id: centro, name: {es: Centro, en: Old Centre}, kind: district, parent: aurora, latitude: 38.4, longitude: -17.3, population: 212000}
  - {id: puerto, name: {es: Puerto, en: Harbour}, kind: district, parent: aurora, latitude: 38.4, longitude: -17.2, population: 200000}
  - {id: bruma, name: Bruma, latitude: 39.4, longitude: -18.3, population: 300000}
"""
# id: (first value, gain per month, baseline, target, polarity, first month left out at the end)
GOALS: dict[str, tuple[float, float, float, float, str, int]] = {
    "robberies": (40, -0.1, 39, 20, "lower", 0),
    "answered": (60, 0.5, 66, 85, "higher", 0),
    "lights": (90, 0.1, 91, 97, "higher", 0),
    "trips": (40, 0.6, 44, 60, "higher", 0),
    "lanes": (20, 1.2, 30, 45, "higher", 0),
    "trees": (10, 1.0, 22, 38.5, "higher", 0),
    "satisfied": (55, 0.3, 58, 70, "higher", 7),
    "hostile": (30, -0.3, 30, 60, "higher", 0),
}


def build(folder: Path, *, demo: bool = False) -> Home:
    """A home with thirty months of facts up to June 2026: written once in a process, and copied for each who asks."""
    shutil.copytree(_written(demo).name, folder, dirs_exist_ok=True)
    return Home(folder)


@cache
def _written(demo: bool) -> tempfile.TemporaryDirectory[str]:
    folder = tempfile.TemporaryDirectory(prefix="mandato-city-", ignore_cleanup_errors=True)
    home = Home(Path(folder.name))
    _write(home)
    load = NewLoad("small", "test", ("small.csv",), "test", date(2026, 7, 3), 1, demo)
    apply(home, definition_files.load(home), [(load, _observations())])
    _forecast(home)
    return folder


def _forecast(home: Home) -> None:
    """So that no test depends on how fast another thread is."""
    definitions, facts = definition_files.load(home), current(home)
    assert facts is not None
    catalogue = goal_files.load(home, definitions)
    for place in definitions.place:
        kept.keep(home, facts, catalogue, definitions, place, kept.compute(facts, catalogue, definitions, place))


def _write(home: Home) -> None:
    for path, text in {home.city: CITY, home.places: PLACES, home.indicators: _indicators()}.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    home.definitions.mkdir(parents=True, exist_ok=True)
    (home.definitions / "all.yaml").write_text(_kpis(), encoding="utf-8")


def _name(name: str) -> str:
    return f'"{HOSTILE}"' if name == "hostile" else f"{{es: Meta {name}, en: Goal {name}}}"


def _indicators() -> str:
    rows = "".join(
        f"""
  - id: {name}
    name: {_name(name)}
    unit: "%"
    kind: level
    frequency: month
    theme: life
    source: town hall
    owner: police
    polarity: {polarity}"""
        for name, (*_rest, polarity, _gap) in {**GOALS, "silent": (0, 0, 0, 0, "higher", 0)}.items()
    )
    return f"themes:\n  - {{id: life, name: {{es: Vida, en: Life}}}}\nindicators:{rows}\n"


def _kpis() -> str:
    rows = "".join(
        f"""
  - id: {name}
    name: {_name(name)}
    indicator: {name}
    polarity: {polarity}
    owner: {"hall" if name in ("hostile", "answered") else "police"}
    axis: {"safe" if name in ("robberies", "lights") else "open"}
    baseline: {{value: {baseline}, date: 2024-12-31, reason: As the council approved it}}
    target: {{value: {target}, date: 2028-12-31}}"""
        for name, (_first, _gain, baseline, target, polarity, _gap) in GOALS.items()
    )
    extra = """
  - id: silent
    name: Silent
    indicator: silent
    polarity: higher
    owner: police
    baseline: {value: 1, date: 2024-12-31}
    target: {value: 2, date: 2028-12-31}
  - {id: aimless, name: Aimless, indicator: lights, polarity: higher, owner: police}
  - id: later
    name: Later
    indicator: lights
    polarity: higher
    owner: police
    baseline: {value: 91, date: 2026-12-31}
    target: {value: 97, date: 2028-12-31}
"""
    return f"kpis:{rows}{extra}"


def _observations() -> pl.DataFrame:
    rows = [
        {"place": place, "indicator": name, "segment": "", "period": LAST.plus(back).last, "value": first + gain * (29 + back)}
        for place in ("aurora", "centro", "puerto", "bruma")
        for name, (first, gain, *_rest, gap) in GOALS.items()
        for back in range(-29, 1 - gap)
    ]
    empty = {"numerator": pl.lit(None, pl.Float64), "denominator": pl.lit(None, pl.Float64), "flag": pl.lit(None, pl.String)}
    return pl.DataFrame(rows).with_columns(**empty, value=pl.col("value").cast(pl.Float64))


def session(home: Home, language: str = "en", place: str = "aurora", month: Month = LAST) -> Session:
    """What a page of this home knows, without a browser."""
    known = definition_files.load(home)
    locale = locale_of(language, known.city.locale)
    room = DeltaGenerator()
    return Session(
        home=home,
        definitions=known,
        catalogue=goal_files.load(home, known),
        place=place,
        month=month,
        language=language,
        locale=locale,
        held=current(home),
        key=(str(home.folder), place, str(month), locale),
        frame=room,
        heading=room,
        controls=room,
    )
