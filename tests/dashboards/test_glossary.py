"""The glossary: every word in both languages, the one asked for first."""

from xml.etree import ElementTree

import pytest
from streamlit.testing.v1 import AppTest

from dashboards import glossary
from dashboards.session import Session
from kpis.score import STATUSES
from tests.test_pages import drawn, text

GLOSSARY = "pages/home/glossary.py"


def visit(app: AppTest, **asked: str) -> AppTest:
    app.run()
    for key, value in asked.items():
        app.query_params[key] = value
    return app.switch_page(GLOSSARY).run()


def test_every_status_is_explained():
    assert set(STATUSES) <= set(glossary.ENTRIES)


@pytest.mark.parametrize("name", glossary.ENTRIES)
def test_every_word_is_said_in_spanish_and_english(session: Session, name):
    words = glossary.said(session)[name]
    assert set(words) == {"es", "en"}
    assert words["en"] == glossary.ENTRIES[name].term.lower()
    assert words["es"] not in ("", words["en"])


@pytest.mark.parametrize(
    ("term", "spanish"), [("kpi", "meta"), ("baseline", "línea de base"), ("at_risk", "en riesgo"), ("decision", "acuerdo")]
)
def test_words_are_those_of_the_city_s_people(session, term, spanish):
    assert glossary.said(session)[term]["es"].startswith(spanish)


def test_words_are_in_the_order_of_a_dictionary():
    words = ["área", "zona", "acuerdo", "ñandú", "nube", "eje", "árbol", "energía", "avance", "oficina"]
    ordered = ["acuerdo", "árbol", "área", "avance", "eje", "energía", "nube", "ñandú", "oficina", "zona"]
    assert sorted(words, key=glossary.in_order) == ordered


@pytest.mark.parametrize("name", ["metric", "forecast", "scenario", "band", "range", "tolerance", "signal", "interval", "rough", "path"])
def test_a_word_that_the_pages_use_is_explained(name):
    assert name in glossary.ENTRIES


def test_a_link_leads_to_its_word_and_says_what_it_means(session):
    link = ElementTree.fromstring(glossary.link(session, "target", "Target & date"))
    assert link.text == "Target & date"
    assert link.attrib == {
        "href": "glossary?place=aurora&month=2026-06&language=en&term=target",
        "title": "The value that a goal must reach, and by when.",
    }


@pytest.mark.parametrize(("language", "first"), [("en", "English"), ("es", "Español")])
def test_the_reader_s_language_comes_first(app, language, first):
    (panel,) = drawn(visit(app, language=language))
    assert text(panel.find(".//thead//th")) == first
    assert len(panel.findall(".//tbody/tr")) == len(glossary.ENTRIES)


def test_the_word_asked_for_comes_first_and_stands_out(app):
    (panel,) = drawn(visit(app, language="en", term="off_track"))
    assert text(panel.find("p")) == "Off track"
    assert [row.get("id") for row in panel.iter("tr") if row.get("class") == "asked"] == ["off_track"]


def test_a_word_that_does_not_exist_changes_nothing(app):
    (panel,) = drawn(visit(app, language="en", term="<script>"))
    assert panel.find("p") is None


def test_the_glossary_needs_no_figures(app, tmp_path, monkeypatch, city):
    for folder in ("data", "kpis"):
        for file in (city.folder / folder).rglob("*.yaml"):
            copy = tmp_path / file.relative_to(city.folder)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setenv("MANDATO_HOME", str(tmp_path))
    assert drawn(visit(app, language="en"))
