"""A neighbourhood before a reader: reached by keyboard, taken along as one page, nothing sideways on a phone."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.panel import PHONE, go, settle, visitor

pytestmark = pytest.mark.browser


def test_a_reader_at_the_keyboard_goes_from_the_list_to_a_neighbourhood_and_back(page: Page, address: str):
    go(page, f"{address}/neighbourhood?language=en")
    link = page.get_by_role("table", name="Neighbourhoods").get_by_role("link", name="The Factory")
    link.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="The Factory", exact=True)).to_be_visible()
    assert "district=la_fabrica" in page.url
    settle(page)
    page.get_by_role("link", name="All neighbourhoods").click()
    expect(page.get_by_role("table", name="Neighbourhoods")).to_be_visible()


@pytest.mark.parametrize(("language", "button"), [("en", "One page (PDF)"), ("es", "Una página (PDF)")])
def test_one_click_makes_the_page_to_take_along(page: Page, address: str, language: str, button: str):
    go(page, f"{address}/neighbourhood?district=la_fabrica&language={language}")
    with page.expect_download() as made:
        page.get_by_role("button", name=button).click()
    assert re.fullmatch(r"villa_quimera-la_fabrica-\d{4}-\d{2}\.pdf", made.value.suggested_filename)
    content = made.value.path().read_bytes()
    assert content.startswith(b"%PDF-")
    assert b"<pdfuaid:part>1</pdfuaid:part>" in content
    assert f"<rdf:li>{language}".encode() in content


def test_a_district_of_budget_and_works_leads_to_everything_about_it(page: Page, address: str):
    go(page, f"{address}/budget?district=la_fabrica&language=en")
    page.get_by_role("link", name="Everything about The Factory, for a visit").click()
    expect(page.get_by_role("heading", name="The Factory", exact=True)).to_be_visible()


def test_nothing_scrolls_sideways_on_a_phone(browser, address: str):
    with visitor(browser, PHONE) as page:
        for path in ("neighbourhood", "neighbourhood?district=la_fabrica"):
            go(page, f"{address}/{path}")
            for summary in page.locator("summary").all():
                summary.click()
            assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") == PHONE[0]
