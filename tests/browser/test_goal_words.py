"""The analysis of a goal written by its area and read by everybody, and a value typed as its numerator and denominator."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.panel import PHONE, WIDER_THAN_ITS_ROOM, act_as, go, settle, type_into, visitor

pytestmark = pytest.mark.browser

EDITOR, STATISTICIAN = "Daniel Roca Mena", "Aitana Robles Gil"
GOAL = "recycling"
SAID = "The new containers arrived three weeks late."
NUMERATOR, DENOMINATOR = 200 + 110 + 55, 200 + 220 + 55
"""How far to the right the two columns stand, in pixels."""


def test_an_area_says_what_moved_its_goal_and_everybody_reads_it(page: Page, panel: str, browser):
    go(page, f"{panel}/work?language=en")
    act_as(page, EDITOR)
    page.get_by_role("row", name="Analysis: what moved it, and why").get_by_role("link", name="Write it here").click()
    settle(page)
    expect(page.get_by_role("heading", name="Analysis of October 2026")).to_be_visible()
    page.get_by_role("textbox", name="What moved, and why").fill(SAID)
    page.get_by_role("textbox", name="What moved, and why").press("Tab")
    expect(page.get_by_text("Kept as a draft until you send it.")).to_be_visible()
    page.get_by_role("button", name="Save the analysis").click()
    expect(page.get_by_text("The analysis is saved.")).to_be_visible()
    settle(page)
    expect(page.get_by_role("row", name="Analysis: what moved it, and why")).to_have_count(0)
    with visitor(browser, PHONE) as reader:
        go(reader, f"{panel}/goal?language=en&kpi={GOAL}")
        expect(reader.get_by_role("heading", name="What its area says")).to_be_visible()
        expect(reader.get_by_text(SAID)).to_be_visible()
        assert reader.get_by_role("button", name="Save the analysis").count() == 0
        assert reader.evaluate(WIDER_THAN_ITS_ROOM) == []


def test_a_value_is_computed_from_the_parts_that_are_typed_before_it_is_saved(page: Page, panel: str):
    go(page, f"{panel}/work?language=en")
    act_as(page, STATISTICIAN)
    type_into(page, 0, NUMERATOR, "1234")
    expect(page.get_by_text("there is one of numerator and denominator without the other")).to_be_visible()
    type_into(page, 0, DENOMINATOR, "12340")
    changed = page.get_by_role("table", name="Values that would change")
    expect(changed.get_by_text("10.0").first).to_be_visible()
    expect(changed.get_by_text("1.234 / 12.340").or_(changed.get_by_text("1,234 / 12,340"))).to_be_visible()
    type_into(page, 0, DENOMINATOR, "0")
    expect(page.get_by_text("the denominator is zero")).to_be_visible()
    assert page.get_by_role("button", name="Save as a draft").count() == 0
