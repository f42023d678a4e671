"""Slanting lines across areas of which nothing is known."""

from collections.abc import Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from dashboards.maps.view import View

APART = 8
"""Pixels from one line to the next."""


def lines(shapes: Sequence[BaseGeometry], view: View) -> list[list[list[float]]]:
    """The lines as lists of positions, cut off at the outlines."""
    return [[[x, y] for x, y in part.coords] for shape in shapes for part in _across(shape, APART * view.degree)]


def _across(shape: BaseGeometry, apart: float) -> list[BaseGeometry]:
    west, south, east, north = shape.bounds
    tall = north - south
    begins = np.arange(west - tall, east, apart * np.sqrt(2))
    slanting = shapely.linestrings([[[x, south], [x + tall, north]] for x in begins])
    cut = shapely.get_parts(shapely.intersection(slanting, shape))
    return [part for part in cut if part.geom_type == "LineString" and part.length]
