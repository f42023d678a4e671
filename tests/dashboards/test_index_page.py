"""The page Index as it is visited: what stands first, what opens on demand, and what it says where there is nothing to rank."""

import shutil
import time
from collections.abc import Callable
from xml.etree import ElementTree

import pytest
from streamlit.testing.v1 import AppTest

from dashboards.index import known
from data.home import Home
from tests.conftest import ROOT
from tests.dashboards.conftest import session_of
from tests.indexed_town import SILENT, WELL, indexed
from tests.small_city import LAST

PAGE = "pages/compare/index.py"
PATIENCE = 20.0
"""Seconds."""
DISTRICTS = (
    WELL.replace("index: well", "index: parts").replace("Well}", "Districts}").replace("[aurora, bruma, centro, puerto]", "districts")
)
SOUND = {"well": WELL, "parts": DISTRICTS}
Open = Callable[..., AppTest]


@pytest.fixture(scope="module")
def town(tmp_path_factory) -> Home:
    """The small city with two indices, whose doubt is reckoned: a page need not wait for it."""
    home = indexed(tmp_path_factory.mktemp("indexed") / "home", **SOUND)
    home.city.write_text(home.city.read_text(encoding="utf-8") + "modules: [goals, explorer, compare]\n", encoding="utf-8")
    session = session_of(home, "aurora", LAST, "en_GB")
    for written in known.indices(session).written:
        known.settle(session, written)
    return home


@pytest.fixture
def opened(town, tmp_path, monkeypatch) -> Open:
    def visit(files: dict[str, str] | None = None, **asked: str) -> AppTest:
        home = town
        if files is not None:
            home = Home(tmp_path / "home")
            shutil.copytree(town.folder, home.folder, dirs_exist_ok=True)
            for old in home.indices.glob("*.yaml"):
                old.unlink()
            for name, text in files.items():
                (home.indices / f"{name}.yaml").write_text(text, encoding="utf-8")
        monkeypatch.setenv("MANDATO_HOME", str(home.folder))
        app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60)
        app.query_params["language"] = "en"
        app.run()
        for key, value in asked.items():
            app.query_params[key] = value
        return app.switch_page(PAGE).run()

    return visit


def drawn(app: AppTest) -> str:
    """The HTML that the page gave to our component; that it parses says that no text broke out of it."""
    parts = [panel.proto.bytes.decode() for panel in app.main.get("bidi_component")]
    return "\n".join("".join(ElementTree.fromstring(f"<div>{part}</div>").itertext()) for part in parts)


def written(app: AppTest) -> str:
    return "\n".join(shown.value.replace("\\", "") for shown in app.markdown)


def waited(page: AppTest, said: str) -> AppTest:
    """The page when it says this: an index is reckoned behind it."""
    until = time.monotonic() + PATIENCE
    while said not in drawn(page) and time.monotonic() < until:
        time.sleep(0.05)
        page.run()
    return page


def test_the_first_screen_and_what_opens_on_demand(opened):
    page = opened(index="well")
    assert [title.value for title in page.title] == ["Well"] and not page.exception
    first = drawn(page)
    assert "Aurora is in the" in first and "What drives its place" in first and "not chance" in first
    assert "Its parts" in first and "Method sheet" not in first, "what is not asked for is not drawn"
    page.radio(key="show").set_value("sure").run()
    assert page.query_params["show"] == "sure" and "Aurora stands before it" in drawn(page)
    assert "None of these choices moves any rank." in drawn(page) and "When an indicator is left out" in drawn(page)
    page.radio(key="show").set_value("method").run()
    assert "Method sheet" in drawn(page) and "between goalposts: 0 to 100" in drawn(page)
    page.radio(key="show").set_value("map").run()
    assert not page.exception and "The stronger the colour, the higher the tier." in drawn(page)


@pytest.mark.parametrize("view", ["places", "method"])
def test_what_is_kept_of_a_view_is_drawn_anew_when_its_file_changes(opened, view):
    page = waited(opened({"well": WELL}, index="well", show=view), "Aurora is in the")
    assert "Order" in drawn(page)
    (Home.here().indices / "well.yaml").write_text(WELL.replace("Order}", "Calm streets}"), encoding="utf-8")
    page = waited(page.run(), "Aurora is in the")
    assert "Calm streets" in drawn(page) and "Order" not in drawn(page) and not page.exception


