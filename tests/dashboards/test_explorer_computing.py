"""What the explorer computes: in chart, map, table, picture and download alike, said in the heading, brought back by a link."""

import csv
import json
from datetime import date
from io import StringIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from streamlit.testing.v1 import AppTest

from dashboards import downloads
from dashboards.explorer import drawing, mapping, pictures
from dashboards.explorer.choice import Choice
from dashboards.explorer.computing import Computed
from dashboards.explorer.figures import Figure, all_series, figures, frame, observations
from dashboards.explorer.saying import said_of
from dashboards.explorer.transforming import transformed
from dashboards.session import Session
from data.boundaries import file_of
from data.home import Home
from data.periods import Month
from tests import small_city
from tests.conftest import ROOT
from tests.counted_city import LAST, build
from tests.test_pages import drawn, text

EXPLORER = "pages/goals/explorer.py"
NAMES = ["Indicator", "Place", "Part", "From", "To", "Value", "Unit", "Note", "Source"]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return build(tmp_path_factory.mktemp("counted_city"))


@pytest.fixture
def session(home: Home) -> Session:
    return small_city.session(home)


@pytest.fixture
def panel(home: Home, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("MANDATO_HOME", str(home.folder))
    return AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60)


def visit(panel: AppTest, **asked: str) -> AppTest:
    panel.run()
    for key, value in {"language": "en", **asked}.items():
        panel.query_params[key] = value
    return panel.switch_page(EXPLORER).run()


def choice(indicators: str = "burglaries", places: str = "aurora", view: str = "chart", since: str = "2026-01", **computed: str) -> Choice:
    return Choice(tuple(indicators.split(",")), tuple(places.split(",")), view, Month.parse(since), LAST, Computed(**computed))


def shown(session: Session, wanted: Choice) -> tuple[list[Figure], list[str]]:
    series, said = transformed(session, wanted, all_series(session, wanted, observations(session, wanted)))
    return figures(session, wanted, series), said


def only(session: Session, wanted: Choice) -> Figure:
    (figure,), said = shown(session, wanted)
    assert said == []
    return figure


def heading(page: AppTest) -> str:
    return page.header[0].value.replace("\\", "")


def last(figure: Figure, number: int = 0) -> float:
    return figure.series[number].values[-1][1]


# Burglaries are 40, 41, ... 69 over thirty months: 69 in June 2026, 57 a year before.
COMPUTED: dict[str, tuple[dict[str, str], float, str, str]] = {
    "by resident": ({"per": "1000"}, 69 / 400, "Burglaries · per 1,000 residents", "burglaries per 1,000 residents"),
    "smoothed": ({"average": "3"}, 68, "Burglaries · average of 3 periods", "burglaries"),
    "against a year before": (
        {"compare": "year"},
        100 * 12 / 57,
        "Burglaries · change since a year before",
        "% since a year before",
    ),
    "as an index of the first period shown": (
        {"compare": "index"},
        100 * 69 / 64,
        "Burglaries · January 2026 = 100",
        "index, January 2026 = 100",
    ),
    "as an index of a chosen month outside": (
        {"compare": "index", "base": "2024-01"},
        172.5,
        "Burglaries · January 2024 = 100",
        "index, January 2024 = 100",
    ),
    "all of it": (
        {"per": "100000", "average": "12", "compare": "year"},
        100 * 12 / 51.5,
        "Burglaries · per 100,000 residents · average of 12 periods · change since a year before",
        "% since a year before",
    ),
}


@pytest.mark.parametrize(("computed", "value", "title", "unit"), COMPUTED.values(), ids=COMPUTED)
def test_values_are_computed_and_the_heading_says_how(session, computed, value, title, unit):
    figure = only(session, choice(**computed))
    assert last(figure) == pytest.approx(value)
    assert (figure.title, session.say(figure.indicators[0].unit)) == (title, unit)


def test_what_looks_back_is_known_from_the_first_month_shown(session):
    for computed in ({"average": "12"}, {"compare": "year"}):
        periods = [period for period, _value in only(session, choice(**computed)).series[0].values]
        assert (periods[0], len(periods)) == (date(2026, 1, 31), 6)


def test_a_rate_is_averaged_by_its_parts_and_changes_in_points(session):
    assert last(only(session, choice("answered", average="3"))) == pytest.approx(78)
    figure = only(session, choice("answered", compare="year"))
    assert (last(figure), session.say(figure.indicators[0].unit)) == (12.0, "points since a year before")


