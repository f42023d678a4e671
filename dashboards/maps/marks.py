"""What stands on a map, whoever draws it: areas, circles, and the names that find room."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import shapely
from shapely.geometry.base import BaseGeometry

from dashboards.maps import names
from dashboards.maps.names import Name, Written
from dashboards.maps.shades import Classes, readable
from dashboards.maps.view import View, box, seen
from dashboards.palette import Palette, rgb

SMALLEST, LARGEST = 7, 30
"""Radius of a circle in pixels, of up to a dozen; of more, the largest is smaller, so that they do not hide each other."""
A_DOZEN = 12
ON_A_PHONE = (354, 456)
"""Pixels of a map across and down, where it is smallest."""
LETTER = 13
"""Size of a name's letters in pixels."""


@dataclass(frozen=True)
class Bubble:
    """A place drawn as a circle; `said` is its value as people read it, `size` what its area stands for (None: not known)."""

    name: str
    latitude: float
    longitude: float
    size: float | None
    value: float | None
    said: str
    strong: bool = False


@dataclass(frozen=True)
class Area:
    """A place drawn as its outline; `coloured` where the value is its colour, else a bubble on it shows the value."""

    name: str
    shape: BaseGeometry
    value: float | None
    said: str
    coloured: bool = True
    weight: float = 0.0
    strong: bool = False

    def fill(self, classes: Classes, palette: Palette) -> list[int]:
        return classes.fill(self.value, palette) if self.coloured else list(rgb(palette.rule))


@dataclass(frozen=True)
class Circle:
    """A bubble with its radius in pixels and its colour."""

    bubble: Bubble
    radius: float
    fill: list[int]

    @property
    def at(self) -> tuple[float, float]:
        return self.bubble.longitude, self.bubble.latitude


def view_of(areas: Sequence[Area], bubbles: Sequence[Bubble], sight: tuple[int, int] | None = None) -> View:
    """All of it in sight: in so many pixels across and down, or on a phone."""
    return seen(box([area.shape for area in areas], [(bubble.longitude, bubble.latitude) for bubble in bubbles]), sight)


def circles(bubbles: Sequence[Bubble], classes: Classes, palette: Palette) -> list[Circle]:
    """The larger ones first, so that they lie below the smaller."""
    most = max((bubble.size or 0 for bubble in bubbles), default=0)
    largest = LARGEST * min(1.0, sqrt(A_DOZEN / max(len(bubbles), 1)))
    shares = [(bubble, sqrt(max(bubble.size or 0, 0) / most) if most > 0 else 0.3) for bubble in bubbles]
    told = [Circle(bubble, SMALLEST + (largest - SMALLEST) * share, classes.fill(bubble.value, palette)) for bubble, share in shares]
    return sorted(told, key=lambda circle: -circle.radius)


def written(
    areas: Sequence[Area], drawn: Sequence[Circle], classes: Classes, view: View, palette: Palette, within: tuple[int, int] = ON_A_PHONE
) -> list[Written]:
    """The names that find room on so many pixels: those of the strong place first, then of the largest."""
    wanted = [
        Name(circle.bubble.name, circle.bubble.said, circle.at, palette.ink, circle.bubble.strong, circle.radius, circle.radius)
        for circle in drawn
    ]
    for area in areas:
        if area.coloured:
            ink = readable(area.fill(classes, palette), palette)
            wanted.append(Name(area.name, area.said, middle(area.shape), ink, area.strong, area.weight))
    return names.with_room(wanted, view, LETTER, within)


def middle(shape: BaseGeometry) -> tuple[float, float]:
    """Longitude and latitude of the point deepest inside, where a name has most room."""
    detail = max(shape.length / 1000, 1e-6)
    inner = shapely.maximum_inscribed_circle(shape, detail)  # pyright: ignore[reportCallIssue, reportArgumentType] - a number it takes
    return inner.coords[0][0], inner.coords[0][1]
