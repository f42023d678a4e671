"""Charts as pictures to take away, for a report or a slide: each says in itself what it shows, of when, and whose it is.

They are drawn on this machine by vl-convert, which is slow to load: only somebody who asks for a picture waits for it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from textwrap import wrap
from typing import Any

import polars as pl

from dashboards import palette

WIDTH, MARGIN = 900, 28
SCALE = 2
"""Pixels of a PNG for each of the drawing's, so that it stays sharp on a slide."""
TITLE, TEXT, SMALL = 19, 14, 11.5
"""Sizes of letters."""
LETTER = 0.5
"""The usual width of a letter, as a share of its size."""
LINE = 15
"""Height of a line of small print."""
VEGA_LITE = "6.4"


@dataclass(frozen=True)
class Part:
    """One chart of a picture: its title, what it says, its specification, and the rows of one that does not hold them."""

    title: str
    said: str
    specification: dict[str, Any]
    rows: pl.DataFrame | None = None


def png(parts: Sequence[Part], caption: Sequence[str]) -> bytes:
    """The charts below each other on white paper, with the lines of the caption at the foot."""
    import vl_convert  # a third of a second that no page should wait for

    return vl_convert.vegalite_to_png(whole(parts, caption), vl_version=VEGA_LITE, scale=SCALE)


def svg(parts: Sequence[Part], caption: Sequence[str]) -> bytes:
    """The same as a drawing that a designer can change."""
    import vl_convert

    return vl_convert.vegalite_to_svg(whole(parts, caption), vl_version=VEGA_LITE).encode()


def whole(parts: Sequence[Part], caption: Sequence[str]) -> dict[str, Any]:
    """One specification that holds its data: the charts, then the caption."""
    first = parts[0].specification
    return {
        "$schema": f"https://vega.github.io/schema/vega-lite/v{VEGA_LITE}.json",
        "background": palette.light().paper,
        "padding": MARGIN,
        "config": {**first["config"], "background": palette.light().paper, "padding": MARGIN},
        "spacing": 34,
        "vconcat": [*map(_chart, parts), _caption(caption)],
    }


def _chart(part: Part) -> dict[str, Any]:
    drawn = {key: value for key, value in part.specification.items() if key not in ("config", "$schema", "background", "padding")}
    ink = palette.light()
    title = {
        "text": _lines(part.title, TITLE),
        "subtitle": _lines(part.said, TEXT),
        "anchor": "start",
        "frame": "group",
        "fontSize": TITLE,
        "fontWeight": 600,
        "color": ink.ink,
        "subtitleFontSize": TEXT,
        "subtitleColor": ink.ink,
        "subtitlePadding": 6,
        "offset": 24,
    }
    data = {} if part.rows is None else {"width": WIDTH, "data": {"values": _values(part.rows)}}
    return {**drawn, **data, "title": title}


def _caption(caption: Sequence[str]) -> dict[str, Any]:
    lines = [{"line": number, "text": text} for number, text in enumerate(part for said in caption for part in _lines(said, SMALL))]
    return {
        "data": {"values": lines},
        "width": WIDTH,
        "height": LINE * len(lines),
        "mark": {"type": "text", "align": "left", "baseline": "top", "fontSize": SMALL, "color": palette.light().muted},
        "encoding": {
            "x": {"value": 0},
            "y": {"field": "line", "type": "quantitative", "axis": None, "scale": {"domain": [0, max(len(lines), 1)], "reverse": True}},
            "text": {"field": "text", "type": "nominal"},
        },
    }


def _lines(text: str, size: float) -> list[str]:
    """The text in lines that fit the picture; a word longer than a line, as a link is, is broken."""
    return wrap(text, int(WIDTH / (size * LETTER)), break_on_hyphens=False) or [""]


def _values(rows: pl.DataFrame) -> list[dict[str, Any]]:
    return [{name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()} for row in rows.to_dicts()]
