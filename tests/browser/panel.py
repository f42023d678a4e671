"""A panel served for a test, and a visitor in front of it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, Playwright, expect

from tests.chromium import find, flags
from tests.conftest import ROOT

PAGES = {
    "overview": "",
    "goals": "goals",
    "goal": "goal?kpi=requests_on_time",
    "goal long unit": "goal?kpi=robberies",
    "explorer chart": "explorer",
    "explorer map": "explorer?view=map",
    "explorer table": "explorer?view=table",
    "budget": "budget",
    "budget district": "budget?district=la_fabrica&open=1,2",
    "foresight": "foresight",
    "appraisal": "appraisal?appraisal=fast_buses",
    "assessments": "assessments",
    "policy": "policy?policy=request_app",
    "peers": "peers",
    "peers one": "peers?indicator=bus_punctuality&peers=all",
    "index": "index?index=liveable_city",
    "index map": "index?index=neighbourhood_needs&show=map",
    "index what if": "index?show=what_if",
    "index sure": "index?show=sure",
    "index method": "index?show=method",
    "practices": "practices",
    "practice": "practices?practice=leak_zones",
    "impact": "impact",
    "study": "study?study=request_app",
    "study thin": "study?study=school_streets",
    "study new": "study?new=1",
    "progress": "progress",
    "progress late": "progress?state=late&node=2",
    "quality": "quality",
    "explorer counts": "explorer?view=map&indicators=home_breakins",
    "explorer parts": "explorer?indicators=unemployment&places=villa_quimera&split=age&average=12&compare=index",
    "action": "action?node=120",
    "action part": "action?node=27",
    "action queue": "action",
    "areas": "area",
    "area": "area?area=works",
    "neighbourhood": "neighbourhood?district=la_fabrica",
    "neighbourhoods": "neighbourhood",
    "accountability": "accountability",
    "administration": "administration",
    "followups": "followups?id=6",
    "concerns": "concerns?id=3",
    "glossary": "glossary",
    "load": "load",
    "workshop": "workshop?draft=robberies",
    "workshop new": "workshop?draft=new",
}
"""Every page and view by its address."""
PATIENCE = 30_000
"""Milliseconds that a journey waits for what must come: a busy machine is slow, and not wrong."""
DESK = (1440, 900)
PHONE = (390, 844)
READY = '[data-testid="stApp"][data-test-script-state="notRunning"][data-test-connection-state="CONNECTED"]'
WIDER_THAN_ITS_ROOM = """() => [document.scrollingElement, ...document.querySelectorAll('*')]
    .filter(e => e === document.scrollingElement || ['auto', 'scroll'].includes(getComputedStyle(e).overflowX))
    .filter(e => e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0)
    .map(e => `${e.tagName} ${e.dataset.testid || e.className} ${e.scrollWidth} > ${e.clientWidth}`)"""
"""What can be scrolled sideways, in words: an empty list where nothing can."""


def command(home: Path, *arguments: str) -> str:
    """Run a command of the product in a home; returns what it printed."""
    told = [sys.executable, "-m", *arguments]
    done = subprocess.run(told, cwd=ROOT, env=in_home(home), capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    return done.stdout


def in_home(home: Path) -> dict[str, str]:
    return {**os.environ, "MANDATO_HOME": str(home)}


def demo_home(folder: Path) -> Path:
    """The demo city in a home of its own, so that no test touches the one of this checkout."""
    command(folder, "data", "demo")
    return folder


@contextmanager
def served(home: Path, port: int | None = None) -> Iterator[tuple[str, int]]:
    """The panel of a home on a free port, or on one that it had before: its address and its process, stopped at the end."""
    told = [sys.executable, "-m", "dashboards", "serve", "--no-browser", *(["--port", str(port)] if port else [])]
    with subprocess.Popen(told, cwd=ROOT, env=in_home(home), stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            said = process.stdout.readline()
            assert " at http" in said, f"the server did not start: {said}"
            yield said.split(" at ")[1].split()[0], process.pid
        finally:
            process.terminate()


@contextmanager
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """The Chromium of this machine, without a window."""
    browser = playwright.chromium.launch(executable_path=find(playwright), args=flags())
    yield browser
    browser.close()


@contextmanager
def visitor(browser: Browser, size: tuple[int, int] = DESK, language: str = "en", theme: str = "light") -> Iterator[Page]:
    """Somebody with a window of a size, who has never been here."""
    width, height = size
    context = browser.new_context(
        viewport={"width": width, "height": height}, locale=language, color_scheme="dark" if theme == "dark" else "light"
    )
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


def go(page: Page, address: str) -> None:
    """Open an address and wait until the page stands still."""
    page.goto(address)
    settle(page)


def settle(page: Page) -> None:
    """Wait until the run is over and everything is drawn: no skeletons, charts and fonts in place."""
    page.wait_for_selector(READY)
    page.wait_for_selector("h1")
    page.wait_for_function("!document.querySelector('[data-testid=stSkeleton]') && document.fonts.status === 'loaded'")
    page.wait_for_timeout(300)
    page.wait_for_selector(READY)


def act_as(page: Page, name: str) -> None:
    """Choose who writes, where place and language are chosen."""
    page.get_by_test_id("stPopover").get_by_role("button").first.click()
    page.get_by_role("combobox", name="Act as").click()
    page.keyboard.type(name)
    page.get_by_role("option", name=name).click()
    settle(page)
    page.keyboard.press("Escape")
    expect(page.get_by_text(f"acting as {name}")).to_be_visible()
    settle(page)


HEAD, ROW = 38, 35
"""How high the head and a row of a table that can be written into stand, in pixels."""


def cell_of(page: Page, row: int, column: float) -> tuple[float, float]:
    """Where a cell of the first table that can be written into is, in pixels: the row counted from 0, the column from the left edge."""
    grid = page.get_by_test_id("stDataFrame").first
    grid.scroll_into_view_if_needed()
    settle(page)
    box = grid.bounding_box()
    assert box
    return box["x"] + column, box["y"] + HEAD + ROW * (row + 0.5)


def type_into(page: Page, row: int, column: float, text: str) -> None:
    """Into that cell, over what stands there. On a busy machine the table may be drawn anew while the cell opens and take the focus away,
    so it is given back.
    """
    page.mouse.dblclick(*cell_of(page, row, column))
    cell = page.locator("textarea.gdg-input")
    cell.focus()
    cell.fill(text)
    cell.press("Enter")
    expect(cell).to_have_count(0)
    settle(page)


def paste(page: Page, block: str) -> None:
    """A block of cells from a spreadsheet by way of the clipboard, its first one into the cell of a table that is chosen."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("text => navigator.clipboard.writeText(text)", block)
    page.keyboard.press("Control+V")
    settle(page)
