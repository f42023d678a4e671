"""Slides as one HTML file in a real browser: by the keyboard and by mouse, on a phone, on paper, and asking nobody for anything."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from dashboards.reports import html
from dashboards.reports.content import Bar, Cell, Column, Table
from dashboards.reports.document import Chart, Document, Section, Series
from data.home import REPOSITORY
from tests.browser.panel import PHONE, WIDER_THAN_ITS_ROOM

pytestmark = pytest.mark.browser

CHART = Chart("It rises", "lines", ["Jan", "Feb", "Mar"], [Series("value", [1.0, 2.0, 4.0], brand=True)], "%", "A line that rises.")
TABLE = Table(
    "",
    [Column("What", 2), Column("State"), Column("n", number=True)],
    [[Cell("a" * 90), Cell("On track", "", "●", "green"), Cell("1")]] * 5,
)
SECTIONS = [
    Section("First", ["Said."], [Bar("Time", 40.0, 0.0, "40 % of the time used")], [CHART]),
    Section("Second", ["Said too."], tables=[TABLE]),
]


@pytest.fixture
def file(tmp_path) -> Path:
    arms = (REPOSITORY / "data" / "arms.svg").read_text()
    told = Document("slides", "en", "GB", "Villa Quimera", "#0b6b74", "Review", "About", "A sentence.", SECTIONS, ["Foot."], arms)
    path = tmp_path / "slides.html"
    path.write_bytes(html.written(told)[0])
    return path


def test_slides_are_projected_without_a_server(page: Page, file: Path):
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(file.as_uri())
    now = page.locator(".slide:visible")
    expect(now).to_have_count(1)
    expect(now.get_by_role("heading", level=1, name="Review")).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(now.get_by_role("heading", level=2, name="First")).to_be_visible()
    expect(page.get_by_role("status")).to_have_text("2 of 3")
    page.get_by_role("button", name="Next slide").click()
    expect(now.get_by_role("heading", name="Second")).to_be_visible()
    page.keyboard.press("PageDown")
    expect(page.get_by_role("status")).to_have_text("3 of 3")
    page.keyboard.press("Home")
    page.keyboard.press("PageDown")
    assert page.url.endswith("#2")
    page.reload()
    expect(now.get_by_role("img", name="A line that rises.")).to_be_visible()
    found = [rule["id"] for rule in Axe().run(page).response["violations"] if rule["impact"] in ("serious", "critical")]
    assert found == []
    outside = page.evaluate(
        "[...document.querySelectorAll('.slide.now .box')].filter(box => box.scrollHeight > box.clientHeight + 2).map(box => box.innerText)"
    )
    assert outside == []
    assert {url.split(":")[0] for url in asked} <= {"file", "data"}
    assert said == []
    page.emulate_media(media="print")
    assert page.locator(".slide:visible").count() == 3
    assert page.locator("nav").is_hidden()


def test_slides_are_read_on_a_phone_without_going_sideways(page: Page, file: Path):
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    page.goto(file.as_uri())
    expect(page.locator(".slide:visible")).to_have_count(3)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    assert page.evaluate(WIDER_THAN_ITS_ROOM) == []
    expect(page.get_by_role("cell", name="On track").first).to_be_visible()
    expect(page.get_by_role("columnheader", name="State")).not_to_be_in_viewport()
    expect(page.get_by_text("Said too.")).to_be_visible()
