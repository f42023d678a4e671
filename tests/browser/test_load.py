"""A real file through the page, click by click, as somebody new to it would: from a fresh home to a figure in the Explorer."""

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.loading import arrive, choose, pick, press, workbook
from tests.browser.panel import PHONE, WIDER_THAN_ITS_ROOM, command, go, served, settle, visitor

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def starter(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("starter")
    command(folder, "data", "new", str(folder / "home"))
    return folder / "home"


@pytest.fixture
def home(starter, tmp_path) -> Path:
    """A home with nothing but the starter's definitions, for one journey to fill."""
    shutil.copytree(starter, tmp_path / "home")
    return tmp_path / "home"


def map_it(page: Page, sheet: str, year: str, places: str) -> None:
    """Answer what the file does not say, and add its places and indicators as new ones."""
    pick(page, sheet)
    if page.get_by_text("No column names a place").count():
        pick(page, "in the column Town")
    pick(page, f"{year}, which the file mentions")
    press(page, "Add all .* as new places")
    expect(page.get_by_role("button", name="Check the file")).to_be_disabled()
    choose(page, "They are", places)
    choose(page, "They lie in", "none")
    press(page, "Add all .* as new indicators")
    expect(page.get_by_role("button", name="Check the file")).to_be_disabled()
    choose(page, "A value is", "a state at the period's end")
    choose(page, "Theme", "Finance")
    choose(page, "Owner", "Finance")
    expect(page.get_by_role("button", name="Check the file")).to_be_enabled()
    expect(page.get_by_role("combobox", name="A value for each")).to_have_value("year")


def load_it(page: Page, name: str, rows: str) -> None:
    """Name the mapping, check the file, and load what is counted."""
    page.get_by_role("textbox", name="Name of the mapping").fill(name)
    press(page, "Check the file")
    page.get_by_role("heading", name=f"{rows} rows can be loaded: {rows} new, 0 revised, 0 unchanged", exact=True).wait_for()
    press(page, f"Load {rows} rows")
    page.get_by_role("heading", name="Load 1 is in force").wait_for()


def look_up(page: Page, place: str) -> None:
    """Follow the link to the Explorer, and read the table of the place in view."""
    page.get_by_test_id("stMain").get_by_role("link", name="Explorer").click()
    page.wait_for_url(re.compile("/explorer"))
    settle(page)
    page.get_by_test_id("stMain").get_by_text(place).first.wait_for()


def test_the_index_of_american_cities_loads_without_being_edited(browser, home, shared):
    file = shared / "data" / "public" / "sdsn_us_cities_sdg_2019" / "2018USCitiesIndexResults.xlsx"
    with served(home) as (address, _), visitor(browser) as page:
        arrive(page, address, file)
        map_it(page, "DATA", "2018", "metropolitan area")
        load_it(page, "US Cities SDG Index", "4,400")
        look_up(page, "San Jose-Sunnyvale-Santa Clara, CA")
        page.get_by_text("9.3 %").first.wait_for()


def test_a_workbook_of_towns_does_too_and_is_undone(browser, home, tmp_path):
    with served(home) as (address, _), visitor(browser) as page:
        arrive(page, address, workbook(tmp_path / "towns.xlsx"))
        map_it(page, "Figures", "2024", "city")
        load_it(page, "Towns", "9")
        look_up(page, "Alta Mar")
        page.get_by_text("97.5 %").first.wait_for()
        page.get_by_test_id("stSidebar").get_by_role("link", name="Load data").click()
        settle(page)
        press(page, "Undo this load")
        press(page, "Undo this load")
        page.get_by_role("heading", name="This load has been undone").wait_for()
        expect(page.get_by_text("towns.xlsx")).to_have_count(1)
        expect(page.get_by_text(re.compile("^Undone "))).to_have_count(1)
        expect(page.get_by_role("button", name="Undo this load")).to_have_count(0)


def test_a_second_file_of_the_same_kind_needs_two_gestures(browser, home, tmp_path):
    first, second = (tmp_path / name for name in ("may.csv", "june.csv"))
    first.write_text("place,indicator,period,value\nmy_city,requests_received,2026-05,398\n", encoding="utf-8")
    second.write_text(
        "place,indicator,period,value\nmy_city,requests_received,2026-06,412\nmy_city,requests_received,2026-07,x\n", encoding="utf-8"
    )
    with served(home) as (address, _), visitor(browser) as page:
        arrive(page, address, first)
        press(page, "Load 1 row")
        press(page, "Load another file")
        page.locator("input[type=file]").set_input_files(second)
        page.get_by_role("heading", name="1 row can be loaded: 1 new, 0 revised, 0 unchanged. 1 line is refused").wait_for()
        with page.expect_download() as refused:
            page.get_by_role("button", name="Download the refused lines").click()
        assert "2026-07,x,3," in refused.value.path().read_text(encoding="utf-8-sig")
        page.get_by_text("Load the good rows and leave the refused line aside").click()
        settle(page)
        press(page, "Load 1 row")
        page.get_by_text("Load 2 is in force").wait_for()


def test_the_first_file_arrives_by_the_empty_overview(browser, home):
    with served(home) as (address, _), visitor(browser) as page:
        go(page, address)
        page.get_by_role("link", name="Load the first file").click()
        settle(page)
        expect(page.get_by_role("heading", level=1)).to_have_text("Load data")


def test_on_a_phone_no_step_scrolls_sideways(browser, home, tmp_path):
    with served(home) as (address, _), visitor(browser, PHONE) as page:
        go(page, f"{address}/load")
        page.locator("input[type=file]").set_input_files(workbook(tmp_path / "towns.xlsx"))
        page.get_by_text("Figures: 6 lines").wait_for()
        map_it(page, "Figures", "2024", "city")
        assert page.evaluate(WIDER_THAN_ITS_ROOM) == []
        press(page, "Check the file")
        assert page.evaluate(WIDER_THAN_ITS_ROOM) == []
        press(page, "Load 9 rows")
        assert page.evaluate(WIDER_THAN_ITS_ROOM) == []
