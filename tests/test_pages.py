"""Every page: it shows, in both languages; alone it shows nothing; whoever comes first enters by the front door."""

import pickle
import shutil
from pathlib import Path
from typing import get_args
from xml.etree import ElementTree

import pytest
from streamlit.testing.v1 import AppTest

from dashboards.links import PAGES as PAGE_OF
from dashboards.session import MORE
from data.city import Module
from data.home import Home
from kpis.score import JUDGED, ON_TRACK_OR_BETTER
from tests.small_city import HOSTILE, build

ROOT = Path(__file__).parents[1]
PAGES = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "pages").rglob("*.py"))
# A page that shows one thing is asked for by its link.
ASKS = {"pages/goals/goal.py": {"kpi": "robberies"}}
EVERY_MODULE = f"modules: [{', '.join(get_args(Module))}]\n"


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    return whole(build(tmp_path_factory.mktemp("small_city")))


def whole(home: Home) -> Home:
    """The same with every module in use, also those that are off by default."""
    home.city.write_text(home.city.read_text(encoding="utf-8") + EVERY_MODULE, encoding="utf-8")
    return home


@pytest.fixture
def app(built, monkeypatch):
    """The panel of the small city, not yet visited."""
    monkeypatch.setenv("MANDATO_HOME", str(built.folder))
    return AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60)


def visit(app: AppTest, page: str, **asked: str) -> AppTest:
    app.run()
    for key, value in asked.items():
        app.query_params[key] = value
    return app.switch_page(page).run()


def drawn(app: AppTest) -> list[ElementTree.Element]:
    """The HTML that the page gave to our component, parsed; that it parses says that no text broke out of it."""
    panels = app.main.get("bidi_component")
    return [ElementTree.fromstring(f"<div>{panel.proto.bytes.decode()}</div>") for panel in panels]


def menu(app: AppTest) -> dict[str, ElementTree.Element]:
    """The links of the menu, by what they say."""
    (panel,) = app.sidebar.get("bidi_component")
    return {text(link): link for link in ElementTree.fromstring(panel.proto.bytes.decode()).iter("a")}


def text(element: ElementTree.Element | None) -> str:
    assert element is not None
    return "".join(element.itertext()).replace("\xa0", " ").strip()


def goal_rows(panel: ElementTree.Element) -> list[ElementTree.Element]:
    return [row for row in panel.iter("tr") if "data-goal" in row.attrib]


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_shows_without_an_error(app, page, language):
    visit(app, page, language=language, **ASKS.get(page, {}))
    assert not app.exception
    assert app.title[0].value


@pytest.mark.parametrize("page", PAGES)
def test_a_page_alone_shows_nothing(page, built, monkeypatch):
    monkeypatch.setenv("MANDATO_HOME", str(built.folder))
    alone = AppTest.from_file(str(ROOT / page)).run()
    assert not alone.exception
    assert not alone.main.children


@pytest.mark.parametrize("page", PAGES)
def test_the_first_visitor_after_a_restart_enters_by_the_front_door(app, page):
    app.switch_page(page).run()
    assert app.selectbox(key="month").value == "2026-06"


@pytest.mark.parametrize("language", ["es", "en"])
def test_every_number_of_the_headline_can_be_counted_in_the_table_below_it(app, language):
    (panel,) = drawn(visit(app, "pages/home/overview.py", language=language))
    rows = goal_rows(panel)
    status = {row.attrib["data-goal"]: row.attrib["data-status"] for row in rows}
    worse = {"es": "peor", "en": "worse"}[language]
    judged = [goal for goal in status if status[goal] in JUDGED]
    good = [goal for goal in judged if status[goal] in ON_TRACK_OR_BETTER]
    fresh = [row for row in rows if row.attrib["data-status"] in JUDGED - {"stale", "no_data"}]
    worsened = [row for row in fresh if worse in text(row.find("td[@class='number change']"))]
    without = [goal for goal in judged if status[goal] in ("stale", "no_data")]
    said = [int(word) for word in text(panel.find("p[@class='headline']")).split() if word.isdigit()]
    assert said == [len(good), len(judged), len(worsened), len(without)] == [4, 9, 1, 2]


def test_every_status_is_shown_by_word_and_by_shape(app):
    (panel,) = drawn(visit(app, "pages/home/overview.py", language="en"))
    words = {row.attrib["data-status"]: text(row.find("td[@class='state']")) for row in goal_rows(panel)}
    assert words == {
        "off_track": "Off track",
        "at_risk": "At risk",
        "on_track": "On track",
        "exceeded": "Exceeded",
        "reached": "Reached",
        "stale": "Out of date",
        "no_data": "No data",
        "not_due": "Not due yet",
        "untracked": "No target",
    }
    shapes = [row.find("td[@class='state']//svg") is not None for row in goal_rows(panel) if row.attrib["data-status"] != "untracked"]
    assert all(shapes)


