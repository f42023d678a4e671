"""One panel and one Chromium for all journeys of a session."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.panel import PATIENCE, chromium, served, visitor

expect.set_options(timeout=PATIENCE)
LONGEST_FIRST = (
    "test_every_page", "test_action", "test_load", "test_monthly_journey", "test_reports", "test_journeys", "test_area", "test_meeting",
    "test_workshop", "test_promises", "test_impact", "test_cities", "test_goal_words",
)  # fmt: skip
"""Files that take long, the longest first: handed out in that order, none of them begins while the other workers have nothing left."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """By `make browser`, which hands files out as they are collected and not by their number of tests: a journey is one long test."""
    place = {name: number for number, name in enumerate(LONGEST_FIRST)}
    items.sort(key=lambda item: place.get(item.path.stem, len(place)))


@pytest.fixture(scope="session")
def demo(demo_city) -> Path:
    return demo_city.folder


@pytest.fixture(scope="session")
def server(demo) -> Iterator[tuple[str, int]]:
    """Address and process of the demo city's panel."""
    with served(demo) as running:
        yield running


@pytest.fixture(scope="session")
def address(server) -> str:
    return server[0]


@pytest.fixture
def home(demo, tmp_path) -> Path:
    """The demo city, for one journey to change."""
    shutil.copytree(demo, tmp_path / "home")
    return tmp_path / "home"


@pytest.fixture
def panel(home) -> Iterator[str]:
    with served(home) as (address, _):
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright, chromium(playwright) as running:
        yield running


@pytest.fixture
def page(browser) -> Iterator[Page]:
    """An English-speaking visitor at a desk."""
    with visitor(browser) as somebody:
        yield somebody
