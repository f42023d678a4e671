"""The Quality page: its sentence can be counted, every row leads to the view that shows it, and it narrows to whoever mends."""

import shutil
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from dashboards.quality import frame, listing
from dashboards.quality.choice import Choice
from dashboards.quality.parts import PARTS as WORDS
from kpis.quality import PARTS, report
from tests.small_city import HOSTILE

PAGE = "pages/office/quality.py"


def visit(app: AppTest, **asked: str) -> AppTest:
    app.run()
    for key, value in asked.items():
        app.query_params[key] = value
    return app.switch_page(PAGE).run()


def drawn(app: AppTest) -> ElementTree.Element:
    (panel,) = app.main.get("bidi_component")
    return ElementTree.fromstring(f"<div>{panel.proto.bytes.decode()}</div>")


def text(element: ElementTree.Element | None) -> str:
    assert element is not None
    return "".join(element.itertext()).replace("\xa0", " ").strip()


def findings(panel: ElementTree.Element) -> list[ElementTree.Element]:
    return [row for row in panel.iter("tr") if "data-part" in row.attrib]


def numbers(said: str) -> list[int]:
    return [int(word) for word in said.split() if word.isdigit()]


@pytest.fixture
def changed(city, app, tmp_path, monkeypatch):
    """The panel of a copy of the small city in which one text of one file is another."""

    def change(file: str, before: str, after: str) -> AppTest:
        shutil.copytree(city.folder, tmp_path / "changed")
        monkeypatch.setenv("MANDATO_HOME", str(tmp_path / "changed"))
        written = tmp_path / "changed" / file
        written.write_text(written.read_text(encoding="utf-8").replace(before, after, 1), encoding="utf-8")
        return app

    return change


@pytest.mark.parametrize("language", ["es", "en"])
def test_every_number_of_the_sentence_can_be_counted_in_the_rows_below_it(app, language):
    panel = drawn(visit(app, language=language))
    urgency = [row.attrib["data-urgency"] for row in findings(panel)]
    mend, check, series = numbers(text(panel.find("p[@class='headline']")))
    assert (mend, check) == (urgency.count("mend"), urgency.count("check"))
    assert mend == 2 and series == 24


def test_who_mends_what_adds_up_to_the_sentence(app):
    panel = drawn(visit(app, language="en"))
    mend, check, _ = numbers(text(panel.find("p[@class='headline']")))
    cells = [text(cell) for cell in panel.findall("table/tbody/tr/td[@class='number']")]
    assert [sum(int(cell) for cell in cells[n::2] if cell != "–") for n in (0, 1)] == [mend, check]


def test_what_is_out_of_date_and_what_was_never_there_come_first(app):
    panel = drawn(visit(app, language="en"))
    first, second = (text(row) for row in findings(panel)[:2])
    assert first.startswith("Silent") or "silent" in first
    assert "No value was ever loaded for this place." in first
    assert "The latest value is of November 2025: 222 days old at the review, and 45 is the limit." in second


def test_a_row_leads_to_the_view_of_the_explorer_that_shows_it(app):
    panel = drawn(visit(app, language="en", month="2026-06"))
    links = [link.attrib["href"] for row in findings(panel) for link in row.iter("a")]
    assert len(links) == len(findings(panel))
    pair = next(parse_qs(urlsplit(link).query) for link in links if "%2C" in link)
    assert pair["places"][0].split(",")[0] in ("aurora", "centro")
    assert {"place", "month", "language", "indicators", "places", "view", "from"} == set(pair)


def test_a_link_opens_the_explorer_on_the_indicator_and_the_places(app):
    panel = drawn(visit(app, language="en"))
    link = next(link.attrib["href"] for link in panel.iter("a") if "indicators=satisfied" in link.attrib["href"])
    for key, values in parse_qs(urlsplit(link).query).items():
        app.query_params[key] = values[0]
    app.switch_page("pages/goals/explorer.py").run()
    assert app.multiselect(key="indicators").value == ["satisfied"]
    assert "aurora" in app.multiselect(key="places").value


