"""The search box: it finds goals, actions, indicators and places, and what was said in meetings, and goes there."""

from dataclasses import replace
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from dashboards import search
from dashboards.meetings import findable
from dashboards.session import Session
from data.home import Home
from data.meetings import follow_ups, notes
from data.meetings.concerns import Concern, raise_concern
from data.people import posts
from data.records.records import records
from tests.conftest import ROOT
from tests.meeting_town import Met, met
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
    assert search._as_of(asked, "now", "said", 9) != search._as_of(before, "now", "said", 9)
    assert search._as_of(asked, "now", "said", 9) == search._as_of(asked.at(asked.month), "now", "said", 9)


def test_a_city_without_a_plan_is_searched_as_before(city, monkeypatch):
    monkeypatch.setenv("MANDATO_HOME", str(city.folder))
    found = box(AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60).run())
    assert not found.proto.accept_new_options and found.label == "Meta, indicador o lugar"


@pytest.fixture(scope="module")
def talked(tmp_path_factory) -> Met:
    """A meeting with one decision and one follow-up, and the concern of its town."""
    town = met(tmp_path_factory.mktemp("talked") / "home")
    notes.write_note(town.records, town.office, town.items["goal"], "decided", "Two more\npatrols <b>", None, None)
    post = posts(town.records, date(2026, 7, 12))[0].id
    asked = follow_ups.FollowUp("aurora", "Count the patrols", post, date(2026, 7, 20), meeting=town.meeting)
    follow_ups.ask(town.records, town.office, asked, date(2026, 7, 12))
    return town


@pytest.fixture
def talking(talked, monkeypatch) -> AppTest:
    monkeypatch.setenv("MANDATO_HOME", str(talked.town.home.folder))
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60)
    app.query_params["language"] = "en"
    return app


@pytest.mark.parametrize(
    ("begins", "page"),
    [
        ("Meeting: June 2026, 12 Jul", {"meeting"}),
        ("Decision: Two more patrols <b>", {"meeting", "item"}),
        ("Follow-up: Count the patrols", {"id"}),
        ("Concern: Night shifts <b>", {"id"}),
    ],
)
def test_what_was_said_in_meetings_is_found_by_its_words_and_leads_to_where_it_stands(talking, begins, page):
    options = [option for option in box(talking.run()).options if option.startswith(begins)]
    assert len(options) == 1
    box(talking).select(options[0]).run()
    assert not talking.exception
    assert page <= set(talking.query_params)
    assert box(talking).value is None


def test_a_decision_leads_to_its_item(talking, talked):
    talking.run()
    box(talking).select("Decision: Two more patrols <b>").run()
    assert (talking.query_params["meeting"], talking.query_params["item"]) == (str(talked.meeting), str(talked.items["goal"]))


def said(asked: Session) -> list[str]:
    kinds = ("meeting:", "followups:", "concerns:")
    return [name for key, name in search._findable(asked).names.items() if key.startswith(kinds)]


def test_of_another_place_nothing_was_said_and_a_city_without_meetings_searches_none(talked):
    asked = session(talked.town.home)
    assert len(said(asked)) == 4
    assert said(replace(asked.at_place("centro"), key=(*asked.key, "elsewhere"))) == []
    without = asked.definitions.city.model_copy(update={"modules": ("goals",)})
    assert said(replace(asked, definitions=replace(asked.definitions, city=without), key=(*asked.key, "without"))) == []


def test_what_is_said_from_now_on_is_found_at_once(talked):
    before = len(said(session(talked.town.home)))
    raise_concern(talked.records, talked.office, Concern("aurora", "The gate is open", "Day and night."), date(2026, 7, 13))
    assert len(said(session(talked.town.home))) == before + 1


def test_only_the_newest_are_listed_and_long_ones_are_cut(talked, monkeypatch):
    monkeypatch.setattr(findable, "MOST", 1)
    monkeypatch.setattr(findable, "LETTERS", 9)
    (_meeting, newest) = findable.names(session(talked.town.home)).values()
    assert newest.endswith("…") and len(newest) <= len("Decision: ") + 10
