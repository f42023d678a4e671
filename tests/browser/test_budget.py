"""Budget and works before a reader: down to the line by keyboard, a district from the map, nothing sideways on a phone."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.panel import PHONE, go, settle, visitor

pytestmark = pytest.mark.browser


def test_a_reader_at_the_keyboard_opens_the_plan_down_to_its_lines(page: Page, address: str):
    go(page, f"{address}/budget")
    for level in range(3):
        row = page.locator("a.opens").nth(level)
        name = row.inner_text()
        row.focus()
        page.keyboard.press("Enter" if level else "Space")  # what is called a button answers both
        opened = page.locator('a.opens[aria-expanded="true"]').nth(level)
        expect(opened).to_have_text(name)
        settle(page)
        expect(opened).to_be_focused()
    expect(page.locator("tr.line").first).to_be_visible()
    assert re.search(r"open=\d+%2C\d+%2C\d+", page.url)


def test_a_district_is_chosen_on_the_map_and_left_again(page: Page, address: str):
    go(page, f"{address}/budget")
    districts = page.get_by_role("table", name="Key works by neighbourhood")
    districts.get_by_role("link", name="Mist Harbour").click()
    expect(districts.get_by_role("link", name="Mist Harbour")).to_have_attribute("aria-current", "true")
    works = page.get_by_role("table", name="Key works, in each neighbourhood those late first")
    expect(works.get_by_role("rowheader", name="Old Centre")).to_have_count(0)
    assert "district=puerto_bruma" in page.url
    page.locator(".points-map .ground.chosen").click(position={"x": 5, "y": 5}, force=True)
    expect(works.get_by_role("rowheader", name="Old Centre", exact=True)).to_be_visible()


def test_nothing_scrolls_sideways_on_a_phone(browser, address: str):
    with visitor(browser, PHONE) as page:
        go(page, f"{address}/budget")
        for summary in page.locator("summary").all():
            summary.click()
        assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") == PHONE[0]
