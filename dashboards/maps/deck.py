"""The map in the page, from the ground to the names, as the browser draws it."""

import json
from collections.abc import Sequence
from typing import Any

import pydeck as pdk
import streamlit as st
from pydeck.bindings.json_tools import default_serialize
from pydeck.types import String
from shapely.geometry import mapping

from dashboards.maps import hatching
from dashboards.maps.marks import LETTER, Area, Bubble, Circle, circles, view_of, written
from dashboards.maps.names import Written
from dashboards.maps.shades import Classes
from dashboards.maps.view import View
from dashboards.palette import Palette, rgb

HEIGHT = 460


class _Compact(pdk.Deck):
    """A map that is sent without the line breaks and blanks that pydeck puts between all numbers: a quarter of the size."""

    def to_json(self) -> str:
        return json.dumps(self, sort_keys=True, default=default_serialize, separators=(",", ":"))


class Ready:
    """A map as it is sent, for a page that keeps it: pydeck takes longer to write one than all else on a page."""

    def __init__(self, drawn: pdk.Deck) -> None:
        self._text, self._tooltip = drawn.to_json(), drawn._tooltip

    def to_json(self) -> str:
        return self._text


def show(drawn: pdk.Deck | Ready, key: str, alt_text: str) -> None:
    """Show the map; `alt_text` says what is on it to whoever cannot see it."""
    sent: Any = drawn  # Streamlit reads of a map only what both have
    st.pydeck_chart(sent, height=HEIGHT, key=key, alt=alt_text)


def deck(areas: Sequence[Area], bubbles: Sequence[Bubble], classes: Classes, palette: Palette) -> pdk.Deck:
    """The map. It names no style and no provider: that is what keeps the browser from asking anybody for tiles."""
    view, drawn = view_of(areas, bubbles), circles(bubbles, classes, palette)
    layers = [
        _ground(view, palette),
        *(_outlines(areas, classes, view, palette) if areas else []),
        _circles(drawn, palette),
        _names(written(areas, drawn, classes, view, palette)),
    ]
    nobody: Any = None  # the annotation of pydeck has no word for it
    tooltip: Any = {"text": "{name}: {said}"}
    state = pdk.ViewState(longitude=view.longitude, latitude=view.latitude, zoom=view.zoom)
    return _Compact(map_provider=nobody, initial_view_state=state, layers=layers, tooltip=tooltip)


def _ground(view: View, palette: Palette) -> pdk.Layer:
    west, south, east, north = view.far
    corners = [[west, south], [east, south], [east, north], [west, north]]
    return pdk.Layer(
        "PolygonLayer", [{"corners": corners}], get_polygon="corners", get_fill_color=rgb(palette.sea), stroked=False, id="ground"
    )


def _outlines(areas: Sequence[Area], classes: Classes, view: View, palette: Palette) -> list[pdk.Layer]:
    """The areas, and lines across those without a value: an empty colour could be taken for a low one."""
    features = [_feature(area, classes, palette) for area in areas]
    drawn = pdk.Layer(
        "GeoJsonLayer",
        {"type": "FeatureCollection", "features": features},
        id="areas",
        get_fill_color="properties.fill",
        get_line_color=rgb(palette.paper),
        line_width_min_pixels=1.5,
        pickable=True,
        auto_highlight=True,
    )
    silent = [area.shape for area in areas if area.value is None]
    lines = [{"path": line} for line in hatching.lines(silent, view)]
    hatched = pdk.Layer("PathLayer", lines, id="hatching", get_path="path", get_color=rgb(palette.muted), width_min_pixels=1, get_width=1)
    return [drawn, *([hatched] if lines else [])]


def _feature(area: Area, classes: Classes, palette: Palette) -> dict[str, Any]:
    properties = {"name": area.name, "said": area.said, "fill": area.fill(classes, palette)}
    return {"type": "Feature", "properties": properties, "geometry": mapping(area.shape)}


def _row(circle: Circle) -> dict[str, Any]:
    named = {"name": circle.bubble.name, "said": circle.bubble.said}
    return {**named, "at": circle.at, "radius": circle.radius, "fill": circle.fill, "edge": 3 if circle.bubble.strong else 1}


def _circles(drawn: Sequence[Circle], palette: Palette) -> pdk.Layer:
    return pdk.Layer(
        "ScatterplotLayer",
        [_row(circle) for circle in drawn],
        id="places",
        get_position="at",
        get_radius="radius",
        radius_units=String("pixels"),
        get_fill_color="fill",
        stroked=True,
        get_line_color=rgb(palette.ink),
        get_line_width="edge",
        line_width_units=String("pixels"),
        pickable=True,
        auto_highlight=True,
    )


def _names(told: Sequence[Written]) -> pdk.Layer:
    rows = [{"text": one.text, "at": one.name.at, "off": one.off, "ink": rgb(one.name.ink)} for one in told]
    return pdk.Layer(
        "TextLayer",
        rows,
        id="names",
        get_position="at",
        get_text="text",
        get_size=LETTER,
        get_color="ink",
        get_pixel_offset="off",
        character_set=String("auto"),  # the usual set has no ñ and no á
        font_family=String("Source Sans, sans-serif"),
        font_weight=600,
    )
