"""A report says what its page says, in each of its forms: both are read, in Spanish and English, and compared."""

import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdf
import pytest
from playwright.sync_api import Browser, Page
from pptx import Presentation

from dashboards.__main__ import main
from dashboards.commands.report import KINDS
from data.home import Home
from data.meetings.agenda import agenda
from data.meetings.meetings import meetings
from data.records.records import records
from tests.browser.panel import command, go, visitor

pytestmark = pytest.mark.browser

PLACE, NOW, MET = "villa_quimera", "2026-10", "2026-09"
"""The newest month, and one whose meeting was held."""
LINE = [".headline", ".truth-line b"]
OVERDUE = ":not(details) > table.promises tbody:nth-of-type(1) tr:not(.group) "
AGENDA = ("review", ["ol.agenda h3", "ol.agenda .whys li"])
GOAL, ACTION = "meeting?meeting={meeting}&item={goal}", "meeting?meeting={meeting}&item={action}"
"""The first goal and the first action of what was met about."""
Parts = list[tuple[str, list[str]]]
READ: list[tuple[str, str, Parts]] = [
    ("brief", NOW, [("", [*LINE, ".cards h3", ".cards li > p:not(.owner)"]), ("followups", [OVERDUE + "th a", OVERDUE + "td:last-child"])]),
    ("preread", MET, [AGENDA, (GOAL, [".headline"]), (ACTION, [".truth-line b"])]),
    ("minutes", MET, [AGENDA, (GOAL, ["dd.written"]), (ACTION, ["dd.written"])]),
    ("slides", MET, [("", LINE), AGENDA, (GOAL, [".headline"]), (ACTION, [".truth-line b"])]),
    ("slides", NOW, [("followups", [".headline"])]),
    ("council", NOW, [("progress", [*LINE, ".finished", "tr.depth0 .name a.toggle", "tr.depth0 .number.money .note"])]),
    ("accountability", NOW, [("accountability", [".headline", ".ledger h3"])]),
    (
        "goal",
        NOW,
        [("goal?kpi=bus_punctuality", [".likely", ".signal", "table.facts >> nth=0 >> td", 'section > dl[class="definition"] dd'])],
    ),
    ("area", NOW, [("area?area=mobility", [*LINE, "table.goals td.value b", "table.goals td.change"])]),
    ("study", NOW, [("study?study=request_app", [".headline", ".judged .verdict", ".doubts li", "table.facts >> nth=0 >> td"])]),
    ("neighbourhood", NOW, [("neighbourhood?district=la_fabrica", LINE)]),
]
"""Of each kind the month, and where on which page the words and figures stand that the report must have too."""
OF = {"goal": "bus_punctuality", "area": "mobility", "study": "request_app", "neighbourhood": "la_fabrica"}


@pytest.mark.parametrize("language", ["es", pytest.param("en", marks=pytest.mark.long)])
def test_reports_say_what_the_pages_say(demo: Path, address: str, browser: Browser, tmp_path, monkeypatch, language):
    monkeypatch.setenv("MANDATO_HOME", str(demo))
    assert {kind for kind, _month, _parts in READ} == set(KINDS)
    command(demo, "kpis", "impact", "--all")  # the page of a study waits for nobody, and would say that it is being reckoned
    missing, named = [], met(demo)
    with visitor(browser, language=language) as page:
        for kind, month, parts in READ:
            said = list(on_pages(page, address, f"place={PLACE}&month={month}&language={language}", parts, named))
            for form in ("pdf",) if kind == "neighbourhood" else ("pdf", "pptx", "html"):
                reported = squeezed(report(kind, month, form, language, tmp_path))
                missing += [(kind, form, where, text) for where, text in said if squeezed(text) not in reported]
    assert missing == []


def met(demo: Path) -> dict[str, str]:
    """The meeting that was held about the month, and of its agenda the first goal and the first action."""
    known = records(Home(demo))
    meeting = next(row["id"] for row in meetings(known, PLACE) if row["month"] == MET)
    items = {row["kind"]: str(row["id"]) for row in reversed(agenda(known, meeting))}
    return {"meeting": str(meeting), "goal": items["goal"], "action": items["action"]}


def on_pages(page: Page, address: str, asked: str, parts: Parts, named: dict[str, str]) -> Iterator[tuple[str, str]]:
    """What the pages say, with where it stands."""
    for where, places in parts:
        go(page, f"{address}/{where.format(**named)}{'&' if '?' in where else '?'}{asked}")
        for place in places:
            told = page.locator(place).evaluate_all(OWN)
            assert told, (where, place)
            yield from ((f"{where} {place}", KEY.sub(r"\2 (\1)", text)) for text in told)


KEY = re.compile(r"^(\d+(?:\.\d+)+) (.+)$")
"""An action's key before its name, which a report writes behind it, for an item has a number already."""
OWN = "all => all.map(one => [...one.childNodes].filter(part => !part.matches?.('.note')).map(part => part.textContent).join(''))"
"""What an element says, without the small print in it."""


def report(kind: str, month: str, form: str, language: str, folder: Path) -> str:
    """All that the file says."""
    out = folder / f"{kind}.{form}"
    what = ["--id", OF[kind]] if kind in OF else []
    told = ["--place", PLACE, "--month", month, "--kind", kind, *what, "--format", form, "--language", language]
    assert main(["report", *told, "--out", str(out)]) == 0
    if form == "pdf":
        return " ".join(page.extract_text() for page in pypdf.PdfReader(out).pages)
    if form == "html":
        return html.unescape(re.sub(r"<[^>]+>", " ", out.read_text("utf-8")))
    return " ".join(presented(out))


def presented(file: Path) -> Iterator[str]:
    """What a presentation shows and what its notes say."""
    opened: Any = Presentation(str(file))  # the library's types know neither tables nor notes that are there
    for slide in opened.slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                yield shape.text_frame.text
            if shape.has_table:
                yield from (cell.text for row in shape.table.rows for cell in row.cells)
        yield slide.notes_slide.notes_text_frame.text


UNSAID = "-\N{SOFT HYPHEN}\N{HYPHEN}\N{ZERO WIDTH SPACE}▾▸,■●○▲◆✓—"
"""Hyphens, which depend on where a line ends, signs that are drawn or open a row, and commas: a page has lines instead."""


def squeezed(text: str) -> str:
    """Without blanks, which depend on where a line ends too, and without what is not said."""
    return "".join(letter for letter in text.casefold() if not letter.isspace() and letter not in UNSAID)
