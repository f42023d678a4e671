"""The town that the malformed files speak of: an indicator for each frequency, and places with names that are easily mistaken."""

from pathlib import Path
from typing import Any

import yaml

from data.definitions import Definitions, load
from data.home import Home
from data.periods import Frequency
from data.sources import Source

FREQUENCIES: dict[str, Frequency] = {
    "days": "day",
    "weeks": "week",
    "months": "month",
    "quarters": "quarter",
    "halves": "half",
    "years": "year",
}
PLACES = [
    {"id": "aurora", "name": "Aurora"},
    {"id": "bruma", "name": "Bruma"},
    {"id": "nunoa", "name": "Ñuñoa"},
    {"id": "penalolen", "name": {"es": "Peñalolén", "en": "Penalolen"}},
    {"id": "north", "name": "Centre", "kind": "district", "parent": "aurora"},
    {"id": "south", "name": "Centre", "kind": "district", "parent": "bruma"},
]


def definitions(folder: Path, declare: dict[str, Any]) -> tuple[Definitions, Source]:
    """The town's definitions, and a source that declares this."""
    home = Home(folder)
    home.city.parent.mkdir(parents=True)
    mandate = {"start": "2023-01-01", "end": "2026-12-31"}
    same = {"unit": "x", "kind": "level", "theme": "all", "source": "hall", "owner": "hall", "max": 1e15}
    indicators = [{"id": name, "name": name, "frequency": often, **same} for name, often in FREQUENCIES.items()]
    contents = {
        home.city: {"name": "Aurora", "place": "aurora", "mandate": mandate, "areas": [{"id": "hall", "name": "Hall"}]},
        home.places: {"places": PLACES},
        home.indicators: {"themes": [{"id": "all", "name": "All"}], "indicators": indicators},
        home.sources: {"sources": [{"id": "case", "name": "Case", **declare}]},
    }
    for path, content in contents.items():
        path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    found = load(home)
    return found, found.sources[0]