def test_what_needs_a_decision_comes_first_and_says_why(app):
    (panel,) = drawn(visit(app, "pages/home/overview.py", language="en"))
    cards = [text(card) for card in panel.iter("li")]
    assert [card.split()[0] for card in cards] == ["Off", "Off", "At"]
    assert "37.1 % against 31.9 % due now: 26 % of the way that was planned by then. 0.1 points better than in May 2026." in cards[1]


@pytest.mark.parametrize("page", ["pages/home/overview.py", "pages/goals/goals.py"])
def test_a_name_that_tries_to_be_markup_is_shown_as_it_is_written(app, page):
    (panel,) = drawn(visit(app, page, language="en"))
    plain = HOSTILE.replace('\\"', '"')
    assert next(text(link) for link in panel.iter("a") if "kpi=hostile" in link.attrib["href"]) == plain
    assert not list(panel.iter("img"))


def test_a_link_of_the_table_carries_place_month_language_and_goal(app):
    (panel,) = drawn(visit(app, "pages/home/overview.py", language="en", month="2026-03", place="centro"))
    links = [link.attrib["href"] for link in panel.iter("a")]
    assert "goal?place=centro&month=2026-03&language=en&kpi=robberies" in links


@pytest.mark.parametrize(
    ("asked", "place", "month"),
    [
        ({"place": "centro", "month": "2026-03"}, "centro", "2026-03"),
        ({"place": "nowhere", "month": "2031-01"}, "aurora", "2026-06"),
        ({"month": "'; drop table"}, "aurora", "2026-06"),
    ],
)
def test_what_a_link_asks_for_holds_and_nonsense_is_ignored(app, asked, place, month):
    for key, value in asked.items():
        app.query_params[key] = value
    app.session_state[MORE] = True
    app.run()
    assert (app.selectbox(key="place").value, app.selectbox(key="month").value) == (place, month)


def test_a_choice_goes_along_to_the_next_page_and_into_the_address(app):
    app.run()
    app.selectbox(key="month").set_value("2026-02").run()
    app.switch_page("pages/goals/goals.py").run()
    assert app.selectbox(key="month").value == "2026-02"
    assert app.query_params["month"] == "2026-02"


def test_a_term_leads_to_its_explanation_and_says_it_when_pointed_at(app):
    (panel,) = drawn(visit(app, "pages/home/overview.py", language="en"))
    terms = {text(link): link.attrib for link in panel.iter("a") if "term=" in link.attrib["href"]}
    assert terms["Due now"]["href"].endswith("&term=due") and "path to the target" in terms["Due now"]["title"]
    assert terms["Time"]["href"].endswith("&term=time_used")


def test_changing_the_language_keeps_everything_else(app):
    app.query_params["month"] = "2026-02"
    app.run()
    assert "language" not in [box.key for box in app.selectbox]  # drawn when somebody opens the choice
    app.session_state[MORE] = True
    app.run().selectbox(key="language").set_value("en").run()
    assert (app.title[0].value, app.selectbox(key="month").value) == ("February 2026", "2026-02")


def test_the_list_of_goals_is_narrowed_by_what_is_chosen(app):
    visit(app, "pages/goals/goals.py", language="en")
    app.selectbox(key="status").set_value("off_track").run()
    (panel,) = drawn(app)
    assert [row.attrib["data-goal"] for row in goal_rows(panel)] == ["robberies", "hostile"]
    assert text(panel.find("p[@class='count']")) == "2 of 11 goals: Off track"


def test_a_list_without_a_match_says_so_and_offers_the_way_back(app):
    visit(app, "pages/goals/goals.py", language="en", status="at_risk", area="hall")
    assert app.header[0].value == "No goal matches"
    assert not [button for button in app.get("popover") if button.proto.popover.label == "Download"]
    app.button(key="reset_empty").click().run()
    assert len(goal_rows(drawn(app)[0])) == 11


@pytest.mark.parametrize(
    ("choice", "title"),
    [("goal:robberies", "Goal robberies"), ("place:centro", "June 2026")],
)
def test_the_search_box_goes_to_what_was_found_and_is_empty_again(app, choice, title):
    visit(app, "pages/goals/goals.py", language="en")
    app.selectbox(key="search").set_value(choice).run()
    assert app.title[0].value == title
    assert app.selectbox(key="search").value is None


