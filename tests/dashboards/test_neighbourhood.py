"""What the page of a neighbourhood says: its sentence can be counted in its tables, and failures are shown before successes."""

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from streamlit.testing.v1 import AppTest

from dashboards.explorer import mapping
from dashboards.plan import places
from dashboards.plan.neighbourhood import known, listing, measured, page, saying
from dashboards.words import translator
from data.places import Place
from data.plans.reading import plans
from kpis.plans.truth import truth
from tests import district_town, small_city
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def town(tmp_path_factory) -> district_town.Town:
    return district_town.build(tmp_path_factory.mktemp("districts"))


@pytest.fixture(scope="module")
def session(town):
    return small_city.session(town.home)


def of(session, district="centro") -> known.Known:
    return known.of_district(session, plans(session.records)[0], session.definitions.place[district])


def drawn(session, district="centro") -> ElementTree.Element:
    found = of(session, district)
    html = page.block(session, found, measured.figures(session, found.district))
    return ElementTree.fromstring(f"<div>{html.replace('&nbsp;', ' ')}</div>")


def text(element: ElementTree.Element) -> str:
    return "".join(element.itertext()).replace("\xa0", " ")


def table(panel: ElementTree.Element, caption: str) -> ElementTree.Element:
    return next(each for each in panel.iter("table") if text(next(each.iter("caption"))).startswith(caption))


def rows(panel: ElementTree.Element, caption: str) -> list[list[str]]:
    return [[text(cell) for cell in row] for row in table(panel, caption).findall("tbody/tr")]


def test_every_number_of_the_sentence_can_be_counted_in_the_tables_below_it(session):
    panel = drawn(session)
    promises = rows(panel, "Everything promised")
    proved = [float(row[2].removesuffix(" %")) for row in promises]
    goals = rows(panel, "Goals of the city")
    comparable = [row for row in goals if "of the city" not in row[3]]
    worse = [row for row in comparable if row[3].endswith("worse")]
    assert text(next(panel.iter("p"))) == (
        f"Its {len(promises)} promises are {sum(proved) / len(proved):.1f} % proved."
        f" {sum('Late' in row[1] for row in promises)} is late. Worse than in the city: {len(worse)} of {len(comparable)} goals."
    )
    assert (len(promises), len(worse), len(comparable)) == (3, 1, 10)


def test_only_what_lies_in_the_neighbourhood_counts_and_what_is_late_comes_first(session):
    assert [row["key"] for row in of(session).actions.iter_rows(named=True)] == ["1.1", "1.2", "1.3"]
    assert of(session, "puerto").actions["key"].to_list() == ["1.4"]
    assert known.elsewhere(session, plans(session.records)[0]) == 1


def test_a_place_inside_the_neighbourhood_counts_there(session):
    inner = Place(id="plaza", name="Plaza", kind="district", parent="centro")
    definitions = replace(session.definitions, places=(*session.definitions.places, inner))
    wider = replace(session, definitions=definitions)
    assert known.within(wider, definitions.place["centro"]) == {"centro", "plaza"}
    assert known.within(wider, definitions.place["aurora"]) == {"aurora", "centro", "puerto", "plaza"}


def test_the_works_stand_on_the_map_with_their_limits_and_delay(session):
    panel = drawn(session)
    (work,) = rows(panel, "Works, those late first")
    assert work[0] == "Renovate the market200,000 EUR"
    assert "Late" in work[1]
    assert "10 days overdue" in work[1]
    assert work[3] == "The builder went bankrupt"
    assert [each.attrib["aria-label"] for each in panel.iter("svg") if "aria-label" in each.attrib] == [
        "Map of 1 key works. The list beside it says the same."
    ]


def test_goals_are_held_against_the_city_the_worst_first(session):
    goals = rows(drawn(session), "Goals of the city")
    assert goals[0][0].startswith("Goal robberies")
    assert goals[0][1:5] == ["50.0 %", "37.1 %", "12.9 points worse", "2.0 points worse"]
    assert goals[-1][1:4] == ["90.0 %", "74.5 %", "15.5 points better"]
    assert {row[3] for row in goals[1:-1]} == {"as in the city"}


def test_two_goals_of_one_indicator_are_both_there(session):
    goals = [measured.named(session, figure) for figure in measured.figures(session, session.definitions.place["centro"]) if figure.score]
    assert {"Goal lights", "Later", "Aimless"} <= set(goals)
    assert len(goals) == len(set(goals))


def test_requests_are_shown_as_a_share_of_the_city_beside_that_of_its_residents(session):
    panel = drawn(session)
    (request,) = rows(panel, "What residents asked for")
    assert request[1:] == ["300", "1,200", "25.0 % of the city", "252 requests more"]
    assert "51.5 % of the city's residents live here." in text(panel)
    assert "Noise" in text(next(panel.iter("details")))


def test_what_failed_stands_before_what_worked_and_only_what_is_about_the_neighbourhood(session):
    panel = drawn(session)
    entries = [entry for each in panel.iter("ul") if "ledger" in each.attrib.get("class", "") for entry in each]
    assert [(entry.attrib["class"], text(next(entry.iter("h3")))) for entry in entries] == [
        ("failure", "The contractor failed"),
        ("success", "Lamps came early"),
        ("decision", "Tender the market again"),
    ]
    assert "overdue" in text(entries[0])
    assert "31 May 2026 → 30 Jun 2026" in text(entries[2])
    assert "1 decision, 1 failure, 1 success" in text(panel)


