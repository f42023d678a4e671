"""New York's 2,010 capital projects on the page: none lost, every sum exact, and no more sent than somebody reads."""

from xml.etree import ElementTree

import pytest
from streamlit.testing.v1 import AppTest

from tests.capital_works import BOROUGHS, PROJECTS, home
from tests.conftest import ROOT
from tests.real_homes import published

WHOLE = 29_495_063
"""Thousands of dollars, as the file's own notes say."""


@pytest.fixture(scope="module")
def town(tmp_path_factory, shared):
    return home(tmp_path_factory.mktemp("capital") / "home", shared)


@pytest.fixture
def app(town, monkeypatch) -> AppTest:
    monkeypatch.setenv("MANDATO_HOME", str(town.folder))
    return AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=120)


def opened(app: AppTest, **asked: str) -> ElementTree.Element:
    app.run()
    for key, value in {"language": "en", **asked}.items():
        app.query_params[key] = value
    app.switch_page("pages/plan/budget.py").run()
    assert not app.exception
    return ElementTree.fromstring("<div>" + "".join(panel.proto.bytes.decode() for panel in app.main.get("bidi_component")) + "</div>")


def text(element: ElementTree.Element | None) -> str:
    assert element is not None
    return " ".join("".join(element.itertext()).replace("\xa0", " ").split())


def rows(page: ElementTree.Element, caption: str) -> dict[str, list[str]]:
    found = next(table for table in page.iter("table") if text(table.find("caption")).startswith(caption))
    return {text(row[0]): [text(cell) for cell in row[1:]] for row in found.findall("tbody/tr")}


def amount(said: str) -> int:
    return int(said.replace(",", ""))


def test_every_sum_is_exact(app, shared):
    page, projects = opened(app), published(shared / PROJECTS)
    whole = f"{WHOLE * 1000:,}"
    assert f"Budget in force: {whole} USD" in text(page)
    assert whole in rows(page, "Budget by part of the plan")["The whole plan"]
    districts = rows(page, "Key works by neighbourhood")
    assert districts.pop("All works")[0::3][:2] == ["2,010", whole]
    assert sum(amount(row[3]) for row in districts.values()) == WHOLE * 1000
    for borough, place in BOROUGHS.items():
        asked = [row for row in projects if row["borough"] == borough]
        told = districts[place.replace("_", " ").title()]
        assert (amount(told[0]), amount(told[3])) == (len(asked), 1000 * sum(int(float(row["combined_total"])) for row in asked))
    assert districts["Outside any neighbourhood"][0] == "9"


def test_all_works_are_on_the_map_and_in_the_list(app):
    page = opened(app)
    drawn = page.find(".//svg[@class='points-map']")
    assert drawn is not None
    assert sum(group.get("transform", "").startswith("translate") for group in drawn.iter("g")) == 2_010
    seen = set()
    for number in range(1, 22):
        page = opened(app, works=str(number))
        table = next(table for table in page.iter("table") if text(table.find("caption")).startswith("Key works, in each"))
        seen |= {link.attrib["href"].rpartition("node=")[2] for link in table.iter("a")}
    assert len(seen) == 2_010


def test_works_outside_any_district_are_listed(app):
    page = opened(app, district="elsewhere")
    table = next(table for table in page.iter("table") if text(table.find("caption")).startswith("Key works, in each"))
    assert len(list(table.iter("a"))) == 9
    assert "9 key works for 206 million US dollars" in text(page)


def test_what_delays_a_work_stands_beside_it(app):
    page = opened(app, district="elsewhere")
    assert "PROJECT DELAYED DUE TO BUDGETARY CONSTRAINTS" in [text(cell) for cell in page.iter("td") if "why-not" in cell.attrib["class"]]


def test_no_more_is_sent_than_somebody_reads(app):
    opened(app)
    assert sum(len(panel.proto.bytes) for panel in app.main.get("bidi_component")) < 700_000


def test_what_cannot_be_proved_is_not_called_late_or_ahead(app):
    said = text(opened(app))
    assert "payments run ahead" not in said
    assert "have no stages: nobody can say whether money and work go together" in said
