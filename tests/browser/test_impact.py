"""A study written from the panel as the data office would: tried, saved, found, changed, removed and brought back; and on a phone."""

import re

import pytest
from playwright.sync_api import Page, expect

from data.yaml_file import read_yaml
from tests.browser.panel import PHONE, WIDER_THAN_ITS_ROOM, act_as, go, settle, visitor

pytestmark = pytest.mark.browser

OFFICE = "Nuria Sancho Peña"
NEW = "study?new=1&language=en"


def choose(page: Page, label: str, option: str) -> None:
    page.get_by_role("combobox", name=label, exact=True).click()
    page.keyboard.type(option)
    page.get_by_role("option", name=option).first.click()
    settle(page)


def filled(page: Page, label: str, text: str) -> None:
    page.get_by_role("textbox", name=label).fill(text)
    page.keyboard.press("Tab")
    settle(page)


def dated(page: Page, label: str, digits: str) -> None:
    """A day, month and year, typed one after the other into the parts of the field."""
    page.get_by_role("spinbutton", name=f"day, {label}").click()
    page.keyboard.type(digits)
    page.keyboard.press("Escape")  # the calendar, which opens beside it
    page.keyboard.press("Tab")
    settle(page)


def test_the_office_writes_a_study_tries_it_saves_it_removes_it_and_brings_it_back(home, panel, page):
    go(page, f"{panel}/{NEW}")
    act_as(page, OFFICE)
    expect(page.get_by_text("Still to be said: its name, the indicator, when it began.")).to_be_visible()
    filled(page, "Name of the policy · English", "Faster answers")
    choose(page, "Indicator", "Requests resolved on time")
    dated(page, "Or on the day", "01102025")
    page.get_by_role("button", name="Try it").click()
    expect(page.get_by_role("heading", name="What it would say")).to_be_visible()
    expect(page.get_by_text("Method: Synthetic difference-in-differences")).to_be_visible()
    expect(page.get_by_text(re.compile("points more than there would have been without it"))).to_be_visible()
    file = home / "kpis" / "studies" / "faster_answers.yaml"
    page.get_by_role("button", name="Save the study").click()
    expect(page.get_by_text("nobody has said why")).to_be_visible()
    assert not file.exists()

    filled(page, "Why", "The mayor asked")
    page.get_by_role("button", name="Save the study").click()
    expect(page.get_by_text("Saved in kpis/studies/faster_answers.yaml.")).to_be_visible()
    expect(page.get_by_role("heading", name="Faster answers")).to_be_visible()
    told = read_yaml(file).value
    assert isinstance(told, dict) and (told["indicator"], told["start"], told["method"]) == ("requests_on_time", "2025-10-01", "sdid")
    assert [(change["by"], change["reason"]) for change in told["changes"]] == [(OFFICE, "The mayor asked")]

    page.get_by_role("link", name="Change or remove this study").click()
    settle(page)
    filled(page, "Why it is undone or removed", "Nobody needs it")
    page.get_by_role("button", name="Remove the study").click()
    expect(page.get_by_text("Removed: faster_answers. It can be brought back below.")).to_be_visible()
    settle(page)
    assert not file.exists()
    page.get_by_text("Studies that were removed").click()
    page.get_by_role("button", name="Bring back faster_answers").click()
    expect(page.get_by_text("Saved in kpis/studies/faster_answers.yaml.")).to_be_visible()
    assert file.exists()


def test_the_first_screen_of_a_phone_says_whether_it_worked_and_nothing_scrolls_sideways(address, browser):
    with visitor(browser, PHONE) as page:
        go(page, f"{address}/study?study=request_app&language=en")
        verdict = page.get_by_text("Clear effect", exact=True)
        expect(verdict).to_be_visible()
        box = verdict.bounding_box()
        assert box and box["y"] + box["height"] < PHONE[1]
        assert page.evaluate(WIDER_THAN_ITS_ROOM) == []
        go(page, f"{address}/impact?language=en")
        expect(page.get_by_text(re.compile("^Of 4 studies: 1 shows a clear effect"))).to_be_visible()
        assert page.evaluate(WIDER_THAN_ITS_ROOM) == []


def test_the_list_leads_to_the_study_and_the_study_to_its_goal_and_back(address, page):
    go(page, f"{address}/impact?language=en")
    page.get_by_role("link", name="Bus lanes", exact=True).click()
    settle(page)
    found = re.compile("^Bus punctuality: (no effect can be detected|from these figures it cannot be told)")
    expect(page.get_by_text(found)).to_be_visible()
    page.get_by_role("link", name="Bus punctuality").click()
    settle(page)
    expect(page.get_by_role("heading", name="Did it work?")).to_be_visible()
    page.locator(".did-it-work").get_by_role("link", name="Bus lanes", exact=True).click()
    settle(page)
    expect(page).to_have_url(re.compile("study=bus_lanes"))
