"""The plan in a real browser: opened by keyboard alone, narrowed by a click, and a figure followed down to its sum."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.panel import go, settle

pytestmark = pytest.mark.browser

FOCUSED = """() => {
    let focused = document.activeElement;
    while (focused.shadowRoot) focused = focused.shadowRoot.activeElement;
    return focused.id;
}"""
TREE = "table.plan-tree > tbody > tr[data-node]"


def test_the_tree_opens_and_closes_by_keyboard_alone_and_the_reader_keeps_the_place(page: Page, address):
    go(page, f"{address}/progress?language=en")
    rows, closed = page.locator(TREE), page.locator('a.toggle[aria-expanded="false"]').first
    before, name = rows.count(), closed.get_attribute("id")
    closed.focus()
    page.keyboard.press("Enter")
    opened = page.locator(f"a#{name}")
    expect(opened).to_have_attribute("aria-expanded", "true")
    settle(page)
    assert rows.count() > before and page.evaluate(FOCUSED) == name
    page.keyboard.press("Enter")
    expect(opened).to_have_attribute("aria-expanded", "false")
    assert rows.count() == before


def test_a_state_narrows_the_tree_to_as_many_actions_as_it_counts(page: Page, address):
    go(page, f"{address}/progress?language=en")
    late = page.locator("a#state-late")
    number = int(late.locator("b").inner_text())
    late.click()
    page.wait_for_url(re.compile("state=late"))
    expect(page.locator("a#state-late")).to_have_attribute("aria-current", "true")
    expect(page.locator("p.orders")).to_contain_text(f"{number} of ")
    assert page.locator(f'{TREE}[data-state="late"]:not(:has(a.toggle))').count() == number


def test_a_figure_leads_to_the_sum_behind_it_and_an_action_to_its_page(page: Page, address):
    go(page, f"{address}/progress?language=en")
    figure = page.locator('a[id^="sum-"]').first
    said = figure.inner_text().replace("\u202f", " ").split()[0]
    figure.click()
    together = page.locator("tr.audit tfoot td").nth(2)
    expect(together).to_be_visible()
    assert round(float(together.inner_text()), 1) == float(said)
    page.locator("a#state-late").click()
    page.wait_for_url(re.compile("state=late"))
    settle(page)
    page.locator(f"{TREE} th a:not(.toggle)").first.click()
    page.wait_for_url(re.compile(r"/action\?"))