def test_a_slider_shows_what_would_be_and_the_button_takes_it_back(opened):
    page = opened(index="well", show="what_if")
    assert [slider.value for slider in page.slider] == [33, 67] and "Aurora would stay 2nd." in drawn(page)
    assert not [button for button in page.button if button.key == "index_reset"], "nothing was changed"
    page.slider(key="index_weight_well_order").set_value(100).run()
    page.slider(key="index_weight_well_trips").set_value(0).run()
    assert "So weighed: Order 100" in drawn(page) and "instead of 2nd" in drawn(page)
    page.button(key="index_reset").click().run()
    assert [slider.value for slider in page.slider] == [33, 67] and "Aurora would stay 2nd." in drawn(page)


def test_districts_are_ranked_without_the_city_and_lead_to_their_own_view(opened):
    page = opened(index="parts")
    told = drawn(page)
    assert "Choose a place in the list" in told and "Old Centre" in told and not page.exception
    assert page.selectbox(key="index").value == "parts"
    page.selectbox(key="index").set_value("well").run()
    assert page.query_params["index"] == "well" and "Aurora is in the" in drawn(page)


def test_a_broken_file_and_an_index_without_figures_hide_no_other(opened):
    page = opened({**SOUND, "silent": SILENT, "torn": "index: torn\nindicators: [\n"}, index="well")
    assert "Aurora" in drawn(page) and "An index needs mending" in [header.value for header in page.header]
    assert "Cannot be read: torn. What is wrong stands at the end of the page." in written(page)
    assert "kpis/indices/torn.yaml" in written(page)
    page.selectbox(key="index").set_value("silent").run()
    assert "It cannot be reckoned" in [header.value for header in page.header] and not page.exception
    assert "no place has a figure of" in written(page)


def test_a_link_to_a_broken_index_says_that_it_cannot_be_read_and_not_that_there_is_none(opened):
    page = opened({**SOUND, "torn": "index: torn\nindicators: [\n", "worn": WELL}, index="torn")
    told = written(page)
    assert "Cannot be read: torn and worn." in told and "does not exist" not in told
    assert "2 indices need mending" in [header.value for header in page.header]
    assert "New index" in drawn(page) and "Change or remove this index" in drawn(page), "whatever view is open"


def test_a_link_to_no_index_says_so_and_shows_another(opened):
    page = opened(index="nothing")
    assert "The link asks for an index that does not exist, nothing: another one is shown." in written(page)
    assert page.title and not page.exception


def test_without_an_index_it_says_what_would_be_here_and_how_to_write_one(opened):
    page = opened({})
    assert [title.value for title in page.title] == ["Index"] and "No index yet" in [header.value for header in page.header]
    assert "New index" in drawn(page) and "in tiers, with how sure that is" in written(page)
    torn = opened({"torn": "index: torn\nindicators: [\n"})
    assert "An index needs mending" in [header.value for header in torn.header] and "New index" in drawn(torn)
    new = opened(new="1")
    assert [title.value for title in new.title] == ["A new index"] and not new.exception


def test_where_nothing_was_doubted_there_are_ranks_and_no_tiers(opened):
    page = opened({"well": WELL.replace("doubt: {weights: 0.25, draws: 100}\n", "")}, index="well")
    told = drawn(waited(page, "if every choice"))
    assert "Aurora is 2nd of 4, if every choice of this index is the right one." in told
    assert "looks surer than it is" in told and "Tier" not in told


def test_of_a_place_that_it_does_not_rank_it_says_so_and_shows_the_city(opened):
    page = waited(opened({"well": WELL.replace("aurora, bruma, ", "aurora, ")}, index="well", place="bruma"), "Aurora")
    assert "This index does not rank Bruma. Shown is where Aurora stands." in written(page)
    assert "This index does not rank" not in written(opened(index="well", place="bruma"))
