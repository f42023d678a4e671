"""An area reports its actions at once: typed in the table and kept, sent back in a spreadsheet, and nothing of others overwritten."""

import re
from datetime import date

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from data.home import Home
from data.people import actor, people
from data.plans.reporting import Report, report
from data.records.records import records
from tests.browser.panel import PHONE, WIDER_THAN_ITS_ROOM, act_as, cell_of, go, paste, settle, type_into, visitor
from tests.browser.works import COLLEAGUE, EDITOR, action

pytestmark = pytest.mark.browser

STRANGER = "Óscar Zabaleta Mir"
OFFICE = "Nuria Sancho Peña"
AREA = "area?area=works&language=en"
DECLARED = 64 + 246 + 55
"""How far to the right the column of declared progress stands, in pixels."""


def open_as(page: Page, address: str, name: str) -> None:
    go(page, f"{address}/{AREA}")
    act_as(page, name)


def type_declared(page: Page, row: int, text: str) -> None:
    """Into the cell of a row of the table, counted from 0."""
    type_into(page, row, DECLARED, text)


def declared_of_the_area(page: Page) -> float:
    """As the headline says it."""
    said = page.get_by_text(re.compile(r"Its \d+ actions are")).inner_text()
    found = re.search(r"and ([\d.]+)\s%\sdeclared", said.replace("\xa0", " "))
    assert found, said
    return float(found[1])


def test_what_is_typed_in_the_table_is_kept_saved_and_moves_the_figure(home, panel, page):
    before = action(home, "1.4.1")
    open_as(page, panel, EDITOR)
    figure = declared_of_the_area(page)
    type_declared(page, 0, "47 %")
    expect(page.locator(".cells").get_by_text(re.compile(r"^47\s%$"))).to_be_visible()
    type_declared(page, 1, "half")
    expect(page.get_by_text("'half' is not a percentage; write a number from 0 to 100")).to_be_visible()
    assert action(home, "1.4.1") == before

    page.reload()
    settle(page)
    act_as(page, EDITOR)
    expect(page.get_by_text("You typed some of this on")).to_be_visible()
    expect(page.locator(".cells").get_by_text(re.compile(r"^47\s%$"))).to_be_visible()
    page.get_by_role("button", name="Save the report of 1 action; 1 row with a problem is left out").click()
    expect(page.get_by_text("Saved: 1 action is reported.")).to_be_visible()
    settle(page)
    after = action(home, "1.4.1")
    assert (after["declared"], after["version"], after["status"]) == (47, before["version"] + 1, before["status"])
    assert declared_of_the_area(page) < figure
    expect(page.get_by_text("'half' is not a percentage; write a number from 0 to 100")).to_be_visible()  # what was left out is still there

    page.get_by_role("button", name="Throw away what I typed").click()
    expect(page.get_by_text("Type into the white cells")).to_be_visible()


def test_a_block_pasted_from_a_spreadsheet_reports_several_actions_at_once(home, panel, page):
    before = action(home, "1.4.2")
    open_as(page, panel, EDITOR)
    page.mouse.click(*cell_of(page, 0, DECLARED))
    paste(page, "47 %\tUnder way\tTwo streets are left\nhalf\t\tThe poles stand")
    expect(page.locator(".cells").get_by_text(re.compile(r"^47\s%$"))).to_be_visible()
    expect(page.locator(".cells").get_by_text("Two streets are left")).to_be_visible()
    expect(page.get_by_text("'half' is not a percentage; write a number from 0 to 100")).to_be_visible()
    page.get_by_role("button", name="Save the report of 1 action; 1 row with a problem is left out").click()
    expect(page.get_by_text("Saved: 1 action is reported.")).to_be_visible()
    settle(page)
    after = action(home, "1.4.1")
    assert (after["declared"], after["status"]) == (47, "started")
    assert action(home, "1.4.2") == before


