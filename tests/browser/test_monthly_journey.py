"""A month from its opening to its end, and the next one: values collected, judged and published, a meeting, its promises, a closed month.

One town, one server, two people at their own windows: what one of them does, the other goes on with.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pypdf
import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect
from pptx import Presentation
from pptx.shapes.autoshape import Shape
from pptx.shapes.graphfrm import GraphicFrame

from tests.action_town import planned
from tests.browser.loading import choose
from tests.browser.panel import act_as, command, go, paste, served, settle, type_into, visitor

pytestmark = pytest.mark.browser

OFFICE, EDITOR = "Olga Oficina", "Eva Editora"
JUNE, JULY = "month=2026-06&language=en", "month=2026-07&language=en"
SOURCE = """
sources:
  - id: sheet
    name: Monthly sheet
    format: csv
    columns: {place: place, indicator: indicator, period: month, value: value}
"""
VALUE, NOTE = 255, 420
"""Pixels of the table of values: how far to the right two of its columns stand."""


@dataclass(frozen=True)
class Desk:
    """A window at the panel, and who sits there."""

    page: Page
    address: str

    def menu(self, name: str) -> None:
        """To a page as people go there, who stay who they are; to the same one to see what others did."""
        self.page.get_by_test_id("stSidebar").get_by_role("link", name=name, exact=True).click()
        settle(self.page)

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()
        settle(self.page)

    def said(self, text: str | re.Pattern[str]) -> None:
        """Somewhere on the page it stands written."""
        expect(self.page.get_by_text(text).filter(visible=True).first).to_be_visible()
        settle(self.page)


@dataclass(frozen=True)
class Decided:
    """What is decided of an item, and what is asked for because of it."""

    text: str
    why: str
    evidence: str
    asked: str
    when: str


DECIDED = (
    Decided("Two patrols more at night", "Nights are worst", "The roster", "Send the new roster", "Next meeting, 10 Aug 2026"),
    Decided("Bring the offer forward", "Nobody asked for it", "The offer", "Bring three offers", "End of the month, 31 Jul 2026"),
    Decided("Ask the neighbours again", "Too few answered", "The answers", "Ask two hundred of them", "In two weeks, 24 Jul 2026"),
)
KEPT, OVERDUE = DECIDED[0], DECIDED[2]


@pytest.fixture
def home(tmp_path) -> Path:
    """Of a town that says it is a demo city: there the day of a month's review is today."""
    made = planned(tmp_path / "home", demo=True).home
    made.sources.write_text(SOURCE, encoding="utf-8")
    return made.folder


@pytest.fixture
def desks(home, browser: Browser) -> Iterator[tuple[Desk, Desk]]:
    """The data office's, and that of the area's editor."""
    with served(home) as (address, _pid), visitor(browser) as one, visitor(browser) as other:
        office, editor = Desk(one, address), Desk(other, address)
        for desk, name in ((office, OFFICE), (editor, EDITOR)):
            go(desk.page, f"{address}/work?{JUNE}")
            act_as(desk.page, name)
        yield office, editor


def test_a_month_is_collected_met_about_and_closed_and_the_next_one_asks_for_what_was_promised(home, desks, tmp_path):
    office, editor = desks
    office.press("Begin the review of June 2026")
    office.said("The review of June 2026 has begun.")
    collect(editor, tmp_path)
    ask_back(office, editor)
    publish(office)
    analyse(office)
    meet(office)
    close(office)
    minutes, slides = printed(office)
    for decided in DECIDED:
        assert decided.text in minutes and decided.asked in minutes
        assert decided.text in slides and decided.asked in slides
    load(home, tmp_path / "july.csv", "aurora,robberies,2026-07,36.9\naurora,answered,2026-07,75")
    look_back(office, editor)
    revise(office, home, tmp_path / "corrected.csv")


def collect(editor: Desk, folder: Path) -> None:
    """Typed, pasted, and sent back in a sheet."""
    page = editor.page
    editor.menu("My work")
    type_into(page, 0, VALUE, "58,2")
    editor.said("What would be saved")
    paste(page, "57.1\tOf the new survey\n59.4\tOf the new survey")
    expect(page.get_by_role("table", name="Values that would change").locator("tbody tr")).to_have_count(3)
    editor.press("Save as a draft")
    editor.said("Saved: 3 values as drafts.")
    page.get_by_role("tab", name="In a spreadsheet").click()
    settle(page)
    page.locator("input[type=file]").set_input_files(corrected(page, folder, "puerto/satisfied/2026-06-30/", 59.9))
    changed = page.get_by_role("table", name="Values that would change").locator("tbody tr")
    expect(changed).to_have_count(1)
    expect(changed).to_contain_text(re.compile(r"Harbour.*59\.4.*59\.9", re.DOTALL))
    editor.press("Send 1 value to the data office")
    editor.said("Sent: 1 value waits for the data office.")
    page.get_by_role("tab", name="Here in a table").click()
    editor.press("Send 2 values to the data office")
    editor.said("Sent: 2 values wait for the data office.")


