"""A report says what its page says: both are read, in Spanish and English, and compared."""

from pathlib import Path

import pypdf
import pytest
from playwright.sync_api import Browser

from dashboards.__main__ import main
from tests.browser.panel import go, visitor

pytestmark = pytest.mark.browser

LINE = [".headline", ".truth-line b"]
READ: dict[str, tuple[str, str, list[str]]] = {
    "brief": ("", "", [*LINE, ".cards h3", ".cards li > p:not(.owner)"]),
    "council": ("progress", "", [*LINE, ".finished", "tr.depth0 .name a.toggle", "tr.depth0 .number.money .note"]),
    "accountability": ("accountability", "", [".headline", ".ledger h3"]),
    "goal": ("goal", "kpi=bus_punctuality", [".likely", ".signal", "table.facts >> nth=0 >> td"]),
    "area": ("area", "area=mobility", [*LINE, "table.goals td.value b", "table.goals td.change"]),
}
"""Of each kind its page, what it asks for, and where on the page the words and figures stand that the report must have too."""
MONTH = "place=villa_quimera&month=2026-10"


@pytest.mark.parametrize("language", ["es", "en"])
def test_reports_say_what_the_pages_say(demo: Path, address: str, browser: Browser, tmp_path, monkeypatch, language):
    monkeypatch.setenv("MANDATO_HOME", str(demo))
    with visitor(browser, language=language) as page:
        for kind, (where, asked, parts) in READ.items():
            go(page, f"{address}/{where}?{MONTH}&language={language}&{asked}")
            reported = squeezed(report(kind, asked.partition("=")[2], language, tmp_path))
            for part in parts:
                told = page.locator(part).all_inner_texts()
                assert told, (kind, part)
                assert [text for text in told if squeezed(text) not in reported] == [], (kind, part)


def report(kind: str, subject: str, language: str, folder: Path) -> str:
    """All that the file says."""
    out = folder / f"{kind}.pdf"
    what = ["--id", subject] if subject else []
    told = ["--place", "villa_quimera", "--month", "2026-10", "--kind", kind, *what, "--format", "pdf", "--language", language]
    assert main(["report", *told, "--out", str(out)]) == 0
    return " ".join(page.extract_text() for page in pypdf.PdfReader(out).pages)


def squeezed(text: str) -> str:
    """Without blanks and hyphens, which depend on where a line ends, signs that open a row, and commas: a page has lines instead."""
    return "".join(letter for letter in text.casefold() if not letter.isspace() and letter not in "-\N{SOFT HYPHEN}\N{HYPHEN}▾▸,")
