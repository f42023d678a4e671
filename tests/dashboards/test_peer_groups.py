"""A group of cities written on the page Peers, changed, taken back and removed; only by the office."""

import pytest
from streamlit.testing.v1 import AppTest

from dashboards.peers import grouping
from data.access import Actor, Role
from data.definitions import load
from data.home import Home
from tests.small_city import build
from tests.visited import drawn, press, visited

OFFICE = Actor(1, "Olga Oficina", frozenset({Role("office")}))
PAGE = "pages/compare/peers.py"


@pytest.fixture(scope="module")
def town(tmp_path_factory) -> Home:
    return build(tmp_path_factory.mktemp("town"))


def typed(app: AppTest, group: str, **said: object) -> AppTest:
    """Fields of the form of a group; `reason` stands apart."""
    for name, value in said.items():
        key = f"group_reason_{group}" if name == "reason" else f"group/{group}#{name}"
        next(each for each in [*app.text_input, *app.text_area, *app.multiselect] if each.key == key).set_value(value)
    return app


def test_a_group_is_written_changed_taken_back_and_removed(town, monkeypatch):
    app = visited(town, monkeypatch, PAGE, OFFICE, group="new")
    press(app, "Save the group")
    assert "A group needs a name, and at least one place" in "".join(each.value for each in app.markdown)
    typed(app, "new", name_en="The bay", name_es="La bahía", places=["aurora", "bruma"], why_en="One water", reason="For the meeting")
    assert "The group is saved." in press(app, "Save the group")
    (group,) = load(town).groups
    assert (group.id, group.places, group.why) == ("la_bahia", ("aurora", "bruma"), {"en": "One water"})
    assert "One water" in "".join(drawn(app).itertext()), "the page shows the group that was written"

    app = visited(town, monkeypatch, PAGE, OFFICE, group="la_bahia")
    assert next(each for each in app.multiselect if (each.key or "").endswith("#places")).value == ["aurora", "bruma"]
    assert "nobody has said why" in press(typed(app, "la_bahia", places=["bruma"]), "Save the group")
    assert "The group is saved." in press(typed(app, "la_bahia", reason="Aurora is the city itself"), "Save the group")
    assert load(town).groups[0].places == ("bruma",)

    slow = visited(town, monkeypatch, PAGE, OFFICE, group="la_bahia")
    app = visited(town, monkeypatch, PAGE, OFFICE, group="la_bahia")
    because(app, "la_bahia", "It was right before")
    press(app, "Bring back the groups as they were before the last change")
    assert load(town).groups[0].places == ("aurora", "bruma")
    said = press(typed(slow, "la_bahia", name_en="The wide bay", reason="It is wide"), "Save the group")
    assert "somebody else changed this group meanwhile" in said and load(town).groups[0].places == ("aurora", "bruma")

    app = visited(town, monkeypatch, PAGE, OFFICE, group="la_bahia")
    because(app, "la_bahia", "No longer asked for")
    press(app, "Remove the group")
    assert load(town).groups == ()


def because(app: AppTest, group: str, reason: str) -> None:
    next(each for each in app.text_input if each.key == f"group_why_{group}").set_value(reason)


def test_whoever_may_not_save_sees_no_way_to(town, monkeypatch):
    app = visited(town, monkeypatch, PAGE, None, group="new")
    assert [button for button in app.button if button.label == "Save the group"] == []
    assert "Only the data office saves groups" in " ".join(each.value for each in app.markdown)


def test_a_text_that_is_the_same_in_every_language_is_written_once():
    assert grouping._text({"name_es": "Red", "name_en": "Red"}, "name", None) == "Red"
    assert grouping._text({"name_es": "Red", "name_en": None}, "name", {"pt": "Rede", "en": "Net"}) == {"es": "Red", "pt": "Rede"}
    assert grouping._text({"name_es": None, "name_en": None}, "name", None) is None