def test_the_session_holds_plain_values_only(app):
    visit(app, "pages/goals/goals.py")
    held = app.session_state._state.filtered_state
    plain = {str, int, float, bool, type(None), list, dict}
    assert {key for key, value in held.items() if type(value) not in plain} <= {"overview", "goals", "menu"}
    assert pickle.dumps({key: value for key, value in held.items() if type(value) in plain})


def test_a_home_without_facts_says_what_would_be_here_and_how_to_fill_it(built, app, tmp_path, monkeypatch):
    shutil.copytree(built.folder, tmp_path / "empty", ignore=shutil.ignore_patterns("store"))
    monkeypatch.setenv("MANDATO_HOME", str(tmp_path / "empty"))
    app.query_params["language"] = "en"
    app.run()
    assert not app.exception
    assert app.header[0].value == "No data yet"
    assert "python -m data ingest" in app.code[0].value
    assert len(app.code) == 1  # the demo is not offered: beside a city's own definitions it refuses


BROKEN = {
    "a word that is not allowed": (
        ("kpis/definitions/all.yaml", "polarity: lower", "polarity: down"),
        "kpis/definitions/all.yaml, línea 5, kpis.1.polarity: aquí no se admite 'down'; "
        "escriba uno de estos: 'higher', 'lower', 'range', 'neutral'",
    ),
    "a key without its value": (
        ("data/city.yaml", "name: Aurora", "name:"),
        "data/city.yaml, línea 2, name: un valor vacío no es texto; escríbalo entre comillas si es texto",
    ),
    "an area that nobody defined": (
        ("data/indicators.yaml", "owner: police", "owner: nobody"),
        "data/indicators.yaml, línea 11, indicators.1.owner: no hay ningún área con el id 'nobody'; "
        "escriba un id ya definido, o defínalo antes",
    ),
    "a target that is a step back": (
        ("kpis/definitions/all.yaml", "target: {value: 20,", "target: {value: 50,"),
        "kpis/definitions/all.yaml, línea 9, kpis.1.target.value: el valor meta 50 es peor que la línea de base 39, "
        "porque `polarity` es lower; corrija el valor meta, la línea de base o `polarity`",
    ),
    "an anchor": (
        ("data/places.yaml", "places:", "places: &all"),
        "data/places.yaml, línea 2, columna 9: no se admiten anclas ni alias; escriba el valor entero en cada sitio",
    ),
}


def changed(built: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str, before: str, after: str) -> None:
    """The small city with one text of one of its files changed."""
    shutil.copytree(built.folder, tmp_path / "changed")
    monkeypatch.setenv("MANDATO_HOME", str(tmp_path / "changed"))
    definition = tmp_path / "changed" / file
    definition.write_text(definition.read_text(encoding="utf-8").replace(before, after, 1), encoding="utf-8")


