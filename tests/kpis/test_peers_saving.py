"""A group of places saved from the panel: nothing else of the file is touched, and what does not hold is not written."""

from datetime import date

import pytest

from data.access import Actor, NotAllowed, Role
from data.definitions import load
from data.home import Home
from data.places import Group
from data.problems import Refused
from kpis.peers import saving
from kpis.saving import Draft

OFFICE = Actor(1, "Olga Oficina", frozenset({Role("office")}))
DAY = date(2026, 7, 3)
CITY = "name: Town\nplace: town\nmandate: {start: 2023-07-01, end: 2027-06-30}\nareas: [{id: works, name: Works}]\n"
PLACES = """# ours
places:
  - {id: town, name: Town}   # the city
  - {id: port, name: Port}
  - {id: cape, name: Cape}
"""
PORTS = {"id": "ports", "name": {"es": "Puertos", "en": "Ports"}, "places": ["town", "port"], "why": None}
RECORDED = "changes:\n  - {date: 2026-07-03, by: Olga Oficina, reason: They asked}\n"


@pytest.fixture
def home(tmp_path) -> Home:
    home = Home(tmp_path)
    home.city.parent.mkdir()
    for path, text in ((home.city, CITY), (home.places, PLACES), (home.indicators, "themes: []\nindicators: []\n")):
        path.write_text(text, encoding="utf-8")
    return home


def save(home: Home, draft: Draft, who: Actor = OFFICE, reason: str = "They asked") -> str:
    saving.groups(home).save(who, draft, reason, DAY, lambda recorded: saving.prove(home, load(home), recorded))
    return home.places.read_text(encoding="utf-8")


def group(home: Home, name: str) -> Group:
    return next(each for each in load(home).groups if each.id == name)


def test_a_new_group_stands_below_everything_with_who_and_why(home):
    text = save(home, saving.begun(home, PORTS))
    assert text == PLACES + "groups:\n  - {id: ports, name: {es: Puertos, en: Ports}, places: [town, port]}\n" + RECORDED
    assert [(group.id, group.places) for group in load(home).groups] == [("ports", ("town", "port"))]


def test_a_group_is_changed_in_its_place_and_removed_without_another(home):
    save(home, saving.begun(home, PORTS))
    save(home, saving.begun(home, {"id": "capes", "name": "Capes", "places": ["cape"]}))
    text = save(home, saving.changed(home, {**PORTS, "places": ["town", "cape"], "why": "Both have ships"}, group(home, "ports")))
    assert "  - {id: ports, name: {es: Puertos, en: Ports}, places: [town, cape], why: Both have ships}\n" in text
    assert text.startswith(PLACES) and [group.id for group in load(home).groups] == ["ports", "capes"]
    ports = group(home, "ports")
    save(home, saving.without(home, ports))
    assert [group.id for group in load(home).groups] == ["capes"]
    text = save(home, saving.without(home, group(home, "capes")))
    assert text.startswith(PLACES) and "groups:" not in text and len(load(home).groups) == 0
    with pytest.raises(Refused, match="no such group any more"):
        saving.changed(home, PORTS, ports)


def test_whoever_was_faster_is_not_undone_unseen(home):
    save(home, saving.begun(home, PORTS))
    seen = group(home, "ports")
    text = save(home, saving.changed(home, {**PORTS, "places": ["town", "port", "cape"]}, seen), reason="It has ships too")
    for slower in (lambda: saving.changed(home, {**PORTS, "name": "Harbours"}, seen), lambda: saving.without(home, seen)):
        with pytest.raises(Refused, match="somebody else changed this group meanwhile"):
            slower()
    assert home.places.read_text(encoding="utf-8") == text


def test_the_last_change_is_taken_back_and_nothing_else_of_the_file(home):
    with pytest.raises(Refused, match="no group was ever written"):
        saving.undone(home)
    save(home, saving.begun(home, PORTS))
    save(home, saving.changed(home, {**PORTS, "places": ["cape"]}, group(home, "ports")))
    home.places.write_text(home.places.read_text(encoding="utf-8").replace("name: Cape", "name: The Cape"), encoding="utf-8")
    earlier = saving.undone(home)
    text = save(home, earlier, reason="Not so")
    assert load(home).groups[0].places == ("town", "port") and "The Cape" in text and text.count("reason:") == 3
    first = saving.undone(home)
    assert "places: [cape]" in first.text, "what was taken back can be brought back too"


def test_what_does_not_hold_is_not_written(home):
    for draft, expected in (
        (saving.begun(home, {**PORTS, "places": ["prt"]}), "groups.1.places.1: 'prt' is not a known place; write port"),
        (saving.begun(home, {**PORTS, "places": []}), "groups.1.places: places is missing; add it"),
        (saving.begun(home, {**PORTS, "id": "Ports"}), "groups.1.id: 'Ports' is not a valid name here"),
    ):
        with pytest.raises(Refused) as refused:
            save(home, draft)
        assert expected in str(refused.value)
    with pytest.raises(Refused, match="nobody has said why"):
        save(home, saving.begun(home, PORTS), reason=" ")
    for who in (Actor(2, "Marta", frozenset({Role("mayor")})), Actor(3, "Nobody")):
        with pytest.raises(NotAllowed):
            save(home, saving.begun(home, PORTS), who)
    assert home.places.read_text(encoding="utf-8") == PLACES
