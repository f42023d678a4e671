"""The page Index as a mayor's aide uses it: the first screen, sliders, another place, another index; and on a phone."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.panel import DESK, PHONE, WIDER_THAN_ITS_ROOM, go, settle, visitor

pytestmark = pytest.mark.browser

SENTENCE = re.compile(r"^Villa Quimera is in the \w+ of \w+ tiers: between \w+ and \w+ of 24\. The figures allow no surer answer\.$")


def test_one_asks_what_if_then_looks_at_another_place_and_another_index(address, page: Page):
    go(page, f"{address}/index?index=liveable_city&language=en")
    expect(page.locator("p.headline").first).to_have_text(SENTENCE)
    page.get_by_text("What if", exact=True).click()
    settle(page)
    expect(page).to_have_url(re.compile("show=what_if"))
    told = page.locator("p.headline.small")
    expect(told).to_have_text(re.compile("^Villa Quimera would stay"))
    slider = page.get_by_role("slider", name="Safe")
    slider.focus()
    for _press in range(3):
        page.keyboard.press("PageUp" if _press else "End")
    settle(page)
    expect(page.get_by_text(re.compile("^So weighed: Safe 57"))).to_be_visible()
    page.get_by_role("button", name="As the index is written").click()
    settle(page)
    expect(told).to_have_text("Villa Quimera would stay 5th. No place changes its rank.")

    page.locator(".tiers").get_by_role("link", name="Illusion Springs").click()
    settle(page)
    expect(page.locator("p.headline").first).to_have_text(re.compile("^Illusion Springs is in the first of"))
    page.get_by_role("combobox", name="Index").click()
    page.get_by_role("option", name="How the neighbourhoods fare").click()
    settle(page)
    expect(page).to_have_url(re.compile("index=neighbourhood_needs"))
    expect(page.locator("p.headline").first).to_have_text(re.compile("^8 places in"))


def test_tiers_and_what_drives_the_place_stand_on_the_first_screen(address, browser):
    for size in (DESK, PHONE):
        with visitor(browser, size) as page:
            go(page, f"{address}/index?index=liveable_city&language=es")
            sentence = page.locator("p.headline").first.bounding_box()
            assert sentence and sentence["y"] + sentence["height"] < size[1]
            if size == DESK:
                for title in ("Tramos", "Qué explica su puesto", "El camino más barato"):
                    box = page.get_by_role("heading", name=title).bounding_box()
                    assert box and box["y"] + box["height"] < size[1], title
                way = page.locator(".ways-up li").last.bounding_box()
                assert way and way["y"] + way["height"] < size[1], "what next is read without scrolling"
            else:
                assert page.evaluate(WIDER_THAN_ITS_ROOM) == []
                drivers, way = (
                    page.get_by_role("heading", name=name).bounding_box() for name in ("Qué explica su puesto", "El camino más barato")
                )
                assert drivers and way and drivers["y"] < way["y"], "what drives it comes before the way up"
