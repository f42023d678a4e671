"""A practice as the data office writes it down: found beside the indicator on the page Peers, changed, withdrawn and taken up again."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.panel import act_as, go, settle

pytestmark = pytest.mark.browser

OFFICE = "Nuria Sancho Peña"
PEERS = "peers?indicator=permit_days&language=en"


def filled(page: Page, label: str, text: str) -> None:
    page.get_by_role("textbox", name=label, exact=True).fill(text)
    page.keyboard.press("Tab")
    settle(page)


def chosen(page: Page, label: str, option: str) -> None:
    page.get_by_role("combobox", name=label, exact=True).last.click()
    page.keyboard.type(option)
    page.get_by_role("option", name=option, exact=True).first.click()
    settle(page)


def test_a_practice_is_written_found_beside_its_indicator_changed_withdrawn_and_taken_up_again(panel, page):
    go(page, f"{panel}/practices?about=permit_days&language=en")
    act_as(page, OFFICE)
    page.get_by_text("Write a practice down").click()
    filled(page, "Name of the practice", "One desk for permits")
    filled(page, "What was done", "One person answers for a permit from the first day to the last")
    chosen(page, "Where, of the places of the panel", "Cape Mirage")
    chosen(page, "What shows that it works", "measured before and after")
    page.get_by_role("button", name="Save the practice").click()
    expect(page.get_by_text("it was measured, and nothing here shows that")).to_be_visible()
    filled(page, "Link to what shows it", "https://example.org/cape-mirage/desk")
    filled(page, "What was found", "Nine days less in the first year")
    page.get_by_role("button", name="Save the practice").click()
    expect(page.get_by_text("The practice is written down: One desk for permits")).to_be_visible()

    go(page, f"{panel}/{PEERS}")
    page.get_by_role("link", name="One desk for permits").click()
    settle(page)
    expect(page.get_by_role("heading", name="One desk for permits")).to_be_visible()
    act_as(page, OFFICE)
    page.get_by_text("Change the practice").click()
    filled(page, "What was found", "Twelve days less in two years")
    page.get_by_role("button", name="Save the practice").click()
    expect(page.get_by_text("The practice is saved.")).to_be_visible()
    page.get_by_role("button", name="Undo the last change").click()
    expect(page.get_by_text("The last change is undone.")).to_be_visible()
    expect(page.get_by_role("definition").filter(has_text="Nine days less in the first year")).to_be_visible()

    page.get_by_text("Withdraw this practice").click()
    filled(page, "Why nobody should follow it any more", "The days were counted otherwise")
    page.get_by_role("button", name="Withdraw it").click()
    expect(page.get_by_text("The practice is withdrawn.")).to_be_visible()
    settle(page)
    page.get_by_role("button", name="Take it up again").click()
    expect(page.get_by_text("The practice holds again.")).to_be_visible()
