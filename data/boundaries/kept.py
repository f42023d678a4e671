"""The outlines that a home keeps: `data/boundaries/<parent>-<kind>.geojson`, a place on each line."""

import json
from collections.abc import Hashable, Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from data.boundaries.load import Prepared
from data.boundaries.shapes import DECIMALS
from data.definitions import stamp
from data.home import Home
from data.lasting import replace_text
from data.places import Place
from data.problems import N_, NotPossibleNow, Problem, Refused, cause

Outlines = dict[str, BaseGeometry]
"""The shape of each place, by its id."""


def file_of(home: Home, parent: str | None, kind: str) -> Path:
    """Where the outlines of the places of a kind inside a parent are kept: together, because they share borders."""
    return home.boundaries / f"{f'{parent}-' if parent else ''}{kind}.geojson"


def stamp_of(home: Home) -> Hashable:
    """Changes with any of the files of outlines; for caches."""
    return stamp(*sorted(home.boundaries.glob("*.geojson")))


def outlines(home: Home, place: Place) -> Outlines:
    """The outlines of a place and of its like beside it; {} where none are kept. Raises Refused where the file is damaged."""
    path = file_of(home, place.parent, place.kind)
    return _read(path, home.short(path), stamp(path)) if path.exists() else {}


def keep(home: Home, found: Prepared) -> tuple[Path, int]:
    """Writes the outlines in place of those kept before, in one step; returns the file and its bytes.

    Raises Refused where outlines that are kept would be lost, NotPossibleNow where the disk does not take them.
    """
    path = file_of(home, found.parent, found.kind)
    _refuse_to_lose(home, path, found)
    text = _text(found.shapes)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_text(path, text)
    except OSError as error:
        raise NotPossibleNow("{path}: cannot be written ({why}); nothing was changed", path=str(path), why=cause(error)) from None
    return path, path.stat().st_size


def _refuse_to_lose(home: Home, path: Path, found: Prepared) -> None:
    """A file that is damaged is no loss: loading anew is its cure."""
    kept: Outlines = {}
    if path.exists():
        with suppress(Refused):
            kept = _read(path, home.short(path), stamp(path))
    if lost := sorted(set(kept) - set(found.shapes)):
        values = {"places": ", ".join(lost), "path": home.short(path)}
        hint = N_("add them to the file, or remove {path} first")
        raise Refused([Problem("the outlines kept now have {places} too, which would be lost", hint, values=values)])


def _text(shapes: Mapping[str, BaseGeometry]) -> str:
    lines = ",\n".join(json.dumps(_feature(place, shape), ensure_ascii=False, separators=(",", ":")) for place, shape in shapes.items())
    return f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}'


def _feature(place: str, shape: BaseGeometry) -> dict[str, Any]:
    geometry = shapely.geometry.mapping(shape)
    return {"type": "Feature", "id": place, "properties": {}, "geometry": {**geometry, "coordinates": _short(geometry["coordinates"])}}


def _short(coordinates: Any) -> Any:
    """The numbers without the digits that rounding in binary leaves."""
    return round(coordinates, DECIMALS) if isinstance(coordinates, float) else [_short(part) for part in coordinates]


@lru_cache(maxsize=32)
def _read(path: Path, name: str, _stamp: tuple[Hashable, ...]) -> Outlines:
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        return {str(feature["id"]): shapely.from_geojson(json.dumps(feature["geometry"])) for feature in document["features"]}
    except (OSError, ValueError, LookupError, TypeError, RecursionError, shapely.errors.ShapelyError):
        hint = N_("load it again: `python -m data places FILE`, or remove it")
        raise Refused([Problem("these outlines cannot be read", hint, name)]) from None