REFUSED = {
    "a rate by resident": (("answered", {"per": "1000"}), "Calls answered is shown as it is: it is a rate already"),
    "a level that is no count by resident": (("waiting", {"per": "1000"}), "Waiting is shown as it is: it is not a count"),
}


@pytest.mark.parametrize(("asked", "said"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_count_is_shown_as_it_is_and_the_reason_said(session, asked, said):
    indicator, computed = asked
    (figure,), sentences = shown(session, choice(indicator, **computed))
    assert figure.title == session.say(session.definitions.indicator[indicator].name)
    assert len(sentences) == 1 and sentences[0].startswith(said)


LEFT_OUT = {
    "a place without residents": (
        ("burglaries", "aurora,bruma", {"per": "1000"}),
        "Burglaries, Bruma is left out: its residents are not known",
    ),
    "a rate without its parts": (
        ("answered", "aurora,bruma", {"average": "3"}),
        "Calls answered, Bruma is left out: a rate is never averaged",
    ),
}


@pytest.mark.parametrize(("asked", "said"), LEFT_OUT.values(), ids=LEFT_OUT)
def test_a_place_that_would_stand_on_another_scale_is_left_out_and_the_reason_said(session, asked, said):
    indicator, places, computed = asked
    (figure,), sentences = shown(session, choice(indicator, places, **computed))
    assert [series.place for series in figure.series] == ["aurora"]
    assert len(sentences) == 1 and sentences[0].startswith(said)


def test_an_index_lets_indicators_of_any_unit_share_a_figure(session):
    figure = only(session, choice("burglaries,answered,waiting", compare="index"))
    assert [series.name for series in figure.series] == ["Burglaries", "Calls answered", "Waiting"]
    assert [series.strong for series in figure.series] == [True, False, False]


def test_parts_stand_beside_their_total(session):
    figure = only(session, choice(split="sex"))
    assert [(series.name, series.strong, series.values[-1][1]) for series in figure.series] == [
        ("Total", True, 69.0),
        ("Men", False, 34.5),
        ("Women", False, 34.5),
    ]
    assert figure.title == "Burglaries · Aurora"


def test_several_dimensions_can_be_shown_together(session):
    figure = only(session, choice(split="age|sex"))
    assert [series.name for series in figure.series] == ["Total", "18+ · Men", "18+ · Women"]


def test_parts_are_not_divided_by_the_residents_of_all(session):
    (figure,), said = shown(session, choice(split="sex", per="1000"))
    assert [series.name for series in figure.series] == ["Total"]
    assert said == [
        f"Burglaries, Aurora, {part} is left out: the residents of a part of a place are not known." for part in ("Men", "Women")
    ]


def test_values_are_as_they_were_known(session):
    now, before = choice(since="2026-05"), choice(since="2026-05", known="2026-06-30")
    assert [value for _period, value in only(session, now).series[0].values] == [68.0, 69.0]
    assert [value for _period, value in only(session, before).series[0].values] == [500.0]


SAID = {
    "a year": ({"compare": "year"}, "Aurora: in June 2026 21.1 % higher than a year before."),
    "a base": ({"compare": "index"}, "Aurora: in June 2026 7.8 % above January 2026."),
    "an average": ({"average": "3"}, "Aurora: has risen for 5 months."),
}


@pytest.mark.parametrize(("computed", "said"), SAID.values(), ids=SAID)
def test_the_finding_is_about_what_was_computed(session, computed, said):
    assert said_of(session, only(session, choice(**computed))).replace("\xa0", " ") == said


@pytest.mark.parametrize(
    ("indicator", "place", "events"),
    [
        ("burglaries", "aurora", ["Patrols"]),
        ("burglaries", "centro", ["Patrols"]),
        ("burglaries", "bruma", ["New office"]),
        ("waiting", "aurora", []),
    ],
)
def test_an_event_stands_on_the_charts_it_concerns(session, indicator, place, events):
    found = drawing.rows(session, only(session, choice(indicator, place, since="2025-01"))).drop_nulls("event")
    assert found["event"].to_list() == events


def test_an_event_before_the_first_month_shown_is_not_drawn(session):
    assert drawing.rows(session, only(session, choice())).drop_nulls("event").is_empty()


def test_a_download_holds_what_was_computed_and_parts(session):
    wanted = choice(split="sex", compare="year", since="2026-06")
    series, _said = transformed(session, wanted, all_series(session, wanted, observations(session, wanted)))
    table = frame(session, series, NAMES)
    assert table["Part"].to_list() == ["Total", "Men", "Women"]
    assert table["Value"].to_list() == pytest.approx([100 * 12 / 57] * 3)
    assert set(table["Unit"]) == {"% since a year before"}


def map_of(session: Session, wanted: Choice) -> mapping.Drawn:
    figure = only(session, wanted)
    return mapping.drawn(session, figure.indicators[0], mapping.of_whole_places(figure, figure.indicators[0]))


def test_a_rate_colours_the_districts(session):
    found = map_of(session, choice(places="aurora,centro,puerto", view="map", per="1000"))
    assert [(area.name, area.coloured) for area in found.areas] == [("Old Centre", True), ("Harbour", True)]
    assert found.bubbles == []


def test_a_count_is_circles_on_pale_districts(session):
    found = map_of(session, choice(places="aurora,centro,puerto", view="map"))
    assert [area.coloured for area in found.areas] == [False, False]
    assert [(bubble.name, bubble.size) for bubble in found.bubbles] == [
        ("Old Centre", pytest.approx(41.4)),
        ("Harbour", pytest.approx(27.6)),
    ]


def test_a_district_without_a_value_is_still_drawn(session):
    found = map_of(session, choice("answered", "centro,puerto", view="map"))
    assert [area.name for area in found.areas] == ["Old Centre"]


def test_a_map_says_where_it_is_highest_and_lowest(session):
    found = map_of(session, choice(places="centro,puerto", view="map"))
    assert (
        mapping.said_of(session, found).replace("\xa0", " ") == "Highest in Old Centre (41 burglaries), lowest in Harbour (28 burglaries)."
    )


def test_a_map_shows_whole_places_where_parts_were_chosen(session):
    figure = only(session, choice(places="centro,puerto", view="map", split="sex"))
    assert [series.name for series in figure.series] == ["Old Centre", "Harbour"]


@pytest.mark.parametrize("view", ["chart", "map"])
def test_a_picture_says_title_finding_unit_source_link_and_licence(session, view):
    wanted = choice(places="aurora,centro,puerto", view=view, per="1000")
    found, _said = shown(session, wanted)
    files = pictures.of(session, wanted, found, {"Months": "January 2026 – June 2026", "Link": "http://localhost/explorer?x=1"})
    ending, kind, build_file = files["Drawing (SVG)"]
    words = " ".join("".join(node.itertext()) for node in ElementTree.fromstring(build_file()).iter("{http://www.w3.org/2000/svg}text"))
    assert (ending, kind) == ("svg", "image/svg+xml")
    for part in (
        "Burglaries · per 1,000 residents",
        "Source: Police",
        "Unit: burglaries per 1,000 residents",
        "Licence:",
        "Link: http://localhost",
    ):
        assert part in words
    assert ("Highest in" if view == "map" else "Aurora: has risen for 5 months.") in words


def test_a_picture_is_a_png_of_twice_the_size(session):
    wanted = choice()
    _ending, _kind, build_file = pictures.of(session, wanted, shown(session, wanted)[0], {})["Picture (PNG)"]
    content = build_file()
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(content[16:20]) > 1800


def test_one_value_alone_is_no_picture(session):
    wanted = choice(since="2026-06")
    assert pictures.of(session, wanted, shown(session, wanted)[0], {}) == {}


CONTROLS = {
    "split": ("sex", "Burglaries · Aurora"),
    "per": ("1000", "Burglaries · per 1,000 residents"),
    "average": ("6", "Burglaries · average of 6 periods"),
    "compare": ("year", "Burglaries · change since a year before"),
    "known": ("2026-06-05", "Burglaries"),
}


@pytest.mark.parametrize(("control", "value", "title"), [(name, *rest) for name, rest in CONTROLS.items()], ids=CONTROLS)
def test_a_control_changes_the_figure_and_the_address(panel, control, value, title):
    page = visit(panel, indicators="burglaries", places="aurora")
    page.selectbox(key=control).set_value(value).run()
    assert not page.exception
    assert heading(page) == title
    assert page.query_params[control] == value
    assert f"&{control}={value}" in page.code[0].value


def test_a_base_can_be_chosen_for_an_index(panel):
    page = visit(panel, indicators="burglaries", places="aurora", compare="index")
    page.selectbox(key="base").set_value("2025-01").run()
    assert heading(page) == "Burglaries · January 2025 = 100"


def test_a_link_brings_everything_back(panel):
    asked = {"split": "age|sex", "average": "3", "compare": "index", "base": "2025-03", "known": "2026-06-20"}
    page = visit(panel, indicators="burglaries", places="aurora", view="table", **asked)
    assert {key: page.selectbox(key=key).value for key in asked} == asked
    assert heading(page) == "Burglaries · Aurora · average of 3 periods · March 2025 = 100"
    assert any(note.value.startswith(":small[:gray[As it was known on 20 Jun 2026") for note in page.markdown)
    (table,) = drawn(page)
    assert [text(cell) for cell in table.findall(".//thead/tr/th")] == ["Period", "Total", "18+ · Men", "18+ · Women"]


@pytest.mark.parametrize(
    "asked",
    [
        {"split": "x"},
        {"per": "-1"},
        {"average": "7"},
        {"compare": "<b>"},
        {"base": "2031-01"},
        {"known": "yesterday"},
        {"known": "20260605"},
    ],
)
def test_nonsense_in_a_link_is_ignored(panel, asked):
    page = visit(panel, indicators="burglaries", places="aurora", **asked)
    assert not page.exception
    assert heading(page) == "Burglaries"


def test_a_choice_is_taken_back_and_leaves_the_address(panel):
    page = visit(panel, indicators="burglaries", places="aurora", per="1000")
    page.selectbox(key="per").set_value("").run()
    assert heading(page) == "Burglaries"
    assert "per" not in page.query_params


def test_nothing_to_split_offers_no_parts(panel):
    page = visit(panel, indicators="waiting", places="aurora")
    assert "split" not in [box.key for box in page.selectbox]


def test_a_day_before_anything_was_known_says_that_nothing_is(panel):
    page = visit(panel, indicators="burglaries", places="aurora", known="2020-01-01")
    assert heading(page) == "No value is known for this choice"


def test_a_refusal_is_said_on_the_page(panel):
    page = visit(panel, indicators="answered", places="aurora", per="1000")
    assert any("Calls answered is shown as it is" in note.value for note in page.markdown)


def test_all_four_formats_are_offered(panel):
    page = visit(panel, indicators="burglaries", places="aurora")
    page.session_state[downloads.opener("explorer")] = True
    page.run()
    labels = [button.proto.label for button in page.get("download_button")]
    assert labels == ["Spreadsheet (XLSX)", "Text (CSV)", "Picture (PNG)", "Drawing (SVG)"]


def test_a_map_is_drawn_with_legend_and_table(panel):
    page = visit(panel, indicators="burglaries", places="aurora,centro,puerto", view="map", per="1000")
    deck = json.loads(page.get("deck_gl_json_chart")[0].proto.json)
    assert [layer["id"] for layer in deck["layers"]] == ["ground", "areas", "places", "names"]
    legend, table = drawn(page)
    assert [text(step) for step in legend.findall(".//li")] == ["0.10 – 0.15", "0.15 – 0.20", "0.20 – 0.25", "0.25 – 0.30"]
    assert len(table.findall(".//tbody/tr")) == 3


def test_outlines_that_cannot_be_read_are_said_and_the_page_stays(home: Home, tmp_path: Path, panel: AppTest, monkeypatch):
    broken = build(tmp_path / "broken")
    file_of(broken, "aurora", "district").write_text("{", encoding="utf-8")
    monkeypatch.setenv("MANDATO_HOME", str(broken.folder))
    page = visit(panel, indicators="burglaries", places="centro,puerto", view="map")
    assert not page.exception
    assert any("these outlines cannot be read" in note.value for note in page.markdown)


def test_a_csv_carries_what_was_computed(session):
    from dashboards import downloads

    wanted = choice(per="1000", since="2026-06")
    series, _said = transformed(session, wanted, all_series(session, wanted, observations(session, wanted)))
    content = downloads.csv(frame(session, series, NAMES), {"Computed": "per 1,000 residents"}, "en_GB").decode("utf-8-sig")
    row = next(csv.DictReader(StringIO(content)))
    assert (row["Value"], row["Unit"], row["Computed"]) == ("0.1725", "burglaries per 1,000 residents", "per 1,000 residents")
