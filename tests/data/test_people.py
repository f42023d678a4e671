"""People, posts and roles: who keeps them, and what is refused, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest

from data.access import NotAllowed, Role
from data.people import (
    PROGRAM,
    actor,
    add_person,
    add_post,
    change_person,
    command_line,
    leave_post,
    people,
    posts,
    set_roles,
    take_post,
)
from data.problems import Refused
from data.records.tables import audit, holding, person, role
from data.records.writing import Gone, Stale
from tests.recorded_town import DAY, refused, row


def test_a_person_comes_with_their_roles(place):
    number = add_person(place.records, place.who["office"], "  Ada ", "ada@aurora.example", (Role("editor", "parks"), Role("mayor")))
    assert row(place.records, person, number) == {"id": number, "name": "Ada", "email": "ada@aurora.example", "version": 1}
    found = actor(place.records, number, DAY)
    assert (found.name, found.roles, found.areas) == ("Ada", {Role("editor", "parks"), Role("mayor")}, {"parks"})


@pytest.mark.parametrize("name", ["", "  "])
def test_nobody_is_without_a_name(place, name):
    assert "the name is empty" in str(refused(place, Refused, add_person, place.who["office"], name))
    number = place.who["parks"].person
    assert "the name is empty" in str(refused(place, Refused, change_person, place.who["office"], number, 1, name=name))


def test_a_role_that_is_none_is_refused_with_those_there_are(place):
    said = str(refused(place, Refused, add_person, place.who["office"], "Ada", roles=(Role("king"),)))
    assert "there is no role king" in said and "consultant" in said
    refused(place, Refused, set_roles, place.who["office"], place.who["parks"].person, 1, (Role("king"),))


def test_a_name_is_changed_on_the_version_that_was_seen(place):
    number, office = place.who["parks"].person, place.who["office"]
    assert change_person(place.records, office, number, 1, name="Pia") == 2
    stale = refused(place, Stale, change_person, office, number, 1, name="Pio", email=None)
    assert (stale.now["name"], stale.now["version"], stale.wanted) == ("Pia", 2, {"name": "Pio", "email": None})
    refused(place, Gone, change_person, office, 999, 1, name="Pio")


def test_roles_are_replaced_and_the_same_one_twice_is_once(place):
    number, office = place.who["parks"].person, place.who["office"]
    roles = (Role("reviewer", "water"), Role("reviewer", "water"), Role("mayor"), Role("mayor"))
    assert set_roles(place.records, office, number, 1, roles) == 2
    assert actor(place.records, number, DAY).roles == {Role("reviewer", "water"), Role("mayor")}
    stale = refused(place, Stale, set_roles, office, number, 1, (Role("consultant"),))
    assert stale.now["version"] == 2
    assert set_roles(place.records, office, number, 2, ()) == 3
    assert actor(place.records, number, DAY).roles == frozenset()
    with place.records.read() as connection:
        assert connection.execute(role.select().where(role.c.person == number)).all() == []


def test_roles_of_somebody_who_is_not_there(place):
    refused(place, Gone, set_roles, place.who["office"], 999, 1, (Role("mayor"),))
    refused(place, Gone, set_roles, place.who["office"], 999, 1, ())
    with pytest.raises(LookupError, match="no person 999"):
        actor(place.records, 999, DAY)


def test_a_post_keeps_its_name_when_people_change(place):
    office, ada = place.who["office"], add_person(place.records, place.who["office"], "Ada")
    take_post(place.records, office, place.post, ada, date(2026, 7, 1))
    assert [(post.holder, post.area) for post in posts(place.records, date(2026, 6, 30))] == [("water", "water")]
    assert [(post.person, post.holder) for post in posts(place.records, date(2026, 7, 1))] == [(ada, "Ada")]
    assert [post.holder for post in posts(place.records, date(2024, 12, 31))] == [None]
    assert actor(place.records, ada, date(2026, 6, 30)).areas == frozenset()
    assert actor(place.records, ada, date(2026, 7, 1)).areas == {"water"}


def test_two_people_do_not_hold_a_post_at_once(place):
    office, number = place.who["office"], place.who["parks"].person
    said = refused(place, Refused, take_post, office, place.post, number, date(2025, 1, 1))
    assert "somebody else holds this post" in str(said)
    take_post(place.records, office, place.post, number, date(2026, 7, 1), date(2026, 7, 31))
    refused(place, Refused, take_post, office, place.post, number, date(2026, 7, 31))
    refused(place, Refused, take_post, office, place.post, number, date(2026, 6, 1), date(2026, 7, 1))
    take_post(place.records, office, place.post, number, date(2026, 8, 1))


def test_days_are_not_reversed(place):
    office, number = place.who["office"], place.who["water"].person
    refused(place, Refused, take_post, office, place.post, number, date(2027, 1, 2), date(2027, 1, 1))
    with place.records.read() as connection:
        held = connection.execute(holding.select()).mappings().one()
    said = refused(place, Refused, leave_post, office, held["id"], held["version"], date(2024, 12, 31))
    assert "2024-12-31" in str(said)
    assert leave_post(place.records, office, held["id"], held["version"], date(2026, 1, 1)) == 2
    refused(place, Stale, leave_post, office, held["id"], 1, date(2026, 2, 1))
    refused(place, Gone, leave_post, office, 999, 1, date(2026, 2, 1))


def test_a_post_of_nobody_and_a_person_of_nowhere(place):
    office = place.who["office"]
    refused(place, Gone, take_post, office, 999, place.who["water"].person, DAY)
    refused(place, Gone, take_post, office, place.post, 999, date(2027, 1, 1))


def test_people_are_listed_by_name(place):
    assert [each["name"] for each in people(place.records)] == sorted(each.name for each in place.who.values())


def test_whoever_is_at_the_command_line_is_of_the_office_and_made_once(records):
    first = command_line(records, "root", DAY)
    assert Role("office") in first.roles and command_line(records, "root", DAY) == first
    assert [each["name"] for each in people(records)] == ["root"]


def test_commands_that_begin_together_make_one_person(records):
    together = Barrier(6)

    def begin(_number: int) -> int:
        together.wait()
        return command_line(records, "root", DAY).person

    with ThreadPoolExecutor(6) as several:
        assert len(set(several.map(begin, range(6)))) == 1
    assert len(people(records)) == 1


@pytest.mark.parametrize("name", ["mayor", "consultant", "water", "reviewer", "nobody"])
def test_only_the_office_keeps_people(place, name):
    who = place.who[name]
    refused(place, NotAllowed, add_person, who, "Ada")
    refused(place, NotAllowed, change_person, who, who.person, 1, name="Ada")
    refused(place, NotAllowed, set_roles, who, who.person, 1, (Role("office"),))
    refused(place, NotAllowed, add_post, who, "Head of parks", "parks")
    refused(place, NotAllowed, take_post, who, place.post, who.person, date(2027, 1, 1))
    refused(place, NotAllowed, leave_post, who, 1, 1, date(2027, 1, 1))


def test_the_program_itself_writes_under_its_own_name(place):
    number = add_person(place.records, PROGRAM, "Ada")
    with place.records.read() as connection:
        last = connection.execute(audit.select().order_by(audit.c.seq.desc()).limit(1)).mappings().one()
    assert (last["actor"], last["action"], last["object"], last["row"]) == ("mandato", "keep_people", "person", number)
