"""A town of four places and four indicators, into whose home tests load small files."""

import json
from pathlib import Path
from typing import Any

from data.definitions import Definitions, load
from data.home import Home
from data.sources import Source

CITY = """
name: Aurora
place: aurora
mandate: {start: 2023-01-01, end: 2026-12-31}
areas: [{id: hall, name: City hall}]
"""
PLACES = """
places:
  - {id: aurora, name: Aurora}
  - {id: bruma, name: Bruma}
  - {id: centre, name: {es: Casco Antiguo, en: Old Centre}, kind: district, parent: aurora}
  - {id: harbour, name: Harbour, kind: district, parent: aurora}
  - {id: bruma_harbour, name: Harbour, kind: district, parent: bruma}
"""
INDICATORS = """
themes: [{id: service, name: Service}]
indicators:
  - {id: waiting_days, name: {es: Días de espera, en: Waiting days}, kind: level, frequency: month, ...}
  - {id: visitors, name: Visitors, kind: flow, frequency: day, ...}
  - {id: share_answered, name: Answered, kind: ratio, frequency: year, min: 0, max: 100, ...}
  - {id: days_of_rain, name: Rain, kind: flow, frequency: year, ...}
""".replace("...", "unit: x, theme: service, source: x, owner: hall")
LONG = {"place": "place", "indicator": "indicator", "period": "period", "value": "value"}
"""The columns of a long file."""


def build(folder: Path, *sources: dict[str, Any]) -> Home:
    """A home that declares these sources and holds no facts."""
    home = Home(folder)
    home.city.parent.mkdir(parents=True)
    for path, text in {home.city: CITY, home.places: PLACES, home.indicators: INDICATORS}.items():
        path.write_text(text, encoding="utf-8")
    declare(home, *sources)
    return home


def declare(home: Home, *sources: dict[str, Any]) -> None:
    """Write the sources of a home; YAML reads JSON too."""
    named = [{"id": f"source_{number}", "name": "A source", **source} for number, source in enumerate(sources, start=1)]
    home.sources.write_text(json.dumps({"sources": named}, ensure_ascii=False), encoding="utf-8")


def definitions(folder: Path, source: dict[str, Any]) -> tuple[Definitions, Source]:
    """The town's definitions and its one source."""
    found = load(build(folder, source))
    return found, found.sources[0]