def corrected(page: Page, folder: Path, key: str, value: float) -> Path:
    """The area's sheet as it is downloaded, with another value in one row."""
    with page.expect_download() as taken:
        page.get_by_role("button", name="Download my sheet (XLSX)").click()
    path = folder / taken.value.suggested_filename
    taken.value.save_as(path)
    book = load_workbook(path)
    sheet = book.active
    assert sheet is not None
    place = [cell.value for cell in sheet[1]].index("Value") + 1
    (row,) = (number for number, cells in enumerate(sheet.values, start=1) if cells[0] == key)
    sheet.cell(row, place, value)
    book.save(path)
    return path


def ask_back(office: Desk, editor: Desk) -> None:
    """One value goes back with a question, and is answered beside the value."""
    office.menu("My work")
    office.page.get_by_text("Choose Goal satisfied, Old Centre").click()
    settle(office.page)
    office.page.get_by_role("textbox", name="Question for the area").fill("Is this the same survey as before?")
    office.press("Send 1 value back")
    office.said("1 value went back to its area.")
    editor.menu("My work")
    editor.said("Is this the same survey as before?")
    type_into(editor.page, 1, NOTE, "The same, with more people asked")
    editor.press("Send 1 value to the data office")
    editor.said("Sent: 1 value waits for the data office.")


def publish(office: Desk) -> None:
    office.menu("My work")
    office.said("The same, with more people asked")
    for where in ("Aurora", "Old Centre", "Harbour"):
        office.page.get_by_text(f"Choose Goal satisfied, {where}").click()
        settle(office.page)
    office.press("Validate 3 values")
    office.press("Publish 3 values")
    office.said(re.compile("is in force: 3 new"))


def analyse(office: Desk) -> None:
    """What was published is judged: on the Overview, and on the goal's own page with the reason."""
    office.menu("Overview")
    office.page.locator(".cards").get_by_role("link", name="Goal satisfied").click()
    expect(office.page.get_by_role("heading", level=1)).to_have_text("Goal satisfied")
    settle(office.page)
    expect(office.page.locator(".headline").first).to_contain_text(re.compile(r"Off track.*58\.2"))
    office.said("Why it is off track")


def meet(office: Desk) -> None:
    """The agenda is made, and three of its items are decided, each with a follow-up."""
    office.menu("This month")
    office.press("Plan the meeting")
    office.said("The meeting is planned for 10 Jul 2026.")
    office.press("Make the agenda")
    office.said("To be talked about")
    office.press("Begin the meeting")
    office.page.wait_for_url("**/meeting?**")
    settle(office.page)
    for number, decided in enumerate(DECIDED):
        if number:
            office.page.get_by_role("link", name="Next", exact=True).click()
            expect(office.page.get_by_text(f"{number + 1} of 5")).to_be_visible()
            settle(office.page)
        decide(office, decided)
    office.press("End the meeting")
    office.press("End it now")
    office.said("The meeting was held on 10 Jul 2026.")


def decide(office: Desk, decided: Decided) -> None:
    """Written into the editor of the item, and asked of somebody by a day."""
    page = office.page
    for part, text in (("decided", decided.text), ("why", decided.why), ("evidence", decided.evidence)):
        page.locator(f"textarea[data-part={part}]").fill(text)
    expect(page.locator("#state")).to_have_text(re.compile(r"^Saved \d\d:\d\d:\d\d$"))
    asked = page.get_by_role("textbox", name="What is to be done")
    if not asked.is_visible():  # from one item to the next the form stays unfolded
        page.get_by_text("Ask for a follow-up", exact=True).click()
    asked.fill(decided.asked)
    page.keyboard.press("Tab")
    settle(page)
    choose(page, "Who", "Head of Security (Eva Editora)")
    choose(page, "By when", decided.when)
    page.get_by_test_id("stExpander").get_by_role("textbox", name="What shall show it").fill(decided.evidence)
    page.keyboard.press("Tab")
    settle(page)
    office.press("Write it down")
    office.said("The follow-up is written down.")