def test_every_part_is_on_the_page_in_a_section_or_in_a_line(app):
    panel = drawn(visit(app, language="en"))
    said = [text(title) for title in panel.iter("h2")] + [text(title) for title in panel.iter("b")]
    assert {words.title for words in WORDS.values()} <= set(said)


def test_the_page_narrows_to_an_owner_and_back(changed):
    app = changed("data/indicators.yaml", "owner: police", "owner: hall")  # robberies, the first
    visit(app, language="en", area="hall")
    whose = {text(row.find("td[@class='owner']")) for row in findings(drawn(app))}
    assert whose == {HOSTILE.replace('\\"', '"')}
    assert numbers(text(drawn(app).find("p[@class='headline']")))[-1] == 3  # series: one of each place
    app.button(key="quality_reset").click().run()
    assert len({text(row.find("td[@class='owner']")) for row in findings(drawn(app))}) == 2


def test_a_name_that_tries_to_be_markup_is_shown_as_it_is_written(app):
    panel = drawn(visit(app, language="en"))
    assert HOSTILE.replace('\\"', '"') in [text(link) for link in panel.iter("a")]
    assert not list(panel.iter("img"))


def test_without_the_explorer_there_are_no_links_to_it(changed):
    app = changed("data/city.yaml", "place: aurora", "place: aurora\nmodules: [quality]")
    panel = drawn(visit(app, language="en"))
    assert not [link for row in findings(panel) for link in row.iter("a")]
    assert findings(panel)


def test_a_place_without_a_value_says_what_would_be_here(changed):
    app = changed("data/places.yaml", "places:\n", "places:\n  - {id: vacio, name: Vacio, kind: district, parent: aurora}\n")
    visit(app, language="en", place="vacio")
    assert not app.exception
    assert app.header[0].value == "No values to look at"


def test_where_only_other_places_were_loaded_no_owner_is_said_to_have_loaded_nothing(others):
    panel = drawn(visit(others, language="en"))
    assert text(panel.find("p[@class='headline']")) == "9 things need mending. 0 series were looked at."
    assert {text(row.findall("td")[0]) for row in findings(panel)} == {"No value was ever loaded for this place."}


def test_before_the_first_load_the_page_says_how_to_begin(city, app, tmp_path, monkeypatch):
    shutil.copytree(city.folder, tmp_path / "empty", ignore=shutil.ignore_patterns("store"))
    monkeypatch.setenv("MANDATO_HOME", str(tmp_path / "empty"))
    visit(app, language="en")
    assert app.header[0].value == "No data yet"


def test_damaged_facts_are_said_in_words(city, app, tmp_path, monkeypatch):
    shutil.copytree(city.folder, tmp_path / "damaged")
    path = next((tmp_path / "damaged").rglob("facts-*.duckdb"))
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:-1])
    monkeypatch.setenv("MANDATO_HOME", str(tmp_path / "damaged"))
    app.query_params["language"] = "en"
    app.run()
    assert app.title[0].value == "Not possible just now"


def test_the_download_has_every_row_of_every_finding_and_numbers_as_numbers(session):
    found = report(session.facts, session.definitions, session.place, session.month)
    table = frame.frame(session, found.findings)
    assert table.height == sum(max(len(finding.rows), 1) for finding in found.findings)
    assert table.schema["Value"] == pl.Float64 and table["Finding"].n_unique() == len(found.findings)
    about = frame.about(session, found, Choice(area="police"))
    assert (about["Place"], about["Review day"], about["Owner"]) == ("Aurora", "10 Jul 2026", "Security")


def test_the_names_of_all_parts_are_said():
    assert list(WORDS) == list(PARTS)


def test_a_finding_at_another_place_names_it(session):
    found = report(session.facts, session.definitions, session.place, session.month)
    stale = next(finding for finding in found.findings if finding.rule == "stale")
    assert listing.name(session, stale) == "Goal satisfied"
    elsewhere = type(stale)(**{**vars(stale), "places": ("centro",)})
    assert listing.name(session, elsewhere) == "Goal satisfied · Old Centre"
