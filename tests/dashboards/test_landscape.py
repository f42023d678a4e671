"""Slides as a PDF: a page each, tagged and lasting, with all that the other forms say, and nothing of it outside its place."""

from io import BytesIO
from typing import Any

import pypdf
import pytest
from pptx import Presentation

from dashboards.reports import kinds, landscape, paging, pdf
from dashboards.reports.content import Cell, Column, Table
from dashboards.reports.document import Document, Section
from dashboards.reports.presentation import deck
from tests import pdf_checks
from tests.dashboards.test_slides import ARMS, BARS, LINES, LONG, SHAPES, TEXTS, full, report

INCH = 72


def pages(document: Document) -> list[pypdf.PageObject]:
    return list(pypdf.PdfReader(BytesIO(landscape.written(document)[0])).pages)


def places(page: pypdf.PageObject) -> list[tuple[float, float, str]]:
    """Inches from the left and from above at which each text begins, and the text."""
    found: list[tuple[float, float, str]] = []

    def see(text: str, cm: Any, tm: Any, _font: Any, _size: Any) -> None:
        if text.strip():
            x, y = cm[0] * tm[4] + cm[2] * tm[5] + cm[4], cm[1] * tm[4] + cm[3] * tm[5] + cm[5]
            found.append((x / INCH, paging.HEIGHT - y / INCH, text))

    page.extract_text(visitor_text=see)
    return found


def letters(text: str) -> str:
    """Without blanks, signs that are drawn, and hyphens at the ends of lines."""
    return "".join(letter for letter in text if not letter.isspace() and letter not in "-\N{HYPHEN}\N{ZERO WIDTH SPACE}■●○▲◆✓—")


@pytest.mark.parametrize("text", TEXTS)
def test_of_anything_it_is_tagged_and_lasts_and_nothing_leaves_its_place(text):
    document = full(text)
    file, number = landscape.written(document)
    assert pdf_checks.problems(file) == []
    read = pypdf.PdfReader(BytesIO(file)).pages
    slides = paging.slides(document)
    assert len(read) == number >= len(slides)
    assert [round(float(side)) for page in read for side in page.mediabox[2:]] == [960, 540] * number
    for page, slide in zip(read, slides, strict=False):
        for left, top, said in places(page):
            assert paging.LEFT - 0.01 <= left <= paging.WIDTH - paging.LEFT, said
            assert top <= paging.BOTTOM + 0.06 or top >= (6.45 if slide.cover else paging.BELOW), said


def test_each_slide_says_what_the_presentation_says_on_it():
    table = Table("Worst", [Column("What", 3), Column("n", number=True)], [[Cell(f"Row {n}", "small"), Cell(str(n))] for n in range(30)])
    document = report(Section("One", ["Said."], SHAPES, [LINES, BARS]), Section("Two", [LONG], tables=[table]), foot=["Foot."])
    opened: Any = Presentation(BytesIO(deck.written(document)[0]))  # the library's types know neither tables nor charts
    slides = list(opened.slides)
    read = pages(document)
    assert len(read) == len(slides)
    for page, slide in zip(read, slides, strict=True):
        said = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
        said += [cell.text for shape in slide.shapes if shape.has_table for row in shape.table.rows for cell in row.cells]
        said += [shape.chart.chart_title.text_frame.text for shape in slide.shapes if shape.has_chart]
        told = letters(page.extract_text())
        assert [part for part in said if letters(part) not in told] == []


def test_what_a_slide_cuts_and_what_is_for_the_speaker_stands_whole_at_the_end():
    table = Table("", [Column("What", 1), Column("How", 1)], [[Cell("One"), Cell(LONG)]])
    read = pages(report(Section("Table", tables=[table], notes=["Ask the head first."]), sentence=LONG, language="en", region="GB"))
    assert len(read) > 3
    said = letters("".join(page.extract_text() for page in read[2:]))
    assert said.startswith("NotesTitle")
    assert said.count(letters(LONG)) == 2
    assert "Askthe" in said


def test_without_anything_to_note_there_are_no_notes():
    assert len(pages(report(Section("One", ["Said."], SHAPES, [LINES])))) == 2


@pytest.mark.parametrize(("arms", "figures"), [(ARMS, 2), (None, 1)])
def test_charts_and_the_arms_of_the_cover_are_said_in_words(arms, figures):
    assert landscape.written(report(Section("One", charts=[LINES]), arms=arms))[0].count(b"/S/Figure") == figures


def test_slides_are_slides_as_a_pdf_too_and_other_kinds_are_upright():
    wide, high = (
        pypdf.PdfReader(BytesIO(kinds.written(report(Section("One", ["Said."]), kind=kind), "pdf")[0])).pages[0].mediabox
        for kind in ("slides", "brief")
    )
    assert wide.width > wide.height
    assert high.width < high.height
    assert pdf.DOCUMENT != landscape.TEMPLATE
