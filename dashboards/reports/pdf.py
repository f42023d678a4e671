"""A report as a PDF that everybody can read, also by ear, and that lasts: PDF/UA-1, tagged, with its language and title, and PDF/A-2b.

Written by Typst. What people wrote goes in as data beside the template, so that nothing of it can be taken for markup.
"""

import json
import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import typst

from dashboards.palette import light
from dashboards.reports import drawing
from dashboards.reports.colours import alone
from dashboards.reports.content import Picture, Report, Table, first
from dashboards.reports.document import Chart, Document
from dashboards.words import translator
from data.problems import N_, NotPossibleNow

HERE = Path(__file__).parent
ONE_PAGE, DOCUMENT = HERE / "one_page.typ", HERE / "document.typ"
FEW = 3
"""Rows of a table below which a report that must be short rather gives up a chart."""
NO_GLYPH = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)
CONTROL = re.compile(r"\\u00[01][0-9a-f]|\\u007f|[\x7f-\x9f]")
"""Letters that nobody can see, as Json writes them."""
INSTEAD = "?"
"""What stands for a letter that the bundled fonts do not have."""
FOREIGN = re.compile("[^\\n -~\u00a0-\u058f\u1e00-\u1fff\u2010-\u2027\u202f-\u205e\u20a0-\u20bf\u2190-\u21ff\u2200-\u22ff\u25a0-\u25ff]")
"""What no European alphabet uses."""
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
MOST = 200
"""Letters that are replaced one by one before it is given up."""

Room = TypeVar("Room")


def one_page(build: Callable[[Room], Report], rooms: Sequence[Room]) -> tuple[bytes, int]:
    """The report in the first of the rooms, from the largest to the smallest, in which it is one page; returns the PDF and its pages.

    Where none is small enough, the last one holds.
    """
    return _fitting(lambda room: written(build(room)), rooms, ONE_PAGE, 1)


def of_document(document: Document) -> tuple[bytes, int]:
    """A report of any length; returns the PDF and its pages.

    Where it may have only so many pages, its tables give up rows until it has, and say how many are left out;
    then its charts go, the last first.
    """
    if not document.pages:
        said = _of_document(document)
        return _compiled(said, DOCUMENT), _pages(said, DOCUMENT)
    return _fitting(lambda room: _of_document(cut(document, *room)), rooms(document), DOCUMENT, document.pages)


def rooms(document: Document) -> list[tuple[int, int]]:
    """How many rows each table and how many charts the report may have, from all of them down to next to nothing: rows go first."""
    longest = max((len(table.rows) for section in document.sections for table in section.tables), default=0)
    charts = sum(len(section.charts) for section in document.sections)
    fewer_rows = [(rows, charts) for rows in range(longest, FEW, -1)]
    fewer_charts = [(min(longest, FEW), left) for left in range(charts, -1, -1)]
    return [*fewer_rows, *fewer_charts, *((rows, 0) for rows in range(min(longest, FEW) - 1, 0, -1))]


def cut(document: Document, rows: int, charts: int) -> Document:
    """The report with at most so many rows in each table, which counts what it leaves out, and its first charts."""
    _ = translator(document.locale)

    def fewer(table: Table) -> Table:
        more = len(table.rows) - rows
        return first(table, rows, _.ngettext("and {n} more", "and {n} more", more, n=more)) if more > 0 else table

    sections, left = [], charts
    for section in document.sections:
        sections.append(replace(section, tables=[*map(fewer, section.tables)], charts=section.charts[:left]))
        left = max(left - len(section.charts), 0)
    return replace(document, sections=sections)


def written(report: Report) -> str:
    """The report as the data of the template."""
    if report.picture:
        report = replace(report, picture=replace(report.picture, svg=alone(report.picture.svg, light(report.brand))))
    return _as_data(asdict(report))


def _of_document(document: Document) -> str:
    told = asdict(document)
    for section, data in zip(document.sections, told["sections"], strict=True):
        data["charts"] = [{"title": chart.title, **asdict(_drawn(chart, document.brand, document.locale))} for chart in section.charts]
        data["pictures"] = [asdict(replace(picture, svg=alone(picture.svg, light(document.brand)))) for picture in section.pictures]
    return _as_data(told)


def _drawn(chart: Chart, brand: str, locale: str) -> Picture:
    return Picture(drawing.svg(chart, light(brand), locale), chart.alt)


def _as_data(told: dict[str, Any]) -> str:
    """Json of what the template shows, with the day on which it is made, which a PDF/A names."""
    today = date.today()
    made = {"year": today.year, "month": today.month, "day": today.day}
    return CONTROL.sub("", json.dumps({**told, "made": made}, ensure_ascii=False))


def _fitting(said_in: Callable[[Room], str], rooms: Sequence[Room], template: Path, most: int) -> tuple[bytes, int]:
    """The first room, from the largest to the smallest, in which it has no more than `most` pages; else the last."""
    smallest = len(rooms) - 1
    chosen = bisect_left(range(smallest), True, key=lambda number: _pages(said_in(rooms[number]), template) <= most)
    said = said_in(rooms[chosen])
    return _compiled(said, template), _pages(said, template)


def _pages(said: str, template: Path) -> int:
    try:
        counted = typst.query(template, "<pages>", field="value", one=True, ignore_system_fonts=True, sys_inputs={"said": said})
    except typst.TypstError as error:
        raise _not_set(error) from error
    return int(json.loads(counted))


def _not_set(error: typst.TypstError) -> NotPossibleNow:
    return NotPossibleNow(N_("the report cannot be set on pages: {cause}"), cause=" ".join(str(error).split()))


def _compiled(said: str, template: Path) -> bytes:
    """The PDF, by the fonts that Typst brings along; letters that they do not have are replaced, for a PDF/UA-1 may not leave any out."""
    for _attempt in range(MOST):
        try:
            return typst.compile(
                template, format="pdf", pdf_standards=["ua-1", "a-2b"], ignore_system_fonts=True, sys_inputs={"said": said}
            )
        except typst.TypstError as error:
            missing = NO_GLYPH.search(str(error))
            if missing is None:
                raise _not_set(error) from error
            said = _without(said, missing[1])
    raise NotPossibleNow(N_("the report has too many letters that the bundled fonts do not have"))


def _without(said: str, missing: str) -> str:
    """Another alphabet is replaced whole, any other letter by itself."""
    rest = FOREIGN.sub(INSTEAD, said)
    return rest if rest != said else said.replace(ESCAPED.sub(lambda code: chr(int(code[1], 16)), missing), INSTEAD)