@pytest.mark.parametrize(("change", "said"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_definition_is_said_in_the_readers_language_with_file_line_and_cure(built, app, tmp_path, monkeypatch, change, said):
    changed(built, tmp_path, monkeypatch, *change)
    app.run()
    assert not app.exception
    shown = next(text.value for text in app.markdown if text.value.startswith("- "))
    assert shown.removeprefix("- ").replace("\\", "").replace("**", "") == said


LINK_TO_NOWHERE = {
    "en": ("a place that does not exist, nowhere", "a month without data, 2031-01"),
    "es": ("un lugar que no existe, nowhere", "un mes sin datos, 2031-01"),
}


@pytest.mark.parametrize("language", LINK_TO_NOWHERE)
def test_a_link_to_a_place_and_a_month_that_are_not_there_is_said_until_the_reader_does_something(app, language):
    def said() -> list[bool]:
        notes = [note.value.replace("\\", "") for note in app.markdown]
        return [any(part in note for note in notes) for part in LINK_TO_NOWHERE[language]]

    for name, value in {"place": "nowhere", "month": "2031-01", "language": language}.items():
        app.query_params[name] = value
    app.run()
    assert said() == [True, True]
    app.session_state["shown_again"] = True  # as a page does when its forecasts have come
    assert (app.run() and said()) == [True, True]
    assert (app.run() and said()) == [False, False]


def test_a_link_to_a_filter_that_is_not_there_is_said(app):
    visit(app, "pages/goals/goals.py", area="nobody", language="en")
    assert any("an area that does not exist, nobody" in note.value.replace("\\", "") for note in app.markdown)


def test_what_is_to_be_typed_stands_as_code_and_a_place_without_a_key_by_its_column(built, app, tmp_path, monkeypatch):
    changed(built, tmp_path, monkeypatch, "data/city.yaml", "name: Aurora", "name: Aurora: 2")
    app.query_params["language"] = "es"
    app.run()
    shown = next(text.value for text in app.markdown if text.value.startswith("- "))
    assert "línea 2, columna 13**: no es YAML\\: hay dos puntos donde no puede ir una clave" in shown.replace("\\.", ".").replace(
        "\\_", "_"
    )
    changed_again = tmp_path / "changed" / "data" / "city.yaml"
    changed_again.unlink()
    app.run()
    shown = next(text.value for text in app.markdown if text.value.startswith("- "))
    assert "`python -m data new DIR`" in shown and "\\`" not in shown


def test_a_fault_is_said_in_the_language_that_the_link_asks_for(built, app, tmp_path, monkeypatch):
    changed(built, tmp_path, monkeypatch, "data/city.yaml", "name: Aurora", "name:")
    app.query_params["language"] = "en"
    assert app.run().title[0].value == "A definition needs mending"


def test_a_place_s_name_is_never_markup(built, app, tmp_path, monkeypatch):
    changed(built, tmp_path, monkeypatch, "data/places.yaml", "name: Aurora", 'name: "**Aurora**"')
    assert "\\*\\*Aurora\\*\\*" in [popover.proto.popover.label for popover in app.run().get("popover")]


def test_the_demo_carries_its_badge_on_every_page(app, tmp_path, monkeypatch):
    demo = whole(build(tmp_path / "demo", demo=True))
    monkeypatch.setenv("MANDATO_HOME", str(demo.folder))
    app.query_params["language"] = "en"
    app.run()
    for page in PAGES:
        app.switch_page(page).run()
        assert any(":orange-background[demo data]" in text.value for text in app.markdown), page


def test_without_demo_data_there_is_no_badge(app):
    assert not any("background" in text.value for text in app.run().markdown)


def test_a_module_that_is_not_in_use_is_not_in_the_menu(built, app, tmp_path, monkeypatch):
    changed(built, tmp_path, monkeypatch, "data/city.yaml", EVERY_MODULE, "modules: [goals]\n")
    app.run()
    assert list(menu(app)) == ["Panorama", "Metas", "Administración"]  # every city has people


def test_the_menu_says_where_the_reader_is_and_its_links_keep_what_is_looked_at(app):
    visit(app, "pages/goals/goals.py", language="en", place="aurora", month="2026-02")
    links = menu(app)
    assert [name for name, link in links.items() if link.get("aria-current") == "page"] == ["Goals"]
    assert links["Overview"].attrib["href"] == "./?place=aurora&month=2026-02&language=en"
    assert links["Quality"].attrib["href"] == "quality?place=aurora&month=2026-02&language=en"
    assert not {"Goal", "Glossary"} & set(links)


def test_a_link_to_no_goal_leads_on_without_the_list_of_goals(built, app, tmp_path, monkeypatch):
    changed(built, tmp_path, monkeypatch, "data/city.yaml", EVERY_MODULE, "modules: []\n")
    visit(app, "pages/goals/goal.py", kpi="nothing", language="en")
    assert not app.exception
    assert "All goals" in [link.proto.label for link in app.get("page_link")]


def test_every_address_leads_to_its_page():
    assert sorted(PAGE_OF.values()) == PAGES


@pytest.mark.parametrize(("language", "said"), [("en", "the last valid ones are in force"), ("es", "siguen en vigor las últimas válidas")])
def test_a_broken_definition_leaves_the_panel_up_and_names_file_and_line(built, tmp_path, monkeypatch, language, said):
    shutil.copytree(built.folder, tmp_path / "home")
    monkeypatch.setenv("MANDATO_HOME", str(tmp_path / "home"))
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60)
    app.query_params["language"] = language
    before = [row.attrib for row in goal_rows(drawn(app.run())[0])]
    assert not app.warning
    file = Home(tmp_path / "home").definitions / "all.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("polarity: lower", "polarity: down", 1), encoding="utf-8")
    app.run()
    assert [row.attrib for row in goal_rows(drawn(app)[0])] == before
    assert not app.exception
    (banner,) = app.warning
    assert said in banner.value
    line = {"en": "line 5", "es": "línea 5"}[language]
    assert f"kpis/definitions/all.yaml, {line}, kpis.1.polarity" in banner.value.replace("\\", "")
