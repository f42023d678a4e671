"""Writing a goal in the workshop: its text, and the page in each of its states."""

import re
from collections.abc import Iterator

from playwright.sync_api import Locator, Page

from tests.browser.panel import go, settle


def target(page: Page) -> Locator:
    """What the demo city wants of the goal."""
    return page.locator("textarea[aria-label$='kpis/targets/villa_quimera.yaml']")


def retype(page: Page, old: str, new: str) -> None:
    """Choose some letters, and type others in their place."""
    choose = "(box, old) => { const at = box.value.indexOf(old); box.focus(); box.setSelectionRange(at, at + old.length); }"
    target(page).evaluate(choose, old)
    page.keyboard.type(new, delay=15)


def views(page: Page, address: str) -> Iterator[str]:
    """The page with a problem, with another target, and saved."""
    go(page, f"{address}/workshop?draft=robberies")
    retype(page, "target: {value", "target: {valeu")
    page.get_by_text("valeu").last.wait_for()
    settle(page)
    yield "workshop problem"
    retype(page, "target: {valeu: 20", "target: {value: 28")
    page.locator(".st-key-workshop_commit button").wait_for()
    settle(page)
    page.get_by_text(re.compile("^(Every month|Todos los meses)$")).click()
    yield "workshop changed"
    page.locator(".st-key-workshop_by input").fill("Ana Ruiz")
    page.locator(".st-key-workshop_reason textarea").fill("El pleno lo aprobó el 20 de noviembre")
    page.locator(".st-key-workshop_commit button").click()
    page.locator(".st-key-workshop_undo button").wait_for()
    settle(page)
    yield "workshop saved"
