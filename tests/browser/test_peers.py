"""The page Peers as a mayor's aide uses it: other peers, one indicator at the keyboard, the goal and back; and its first screen."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.panel import DESK, PHONE, go, settle, visitor

pytestmark = pytest.mark.browser

OF_SIZE = "Of its size: 250,000 to 500,000 residents"


def test_one_compares_with_others_opens_an_indicator_and_its_goal(address, page: Page):
    go(page, f"{address}/peers?language=en")
    first = page.locator("p.headline").inner_text()
    page.get_by_role("combobox", name="Peers").click()
    page.get_by_role("option", name=OF_SIZE).click()
    settle(page)
    expect(page).to_have_url(re.compile("peers=size"))
    expect(page.locator("ul.against li")).to_have_count(6)
    assert page.locator("p.headline").inner_text() != first

    link = page.get_by_role("link", name="Bus punctuality", exact=True)
    link.focus()
    page.keyboard.press("Enter")
    settle(page)
    expect(page).to_have_url(re.compile("indicator=bus_punctuality"))
    assert "peers=size" in page.url
    expect(page.locator("table.everyone tbody tr")).to_have_count(7)
    expect(page.get_by_role("heading", name="Over time")).to_be_visible()

    page.get_by_role("link", name="Its goal: Bus punctuality").click()
    settle(page)
    beside = page.locator("section", has=page.get_by_role("heading", name="Beside its peers"))
    expect(beside).to_contain_text("of 16")
    beside.get_by_role("link", name="Every peer's value").click()
    settle(page)
    expect(page.locator("table.everyone tbody tr")).to_have_count(16)


def test_where_one_stands_against_whom_how_sure_and_what_next_stand_on_the_first_screen(address, browser):
    for size in (DESK, PHONE):
        with visitor(browser, size) as page:
            go(page, f"{address}/peers?language=en")
            sentence = page.locator("p.headline").bounding_box()
            assert sentence and sentence["y"] + sentence["height"] < size[1]
            if size == DESK:
                for title in ("Against whom", "What next", "Indicator by indicator"):
                    box = page.get_by_role("heading", name=title).bounding_box()
                    assert box and box["y"] + box["height"] < size[1], title