def close(office: Desk) -> None:
    """Somebody says why the month is closed without a value that it lacks."""
    office.said("1 value that is owed is missing")
    office.page.get_by_role("textbox", name="Why the month is closed without them").fill("Nobody measures it yet")
    office.page.keyboard.press("Tab")
    settle(office.page)
    office.press("Close the month")
    office.said("The month is closed: from now on its pages show it as it is now.")
    office.said("1 value was missing: Nobody measures it yet")


def printed(office: Desk) -> tuple[str, str]:
    """All that the minutes and the slides say, as files that the page gives."""
    page = office.page
    office.press("Reports")
    files = []
    for kind, form in (("minutes", "pdf"), ("slides", "pptx")):
        with page.expect_download() as taken:
            page.locator(f".st-key-{kind}_{form} button").click()
        files.append(Path(taken.value.path()).read_bytes())
    pages = pypdf.PdfReader(BytesIO(files[0])).pages
    return " ".join(page.extract_text() for page in pages), " ".join(written(files[1]))


def written(slides: bytes) -> Iterator[str]:
    """Every text of a presentation, those in tables too."""
    for slide in Presentation(BytesIO(slides)).slides:
        for shape in slide.shapes:
            if isinstance(shape, GraphicFrame) and shape.has_table:
                yield from (cell.text for cell in shape.table.iter_cells())
            elif isinstance(shape, Shape):
                yield shape.text_frame.text


def load(home: Path, file: Path, rows: str) -> None:
    """A file from the town hall, by the command."""
    file.write_text(f"place,indicator,month,value\n{rows}\n", encoding="utf-8")
    command(home, "data", "ingest", str(file), "--source", "sheet")


def look_back(office: Desk, editor: Desk) -> None:
    """In July the promises of June open the meeting: one is kept, another is overdue."""
    for desk, name in ((office, OFFICE), (editor, EDITOR)):
        go(desk.page, f"{desk.address}/followups?{JULY}")
        act_as(desk.page, name)
    editor.page.get_by_role("link", name=KEPT.asked).click()
    settle(editor.page)
    editor.page.get_by_text("It is done", exact=True).click()
    editor.page.get_by_role("textbox", name="What shows it").fill("The roster of August")
    editor.page.keyboard.press("Tab")
    settle(editor.page)
    editor.press("Say that it is done")
    editor.said(f"It is done: {KEPT.asked}")
    office.menu("This month")
    office.press("Begin the review of July 2026")
    office.press("Plan the meeting")
    office.said("2 promises are overdue. 1 was kept since the meeting before.")
    office.press("Make the agenda")
    office.press("Begin the meeting")
    expect(office.page.get_by_role("heading", level=1)).to_have_text("What was promised")
    rows = office.page.get_by_role("table", name="What was promised before, what is overdue first").locator("tbody tr")
    told = [" ".join(text.split()) for text in rows.all_inner_texts()]
    assert [line for line in told if line.startswith(("Overdue", "Kept"))] == ["Overdue", "Kept"]
    assert OVERDUE.asked in told[1]
    assert "overdue for 17 days" in told[1]
    assert KEPT.asked in told[-1]
    assert "done on 10 Aug 2026" in told[-1]
    office.page.get_by_role("link", name="Next", exact=True).click()
    expect(office.page.get_by_text("1 of 5")).to_be_visible()
    settle(office.page)


def revise(office: Desk, home: Path, file: Path) -> None:
    """The closed month shows what it showed, and as it is today the corrected figure."""
    load(home, file, "aurora,robberies,2026-06,12.5")
    views = (("", "37.1", "12.5", "as it was closed on"), ("&as=today", "12.5", "37.1", "shown as it is today"))
    for asked, figure, other, badge in views:
        go(office.page, f"{office.address}/goal?kpi=robberies&{JUNE}{asked}")
        headline = office.page.locator(".headline").first
        expect(headline).to_contain_text(figure)
        expect(headline).not_to_contain_text(other)
        office.said(re.compile(badge))
    go(office.page, f"{office.address}/?{JUNE}")
    changed = office.page.locator("tr", has_text="Goal robberies").last
    expect(changed).to_contain_text(re.compile(r"37\.1.*12\.5.*Revision", re.DOTALL))
