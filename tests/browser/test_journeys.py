"""What people come for, done in a real browser: enter, read, switch, search, follow a goal by keyboard alone."""

import re
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import Page, expect

from dashboards.words import translator
from tests import small_city
from tests.browser.panel import DESK, PAGES, PHONE, command, go, served, settle, visitor

pytestmark = pytest.mark.browser

BEYOND_ITS_PANEL = """() => {
    const all = root => [...root.querySelectorAll("*")].flatMap(e => [e, ...(e.shadowRoot ? all(e.shadowRoot) : [])]);
    return all(document).filter(e => e.classList.contains("panel")).flatMap(panel => [...panel.querySelectorAll("table")]
        .filter(table => table.getBoundingClientRect().right > panel.getBoundingClientRect().right + 1)
        .map(table => table.className));
}"""
"""Tables of ours that are cut off at the right: their page does not scroll, so only their width tells."""
LAPTOP = (1280, 800)
PLAN = ("progress", "progress late", "action", "area", "budget", "neighbourhood", "accountability")
FOCUSED_LINK = """() => {
    let focused = document.activeElement;
    while (focused.shadowRoot) focused = focused.shadowRoot.activeElement;
    return focused.getAttribute('href') || '';
}"""
CUT_LABELS = """() => [...document.querySelectorAll('[data-testid=stVegaLiteChart]')].flatMap(chart => {
    const room = chart.getBoundingClientRect();
    return [...chart.querySelectorAll('text')].filter(label => {
        const {left, right, width} = label.getBoundingClientRect();
        return width && (left < room.left || right > room.right);
    }).map(label => label.textContent);
})"""
SOURCE = """
sources:
  - id: sheet
    name: Monthly sheet
    format: csv
    columns: {place: place, indicator: indicator, period: month, value: value}
"""


def menu_link(page: Page, name: str, locale: str):
    return page.get_by_test_id("stSidebar").get_by_role("link", name=translator(locale)(name), exact=True)


def stays(page: Page) -> bool:
    """The page was never loaded again since it was marked."""
    return page.evaluate("window.sameVisit === true")


def mark(page: Page) -> None:
    page.evaluate("window.sameVisit = true")


def find(page: Page, text: str) -> None:
    """Type into the search box and go to the first that it finds."""
    page.get_by_test_id("stSidebar").get_by_role("combobox").fill(text)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/(goal|explorer)\?"))
    settle(page)


def download(page: Page, kind: str) -> int:
    """Take the page's figures away; returns the size of the file."""
    page.get_by_test_id("stPopover").get_by_role("button", name="Download").last.click()
    with page.expect_download() as found:
        page.get_by_role("button", name=re.compile(kind)).click()
    page.keyboard.press("Escape")
    settle(page)  # opened again before the run that closes it is over, the choice offers files that are gone by then
    return found.value.path().stat().st_size


@pytest.mark.parametrize(("language", "locale"), [("es", "es_ES"), ("en", "en_GB")])
def test_a_visitor_is_met_in_the_browser_s_language(browser, address, language, locale):
    with visitor(browser, language=language) as page:
        go(page, address)
        expect(menu_link(page, "Overview", locale)).to_be_visible()


