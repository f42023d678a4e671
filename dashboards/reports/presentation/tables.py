"""The tables of slides: real ones, with a heading row that is read with each cell."""

from typing import Any

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.slide import Slide
from pptx.table import _Cell
from pptx.util import Inches

from dashboards.reports.colours import SHOWN
from dashboards.reports.content import Cell, Column, Table
from dashboards.reports.paging import Box
from dashboards.reports.presentation.text import Letters, Style, add_run, clean
from dashboards.reports.rows import NOTE, PADDING, heights, text, widths

PLAIN = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""PowerPoint's own name for a table without a style and without lines."""
LINE = '<a:lnB {} w="9525"><a:solidFill><a:srgbClr val="{}"/></a:solidFill></a:lnB>'


def add_table(slide: Slide, box: Box, table: Table, style: Style) -> None:
    """The table in its box; its cells are short enough already."""
    wide = widths(table, box.width, box.size)
    tall = heights(table, wide, box.size)
    room = map(Inches, (box.left, box.top, box.width, sum(tall)))
    frame = slide.shapes.add_table(len(table.rows) + 1, len(table.columns), *room)
    frame._element._nvXxPr.cNvPr.set("descr", clean(", ".join(column.title for column in table.columns)))  # as in text.describe
    drawn: Any = frame.table  # its types know no rows and columns that can be gone through
    drawn._tbl.tblPr.find(qn("a:tableStyleId")).text = PLAIN  # the library has no way to a table's style
    drawn.first_row, drawn.horz_banding = True, False
    for column, inches in zip(drawn.columns, wide, strict=True):
        column.width = Inches(inches)
    for row, inches in zip(drawn.rows, tall, strict=True):
        row.height = Inches(inches)
    for number, column in enumerate(table.columns):
        _say(drawn.cell(0, number), Cell("", column.title), column, box.size, style, heading=True)
        for below, row in enumerate(table.rows, 1):
            _say(drawn.cell(below, number), row[number], column, box.size, style, heading=False)


def _say(drawn: _Cell, cell: Cell, column: Column, size: float, style: Style, *, heading: bool) -> None:
    drawn.margin_left = drawn.margin_right = drawn.margin_top = drawn.margin_bottom = Inches(PADDING)
    drawn.vertical_anchor = MSO_ANCHOR.BOTTOM if heading else MSO_ANCHOR.TOP
    frame, small = drawn.text_frame, Letters(size * NOTE, style.ink.muted, heading)
    paragraph = frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT if column.number else PP_ALIGN.LEFT
    if text(cell):
        add_run(paragraph, text(cell), style, Letters(size, SHOWN.get(cell.colour, style.ink.ink), cell.strong or bool(cell.colour)))
        if cell.note:
            paragraph = frame.add_paragraph()
            paragraph.alignment = PP_ALIGN.RIGHT if column.number else PP_ALIGN.LEFT
    if cell.note:
        add_run(paragraph, cell.note, style, small)
    drawn._tc.get_or_add_tcPr().append(parse_xml(LINE.format(nsdecls("a"), style.ink.rule[1:])))  # no way to a cell's lines
