"""Compare: where the city stands, against whom, how sure that is and what next, on one screen each; one page leads to the next."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.panel import DESK, go, settle

pytestmark = pytest.mark.browser


def on_the_first_screen(found: Locator) -> None:
    """It can be read before anybody scrolls."""
    expect(found).to_be_visible()
    box = found.bounding_box()
    assert box is not None and box["y"] + box["height"] <= DESK[1], found


def said(page: Page) -> str:
    headline = page.locator(".headline").first
    on_the_first_screen(headline)
    return headline.inner_text()


def heading(page: Page, name: str) -> Locator:
    return page.get_by_role("heading", name=name, exact=True)


def test_the_four_questions_are_answered_on_one_screen_each_and_one_page_leads_to_the_next(address, page):
    go(page, f"{address}/index?index=liveable_city&language=en")
    expect(heading(page, "Tiers")).to_be_visible()  # once it is reckoned
    assert re.match(r"Villa Quimera is in the \w+ of \w+ tiers: between \d+\w\w and \d+\w\w of 24\.", said(page))
    on_the_first_screen(page.get_by_text(re.compile("The intervals show choices of method")))
    on_the_first_screen(page.get_by_text(re.compile("Beside the median place it gains most by")))
    ways = page.locator(".ways").first
    assert "Average rent" in ways.inner_text()
    ways.get_by_role("link", name="Guaranteed rents").first.click()
    settle(page)

    expect(page.get_by_role("heading", name="Guaranteed rents")).to_be_visible()
    on_the_first_screen(page.get_by_text("only described"))
    page.get_by_role("listitem").filter(has_text="Average rent").get_by_role("link", name="where the city stands").click()
    settle(page)
    expect(heading(page, "Average rent")).to_be_visible()

    go(page, f"{address}/peers?language=en")
    assert re.match(r"Of \d+ indicators: better than the median of the peers in \d+, .*no real difference in \d+, worse in 1\.", said(page))
    for name in ("Against whom", "What next"):
        on_the_first_screen(heading(page, name))
    on_the_first_screen(page.get_by_text(re.compile("only of a difference larger than the figures can tell apart")))
    on_the_first_screen(page.get_by_role("link", name="Guaranteed rents").first)

    go(page, f"{address}/practices?language=en")
    assert said(page) == "5 practices of 3 other places; what came of 4 of them was measured."
    on_the_first_screen(page.get_by_role("link", name="Green light for the bus"))
    on_the_first_screen(page.get_by_text("its effect was estimated").first)
