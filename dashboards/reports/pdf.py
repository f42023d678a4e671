"""A report as a PDF that everybody can read, also by ear, and that lasts: PDF/UA-1, tagged, with its language and title, and PDF/A-2b.

Written by Typst. What people wrote goes in as data beside the template, so that nothing of it can be taken for markup.
"""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TypeVar

from dashboards.palette import light
from dashboards.reports import drawing, typesetting
from dashboards.reports.colours import alone
from dashboards.reports.content import Picture, Report, Table, first
from dashboards.reports.document import Chart, Document
from dashboards.words import translator

HERE = Path(__file__).parent
ONE_PAGE, DOCUMENT = HERE / "one_page.typ", HERE / "document.typ"
FEW = 3
"""Rows of a table below which a report that must be short rather gives up a chart."""
COLUMN = (360, 170)
"""Units that a chart in a column is wide and high, so that its letters are as large as elsewhere."""

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
        return typesetting.compiled(_of_document(document), DOCUMENT)
    return _fitting(lambda room: _of_document(cut(document, *room)), rooms(document), DOCUMENT, document.pages)


def rooms(document: Document) -> list[tuple[int, int]]:
    """How many rows each table and how many charts the report may have, from all of them down to next to nothing: rows go first."""
    tables = [table for section in document.sections for table in section.tables if not table.whole]
    longest = max((len(table.rows) for table in tables), default=0)
    charts = sum(len(section.charts) for section in document.sections)
    fewer_rows = [(rows, charts) for rows in range(longest, FEW, -1)]
    fewer_charts = [(min(longest, FEW), left) for left in range(charts, -1, -1)]
    return [*fewer_rows, *fewer_charts, *((rows, 0) for rows in range(min(longest, FEW) - 1, 0, -1))]


def cut(document: Document, rows: int, charts: int) -> Document:
    """The report with at most so many rows in each table, which counts what it leaves out, and its first charts."""
    _ = translator(document.locale)

    def fewer(table: Table) -> Table:
        more = 0 if table.whole else len(table.rows) - rows
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
    return typesetting.as_data(asdict(report))


def _of_document(document: Document) -> str:
    told = asdict(document)
    for section, data in zip(document.sections, told["sections"], strict=True):
        size = COLUMN if section.column else (drawing.WIDTH, drawing.HEIGHT)
        data["charts"] = [{"title": chart.title, **asdict(_drawn(chart, document, size))} for chart in section.charts]
        data["pictures"] = [asdict(replace(picture, svg=alone(picture.svg, light(document.brand)))) for picture in section.pictures]
    return typesetting.as_data(told)


def _drawn(chart: Chart, document: Document, size: tuple[int, int]) -> Picture:
    return Picture(drawing.svg(chart, light(document.brand), document.locale, *size), chart.alt)


def _fitting(said_in: Callable[[Room], str], rooms: Sequence[Room], template: Path, most: int) -> tuple[bytes, int]:
    """The first room, from the largest to the smallest, in which it has no more than `most` pages; else the last."""
    smallest = len(rooms) - 1
    chosen = bisect_left(range(smallest), True, key=lambda number: typesetting.pages(said_in(rooms[number]), template) <= most)
    return typesetting.compiled(said_in(rooms[chosen]), template)
