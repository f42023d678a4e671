"""How a report stands on paper: long words break, columns stand beside each other, and what must be whole is whole."""

from io import BytesIO
from typing import Any

import pypdf

from dashboards.reports import pdf
from dashboards.reports.content import Cell, Column, Table
from dashboards.reports.document import Document, Section

ADDRESS = "https://example.org/" + "evidence/" * 30


def page(*sections: Section, pages: int = 0) -> Document:
    return Document("goal", "en", "GB", "Aurora", "#0b6b74", "Title", "About", "Sentence", sections, pages=pages)


def places(document: Document) -> dict[str, tuple[float, float]]:
    """Where on the first page each text begins: points from the left and from below."""
    found: dict[str, tuple[float, float]] = {}

    def see(text: str, cm: Any, tm: Any, _font: Any, _size: Any) -> None:
        if text.strip():
            found.setdefault(text.strip(), (cm[0] * tm[4] + cm[2] * tm[5] + cm[4], cm[1] * tm[4] + cm[3] * tm[5] + cm[5]))

    pypdf.PdfReader(BytesIO(pdf.of_document(document)[0])).pages[0].extract_text(visitor_text=see)
    return found


def test_a_long_address_in_a_cell_breaks_and_stays_within_its_column():
    table = Table("", [Column("What", 1), Column("Where", 1), Column("Last", 1)], [[Cell("One"), Cell(ADDRESS), Cell("Third")]])
    said = pypdf.PdfReader(BytesIO(pdf.of_document(page(Section("Seen", tables=[table])))[0])).pages[0].extract_text()
    assert max(len(line) for line in said.splitlines()) < 80
    assert ADDRESS in said.replace("\n", "").replace("\N{ZERO WIDTH SPACE}", "")


def test_columns_stand_beside_each_other_and_the_rest_below_them():
    left, right = Section("Left", ["One."], column="main"), Section("Right", ["Two."], column="side")
    found = places(page(Section("Below", ["Three."]), left, right))
    assert found["Left"][1] == found["Right"][1]
    assert found["Left"][0] < found["Right"][0] - 200
    assert found["Below"][0] == found["Left"][0]
    assert found["Below"][1] < found["One."][1]


def test_a_table_that_is_whole_keeps_its_rows_where_others_give_theirs_up():
    rows = [[Cell(f"Row {n}")] for n in range(60)]
    kept = Table("", [Column("What")], rows[:20], whole=True)
    (first, second) = pdf.cut(page(Section("One", tables=[kept, Table("", [Column("What")], rows)])), 5, 0).sections[0].tables
    assert (len(first.rows), first.left) == (20, "")
    assert (len(second.rows), second.left) == (5, "and 55 more")
