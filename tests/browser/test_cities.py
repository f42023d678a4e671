"""The consultant's home: two cities send a month, one is trusted by telephone, and its row opens."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from data.exchange.month_file import opened
from data.exchange.received import received
from data.home import Home
from data.records.records import records
from tests.action_town import planned
from tests.browser.panel import DESK, PHONE, WIDER_THAN_ITS_ROOM, act_as, go, served, settle, visitor
from tests.sent_months import three

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    """A small town whose panel has the page."""
    made = planned(tmp_path_factory.mktemp("consulting") / "home").home
    made.city.write_text(made.city.read_text(encoding="utf-8") + "modules: [goals, cities]\n", encoding="utf-8")
    return made.folder


@pytest.fixture
def page(browser) -> Iterator[Page]:
    with visitor(browser, DESK) as somebody:
        yield somebody


def test_two_months_come_in_one_key_is_trusted_and_its_city_opens(home, page, tmp_path):
    _first, alta, baja, _clara = three(date.today())
    files = [tmp_path / each.name for each in (alta, baja)]
    for file, each in zip(files, (alta, baja), strict=True):
        file.write_bytes(each.content)
    with served(home) as (address, _):
        go(page, f"{address}/?language=en")
        act_as(page, "Olga Oficina")
        page.get_by_role("link", name="Cities").click()
        expect(page.get_by_role("heading", name="No city has sent a month yet")).to_be_visible()
        page.locator("input[type=file]").set_input_files(files)
        expect(page.get_by_role("rowheader", name="Lower Sierra")).to_be_visible()
        expect(page.get_by_role("cell", name=opened(alta.content, alta.name).fingerprint)).to_be_visible()

        page.get_by_text("They read out the same").first.click()
        page.get_by_role("button", name="Trust the key of Alta").click()
        expect(page.get_by_text("The key of Alta is trusted")).to_be_visible()
        assert received(records(Home(home))) == []
        page.get_by_role("button", name="Receive 1 month").click()
        expect(page.get_by_text("1 city: 1 needs a call.")).to_be_visible()
        assert [month.city for month in received(records(Home(home)))] == ["alta"]

        page.get_by_role("link", name="Alta", exact=True).click()
        expect(page.get_by_role("heading", name="Goals that got worse")).to_be_visible()
        settle(page)
        page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
        settle(page)
        assert page.evaluate(WIDER_THAN_ITS_ROOM) == []
        page.get_by_role("link", name="All cities").click()
        expect(page.get_by_role("link", name="Alta", exact=True)).to_be_visible()
        settle(page)
        assert page.evaluate(WIDER_THAN_ITS_ROOM) == []
