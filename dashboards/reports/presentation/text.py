"""The text of a slide: in the report's language, so that it is read aloud and checked in it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.shapes.base import BaseShape
from pptx.slide import Slide
from pptx.text.text import TextFrame, _Paragraph
from pptx.util import Inches, Pt

from dashboards.palette import Palette

Room = tuple[float, float, float, float]
"""Left, top, width and height in inches."""
NO_LETTER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""What no XML holds, or nobody sees."""
DECORATIVE = (
    '<a:extLst {a}><a:ext uri="{{C183D7F6-B498-43B3-948B-1728B52AA6E4}}">'
    '<adec:decorative xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)


@dataclass(frozen=True)
class Style:
    """How a presentation looks and which language it speaks, such as es-ES."""

    tag: str
    locale: str
    ink: Palette


@dataclass(frozen=True)
class Letters:
    """The size in points, the colour, and whether they are bold; None leaves the colour of the theme."""

    size: float
    colour: str
    strong: bool = False


def clean(text: str) -> str:
    """A text without what no file of XML may hold."""
    return NO_LETTER.sub("", text)


def colour(code: str) -> RGBColor:
    return RGBColor.from_string(code[1:].upper())


def say(frame: TextFrame, paragraphs: Sequence[str], style: Style, letters: Letters, align: PP_ALIGN = PP_ALIGN.LEFT) -> None:
    """Write paragraphs into a frame in place of what is there."""
    frame.clear()
    for number, text in enumerate(paragraphs):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.alignment = align
        add_run(paragraph, text, style, letters)


def add_run(paragraph: _Paragraph, text: str, style: Style, letters: Letters) -> None:
    run = paragraph.add_run()
    run.text = clean(text).replace("\n", " ")
    run.font.size, run.font.bold = Pt(letters.size), letters.strong
    run.font.color.rgb = colour(letters.colour)
    run._r.get_or_add_rPr().set("lang", style.tag)  # the library knows few languages by name


def add_text(slide: Slide, room: Room, text: str, style: Style, letters: Letters, align: PP_ALIGN = PP_ALIGN.LEFT) -> None:
    """A box of text that neither grows nor shrinks: its room was measured."""
    shape = slide.shapes.add_textbox(*map(Inches, room))
    bare(shape.text_frame)
    say(shape.text_frame, [text], style, letters, align)


def add_number(slide: Slide, room: Room, number: int, style: Style, letters: Letters) -> None:
    """The slide's number, which follows when slides are moved."""
    shape = slide.shapes.add_textbox(*map(Inches, room))
    bare(shape.text_frame)
    paragraph = shape.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT
    add_run(paragraph, str(number), style, letters)
    run = paragraph._p.find(qn("a:r"))  # the library has no fields
    run.tag = qn("a:fld")
    run.set("id", "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}")
    run.set("type", "slidenum")


def bare(frame: TextFrame) -> None:
    """No margins, lines that are broken, and a size that stays."""
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Inches(0)
    frame.word_wrap, frame.auto_size, frame.vertical_anchor = True, MSO_AUTO_SIZE.NONE, MSO_ANCHOR.TOP


def describe(shape: BaseShape, alt: str) -> None:
    """What a drawing shows, in words; "" where it shows nothing that is not written beside it."""
    named = shape._element._nvXxPr.cNvPr  # the library has no way to it
    named.set("descr", clean(alt))
    if not alt:
        named.append(parse_xml(DECORATIVE.format(a=nsdecls("a"))))