def test_who_answers_and_how_much_nobody_answers_for(session):
    panel = drawn(session)
    assert rows(panel, "Who answers") == [["Elena Editora", "Head of Security", "Security", "2", "1"]]
    assert "1 action has nobody who answers for it." in text(panel)


def test_before_the_review_nothing_later_is_known(session):
    earlier = of(session.at(session.month.plus(-5)))
    assert not earlier.decisions
    assert [row["title"] for row in earlier.outcomes] == ["The contractor failed"]


def test_a_name_that_tries_to_be_markup_is_shown_as_it_is_written(session):
    panel = drawn(session)
    assert not list(panel.iter("img"))
    assert district_town.HOSTILE in [text(link) for link in panel.iter("a")]


def test_every_table_has_a_caption_and_header_cells(session):
    for each in drawn(session).iter("table"):
        assert text(next(each.iter("caption")))
        assert all(cell.attrib["scope"] == "col" for cell in each.findall("thead/tr/th"))
        assert all(row[0].tag == "th" for row in each.findall("tbody/tr"))


def test_the_list_counts_what_its_tables_show(session):
    plan = plans(session.records)[0]
    found = [known.of_district(session, plan, place) for place in known.districts(session, plan)]
    html = listing.block(session, found, known.elsewhere(session, plan))
    panel = ElementTree.fromstring(f"<div>{html}</div>")
    told = rows(panel, "Neighbourhoods")
    assert [row[0] for row in told] == ["Old Centre", "Harbour"]
    said = text(next(panel.iter("p")))
    assert said.startswith(f"{sum(int(row[1]) for row in told)} promises are for a single neighbourhood.")
    assert f"In {sum(row[2] != '0' for row in told)} of {len(told)} neighbourhoods" in said
    assert "1 more promise is for the whole city" in text(panel)
    assert truth(known.money.known(session, plan).truth.tree).whole["actions"] == sum(int(row[1]) for row in told) + 1


def test_a_neighbourhood_of_which_nothing_is_promised_says_so(session):
    found = known.of_district(session, plans(session.records)[0], Place(id="nowhere", name="Nowhere", kind="district", parent="aurora"))
    assert saying.sentence(session, found, ()) == "The plan promises nothing that counts for this neighbourhood alone."
    html = page.block(session, found, ())
    assert "Nothing is written down about what is promised here." in html
    assert "truth-line" not in html


@pytest.mark.parametrize(
    ("leads", "said"),
    [([], ""), ([0.0, 2.0], "No goal stands worse than in the city."), ([-1.0, 1.0, 2.0], "Worse than in the city: 1 of 3 goals.")],
)
def test_how_the_goals_stand_in_words(session, leads, said):
    figures = measured.figures(session, session.definitions.place["centro"])
    score = next(figure for figure in figures if figure.score and figure.score.kpi.sign == 1)
    told = [replace(score, value=score.city + lead) for lead in leads]  # pyright: ignore[reportOptionalOperand]
    assert saying.goals(session, told) == said


def test_filters_by_district_lead_to_its_page(session):
    plan = plans(session.records)[0]
    one = places.link(session, plan, session.definitions.place["centro"])
    assert re.search(r'href="neighbourhood\?[^"]*district=centro', one)
    assert "Everything about Old Centre" in one
    assert "district=" not in places.link(session, plan, None)
    assert places.link(session, plan, session.definitions.place["bruma"]) == ""


def test_a_city_without_a_plan_has_no_pages_to_lead_to(session, tmp_path):
    assert mapping._have_pages(session)
    assert not mapping._have_pages(small_city.session(small_city.build(tmp_path)))


def visited(town, monkeypatch, **asked: str) -> AppTest:
    monkeypatch.setenv("MANDATO_HOME", str(town.home.folder))
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60)
    app.query_params.update({"language": "en", **asked})
    app.run()
    app.switch_page("pages/plan/neighbourhood.py")
    app.query_params.update({"language": "en", **asked})
    return app.run()


@pytest.mark.parametrize(
    ("district", "title", "warned"),
    [("centro", "Old Centre", False), ("", "Neighbourhoods", False), ("aurora", "Neighbourhoods", False), ("bruma", "Neighbourhoods", True),
     ("nothing", "Neighbourhoods", True)],
)  # fmt: skip
def test_the_address_names_the_neighbourhood_and_nonsense_leads_to_the_list(town, monkeypatch, district, title, warned):
    app = visited(town, monkeypatch, district=district)
    assert not app.exception
    assert app.title[0].value == title
    assert bool(app.warning) == warned


def test_the_words_of_a_late_neighbourhood_in_spanish(town):
    spanish = small_city.session(town.home, "es")
    assert saying.promises(spanish, of(spanish)).replace("\xa0", " ") == "Sus 3 promesas están acreditadas en un 13,3 %. 1 está atrasada."
    assert translator(spanish.locale)("Neighbourhood") == "Barrio"


def test_before_the_first_figures_the_plan_is_shown_all_the_same(session):
    empty = replace(session, held=None)
    found = of(session)
    html = page.block(empty, found, measured.figures(empty, found.district))
    assert "Its 3 promises are 13.3" in html
    assert "Goals of the city" not in html
