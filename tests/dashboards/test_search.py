"""The search box: it finds goals, actions, indicators and places, and goes there."""

import pytest
from streamlit.testing.v1 import AppTest

from dashboards import search
from data.home import Home
from data.records.records import records
from tests.conftest import ROOT
from tests.planned_city import node_id, planned
from tests.small_city import session


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Home:
    return planned(tmp_path_factory.mktemp("searched") / "home")


@pytest.fixture
def app(home, monkeypatch) -> AppTest:
    monkeypatch.setenv("MANDATO_HOME", str(home.folder))
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60)
    app.query_params["language"] = "en"
    return app


def box(app: AppTest):
    return app.sidebar.selectbox(key=search.KEY)


def test_an_action_is_found_and_leads_to_its_page(app, home):
    app.run()
    assert "Action 1.1.3 · Action" in box(app).options and "Streets · Action" not in box(app).options
    box(app).select("Action 1.1.3 · Action").run()
    assert app.query_params["node"] == str(node_id(records(home), "1.1.3"))


def test_the_box_lists_goals_indicators_and_places_as_before(app):
    options = box(app.run()).options
    assert {"Goal robberies · Goal", "Goal robberies · Indicator", "Old Centre · Place"} <= set(options)


def test_of_more_actions_than_it_can_list_what_is_typed_is_looked_for_in_the_plan(app, monkeypatch):
    monkeypatch.setattr(search, "MOST", 3)
    app.run()
    assert not [option for option in box(app).options if option.endswith("· Action")]
    assert box(app).proto.accept_new_options
    app.session_state[search.FOUND] = "Action 1.1"  # as the box leaves what is typed: the test's own box takes none but its options
    app.run()
    assert not app.exception
    assert app.query_params["find"] == "Action 1.1"


def test_each_month_lists_the_actions_that_it_knew(home):
    asked = session(home)
    before = asked.at(asked.month.plus(-1))
    assert search._as_of(asked, "now", 9) != search._as_of(before, "now", 9)
    assert search._as_of(asked, "now", 9) == search._as_of(asked.at(asked.month), "now", 9)


def test_a_city_without_a_plan_is_searched_as_before(city, monkeypatch):
    monkeypatch.setenv("MANDATO_HOME", str(city.folder))
    found = box(AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60).run())
    assert not found.proto.accept_new_options and found.label == "Meta, indicador o lugar"
