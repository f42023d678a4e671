"""From the coordinates of a file to outlines that can be drawn: whole, in degrees, and as light as the screen needs."""

from collections.abc import Sequence
from itertools import chain
from math import isfinite
from typing import Any

import numpy as np
import shapely
from shapely import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from data.ingest.fault import Fault
from data.problems import N_

DECIMALS = 5
"""Of a degree: a metre, finer than any map on a screen."""
AIM, LIMIT = 150_000, 500_000
"""Bytes of one file of outlines, which the map sends to every reader: what is tried for, and what is too much."""
FINEST = 4_000
"""A detail smaller than this part of the whole extent is less than a quarter of a pixel."""
MEND = N_("mend it in a map program (such as Fix geometries in QGIS) and export again")
MOST_REPAIRED, MOST_REPAIRED_IN_ALL = 5_000, 20_000
"""Points of one outline, and of all in a file, that are repaired here: some seconds at worst."""
COARSE = 1_000
"""A part of the whole extent that is fine enough to tell whether outlines lie over each other."""
DOUBTFUL = 0.01
"""By what share two ways to repair an outline may differ before we would have to guess."""
OVER = 0.1
"""What share of an outline another may cover; borders drawn twice never meet exactly."""

Parts = list[list[list[Any]]]
"""Polygons of rings of positions, as GeoJSON nests them."""


def shape_of(geometry: Any) -> BaseGeometry | Fault:
    """The outline as one shape, not yet valid, or what is wrong with it."""
    parts = _parts(geometry)
    if isinstance(parts, Fault):
        return parts
    if fault := _bad_ring(parts):
        return fault
    return MultiPolygon([Polygon(ring[0], ring[1:]) for ring in [[_flat(line) for line in part] for part in parts]])


def repaired(drawn: BaseGeometry) -> BaseGeometry | Fault:
    """What crosses itself is repaired where both rules, even and odd or ring by ring, see the same area."""
    if shapely.get_num_coordinates(drawn) > MOST_REPAIRED:  # repairing takes ever longer, the more often the outline crosses itself
        return Fault("its outline crosses itself", MEND)
    found = [_areas(shapely.make_valid(drawn, method="structure", keep_collapsed=False)), _areas(shapely.make_valid(drawn))]
    if not found[0].area:
        return Fault("its outline encloses no area", "draw it anew in a map program, or remove the feature")
    if abs(found[0].area - found[1].area) > DOUBTFUL * found[0].area:
        return Fault("its outline crosses itself, and what belongs to it cannot be told", MEND)
    return found[0]


def out_of_range(shape: BaseGeometry) -> Fault | None:
    """Whether the coordinates are no degrees of longitude and latitude, and what they seem to be instead."""
    wide, tall = np.abs(np.array(shape.bounds).reshape(2, 2)).max(axis=0)
    x, y = shapely.get_coordinates(shape)[0]
    values = {"found": f"{x:g}, {y:g}"}
    if wide <= 180 and tall <= 90:
        return None
    if wide <= 90 and tall <= 180:
        return Fault("{found}: latitude is written before longitude", "write longitude first, as GeoJSON asks, and export again", values)
    hint = N_("export it in longitude and latitude (EPSG:4326), as with `ogr2ogr -t_srs EPSG:4326 degrees.geojson FILE`")
    return Fault("{found} are projected coordinates, not degrees", hint, values)


def overlapping(shapes: Sequence[BaseGeometry]) -> tuple[int, int] | None:
    """Two outlines of which one lies over much of the other, by their numbers from 0."""
    west, south, east, north = shapely.total_bounds(shapes)
    coarse: list[BaseGeometry] = list(shapely.simplify(np.array(shapes, dtype=object), max(east - west, north - south) / COARSE))
    for first, second in shapely.STRtree(coarse).query(coarse, predicate="intersects").T:
        if first < second:
            shared, smaller = coarse[first].intersection(coarse[second]).area, min(shapes[first].area, shapes[second].area)
            if shared > OVER * smaller:
                return int(first), int(second)
    return None


def light(shapes: Sequence[BaseGeometry]) -> list[BaseGeometry]:
    """The shapes simplified together, so that shared borders stay shared, until they are light enough to send."""
    whole = np.array(shapes, dtype=object)
    if not shapely.coverage_is_valid(whole):
        whole = _joined(whole)
    west, south, east, north = shapely.total_bounds(whole)
    detail = max(east - west, north - south) / FINEST
    found = _rounded(shapely.coverage_simplify(whole, detail))
    while size(found) > AIM and detail < (east - west):
        detail *= 1.5
        found = _rounded(shapely.coverage_simplify(whole, detail))
    return [_plain(drawn if drawn.area else shape) for drawn, shape in zip(found, shapes, strict=True)]


def size(shapes: Sequence[BaseGeometry]) -> int:
    """About how many bytes the shapes take as GeoJSON: two numbers of nine characters for each corner."""
    return int(shapely.get_num_coordinates(np.array(shapes, dtype=object)).sum()) * 20


def _parts(geometry: Any) -> Parts | Fault:
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in ("Polygon", "MultiPolygon"):
        hint = N_("a place needs an outline: export its area, not its centre or its border line")
        return Fault("its geometry is {found}, not Polygon or MultiPolygon", hint, {"found": str(kind)[:40]})
    found = geometry.get("coordinates")
    parts: Any = [found] if kind == "Polygon" else found
    if not isinstance(parts, list) or not parts or not all(isinstance(part, list) and part for part in parts):
        return Fault("its outline is empty", "export the file again, or remove the feature")
    return parts


def _bad_ring(parts: Parts) -> Fault | None:
    for ring in chain.from_iterable(parts):
        if not isinstance(ring, list) or len(ring) < 4:
            return Fault("a ring of its outline has fewer than 4 points", "export the file again with whole outlines")
        for position in ring:
            if not _is_position(position):
                hint = N_("write two numbers, longitude and latitude")
                return Fault("{found} is not a position", hint, {"found": str(position)[:60]})
    return None


def _is_position(position: Any) -> bool:
    pair = position[:2] if isinstance(position, list) else []
    return len(pair) == 2 and all(isinstance(part, int | float) and not isinstance(part, bool) and _finite(part) for part in pair)


def _finite(number: float) -> bool:
    try:
        return isfinite(number)
    except OverflowError:  # a whole number beyond any float
        return False


def _flat(ring: list[Any]) -> list[tuple[float, float]]:
    """Without heights."""
    return [(position[0], position[1]) for position in ring]


def _areas(shape: BaseGeometry) -> BaseGeometry:
    """The polygons of a shape, without the lines and points that a repair leaves."""
    return shapely.union_all([part for part in shapely.get_parts(shape) if part.geom_type in ("Polygon", "MultiPolygon")])


def _joined(shapes: np.ndarray) -> np.ndarray:
    """Borders that were drawn twice, a little apart, become one."""
    return shapely.coverage_clean(shapes)  # pyright: ignore[reportAttributeAccessIssue] - its stubs do not know it yet


def _plain(shape: BaseGeometry) -> BaseGeometry:
    """One part alone is no list of parts."""
    parts = shapely.get_parts(shape)
    return parts[0] if len(parts) == 1 else shape


def _rounded(shapes: np.ndarray) -> list[BaseGeometry]:
    """Corners on a grid: a corner that two outlines share stays shared."""
    on_grid = shapely.transform(shapes, lambda points: np.round(points, DECIMALS))
    return [shape if shape.is_valid else _areas(shapely.make_valid(shape, method="structure", keep_collapsed=False)) for shape in on_grid]
