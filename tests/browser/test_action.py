"""An action kept up to date by the people who answer for it: reported, proved by somebody outside the area, and nothing typed is lost."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.panel import PHONE, WIDER_THAN_ITS_ROOM, act_as, go, served, settle, visitor
from tests.browser.works import COLLEAGUE, EDITOR, action

pytestmark = pytest.mark.browser

REVIEWER = "Pilar Ocaña Duarte"
HOMES_TO_LET = "4.5.1"
"""Of Housing and works: two of its five stages are proved, which is 30 %."""
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def unfold(page: Page, title: str) -> None:
    """Open a form, where it is not open yet."""
    part = page.locator("details", has=page.get_by_text(title, exact=True)).first
    if part.get_attribute("open") is None:
        part.locator("summary").click()


def say(page: Page, label: str, text: str) -> None:
    """Type into a field and leave it."""
    box = page.get_by_label(label, exact=True)
    box.fill(text)
    box.press("Tab")
    settle(page)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    settle(page)


def open_action(page: Page, address: str, home: Path, actor: str) -> None:
    go(page, f"{address}/action?node={action(home, HOMES_TO_LET)['id']}")
    act_as(page, actor)


def test_an_area_reports_and_brings_evidence_and_only_somebody_outside_it_proves_it(home, panel, page):
    open_action(page, panel, home, EDITOR)
    expect(page.get_by_text("30 % proved, 75 % declared")).to_be_visible()
    unfold(page, "Report progress")
    say(page, "Declared progress, in %", "140")
    press(page, "Send the report")
    expect(page.get_by_text("Nothing was saved: a progress of 140 % is not between 0 and 100")).to_be_visible()
    say(page, "Declared progress, in %", "80")
    say(page, "What happened since the last report", "The works began again")
    press(page, "Send the report")
    expect(page.get_by_text("The report is saved.")).to_be_visible()
    expect(page.get_by_text("30 % proved, 80 % declared")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="The works began again")).to_be_visible()

    unfold(page, "Bring evidence")
    expect(page.get_by_label("Which stage it shows")).to_have_value("Half built")
    say(page, "What it is", "Works certificate 7")
    page.locator("input[type=file]").set_input_files({"name": "cert/../7.pdf", "mimeType": "application/pdf", "buffer": PDF})
    page.get_by_text("7.pdf").first.wait_for()
    settle(page)
    press(page, "Send for review")
    expect(page.get_by_text("The evidence waits for somebody outside the area to accept it.")).to_be_visible()
    expect(page.get_by_role("button", name="Accept", exact=True)).to_have_count(0)
    expect(page.get_by_text("30 % proved, 80 % declared")).to_be_visible()

    act_as(page, REVIEWER)
    expect(page.get_by_role("heading", name="Awaiting your review")).to_be_visible()
    expect(page.get_by_text("Send the report")).to_have_count(0)
    with page.expect_download() as taken:
        page.get_by_role("button", name="7.pdf").click()
    assert taken.value.suggested_filename == "7.pdf"
    assert taken.value.path().read_bytes() == PDF
    press(page, "Send back with the note")
    expect(page.get_by_text("evidence that is sent back needs a note")).to_be_visible()
    press(page, "Accept")
    expect(page.get_by_text("60 % proved, 80 % declared")).to_be_visible()
    expect(page.get_by_text(re.compile(f"Accepted by {REVIEWER}.* on"))).to_have_count(2)


def test_a_stale_edit_shows_both_versions_and_loses_neither(browser: Browser, home, panel, page):
    open_action(page, panel, home, EDITOR)
    unfold(page, "Report progress")
    say(page, "Declared progress, in %", "61")
    with visitor(browser) as other:
        open_action(other, panel, home, COLLEAGUE)
        unfold(other, "Report progress")
        say(other, "Declared progress, in %", "44")
        press(other, "Send the report")
        expect(other.get_by_text("The report is saved.")).to_be_visible()
    press(page, "Send the report")
    expect(page.get_by_text("Somebody else has saved a change since you opened this.")).to_be_visible()
    row = page.get_by_role("row").filter(has_text="Declared progress, in %")
    expect(row.get_by_role("cell")).to_have_text(["44", "61"])
    expect(page.get_by_text(re.compile(f"Saved by {COLLEAGUE} on"))).to_be_visible()
    expect(page.get_by_text("44 % declared").first).to_be_visible()
    press(page, "Mix by hand")
    expect(page.get_by_label("Declared progress, in %", exact=True)).to_have_value("61")
    expect(row.get_by_role("cell")).to_have_text(["44", "61"])
    with visitor(browser) as other:
        open_action(other, panel, home, COLLEAGUE)
        unfold(other, "Report progress")
        say(other, "Declared progress, in %", "45")
        press(other, "Send the report")
    press(page, "Send the report")
    expect(row.get_by_role("cell")).to_have_text(["45", "61"])
    press(page, "Keep mine: send it on top of theirs")
    expect(page.get_by_text("The report is saved.")).to_be_visible()
    expect(page.get_by_text("30 % proved, 61 % declared")).to_be_visible()
    unfold(page, "Who changed what")
    said = page.get_by_role("listitem").filter(has_text=EDITOR).filter(has_text="declared progress from 45 to 61")
    expect(said).to_be_visible()


def test_what_was_typed_survives_a_reload_and_a_restart(browser: Browser, home):
    with served(home) as (address, _), visitor(browser) as page:
        open_action(page, address, home, EDITOR)
        unfold(page, "Report progress")
        say(page, "What happened since the last report", "Half a sentence")
        go(page, page.url)
        act_as(page, EDITOR)
        expect(page.get_by_label("What happened since the last report")).to_have_value("Half a sentence")
    with served(home) as (address, _), visitor(browser) as page:
        open_action(page, address, home, COLLEAGUE)
        expect(page.get_by_text("Half a sentence")).to_have_count(0)
        act_as(page, EDITOR)
        expect(page.get_by_label("What happened since the last report")).to_have_value("Half a sentence")
        expect(page.get_by_text(re.compile("You typed this on .* and did not send it"))).to_be_visible()
        press(page, "Throw away what I typed")
        expect(page.get_by_label("What happened since the last report")).to_have_value("")
        go(page, page.url)
        act_as(page, EDITOR)
        unfold(page, "Report progress")
        expect(page.get_by_label("What happened since the last report")).to_have_value("")


def test_whoever_acts_still_acts_on_the_next_page(address, page):
    go(page, f"{address}/area?area=works")
    act_as(page, EDITOR)
    page.get_by_role("link", name="One hundred and twenty homes to let in The Factory").first.click()
    page.wait_for_url(re.compile("/action"))
    expect(page.get_by_text(f"acting as {EDITOR}")).to_be_visible()
    unfold(page, "Report progress")
    expect(page.get_by_role("button", name="Send the report", exact=True)).to_be_visible()


def test_on_a_phone_nothing_scrolls_sideways_with_every_form_open(browser: Browser, demo, address):
    with visitor(browser, PHONE) as page:
        open_action(page, address, demo, EDITOR)
        for part in page.locator("[data-testid=stExpander] summary").all():
            part.click()
        settle(page)
        assert page.evaluate(WIDER_THAN_ITS_ROOM) == []


def test_the_queue_of_a_reviewer_empties_as_it_is_judged(home, panel, page):
    go(page, f"{panel}/progress")
    act_as(page, REVIEWER)
    page.get_by_role("link", name=re.compile("pieces of evidence wait for you")).click()
    page.wait_for_url(re.compile("/action"))
    settle(page)
    count = page.get_by_test_id("stMarkdown").get_by_text(re.compile(r"^\d+ pieces of evidence wait for you"))
    before = int((count.text_content() or "").split()[0])
    page.get_by_role("button", name="Accept", exact=True).first.click()
    settle(page)
    expect(page.get_by_text(f"{before - 1} pieces of evidence wait for you")).to_be_visible()
