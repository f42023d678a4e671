"""A report as a presentation for PowerPoint and LibreOffice: titles, text, tables and charts that can be edited, each read aloud too.

The letters are Arial, which is everywhere or has a stand-in of the same widths (Liberation Sans).
"""

import re
from functools import lru_cache
from io import BytesIO
from typing import Any

from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.presentation import Presentation as Deck
from pptx.slide import Slide as Drawn
from pptx.util import Inches

from dashboards.palette import light
from dashboards.reports import paging
from dashboards.reports.document import Document
from dashboards.reports.paging import Slide
from dashboards.reports.presentation.shapes import add_dots, put
from dashboards.reports.presentation.text import Letters, Style, add_number, add_text, bare, clean, say
from dashboards.reports.raster import png, proportion
from dashboards.words import translator

FONT = "Arial"
COVER, TITLED = "Title Slide", "Title Only"
"""The layouts that are used; the others go."""
MOST_NAMED = 255
"""Letters of a property of the file."""
SMALL = 0.34
"""How high the arms of the foot are, in inches."""


def written(document: Document) -> tuple[bytes, int]:
    """The presentation as a file, and its slides."""
    told, deck, style = paging.slides(document), _deck(document), Style(_tag(document), document.locale, light(document.brand))
    for number, slide in enumerate(told, 1):
        _add(deck, document, slide, number, style)
    file = BytesIO()
    deck.save(file)
    return file.getvalue(), len(told)


def _deck(document: Document) -> Deck:
    """An empty presentation in the city's colours: 16:9, with the two layouts that are used."""
    deck = Presentation()
    wide = paging.WIDTH / (deck.slide_width or 1) * Inches(1)
    for layout in list(deck.slide_layouts):
        if layout.name not in (COVER, TITLED):
            deck.slide_layouts.remove(layout)
    for holder in (deck.slide_master, *deck.slide_layouts):
        placeholders: Any = holder.placeholders  # the library's types know none of their sizes
        for shape in placeholders:
            shape.left, shape.top, shape.width, shape.height = int(shape.left * wide), shape.top, int(shape.width * wide), shape.height
    deck.slide_width, deck.slide_height = Inches(paging.WIDTH), Inches(paging.HEIGHT)
    _paint(deck, document)
    named = deck.core_properties
    named.title, named.subject = (clean(text)[:MOST_NAMED] for text in (document.title, document.about))
    named.author = named.last_modified_by = clean(document.city)[:MOST_NAMED]
    named.comments, named.language = "", _tag(document)
    return deck


def _paint(deck: Deck, document: Document) -> None:
    """The theme's colours and letters, which whoever adds a slide goes on with."""
    ink = light(document.brand)
    theme = deck.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    said = theme.blob.decode()
    colours = {"dk2": ink.ink, "lt2": ink.sea, "accent1": ink.brand, "accent2": ink.muted, "hlink": ink.brand, "folHlink": ink.muted}
    for name, colour in colours.items():
        said = re.sub(rf"(<a:{name}>).*?(</a:{name}>)", rf'\g<1><a:srgbClr val="{colour[1:]}"/>\g<2>', said, flags=re.DOTALL)
    said = re.sub(r'(<a:(?:major|minor)Font>\s*<a:latin typeface=")[^"]*', rf"\g<1>{FONT}", said)
    theme._blob = said.encode()  # pyright: ignore[reportAttributeAccessIssue] - the library has no way to a theme


def _add(deck: Deck, document: Document, slide: Slide, number: int, style: Style) -> None:
    layout = next(each for each in deck.slide_layouts if each.name == (COVER if slide.cover else TITLED))
    drawn = deck.slides.add_slide(layout)
    _title(drawn, document, slide, style)
    for box in slide.boxes:
        put(drawn, box, style)
    if document.arms:
        _arms(drawn, document, document.arms, slide, style)
    if not slide.cover:
        _foot(drawn, document, number, style)
    notes = drawn.notes_slide.notes_text_frame
    if notes is not None:
        say(notes, slide.spoken, style, Letters(paging.SMALL, style.ink.ink))


def _title(drawn: Drawn, document: Document, slide: Slide, style: Style) -> None:
    for shape in list(drawn.placeholders):
        if shape.placeholder_format.idx:
            shape._element.getparent().remove(shape._element)  # the cover's second one: a box says what it would
    title = drawn.shapes.title
    assert title is not None
    left = paging.cover_left(document) if slide.cover else paging.LEFT
    room = (left, 2.0, paging.WIDTH - left - paging.LEFT, 1.9) if slide.cover else (left, 0.4, paging.ACROSS, 0.9)
    title.left, title.top, title.width, title.height = map(Inches, room)
    bare(title.text_frame)
    letters = Letters(paging.COVER, style.ink.brand, strong=True) if slide.cover else Letters(paging.TITLE, style.ink.ink, strong=True)
    say(title.text_frame, [slide.title], style, letters)


def _arms(drawn: Drawn, document: Document, arms: str, slide: Slide, style: Style) -> None:
    """On the cover with words; on the others they say nothing new."""
    picture = _dots(arms)
    shape = proportion(picture)
    if slide.cover:
        _ = translator(style.locale)
        alt = _("Coat of arms of {city}", city=document.city)
        add_dots(drawn, picture, (paging.LEFT, 2.0, paging.ARMS, paging.ARMS / shape), alt)
    else:
        add_dots(drawn, picture, (paging.LEFT, paging.BELOW, SMALL * shape, SMALL), "")


def _foot(drawn: Drawn, document: Document, number: int, style: Style) -> None:
    left, letters = paging.LEFT + (2 * SMALL if document.arms else 0.0), Letters(paging.SMALL, style.ink.muted)
    add_text(drawn, (left, paging.BELOW + 0.05, paging.ACROSS - 2.0, 0.3), paging.foot(document), style, letters)
    add_number(drawn, (paging.WIDTH - paging.LEFT - 1.0, paging.BELOW + 0.05, 1.0, 0.3), number, style, letters)


@lru_cache(maxsize=4)
def _dots(arms: str) -> bytes:
    return png(arms, paging.ARMS)


def _tag(document: Document) -> str:
    return "-".join(filter(None, (document.language, document.region)))
