"""A map of points as a drawing in the page: each a shape in a colour, larger the more it stands for, on soft districts.

A drawing needs no tiles and no graphics card, takes the theme's colours, and can be read by a program that reads aloud.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from math import sqrt

import numpy as np
import shapely
from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from dashboards import panel
from dashboards.maps.marks import middle
from dashboards.maps.names import LETTER_WIDTH, LINE, Box, meet
from dashboards.maps.view import View, box, seen

ACROSS, DOWN = 360, 420
"""Units of the drawing, which are pixels on a phone."""
MARGIN = 14
LETTER = 11
SMALLEST, LARGEST = 5.0, 15.0
"""Half the side of a mark; of more than a few dozen, both are smaller, so that they do not hide each other."""
A_FEW = 40
LEAST = 1.3
SIDE = 6
"""Half the side of a shape as the panel draws it."""
NAMED = 300
"""Up to so many marks, each says its name when pointed at; the table beside the map names them all."""


@dataclass(frozen=True)
class Mark:
    """A point: its shape and colour as in dashboards.style.Look, `said` its figures in words, `size` what its area stands for."""

    name: str
    latitude: float
    longitude: float
    size: float | None
    shape: str
    colour: str
    said: str
    link: str


@dataclass(frozen=True)
class Ground:
    """A district below the marks: where a click on it leads; `strong` is the one chosen."""

    name: str
    shape: BaseGeometry
    link: str
    strong: bool = False


Sized = tuple[float, Mark]
"""Half the side of a mark in units of the drawing."""


def drawing(grounds: Sequence[Ground], marks: Sequence[Mark], alt: str) -> str:
    """The map as SVG. Of a chosen district, it alone fills the map."""
    chosen = [ground for ground in grounds if ground.strong] or grounds
    view, sized = _view(chosen, marks), _sized(marks)
    below = "".join(_ground(ground, view) for ground in grounds)
    return (
        f'<svg class="points-map" viewBox="0 0 {ACROSS} {DOWN}" role="group" aria-label="{escape(alt)}">'
        f"<g>{below}</g>{_marks(sized, view)}{_names(chosen, sized, view)}</svg>"
    )


def _view(chosen: Sequence[Ground], marks: Sequence[Mark]) -> View:
    points = [] if any(ground.strong for ground in chosen) else [(mark.longitude, mark.latitude) for mark in marks]
    return seen(box([ground.shape for ground in chosen], points), (ACROSS - 2 * MARGIN, DOWN - 2 * MARGIN))


def _at(point: tuple[float, float], view: View) -> tuple[float, float]:
    x, y = view.pixel(point)
    return x + ACROSS / 2, y + DOWN / 2


def _ground(ground: Ground, view: View) -> str:
    drawn = "".join(_ring(ring, view) for part in _parts(ground.shape) for ring in (part.exterior, *part.interiors))
    kind, name = " chosen" if ground.strong else "", escape(ground.name)
    path = f'<path class="ground{kind}" d="{drawn}"><title>{name}</title></path>'
    return f'<a href="{escape(ground.link)}" tabindex="-1" aria-label="{name}">{path}</a>'


def _parts(shape: BaseGeometry) -> list[Polygon]:
    return [part for part in getattr(shape, "geoms", [shape]) if isinstance(part, Polygon)]


def _ring(ring: BaseGeometry, view: View) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in (_at((point[0], point[1]), view) for point in ring.coords)) + "Z"


def _sized(marks: Sequence[Mark]) -> list[Sized]:
    """The larger ones first, so that they lie below the smaller."""
    most = max((mark.size or 0 for mark in marks), default=0) or 1
    scale = min(1.0, sqrt(A_FEW / max(len(marks), 1)))
    halves = (SMALLEST + (LARGEST - SMALLEST) * sqrt(max(mark.size or 0, 0) / most) for mark in marks)
    return sorted(((max(LEAST, scale * half), mark) for half, mark in zip(halves, marks, strict=True)), key=lambda pair: -pair[0])


def _marks(sized: Sequence[Sized], view: View) -> str:
    """Marks of one look behind each other say it once: thousands of them are sent too."""
    draw, told = _named if len(sized) <= NAMED else _bare, []
    for (colour, shape), run in groupby(sized, lambda pair: (pair[1].colour, pair[1].shape)):
        drawn = "".join(draw(mark, half, panel.SHAPES[shape], view) for half, mark in run)
        told.append(f'<g class="mark {colour}">{drawn}</g>')
    return "".join(told)


def _named(mark: Mark, half: float, shape: str, view: View) -> str:
    said = escape(f"{mark.name}: {mark.said}")
    return f'<a href="{escape(mark.link)}" tabindex="-1" aria-label="{said}"><title>{said}</title>{_bare(mark, half, shape, view)}</a>'


def _bare(mark: Mark, half: float, shape: str, view: View) -> str:
    x, y = _at((mark.longitude, mark.latitude), view)
    return f'<g transform="translate({x - half:.1f} {y - half:.1f}) scale({half / SIDE:.2f})">{shape}</g>'


def _names(grounds: Sequence[Ground], marks: Sequence[Sized], view: View) -> str:
    """Each district's name where it hides no other name and as little of the marks as can be, the largest district first."""
    squares, written = np.array([_square(mark, view) for mark in marks]).reshape(-1, 4), []
    for ground in sorted(grounds, key=lambda ground: -ground.shape.area):
        ways = _ways(ground, view)
        free = [way for way in ways if not any(meet(_room(ground.name, way), _room(name, at)) for name, at in written)]
        if free:
            written.append((ground.name, min(free, key=lambda way: _hidden(_room(ground.name, way), squares))))
    told = "".join(f'<text x="{x:.1f}" y="{y:.1f}">{escape(name)}</text>' for name, (x, y) in written)
    return f'<g class="names" aria-hidden="true">{told}</g>'


