"""A goal changed in the workshop as the data office would: typed, wrong, mended, seen on last year, saved with a reason, and taken back."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.panel import PHONE, WIDER_THAN_ITS_ROOM, go, settle, visitor
from tests.browser.writing import retype, target

pytestmark = pytest.mark.browser


def save(page: Page, reason: str, by: str = "") -> None:
    if by:
        page.get_by_role("textbox", name="Who changes it").fill(by)
    page.get_by_role("textbox", name="Why").fill(reason)
    page.get_by_role("button", name="Save into the file").click()
    expect(page.get_by_text("It is in force.")).to_be_visible()
    settle(page)


def test_a_target_is_changed_in_its_text_judged_saved_and_taken_back(home, panel, page):
    file, goals = home / "kpis" / "targets" / "villa_quimera.yaml", home / "kpis" / "definitions" / "safe_city.yaml"
    before, goals_before = file.read_text(encoding="utf-8"), goals.read_text(encoding="utf-8")
    go(page, f"{panel}/workshop?draft=robberies")
    expect(page.get_by_text("every month of the last year would have been as it was")).to_be_visible()

    retype(page, "target: {value", "target: {valeu")
    expect(page.get_by_text("valeu is not a known key; remove it, or correct it to one of: value, date")).to_be_visible()
    expect(page.get_by_text("2 problems stand in the way: mend them first.")).to_be_visible()
    expect(page.get_by_role("button", name="Save into the file")).to_have_count(0)
    page.get_by_role("button", name="line 1").first.click()
    expect(target(page)).to_be_focused()

    retype(page, "target: {valeu: 20", "target: {value: 28")
    expect(target(page)).to_have_value(re.compile(r"target: \{value: 28, date: 2028-12-31\}"))
    expect(page.get_by_text(re.compile(r"With this definition \d+ of the last 12 months would have been otherwise"))).to_be_visible()
    page.get_by_role("tab", name="From and to").click()
    expect(page.get_by_role("textbox", name="Target", exact=True)).to_have_value("28")

    save(page, "The council asks for less", "Ana Ruiz")
    row = next(line for line in before.split("\n") if line.startswith("  robberies:"))
    assert file.read_text(encoding="utf-8") == before.replace(row, row.replace("value: 20", "value: 28"))
    added = [line for line in goals.read_text(encoding="utf-8").split("\n") if line not in goals_before.split("\n")]
    assert [line.strip() for line in added][:1] == ["changes:"]
    assert (
        "by: Ana Ruiz, reason: The council asks for less, fields: [{key: target.value, place: villa_quimera, from: 20, to: 28}]" in added[1]
    )

    page.get_by_role("button", name="Undo: bring back what the file said before").click()
    expect(target(page)).to_have_value(re.compile("target: {value: 20,"))
    save(page, "It was a mistake")
    assert file.read_text(encoding="utf-8") == before
    back = "reason: It was a mistake, fields: [{key: target.value, place: villa_quimera, from: 28, to: 20}]"
    assert back in goals.read_text(encoding="utf-8")


def test_an_answer_in_the_form_is_seen_in_the_text(address, page):
    go(page, f"{address}/workshop?draft=robberies")
    page.get_by_role("tab", name="From and to").click()
    box = page.get_by_role("textbox", name="Target", exact=True)
    box.fill("27")
    box.press("Enter")
    expect(target(page)).to_have_value(re.compile("target: {value: 27,"))


def test_what_is_being_typed_is_never_taken_away(address, page):
    """Answers of the server that come while somebody types on change nothing of the text."""
    go(page, f"{address}/workshop?draft=robberies")
    box = page.get_by_role("textbox", name="YAML of kpis/definitions/safe_city.yaml")
    box.focus()
    page.keyboard.press("Control+End")
    typed = "  # one two three four five six seven eight nine ten"
    page.keyboard.type(typed, delay=60)
    settle(page)
    assert box.input_value().endswith(typed)


def test_the_tab_key_leaves_the_text(address, page):
    go(page, f"{address}/workshop?draft=robberies")
    target(page).focus()
    page.keyboard.press("Tab")
    expect(target(page)).not_to_be_focused()


def test_on_a_phone_nothing_is_wider_than_its_room(browser, address):
    with visitor(browser, PHONE) as page:
        go(page, f"{address}/workshop?draft=robberies")
        assert page.evaluate(WIDER_THAN_ITS_ROOM) == []
