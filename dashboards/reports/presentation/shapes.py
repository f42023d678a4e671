"""What stands on a slide: text, bars of the truth line, charts, pictures and tables, each in the box that was measured for it."""

from collections.abc import Sequence
from io import BytesIO

from pptx.enum.shapes import MSO_SHAPE
from pptx.oxml.ns import qn
from pptx.slide import Slide
from pptx.util import Inches

from dashboards.reports import letters
from dashboards.reports.colours import alone, lighter
from dashboards.reports.content import Bar, Picture, Table
from dashboards.reports.document import Chart
from dashboards.reports.paging import Box, Paragraph, above
from dashboards.reports.presentation.charts import add_chart
from dashboards.reports.presentation.tables import add_table
from dashboards.reports.presentation.text import Letters, Room, Style, add_text, colour, describe
from dashboards.reports.raster import png, proportion

THICK = 0.2
"""Inches that a bar is high."""


def put(slide: Slide, box: Box, style: Style) -> None:
    """Draw the content of a box."""
    content = box.content
    if isinstance(content, Paragraph):
        painted = style.ink.muted if content.muted else style.ink.ink
        add_text(slide, (box.left, box.top, box.width, box.height), content.text, style, Letters(box.size, painted, content.strong))
    elif isinstance(content, Table):
        add_table(slide, box, content, style)
    elif isinstance(content, Chart):
        add_chart(slide, box, content, style)
    elif isinstance(content, Picture):
        _add_picture(slide, box, content, style)
    else:
        _add_bars(slide, box, content, style)


def add_dots(slide: Slide, picture: bytes, room: Room, alt: str) -> None:
    """A picture of dots."""
    describe(slide.shapes.add_picture(BytesIO(picture), *map(Inches, room)), alt)


def _add_picture(slide: Slide, box: Box, picture: Picture, style: Style) -> None:
    """As large as its box allows, with its own proportions."""
    drawn = png(alone(picture.svg, style.ink), 6.0)
    shape = proportion(drawn)
    wide = min(box.width, box.height * shape)
    add_dots(slide, drawn, (box.left, box.top, wide, wide / shape), picture.alt)


def _add_bars(slide: Slide, box: Box, bars: Sequence[Bar], style: Style) -> None:
    """Each with its name before it and what it says after it; in a narrow column above it."""
    tall, beside = box.height / len(bars), above(box, len(bars))
    name = min(max(letters.width(bar.name, box.size) for bar in bars) + 0.2, box.width / 4)
    said = min(max(letters.width(bar.said, box.size, strong=True) for bar in bars) + 0.2, box.width / 2)
    plain, strong = Letters(box.size, style.ink.ink), Letters(box.size, style.ink.ink, strong=True)
    for number, bar in enumerate(bars):
        top = box.top + tall * number
        if beside:
            add_text(slide, (box.left, top, box.width, 0.3), f"{bar.name}: {bar.said}", style, Letters(box.size - 2, style.ink.ink))
            _add_bar(slide, (box.left, top + 0.42, box.width, THICK), bar, style)
            continue
        add_text(slide, (box.left, top, name, 0.32), bar.name, style, plain)
        _add_bar(slide, (box.left + name, top + 0.05, max(box.width - name - said - 0.1, 1.0), THICK), bar, style)
        add_text(slide, (box.left + box.width - said, top, said, 0.32), bar.said, style, strong)


def _add_bar(slide: Slide, room: Room, bar: Bar, style: Style) -> None:
    """What is outlined is pale, what is filled stands on it; the words beside it say all of this."""
    left, top, wide, tall = room
    painted = style.ink.brand if bar.brand else style.ink.ink
    for share, fill in ((100.0, style.ink.rule), (bar.outlined, lighter(painted)), (bar.filled, painted)):
        if share > 0:
            shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *map(Inches, (left, top, wide * share / 100, tall)))
            shape.fill.solid()
            shape.fill.fore_color.rgb = colour(fill)
            shape.line.fill.background()
            shape._element.remove(shape._element.find(qn("p:style")))  # the theme's shadow, which nothing else takes away
            describe(shape, "")
