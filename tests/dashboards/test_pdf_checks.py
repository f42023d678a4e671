"""The checks of PDF files find nothing in what we write, and each thing that is taken out of it."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfWriter
from pypdf.generic import NameObject, StreamObject

from dashboards.reports import pdf
from dashboards.reports.content import Cell, Column, Table
from dashboards.reports.document import Chart, Document, Section, Series
from tests.pdf_checks import problems

CHART = Chart("Up", "lines", ["Jan", "Feb"], [Series("value", [1.0, 2.0], brand=True)], "%", "A line that rises.")
TABLE = Table("Rows", [Column("What"), Column("How")], [[Cell("a"), Cell("b")]])


@pytest.fixture(scope="module")
def file() -> bytes:
    section = Section("Heading", ["Said."], charts=[CHART], tables=[TABLE])
    return pdf.of_document(Document("brief", "en", "GB", "City", "#0b6b74", "Title", "About", "Sentence.", [section], ["Foot."]))[0]


def test_what_we_write_has_no_fault(file):
    assert problems(file) == []


def first(root: Any, kind: str) -> Any:
    """The first element of a kind in the tree of what is read."""
    left = [root["/StructTreeRoot"]]
    while left:
        children = left.pop()["/K"]
        for child in children if isinstance(children, list) else [children]:
            element = child.get_object()
            if isinstance(element, dict) and "/S" in element:
                if element["/S"] == kind:
                    return element
                left += [element] if "/K" in element else []
    raise LookupError(kind)


def unmarked(root: Any) -> None:
    page = root["/Pages"]["/Kids"][0].get_object()
    painted = StreamObject()
    painted.set_data(b"0 0 9 9 re f " + page["/Contents"].get_object().get_data())
    page[NameObject("/Contents")] = painted


def loose_font(root: Any) -> None:
    font = next(iter(root["/Pages"]["/Kids"][0].get_object()["/Resources"]["/Font"].values())).get_object()
    for name in ("/FontFile", "/FontFile2", "/FontFile3"):
        font["/DescendantFonts"][0].get_object()["/FontDescriptor"].pop(name, None)


@pytest.mark.parametrize(
    ("spoil", "rule"),
    [
        (lambda root: root.pop("/Lang"), "11-006"),
        (lambda root: root.pop("/MarkInfo"), "06-001"),
        (lambda root: root.pop("/StructTreeRoot"), "09-: there is no tree"),
        (lambda root: root.pop("/Metadata"), "A-2 6.6.4"),
        (lambda root: root.pop("/OutputIntents"), "A-2 6.2.3"),
        (lambda root: root["/ViewerPreferences"].pop("/DisplayDocTitle"), "07-001"),
        (lambda root: first(root, "/Figure").pop("/Alt"), "13-004"),
        (lambda root: first(root, "/TH").pop("/A"), "15-003"),
        (lambda root: first(root, "/H1").update({NameObject("/S"): NameObject("/H3")}), "14-003"),
        (lambda root: first(root, "/TR").update({NameObject("/S"): NameObject("/Odd")}), "02-001"),
        (unmarked, "01-005"),
        (loose_font, "31-009"),
    ],
)
def test_each_thing_that_is_missing_is_found(file, spoil: Callable[[Any], object], rule: str):
    writer = PdfWriter(clone_from=BytesIO(file))
    spoil(writer.root_object)
    spoiled = BytesIO()
    writer.write(spoiled)
    assert any(problem.startswith(rule) for problem in problems(spoiled.getvalue()))