def test_a_sheet_goes_out_and_comes_back_with_two_changes_and_an_error(home, panel, page, tmp_path):
    open_as(page, panel, EDITOR)
    figure = declared_of_the_area(page)
    page.get_by_role("tab", name="In a spreadsheet").click()
    with page.expect_download() as sent:
        page.get_by_role("button", name="Download my sheet (XLSX)").click()
    file = tmp_path / "sheet.xlsx"
    sent.value.save_as(file)
    book = load_workbook(file)
    sheet = book.worksheets[0]
    assert [sheet.cell(row, 2).value for row in (2, 3, 4)] == ["1.4.1", "1.4.2", "1.4.3"]
    sheet["D2"], sheet["F2"] = 40, "Two streets are left"
    sheet["D3"] = "41 %"
    sheet["E4"] = "Finished"
    book.save(file)
    held = records(Home(home))
    colleague = next(each["id"] for each in people(held) if each["name"] == COLLEAGUE)
    theirs = action(home, "1.4.2")
    told = Report(theirs["id"], theirs["version"], date.today(), 90.0, "started", "All poles stand")
    report(held, actor(held, colleague, date.today()), told)

    page.get_by_test_id("stFileUploader").locator("input[type=file]").set_input_files(file)
    expect(page.get_by_text("Finished is not a status; write one of: Not started, Under way")).to_be_visible(timeout=30_000)
    settle(page)
    expect(page.get_by_text("Two streets are left")).to_be_visible()
    expect(page.get_by_text("Somebody else reported these actions since you began.")).to_be_visible()
    expect(page.get_by_role("table", name="Both versions").get_by_text(re.compile(r"^90\s%$"))).to_be_visible()
    page.get_by_role("button", name="Save the report of 1 action; 1 row with a problem is left out").click()
    expect(page.get_by_text("Saved: 1 action is reported.")).to_be_visible()
    settle(page)
    assert [action(home, key)["declared"] for key in ("1.4.1", "1.4.2")] == [40, 90]
    assert declared_of_the_area(page) < figure

    page.get_by_role("tab", name="In a spreadsheet").click()
    page.get_by_text("Send mine on top of theirs: Lights along the riverside walk").click()
    page.get_by_role("button", name="Save the report of 1 action; 1 row with a problem is left out").click()
    expect(page.get_by_text("Saved: 1 action is reported.")).to_be_visible()
    settle(page)
    assert action(home, "1.4.2")["declared"] == 41


def test_whoever_may_not_report_sees_the_page_without_the_table(address, page):
    open_as(page, address, STRANGER)
    expect(page.get_by_role("heading", name="What it owes by the review")).to_be_visible()
    expect(page.get_by_text("Report many actions at once")).to_have_count(0)


def test_on_a_phone_nothing_is_wider_than_its_room(browser, address):
    with visitor(browser, PHONE) as page:
        go(page, f"{address}/area?language=en")
        assert page.evaluate(WIDER_THAN_ITS_ROOM) == []
        go(page, f"{address}/{AREA}")
        assert page.evaluate(WIDER_THAN_ITS_ROOM) == []


def test_the_office_looks_at_posts_a_table_and_the_seal(page, address):
    """Nothing is saved: the panel is shared with other journeys."""
    go(page, f"{address}/administration?language=en")
    expect(page.get_by_text("Say first who you are")).to_be_visible()
    act_as(page, EDITOR)
    expect(page.get_by_text("it takes the role of data office")).to_be_visible()
    act_as(page, OFFICE)
    expect(page.get_by_role("cell", name="clara.montalban@example.org")).to_be_visible()
    page.get_by_test_id("stButtonGroup").get_by_text("Posts", exact=True).click()
    settle(page)
    expect(page.get_by_text("Nobody holds 1 of them today.")).to_be_visible()
    page.get_by_test_id("stButtonGroup").get_by_text("From a table", exact=True).click()
    settle(page)
    table = b"person,role\nAda Alta,reviewer\n"
    page.locator("input[type=file]").set_input_files({"name": "people.csv", "mimeType": "text/csv", "buffer": table})
    settle(page)
    expect(page.get_by_text("New: person: Ada Alta")).to_be_visible()
    expect(page.get_by_role("button", name="Save these changes")).to_be_visible()
    page.get_by_test_id("stButtonGroup").get_by_text("Log", exact=True).click()
    settle(page)
    expect(page.get_by_text("Ada Alta")).to_have_count(0)
    page.get_by_role("link", name="Older ones").click()
    settle(page)
    expect(page.get_by_text("Changes 51 to 100 of")).to_be_visible()
    page.get_by_role("button", name="Check the seal").click()
    expect(page.get_by_text("The seal holds")).to_be_visible()
