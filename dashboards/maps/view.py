"""What part of the Earth a map shows, and where on the screen a place then is."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import asinh, cos, log2, pi, radians, tan

from shapely.geometry.base import BaseGeometry

IN_SIGHT = (290, 300)
"""Pixels across and down in which all bubbles lie: a phone's width, with room for names."""
AREAS_IN_SIGHT = (340, 430)
"""The same for areas, whose names lie within them."""
CLOSEST = 12.5
EARTH = 512
"""Pixels of the whole Earth at zoom 0."""
AROUND = 5
"""How many times the extent the ground reaches on each side."""

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class View:
    """Centre, zoom, and how far the ground reaches: west, south, east, north."""

    longitude: float
    latitude: float
    zoom: float
    far: Box

    def pixel(self, point: tuple[float, float]) -> tuple[float, float]:
        """Where a longitude and latitude is on the screen, in pixels right of and below the centre."""
        scale = EARTH * 2**self.zoom / (2 * pi)
        x = radians(point[0] - self.longitude) * scale
        return x, -(_mercator(point[1]) - _mercator(self.latitude)) * scale

    @property
    def degree(self) -> float:
        """Degrees of longitude of one pixel."""
        return 360 / (EARTH * 2**self.zoom)


def box(shapes: Sequence[BaseGeometry], points: Sequence[tuple[float, float]]) -> tuple[Box, bool]:
    """West, south, east and north end of all, and whether it is areas that reach there."""
    whole = _around([shape.bounds for shape in shapes] + [(x, y, x, y) for x, y in points])
    return whole, bool(shapes) and whole == _around([shape.bounds for shape in shapes])


def seen(ends: tuple[Box, bool], sight: tuple[int, int] | None = None) -> View:
    """All of it in sight, on a phone too unless so many pixels are said to be there."""
    (west, south, east, north), areas = ends
    across, down = sight or (AREAS_IN_SIGHT if areas else IN_SIGHT)
    latitude = (south + north) / 2
    zoom = min(_zoom(east - west, across), _zoom((north - south) / cos(radians(latitude)), down), CLOSEST + bool(sight))
    wide, tall = max(east - west, 0.1) * AROUND, max(north - south, 0.1) * AROUND
    far = (max(west - wide, -180), max(south - tall, -85), min(east + wide, 180), min(north + tall, 85))
    return View((west + east) / 2, latitude, zoom, far)


def _around(boxes: Sequence[Box]) -> Box:
    return min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)


def _zoom(degrees: float, pixels: int) -> float:
    """The zoom at which so many degrees of longitude are so many pixels wide."""
    return log2(pixels * 360 / (EARTH * degrees)) if degrees else CLOSEST


def _mercator(latitude: float) -> float:
    return asinh(tan(radians(latitude)))
