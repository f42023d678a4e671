"""The map as a chart that needs no browser, for a picture: the same areas, circles, names and colours."""

from collections.abc import Sequence
from math import pi
from typing import Any

import shapely
from shapely.geometry import mapping

from dashboards.charts import FONT
from dashboards.maps import hatching
from dashboards.maps.marks import LETTER, Area, Bubble, Circle, circles, view_of, written
from dashboards.maps.names import Written
from dashboards.maps.shades import Classes
from dashboards.maps.view import EARTH, View
from dashboards.palette import Palette

ACROSS, DOWN = 900, 560
SIGHT, CIRCLES_IN_SIGHT = (640, 520), (640, 430)
"""Pixels in which areas lie, and circles with names below them."""
SWATCH = 16
"""Side of a legend's square in pixels."""
STEP = 130
"""Pixels from one entry of the legend to the next."""

Layer = dict[str, Any]


def still(areas: Sequence[Area], bubbles: Sequence[Bubble], classes: Classes, palette: Palette, legend: Sequence[str]) -> dict[str, Any]:
    """The map above its legend, as one specification that holds its data; `legend` names the steps of the colour."""
    view, drawn = view_of(areas, bubbles, SIGHT if areas else CIRCLES_IN_SIGHT), circles(bubbles, classes, palette)
    layers = [
        _areas(areas, classes, palette),
        _hatching(areas, view, palette),
        _circles(drawn, palette),
        _names(written(areas, drawn, classes, view, palette, (ACROSS, DOWN))),
    ]
    projection = {
        "type": "mercator",
        "center": [view.longitude, view.latitude],
        "scale": EARTH * 2**view.zoom / (2 * pi),
        "translate": [ACROSS / 2, DOWN / 2],
    }
    chart = {"width": ACROSS, "height": DOWN, "projection": projection, "view": {"fill": palette.sea}, "layer": layers}
    drawn_legend = [_legend(legend, classes, palette)] if legend else []
    return {"vconcat": [chart, *drawn_legend], "config": {"font": FONT, "view": {"stroke": None}}}


def _areas(areas: Sequence[Area], classes: Classes, palette: Palette) -> Layer:
    features = [
        {
            "type": "Feature",
            "fill": _css(area.fill(classes, palette)),
            "geometry": mapping(shapely.orient_polygons(area.shape, exterior_cw=True)),
        }
        for area in areas
    ]
    fill = {"field": "fill", "type": "nominal", "scale": None}
    return {
        "data": {"values": features},
        "mark": {"type": "geoshape", "stroke": palette.paper, "strokeWidth": 1.5},
        "encoding": {"fill": fill},
    }


def _hatching(areas: Sequence[Area], view: View, palette: Palette) -> Layer:
    lines = hatching.lines([area.shape for area in areas if area.value is None], view)
    features = [{"type": "Feature", "geometry": {"type": "LineString", "coordinates": line}} for line in lines]
    return {"data": {"values": features}, "mark": {"type": "geoshape", "stroke": palette.muted, "strokeWidth": 1, "filled": False}}


def _circles(drawn: Sequence[Circle], palette: Palette) -> Layer:
    rows = [
        {
            "x": circle.at[0],
            "y": circle.at[1],
            "size": pi * circle.radius**2,
            "fill": _css(circle.fill),
            "edge": 3 if circle.bubble.strong else 1,
        }
        for circle in drawn
    ]
    encoding = {
        **_at(),
        "size": {"field": "size", "type": "quantitative", "scale": None, "legend": None},
        "fill": {"field": "fill", "type": "nominal", "scale": None},
        "strokeWidth": {"field": "edge", "type": "quantitative", "scale": None},
    }
    return {"data": {"values": rows}, "mark": {"type": "point", "stroke": palette.ink, "opacity": 1}, "encoding": encoding}


def _names(told: Sequence[Written]) -> Layer:
    rows = [
        {
            "x": one.name.at[0],
            "y": one.name.at[1],
            "text": one.text.split("\n"),
            "right": one.off[0],
            "down": one.off[1],
            "ink": one.name.ink,
        }
        for one in told
    ]
    middle = {"expr": "datum.down - (length(datum.text) - 1) * " + str(LETTER * 0.6)}
    mark = {"type": "text", "dx": {"expr": "datum.right"}, "dy": middle, "fontSize": LETTER, "fontWeight": 600, "lineHeight": LETTER * 1.2}
    encoding = {**_at(), "text": {"field": "text", "type": "nominal"}, "color": {"field": "ink", "type": "nominal", "scale": None}}
    return {"data": {"values": rows}, "mark": mark, "encoding": encoding}


def _legend(legend: Sequence[str], classes: Classes, palette: Palette) -> Layer:
    rows = [{"at": number * STEP, "text": text, "fill": _css(classes.shade(number, palette))} for number, text in enumerate(legend)]
    across = {"type": "quantitative", "axis": None, "scale": {"domain": [0, ACROSS]}}
    square = {"type": "square", "size": SWATCH**2, "opacity": 1, "xOffset": SWATCH / 2, "stroke": palette.rule}
    words = {"type": "text", "align": "left", "dx": SWATCH + 6, "fontSize": 12, "color": palette.ink}
    return {
        "width": ACROSS,
        "height": SWATCH + 4,
        "data": {"values": rows},
        "encoding": {"x": {"field": "at", **across}},
        "layer": [
            {"mark": square, "encoding": {"fill": {"field": "fill", "type": "nominal", "scale": None}}},
            {"mark": words, "encoding": {"text": {"field": "text", "type": "nominal"}}},
        ],
    }


def _at() -> dict[str, Any]:
    return {"longitude": {"field": "x", "type": "quantitative"}, "latitude": {"field": "y", "type": "quantitative"}}


def _css(colour: Sequence[int]) -> str:
    return f"rgb({colour[0]},{colour[1]},{colour[2]})"
