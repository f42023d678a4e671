"""A meeting that is written down while it is held: nothing typed is lost, by a save that comes back, a second writer, or a dead server."""

import os
import re
import signal
import socket
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from data.meetings.notes import notes
from tests.browser.panel import PHONE, WIDER_THAN_ITS_ROOM, act_as, go, served, settle, visitor
from tests.meeting_town import Met, met

pytestmark = pytest.mark.browser

OFFICE, MAYOR = "Olga Oficina", "María Alcaldesa"
BOTH = re.compile(r"A photograph[\s\S]*The record|The record[\s\S]*A photograph")
SAVED = re.compile(r"^Saved \d\d:\d\d:\d\d$")


@pytest.fixture
def held(tmp_path) -> Met:
    return met(tmp_path / "home")


@pytest.fixture
def panel(held) -> Iterator[tuple[str, int]]:
    with served(held.town.home.folder) as running:
        yield running


def enter(page: Page, address: str, held: Met, who: str, item: str = "goal") -> None:
    """Open an item of the meeting as somebody."""
    asked = f"meeting={held.meeting}&item={held.items[item]}&place=aurora&month=2026-06&language=en"
    go(page, f"{address}/meeting?{asked}")
    act_as(page, who)


def box(page: Page, part: str = "decided") -> Locator:
    return page.locator(f"textarea[data-part={part}]")


def state(page: Page) -> Locator:
    return page.locator("#state")


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    settle(page)


def written(held: Met, part: str = "decided") -> list[str]:
    return [row["text"] for row in notes(held.records, held.meeting) if row["part"] == part]


def test_a_meeting_is_written_down_while_it_is_held(browser: Browser, held, panel, page):
    address, _pid = panel
    enter(page, address, held, OFFICE)
    box(page).click()
    page.keyboard.type("a year", delay=30)
    expect(state(page)).to_have_text(SAVED)
    page.keyboard.press("Home")
    said = "We build the station by July, in less than "
    page.keyboard.type(said, delay=90)  # longer than several saves, which come back meanwhile
    expect(box(page)).to_have_value(f"{said}a year")
    assert box(page).evaluate("box => [box.selectionStart, box === box.getRootNode().activeElement]") == [len(said), True]
    assert written(held)[0].startswith("We build")
    expect(state(page)).to_have_text(SAVED)
    assert written(held) == [f"{said}a year"]

    page.keyboard.press("ArrowRight")  # somebody who types goes nowhere
    box(page, "why").click()
    page.keyboard.type("x")
    page.get_by_role("heading", level=1).click()  # at once, before the second is over
    page.keyboard.press("PageDown")
    expect(page.get_by_role("heading", level=1)).to_have_text("1.1 Police station")
    settle(page)
    expect(box(page)).to_have_value("")
    expect(state(page)).not_to_have_text("Not saved yet")
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("heading", level=1)).to_have_text("Goal robberies")
    expect(box(page)).to_have_value(f"{said}a year")
    expect(state(page)).to_have_text(SAVED)
    assert written(held, "why") == ["x"]

    with visitor(browser, PHONE) as other:
        enter(other, address, held, MAYOR)
        expect(box(other)).to_have_value(f"{said}a year")
        assert other.evaluate(WIDER_THAN_ITS_ROOM) == []
        box(page, "discussed").click()
        page.keyboard.type("It rained")
        expect(box(other, "discussed")).to_have_value("It rained", timeout=10_000)  # whoever types nothing sees what others write
        both_type(page, other)
        expect(other.get_by_role("heading", name="Two texts: What shall show it")).to_be_visible()
        settle(other)
        assert sorted(written(held, "evidence")) == ["A photograph", "The record"]
        press(other, "Make one text of both")
        expect(box(other, "evidence")).to_have_value(BOTH)
        expect(box(page, "evidence")).to_have_value(BOTH, timeout=10_000)
    assert len(written(held, "evidence")) == 1

    page.get_by_role("button", name="End the meeting").click()
    press(page, "End it now")
    assert held.row()["state"] == "held"


def test_a_board_that_is_drawn_anew_still_says_when_it_was_saved(held, panel, page):
    address, _pid = panel
    enter(page, address, held, OFFICE)
    box(page).click()
    page.keyboard.type("We build")
    expect(state(page)).to_have_text(SAVED)
    enter(page, address, held, OFFICE)
    expect(state(page)).to_have_text(SAVED)

    page.evaluate("Storage.prototype.removeItem = () => {}")  # so the text is still held back, as where the answer found no board any more
    box(page).click()
    page.keyboard.type(" it")
    until_written(page, held, ["We build it"])
    expect(state(page)).to_have_text(SAVED)
    page.evaluate("sessionStorage.clear()")
    enter(page, address, held, OFFICE)
    expect(box(page)).to_have_value("We build it")
    expect(state(page)).to_have_text(SAVED)


def unused_port() -> int:
    """One that no other panel takes while this one is dead: they look from 8501 upwards."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def both_type(page: Page, other: Page) -> None:
    """Both write the same part before either sees the other's text."""
    box(page, "evidence").click()
    box(other, "evidence").click()
    page.keyboard.insert_text("The record")
    other.keyboard.insert_text("A photograph")


def until_written(page: Page, held: Met, expected: list[str]) -> None:
    """Wait until the records hold these texts, which is what nobody may lose."""
    until = time.monotonic() + 30
    while written(held) != expected and time.monotonic() < until:
        page.wait_for_timeout(200)
    assert written(held) == expected


def test_a_server_that_dies_in_mid_meeting_takes_nothing_with_it(held, page):
    home, port = held.town.home.folder, unused_port()
    with served(home, port) as (address, pid):
        enter(page, address, held, OFFICE)
        box(page).click()
        page.keyboard.type("We build")
        expect(state(page)).to_have_text(SAVED)
        page.keyboard.type(" it", delay=20)
        os.kill(pid, signal.SIGKILL)
        page.keyboard.type(" by July", delay=20)
        expect(state(page)).to_have_text("Not saved yet")
    with served(home, port) as (again, _pid):
        assert again == address
        go(page, page.url)
        act_as(page, OFFICE)
        expect(box(page)).to_have_value("We build it by July")
        until_written(page, held, ["We build it by July"])
        expect(state(page)).to_have_text(SAVED, timeout=30_000)
        assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('mandato note'))") == []
