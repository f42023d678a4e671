"""A small invented city that counts things: parts of its people, outlines of its districts, a corrected value, events."""

import json
from datetime import date
from pathlib import Path

import polars as pl

from data import boundaries, definitions
from data.boundaries import Asked
from data.home import Home
from data.loads import NewLoad, apply
from data.periods import Month

LAST = Month(2026, 6)
CITY = """
name: Aurora
place: aurora
mandate: {start: 2025-01-01, end: 2028-12-31}
areas: [{id: hall, name: Town hall}]
locale: es_ES
events:
  - {date: 2025-06-15, name: {es: Patrullas, en: Patrols}, indicators: [burglaries]}
  - {date: 2025-09-01, name: {es: Oficina nueva, en: New office}, places: [bruma]}
  - {date: 2019-01-01, name: Long ago}
"""
PLACES = """
places:
  - {id: aurora, name: Aurora, latitude: 38.4, longitude: -17.3, population: 400000}
  - {id: centro, name: {es: Centro, en: Old Centre}, kind: district, parent: aurora, population: 300000}
  - {id: puerto, name: {es: Puerto, en: Harbour}, kind: district, parent: aurora, population: 100000}
  - {id: bruma, name: Bruma, latitude: 39.4, longitude: -18.3}
"""
INDICATORS = """
themes: [{id: life, name: Life}]
indicators:
  - {id: burglaries, name: Burglaries, unit: burglaries, kind: flow, decimals: 0, frequency: month, theme: life, source: Police,
    owner: hall}
  - {id: answered, name: Calls answered, unit: "%", kind: ratio, frequency: month, theme: life, source: Exchange, owner: hall}
  - {id: waiting, name: Waiting, unit: days, kind: level, frequency: month, theme: life, source: Desk, owner: hall}
"""
SQUARES = {"centro": -17.4, "puerto": -17.3}


def build(folder: Path) -> Home:
    """Two years and a half up to June 2026: burglaries 40, 41, 42 ... in the city, six in ten of them in the centre."""
    home = Home(folder)
    for path, text in {home.city: CITY, home.places: PLACES, home.indicators: INDICATORS}.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    known = definitions.load(home)
    rows = _rows()
    wrong = rows.filter(pl.col("period") <= date(2026, 5, 31)).with_columns(
        value=pl.when((pl.col("period") == date(2026, 5, 31)) & (pl.col("indicator") == "burglaries")).then(500.0).otherwise("value")
    )
    for day, part in ((date(2026, 6, 5), wrong), (date(2026, 7, 5), rows)):
        apply(home, known, [(NewLoad(f"load-{day}", "test", (), "test", day, part.height), part)])
    outlines = folder / "outlines.geojson"
    outlines.write_text(json.dumps({"type": "FeatureCollection", "features": [_square(name) for name in SQUARES]}), encoding="utf-8")
    boundaries.keep(home, boundaries.prepare(outlines, known, Asked()))
    return home


def _square(name: str) -> dict[str, object]:
    west = SQUARES[name]
    ring = [[west, 38.3], [west + 0.1, 38.3], [west + 0.1, 38.5], [west, 38.5], [west, 38.3]]
    return {"type": "Feature", "id": name, "properties": {}, "geometry": {"type": "Polygon", "coordinates": [ring]}}


def _rows() -> pl.DataFrame:
    told = []
    for back in range(30):
        period, count = LAST.plus(back - 29).last, 40.0 + back
        shares = {"aurora": 1.0, "centro": 0.6, "puerto": 0.4, "bruma": 2.0}
        told += [_row(place, "burglaries", period, count * share) for place, share in shares.items()]
        told += [_row("aurora", "burglaries", period, count / 2, f"sex={sex}") for sex in ("women", "men")]
        told += [_row("aurora", "burglaries", period, count / 4, f"age=18+|sex={sex}") for sex in ("women", "men")]
        told += [_row(place, "answered", period, 50.0 + back, "", 50.0 + back, 100.0) for place in ("aurora", "centro")]
        told += [_row("bruma", "answered", period, 60.0 + back), _row("aurora", "waiting", period, 10.0)]
    return pl.DataFrame(told, schema_overrides={"flag": pl.String}, infer_schema_length=None)


def _row(
    place: str, indicator: str, period: date, value: float, segment: str = "", above: float | None = None, below: float | None = None
) -> dict[str, object]:
    about = {"place": place, "indicator": indicator, "segment": segment, "period": period}
    return {**about, "value": value, "numerator": above, "denominator": below, "flag": None}