def _hidden(room: Box, squares: np.ndarray) -> int:
    """How many marks lie below a name."""
    left, top, right, low = room
    return int(((squares[:, 0] < right) & (squares[:, 2] > left) & (squares[:, 1] < low) & (squares[:, 3] > top)).sum())


def _ways(ground: Ground, view: View) -> list[tuple[float, float]]:
    """Points inside the district from its middle outwards, those where its name stays on the map."""
    shapely.prepare(ground.shape)
    x, y = _at(middle(ground.shape), view)
    west, _south, east, north = ground.shape.bounds
    (left, top), (right, _) = _at((west, north), view), _at((east, north), view)
    span = max(right - left, 2 * (y - top), 1.0)
    steps = sorted(((a * span / 8, b * span / 8) for a in range(-4, 5) for b in range(-4, 5)), key=lambda step: step[0] ** 2 + step[1] ** 2)
    corner = [(x + across, y + down) for across, down in steps]
    inside = shapely.contains_xy(ground.shape, *zip(*(_back(point, view) for point in corner), strict=True))
    sheet = (0.0, 0.0, float(ACROSS), float(DOWN))
    told = [point for point, held in zip(corner, inside, strict=True) if held and _within(_room(ground.name, point), sheet)]
    return told or [(x, y)]


def _back(point: tuple[float, float], view: View) -> tuple[float, float]:
    """Longitude and latitude of a point of the drawing, near enough within one city."""
    x, y = view.pixel((view.longitude, view.latitude))
    down = view.pixel((view.longitude, view.latitude - view.degree))[1] - y
    return view.longitude + (point[0] - ACROSS / 2 - x) * view.degree, view.latitude - (point[1] - DOWN / 2 - y) * view.degree / down


def _room(name: str, at: tuple[float, float]) -> Box:
    half, tall = len(name) * LETTER * LETTER_WIDTH / 2, LETTER * LINE / 2
    return at[0] - half, at[1] - tall, at[0] + half, at[1] + tall


def _square(mark: Sized, view: View) -> Box:
    half, one = mark
    x, y = _at((one.longitude, one.latitude), view)
    return x - half, y - half, x + half, y + half


def _within(inner: Box, outer: Box) -> bool:
    return inner[0] >= outer[0] and inner[1] >= outer[1] and inner[2] <= outer[2] and inner[3] <= outer[3]
