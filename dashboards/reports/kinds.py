"""Every kind of report by its name, and the forms that it can be written in."""

from collections.abc import Callable

from dashboards.reports import accounts, area_sheet, brief, council, goal_sheet, minutes, preread, slides, study_sheet
from dashboards.reports.document import Document
from dashboards.session import Session

Build = Callable[[Session, str | None], Document]
KINDS: dict[str, Build] = {
    "brief": brief.document,
    "preread": preread.document,
    "minutes": minutes.document,
    "slides": slides.document,
    "council": council.document,
    "accountability": accounts.document,
    "goal": goal_sheet.document,
    "area": area_sheet.document,
    "study": study_sheet.document,
}
"""Each takes who it is for, and of what it is: a goal, an area, a meeting; None where it is of the whole month."""


def written(document: Document, form: str) -> tuple[bytes, int]:
    """The report as a file, and its pages. `form` is one of pdf, pptx and html; slides are slides as a PDF too."""
    if form == "html":
        from dashboards.reports import html

        return html.written(document)
    if form == "pptx":
        from dashboards.reports.presentation import deck  # a tenth of a second that nobody should wait for who asks for another form

        return deck.written(document)
    from dashboards.reports import landscape, pdf  # Typst, as above

    return landscape.written(document) if document.kind == "slides" else pdf.of_document(document)
