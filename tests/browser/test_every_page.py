"""Every page and view, opened on a phone in the dark, and every page at a desk too, and all that must hold of each.

Opening is what costs, and most of it the first time a window is asked for anything: so a window goes from page to page.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import psutil
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.panel import DESK, PAGES, PHONE, WIDER_THAN_ITS_ROOM, go, visitor
from tests.thorough import WHOLE

pytestmark = pytest.mark.browser


def first_views() -> list[str]:
    """The first view of each page; `make long` opens the others at a desk, too."""
    first = {address.partition("?")[0]: name for name, address in reversed(PAGES.items())}
    return [name for name in PAGES if WHOLE or name in first.values()]


@dataclass(frozen=True)
class Window:
    """Where a page is open, and what was asked for to show it: addresses."""

    page: Page
    asked: list[str] = field(default_factory=list)

    def go(self, address: str) -> "Window":
        self.asked.clear()
        go(self.page, address)
        return self


@pytest.fixture(scope="module")
def desk(browser) -> Iterator[Window]:
    with visitor(browser, DESK) as page:
        window = Window(page)
        page.on("request", lambda request: window.asked.append(request.url))
        page.on("websocket", lambda socket: window.asked.append(socket.url))
        yield window


@pytest.fixture(scope="module")
def phone(browser) -> Iterator[Window]:
    with visitor(browser, PHONE, theme="dark") as page:
        yield Window(page)


@pytest.fixture(scope="module", params=first_views())
def at_a_desk(request, address, desk) -> Window:
    return desk.go(f"{address}/{PAGES[request.param]}")


@pytest.fixture(scope="module", params=PAGES)
def on_a_phone(request, address, phone) -> Window:
    return phone.go(f"{address}/{PAGES[request.param]}")


def test_nobody_else_is_asked(at_a_desk, server):
    address, process = server
    host = re.escape(address.removeprefix("http://"))
    assert len(at_a_desk.asked) > 2
    assert [url for url in at_a_desk.asked if not re.match(rf"((http|ws)://{host}/|data:|blob:http://{host}/)", url)] == []
    assert {line.raddr.ip for line in psutil.Process(process).net_connections() if line.raddr} == {"127.0.0.1"}


def test_axe_finds_nothing_serious_at_a_desk(at_a_desk):
    assert serious(at_a_desk.page) == []


def test_nothing_scrolls_sideways_on_a_phone(on_a_phone):
    assert on_a_phone.page.evaluate(WIDER_THAN_ITS_ROOM) == []


def test_axe_finds_nothing_serious_on_a_phone_in_the_dark(on_a_phone):
    assert serious(on_a_phone.page) == []


def serious(page: Page) -> list[str]:
    """What axe finds that shuts somebody out."""
    violations = Axe().run(page).response["violations"]
    return [said for violation in violations if violation["impact"] in ("serious", "critical") for said in _each(violation)]


def _each(violation: dict) -> list[str]:
    return [f"{violation['id']}: {node['target']}: {node['html'][:200]}: {node['failureSummary'][:300]}" for node in violation["nodes"]]
