"""The agenda of the month: made, ordered by keyboard with the focus on the item, left out with a reason, added to in own words."""

import re

import pytest
from playwright.sync_api import Page, expect

from data.home import Home
from data.meetings.agenda import agenda
from data.meetings.meetings import meetings
from data.records.records import records
from tests.browser.panel import PHONE, WIDER_THAN_ITS_ROOM, act_as, go, settle, visitor

pytestmark = pytest.mark.browser

OFFICE = "Nuria Sancho Peña"
FOCUSED = """() => { let at = document.activeElement; while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    return [at.closest('[data-item]')?.querySelector('h3').textContent, at.dataset.act] }"""
"""The item and the button that have the focus."""


def names(page: Page) -> list[str]:
    return [re.sub(r"\s+", " ", name).strip() for name in page.locator(".agenda").first.locator("h3").all_inner_texts()]


def test_the_agenda_is_made_ordered_by_keyboard_shortened_and_added_to(home, panel, browser, page):
    go(page, f"{panel}/review?language=en")
    act_as(page, OFFICE)
    page.get_by_role("button", name="Make the agenda").click()
    expect(page.locator(".agenda").first.locator("li[data-item]")).to_have_count(5)
    first, second, third, *_rest = names(page)

    page.get_by_role("button", name=f"Move {third} up").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")  # at once: both steps count
    expect(page.locator(".agenda").first.locator("h3").first).to_have_text(third)
    settle(page)
    assert names(page)[:3] == [third, first, second]
    assert page.evaluate(FOCUSED) == [third, "up"]
    expect(page.get_by_role("status").get_by_text(f"{third} is number 1 of")).to_be_attached()
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator(".agenda").first.locator("h3").first).to_have_text(first)
    settle(page)
    assert page.evaluate(FOCUSED) == [third, "up"]

    page.get_by_role("button", name=f"Leave out {first}").click()
    page.get_by_label("Why it is not talked about").fill("Settled by telephone")
    settle(page)
    page.get_by_role("button", name="Leave it out").click()
    expect(page.get_by_text("It was left out, with the reason.")).to_be_visible()
    settle(page)
    assert first not in names(page)

    box = page.get_by_role("combobox", name="Add to the agenda")
    box.click()
    page.keyboard.type("The fair of 2027")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_text("It is on the agenda, as the last item.")).to_be_visible()

    held = records(Home(home))
    rows = agenda(held, next(row["id"] for row in meetings(held, "villa_quimera") if row["state"] == "planned"))
    assert rows[-1]["title"] == "The fair of 2027"
    assert [row["dropped"] for row in rows if row["dropped"]] == ["Settled by telephone"]
    with visitor(browser, PHONE) as small:
        go(small, f"{panel}/review?language=es")
        assert small.evaluate(WIDER_THAN_ITS_ROOM) == []
