"""Homes for tests, written from a few lists: one city, its places, indicators, sources and roll-ups."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from data.home import Home

QUICK = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
"""Writes a thousand indicators in a tenth of the time, where the library was built with it."""
CITY = {
    "mandate": {"start": "2022-01-01", "end": "2025-12-31"},
    "areas": [{"id": "city_hall", "name": "City Hall"}],
    "locale": "en_US",
    "currency": "USD",
}


def write_home(
    folder: Path,
    *,
    city: str,
    indicators: Mapping[str, str] | Sequence[Mapping[str, Any]],
    places: Sequence[Mapping[str, Any]] = (),
    sources: Sequence[Mapping[str, Any]] = (),
    rollups: Mapping[str, Any] | None = None,
    sql: Mapping[str, str] | None = None,
) -> Home:
    """A home whose city has this id. `indicators` are whole, or id: frequency; `rollups` and `sql` are files by name."""
    home = Home(folder)
    home.rollups.mkdir(parents=True)
    known = [indicator(name, frequency) for name, frequency in indicators.items()] if isinstance(indicators, Mapping) else list(indicators)
    files = {
        home.city: {"name": city.replace("_", " ").title(), "place": city, **CITY},
        home.places: {"places": [{"id": city, "name": city.replace("_", " ").title()}, *places]},
        home.indicators: {"themes": [{"id": "all", "name": "All"}], "indicators": known},
        home.sources: {"sources": list(sources)},
        **{home.rollups / f"{name}.yaml": told for name, told in (rollups or {}).items()},
    }
    for path, value in files.items():
        path.write_text(yaml.dump(value, allow_unicode=True, sort_keys=False, Dumper=QUICK), encoding="utf-8")
    for name, text in (sql or {}).items():
        (home.rollups / f"{name}.sql").write_text(text, encoding="utf-8")
    return home


def indicator(name: str, frequency: str = "year", **more: Any) -> dict[str, Any]:
    """An indicator of which only the id and the frequency matter."""
    told = {"id": name, "name": name, "unit": "as published", "kind": "level", "frequency": frequency, "theme": "all"}
    return {**told, "source": "published", "owner": "city_hall", **more}