def test_the_language_is_changed_in_place_and_stays_through_the_pages(page, address):
    go(page, address)
    mark(page)
    page.get_by_test_id("stPopover").first.get_by_role("button").click()
    page.get_by_role("combobox", name="Language").click()
    page.get_by_role("option", name="Español").click()
    menu_link(page, "Goals", "es_ES").click()
    settle(page)
    assert "language=es" in page.url
    assert stays(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(translator("es_ES")("Goals"))


@pytest.mark.parametrize("name", PLAN)
def test_no_table_of_the_plan_runs_beyond_its_panel(browser, address, name):
    """In Spanish, whose words are longer, on a desk's screen and on a small laptop's."""
    with visitor(browser, DESK, "es") as page:
        go(page, f"{address}/{PAGES[name]}")
        for width, height in (DESK, LAPTOP):
            page.set_viewport_size({"width": width, "height": height})
            page.wait_for_timeout(300)
            assert page.evaluate(BEYOND_ITS_PANEL) == [], width


def test_the_long_words_of_spanish_do_not_widen_the_ledger_on_a_phone(browser, address):
    with visitor(browser, PHONE, "es") as page:
        go(page, f"{address}/accountability?language=es")
        assert (
            page.evaluate("() => { const e = document.querySelector('[data-testid=stMain]'); return e.scrollWidth - e.clientWidth; }") == 0
        )


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_no_number_on_an_axis_is_cut(browser, address, size):
    """This goal's axis ends at 1,000 only after the chart has its size."""
    with visitor(browser, size) as page:
        go(page, f"{address}/goal?kpi=home_breakins")
        page.locator("[data-testid=stVegaLiteChart] text", has_text="1,000").first.wait_for(state="attached")
        assert page.evaluate(CUT_LABELS) == []


def test_a_goal_opens_by_keyboard_alone_and_the_session_stays(page, address):
    go(page, address)
    mark(page)
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED_LINK).startswith("goal?"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/goal\?"))
    settle(page)
    assert stays(page)


def test_the_search_box_goes_to_an_indicator(page, address):
    go(page, address)
    mark(page)
    find(page, "waste indicator")
    assert stays(page) and "/explorer?" in page.url


def test_a_csv_reaches_the_mayor(browser, tmp_path):
    home = small_city.build(tmp_path / "home")
    home.sources.write_text(SOURCE, encoding="utf-8")
    sheet = tmp_path / "june.csv"
    sheet.write_text("place,indicator,month,value\naurora,answered,2026-06,91.7\n", encoding="utf-8")
    with served(home.folder) as (address, _), visitor(browser) as page:
        go(page, f"{address}/goal?kpi=answered")
        expect(page.get_by_text("91.7").first).not_to_be_visible()
        mark(page)
        command(Path(home.folder), "data", "ingest", str(sheet), "--source", "sheet")
        menu_link(page, "Goals", "en_GB").click()
        settle(page)
        expect(page.get_by_text("91.7").first).to_be_visible()
        assert stays(page)


def test_a_link_opens_its_page_right_after_a_start(browser, tmp_path):
    home = small_city.build(tmp_path / "home")
    with served(home.folder) as (address, _), visitor(browser) as page:
        go(page, f"{address}/goal?kpi=answered")
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Goal answered"))


def test_a_map_shows_districts_beside_their_table_and_is_taken_away_as_a_picture(page, address):
    go(page, f"{address}/explorer?view=map&indicators=robberies&language=en")
    expect(page.locator("[data-testid=stDeckGlJsonChart] canvas").first).to_be_visible()
    expect(page.get_by_role("rowheader", name="Mist Harbour")).to_be_visible()
    expect(page.get_by_text("The stronger the colour, the higher the value.")).to_be_visible()
    assert download(page, "PNG") > 20_000
    assert download(page, "SVG") > 5_000


def test_a_comparison_is_chosen_and_its_link_shows_the_same_to_somebody_else(browser, page, address):
    go(page, f"{address}/explorer?indicators=home_breakins&places=villa_quimera")
    page.get_by_role("button", name="Compare").click()
    page.get_by_role("combobox", name="Comparison").click()
    page.get_by_role("option", name="Change since a year before").click()
    expect(page.get_by_role("heading", level=2)).to_have_text("Break-ins at homes · change since a year before")
    assert "compare=year" in page.url
    with visitor(browser) as somebody:
        go(somebody, page.url)
        expect(somebody.get_by_role("heading", level=2)).to_have_text("Break-ins at homes · change since a year before")


def test_a_link_into_a_city_whose_goals_cannot_be_read_says_what_to_mend_and_nothing_else(page, tmp_path):
    home = small_city.build(tmp_path)
    goals = next(home.definitions.glob("*.yaml"))
    goals.write_text(goals.read_text(encoding="utf-8") + "\n  - {}\n", encoding="utf-8")
    with served(home.folder) as (address, _):
        go(page, f"{address}/{PAGES['goals']}")
        expect(page.get_by_role("heading", level=1)).to_have_text("A definition needs mending")
        expect(page.get_by_role("dialog")).to_have_count(0)


def test_searching_and_taking_figures_away_ask_nobody_else(browser, server):
    address, process = server
    asked: set[str] = set()
    with visitor(browser) as page:
        page.on("request", lambda request: asked.add(request.url))
        page.on("websocket", lambda socket: asked.add(socket.url))
        go(page, address)
        find(page, "waste indicator")
        go(page, f"{address}/{PAGES['goal']}")
        saved = [download(page, kind) for kind in ("XLSX", "CSV")]
        remote = {line.raddr.ip for line in psutil.Process(process).net_connections() if line.raddr}
    host = re.escape(address.removeprefix("http://"))
    assert len(asked) > 50
    assert [url for url in asked if not re.match(rf"((http|ws)://{host}/|data:|blob:http://{host}/)", url)] == []
    assert remote == {"127.0.0.1"}
    assert min(saved) > 1000
