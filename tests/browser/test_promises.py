"""A promise written down on a phone, kept, and a concern raised and answered: one panel, the screen of a phone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from data.home import Home
from data.meetings.concerns import concerns
from data.meetings.follow_ups import follow_ups
from data.people import PROGRAM, add_person, add_post
from data.records.records import records
from tests.action_town import planned
from tests.browser.panel import PHONE, WIDER_THAN_ITS_ROOM, act_as, go, served, settle, visitor

pytestmark = pytest.mark.browser

OFFICE, EDITOR = "Olga Oficina", "Eva Editora"


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    """A small town, for these journeys to change."""
    made = planned(tmp_path_factory.mktemp("town") / "home")
    add_post(made.records, PROGRAM, "Parks", "hall")
    add_person(made.records, PROGRAM, "Zoe")
    return made.home.folder


@pytest.fixture(scope="module")
def panel(home) -> Iterator[str]:
    with served(home) as (address, _):
        yield address


@pytest.fixture
def page(browser) -> Iterator[Page]:
    with visitor(browser, PHONE) as somebody:
        yield somebody


def test_a_promise_takes_a_line_and_three_choices_and_is_kept(home, panel, page):
    held = records(Home(home))
    go(page, f"{panel}/followups?new=1&language=en")
    act_as(page, OFFICE)
    save = page.get_by_role("button", name="Save")
    page.get_by_label("What", exact=True).fill("Cut the hedge of the square")
    page.get_by_role("combobox", name="Who").click()
    page.keyboard.type("Secur")
    page.get_by_role("option", name="Head of Security").click()
    page.get_by_text("in a week", exact=True).click()
    settle(page)
    box = save.bounding_box()
    assert box and box["y"] + box["height"] <= PHONE[1], "all of it stands on one screen"
    assert page.evaluate(WIDER_THAN_ITS_ROOM) == []
    save.click()
    expect(page.get_by_text("Written down: Cut the hedge of the square")).to_be_visible()
    (row,) = follow_ups(held, "aurora")
    assert (row["what"], (row["due"] - row["made_on"]).days, row["state"]) == ("Cut the hedge of the square", 7, "open")

    page.get_by_role("link", name="Cut the hedge of the square").click()
    settle(page)
    page.get_by_text("It is done", exact=True).click()
    page.get_by_role("textbox", name="What shows it").fill("It is cut")
    page.keyboard.press("Tab")
    settle(page)
    page.get_by_role("button", name="Say that it is done").click()
    expect(page.get_by_text("It is done: Cut the hedge of the square")).to_be_visible()
    (row,) = follow_ups(held, "aurora")
    assert (row["state"], row["shown"]) == ("done", "It is cut")
    assert page.evaluate(WIDER_THAN_ITS_ROOM) == []


def test_a_concern_is_raised_from_the_goal_and_answered_by_its_area(home, panel, page):
    held = records(Home(home))
    go(page, f"{panel}/goal?kpi=robberies&language=en")
    act_as(page, OFFICE)
    page.get_by_role("link", name="Raise a concern").click()
    expect(page.get_by_role("heading", name="Concerns")).to_be_visible()
    settle(page)
    page.get_by_label("In a few words").fill("Dark square")
    page.get_by_label("What worries you").fill("Nobody goes there")
    page.get_by_role("button", name="Raise it").click()
    expect(page.get_by_text("It is raised, and stays open until you close it")).to_be_visible()
    (row,) = concerns(held, "aurora")
    assert (row["title"], row["goal"], row["area"], row["state"]) == ("Dark square", "robberies", "police", "raised")

    go(page, f"{panel}/concerns?id={row['id']}&language=en")
    act_as(page, EDITOR)
    page.get_by_text("Answer it", exact=True).click()
    page.get_by_label("What the area answers").fill("The lamps are ordered")
    page.get_by_role("button", name="Send the answer").click()
    expect(page.get_by_text("It is written down: Dark square")).to_be_visible()
    expect(page.locator(".story").get_by_text("The lamps are ordered")).to_be_visible()
    assert concerns(held, "aurora")[0]["state"] == "answered"
    assert page.evaluate(WIDER_THAN_ITS_ROOM) == []
