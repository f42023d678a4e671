"""Slides as a PDF, a page each, for whoever projects or prints them without a program of slides: tagged and lasting like every report.

What stands where is that of the other two forms; what a slide had to cut stands whole on pages of notes at the end.
"""

from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from dashboards.palette import Palette, light
from dashboards.reports import drawing, paging, typesetting
from dashboards.reports.colours import alone
from dashboards.reports.content import Cell, Picture, Table
from dashboards.reports.document import Chart, Document
from dashboards.reports.letters import breakable
from dashboards.reports.paging import Box, Paragraph, Slide
from dashboards.reports.rows import NOTE, PADDING, widths
from dashboards.words import translator

TEMPLATE = Path(__file__).parent / "slides.typ"
TITLE = 1.1
"""A chart's title as a part of the letters' size of its box."""


def written(document: Document) -> tuple[bytes, int]:
    """The PDF and its pages. Raises NotPossibleNow where it cannot be set."""
    return typesetting.compiled(typesetting.as_data(_told(document)), TEMPLATE)


def _told(document: Document) -> dict[str, Any]:
    """The document as the template reads it: its measures, its slides and their notes."""
    _, slides = translator(document.locale), paging.slides(document)
    notes = [
        {"title": slide.title, "said": [breakable(note, paging.TOLD, paging.ACROSS) for note in slide.notes]}
        for slide in slides
        if slide.notes
    ]
    named = {name: getattr(document, name) for name in ("title", "sentence", "city", "language", "region", "brand", "arms")}
    measures = {
        "width": paging.WIDTH, "height": paging.HEIGHT, "left": paging.LEFT, "across": paging.ACROSS, "below": paging.BELOW,
        "small": paging.SMALL, "arms_wide": paging.ARMS, "titled": paging.TITLED, "note": NOTE, "padding": PADDING, "chart_title": TITLE,
    }  # fmt: skip
    said = {
        "running": paging.foot(document),
        "arms_said": _("Coat of arms of {city}", city=document.city),
        "notes_title": _("Notes"),
        "notes": notes,
        "slides": [_slide(document, slide) for slide in slides],
    }
    return {**named, **measures, **said}


def _slide(document: Document, slide: Slide) -> dict[str, Any]:
    left = paging.cover_left(document)
    boxes = [_box(box, document, light(document.brand)) for box in slide.boxes]
    room, size = paging.WIDTH - left - paging.LEFT, paging.COVER if slide.cover else paging.TITLE
    title = breakable(slide.title, size, room if slide.cover else paging.ACROSS, strong=True)
    return {"title": title, "cover": slide.cover, "left": left, "width": room, "boxes": boxes}


def _box(box: Box, document: Document, ink: Palette) -> dict[str, Any]:
    kind, content, more = _content(box, document, ink)
    room = {name: getattr(box, name) for name in ("left", "top", "width", "height", "size")}
    return {**room, "kind": kind, "content": content, **more}


def _content(box: Box, document: Document, ink: Palette) -> tuple[str, Any, dict[str, Any]]:
    """What kind of thing stands in a box, the thing itself, and what only its kind needs."""
    content = box.content
    if isinstance(content, Paragraph):
        return "paragraph", asdict(replace(content, text=breakable(content.text, box.size, box.width, strong=content.strong))), {}
    if isinstance(content, Table):
        wide = widths(content, box.width, box.size)
        return "table", asdict(_breakable(content, wide, box.size)), {"wide": wide}
    if isinstance(content, Chart):
        drawn = Picture(drawing.svg(content, ink, document.locale, *paging.drawn_in(box)), content.alt)
        return "chart", {"title": breakable(content.title, TITLE * box.size, box.width, strong=True), **asdict(drawn)}, {}
    if isinstance(content, Picture):
        return "picture", asdict(replace(content, svg=alone(content.svg, ink))), {}
    assert isinstance(content, Sequence)
    return "bars", [asdict(bar) for bar in content], {"beside": paging.above(box, len(content))}


def _breakable(table: Table, wide: Sequence[float], size: float) -> Table:
    """The table whose words may be broken where a cell is narrower."""
    rooms = [each - 2 * PADDING for each in wide]

    def cell(one: Cell, room: float) -> Cell:
        return replace(one, text=breakable(one.text, size, room, strong=True), note=breakable(one.note, size * NOTE, room))

    columns = [
        replace(column, title=breakable(column.title, size * NOTE, room, strong=True))
        for column, room in zip(table.columns, rooms, strict=True)
    ]
    return replace(table, columns=columns, rows=[[cell(one, room) for one, room in zip(row, rooms, strict=True)] for row in table.rows])
