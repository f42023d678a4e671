"""Maps without anybody's tiles: places as bubbles on a plain ground, the stronger the colour the higher, the larger the more residents."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, log2, radians, sqrt
from typing import Any

import pydeck as pdk
import streamlit as st
from pydeck.types import String

from dashboards.palette import Palette, rgb

HEIGHT = 460
SMALLEST, LARGEST = 9, 30
"""Radius of a bubble in pixels."""
IN_SIGHT = (290, 300)
"""Pixels across and down in which all places lie: a phone's width."""
CLOSEST = 12.0
PALEST = 0.25
"""How much of the city's colour the lowest value has."""


@dataclass(frozen=True)
class Bubble:
    """A place on the map; `said` is its value as people read it, None where there is none."""

    name: str
    latitude: float
    longitude: float
    residents: int | None
    value: float | None
    said: str


def show(bubbles: Sequence[Bubble], palette: Palette, key: str, alt_text: str) -> None:
    """Draw the map; `alt_text` says what it shows to whoever cannot see it."""
    st.pydeck_chart(deck(bubbles, palette), height=HEIGHT, key=key, alt=alt_text)


def deck(bubbles: Sequence[Bubble], palette: Palette) -> pdk.Deck:
    """The map. It names no style and no provider: that is what keeps the browser from asking anybody for tiles."""
    rows = _rows(bubbles, palette)
    layers = [_ground(bubbles, palette), _circles(rows, palette), _names(rows, palette)]
    nobody: Any = None  # the annotation of pydeck has no word for it
    tooltip: Any = {"text": "{name}: {said}"}
    return pdk.Deck(map_provider=nobody, initial_view_state=_view(bubbles), layers=layers, tooltip=tooltip)


def shade(value: float | None, low: float, high: float, palette: Palette) -> list[int]:
    """The city's colour, the paler the lower; the ground's where there is no value."""
    paper = rgb(palette.paper)
    if value is None:
        return list(paper)
    share = PALEST + (1 - PALEST) * ((value - low) / (high - low) if high > low else 1.0)
    return [round(ground + (ink - ground) * share) for ground, ink in zip(paper, rgb(palette.brand), strict=True)]


def _rows(bubbles: Sequence[Bubble], palette: Palette) -> list[dict[str, Any]]:
    values = [bubble.value for bubble in bubbles if bubble.value is not None]
    low, high = min(values, default=0.0), max(values, default=0.0)
    most = max((bubble.residents or 0 for bubble in bubbles), default=0)
    rows = []
    for bubble in sorted(bubbles, key=lambda bubble: -(bubble.residents or 0)):
        radius = SMALLEST + (LARGEST - SMALLEST) * (sqrt((bubble.residents or 0) / most) if most else 0.3)
        rows.append(
            {
                "name": bubble.name,
                "said": bubble.said,
                "label": f"{bubble.name}\n{bubble.said}",
                "at": [bubble.longitude, bubble.latitude],
                "radius": radius,
                "below": [0, radius + 14],
                "fill": shade(bubble.value, low, high, palette),
            }
        )
    return rows


def _ground(bubbles: Sequence[Bubble], palette: Palette) -> pdk.Layer:
    west, south, east, north = _box(bubbles)
    wide, tall = max(east - west, 0.1) * 5, max(north - south, 0.1) * 5
    corners = [[west - wide, south - tall], [east + wide, south - tall], [east + wide, north + tall], [west - wide, north + tall]]
    return pdk.Layer(
        "PolygonLayer", [{"corners": corners}], get_polygon="corners", get_fill_color=rgb(palette.sea), stroked=False, id="ground"
    )


def _circles(rows: list[dict[str, Any]], palette: Palette) -> pdk.Layer:
    return pdk.Layer(
        "ScatterplotLayer",
        rows,
        id="places",
        get_position="at",
        get_radius="radius",
        radius_units=String("pixels"),
        get_fill_color="fill",
        stroked=True,
        get_line_color=rgb(palette.muted),
        line_width_min_pixels=1,
        pickable=True,
        auto_highlight=True,
    )


def _names(rows: list[dict[str, Any]], palette: Palette) -> pdk.Layer:
    return pdk.Layer(
        "TextLayer",
        rows,
        id="names",
        get_position="at",
        get_text="label",
        get_size=13,
        get_color=rgb(palette.ink),
        get_pixel_offset="below",
        character_set=String("auto"),  # the usual set has no ñ and no á
        font_family=String("Source Sans, sans-serif"),
    )


def _view(bubbles: Sequence[Bubble]) -> pdk.ViewState:
    """All places in sight, on a phone too."""
    west, south, east, north = _box(bubbles)
    latitude = (south + north) / 2
    zooms = [_zoom(east - west, IN_SIGHT[0]), _zoom((north - south) / cos(radians(latitude)), IN_SIGHT[1])]
    return pdk.ViewState(longitude=(west + east) / 2, latitude=latitude, zoom=min(*zooms, CLOSEST))


def _zoom(degrees: float, pixels: int) -> float:
    """The zoom at which so many degrees of longitude are so many pixels wide: at zoom 0 the whole Earth is 512."""
    return log2(pixels * 360 / (512 * degrees)) if degrees else CLOSEST


def _box(bubbles: Sequence[Bubble]) -> tuple[float, float, float, float]:
    """West, south, east and north end of the places."""
    longitudes, latitudes = [bubble.longitude for bubble in bubbles], [bubble.latitude for bubble in bubbles]
    return min(longitudes), min(latitudes), max(longitudes), max(latitudes)
