"""Whoever stands in for the holder of a post: only between two days, and never with more than the holder may."""

from datetime import UTC, date, datetime, timedelta

import pytest

from data.access import NotAllowed, Object, Role, may
from data.drafts import keep, left
from data.people import actor, add_person, add_post, by_own_right, take_post
from data.plans.reporting import Report, report
from data.problems import Refused
from data.records.tables import audit
from data.records.writing import Gone, Stale
from data.reviews.stand_ins import end_stand_in, name_stand_in, stand_ins
from tests.recorded_town import Town, everything, records_of, refused, town

FIRST, LAST = date(2026, 7, 1), date(2026, 7, 15)


@pytest.fixture
def place(tmp_path):
    with records_of(tmp_path) as records:
        yield town(records)


def on(place: Town, who: str, day: date):
    return actor(place.records, place.who[who].person, day)


def test_a_stand_in_does_what_the_holder_may_between_the_days_and_not_beside_them(place):
    name_stand_in(place.records, place.who["water"], place.post, place.who["nobody"].person, FIRST, LAST)
    told = Report(place.nodes["pipes"], 1, FIRST, 20.0, "started")
    for day in (FIRST - timedelta(days=1), LAST + timedelta(days=1)):
        assert on(place, "nobody", day) == place.who["nobody"]
        with pytest.raises(NotAllowed):
            report(place.records, on(place, "nobody", day), told)
    for day in (FIRST, LAST):
        standing = on(place, "nobody", day)
        assert (standing.roles, standing.areas, standing.posts) == ({Role("editor", "water")}, {"water"}, {place.post})
    assert report(place.records, on(place, "nobody", LAST), told) == 2
    assert on(place, "water", FIRST) == place.who["water"]


def test_who_stands_in_judges_nothing_of_the_area_in_those_days(place):
    about = Object("node", "water", place.post)
    assert may(place.who["reviewer"], "judge_evidence", about)
    name_stand_in(place.records, place.who["office"], place.post, place.who["reviewer"].person, FIRST, LAST)
    assert not may(on(place, "reviewer", FIRST), "judge_evidence", about)


def test_standing_in_gives_nobody_more_than_the_holder_has(place):
    office = place.who["office"]
    cabinet = add_post(place.records, office, "Chief of staff", "parks")
    take_post(place.records, office, cabinet, place.who["mayor"].person, date(2025, 1, 1))
    name_stand_in(place.records, office, cabinet, place.who["nobody"].person, FIRST, LAST)
    standing = on(place, "nobody", FIRST)
    assert standing.roles == frozenset() and standing.posts == {cabinet}


def test_an_empty_post_is_worked_for_as_an_editor_of_its_area(place):
    empty = add_post(place.records, place.who["office"], "Head of parks", "parks")
    name_stand_in(place.records, place.who["parks"], empty, place.who["nobody"].person, FIRST, LAST)
    assert on(place, "nobody", FIRST).roles == {Role("editor", "parks")}


@pytest.mark.parametrize("who", ["parks", "mayor", "reviewer", "nobody"])
def test_others_name_nobody(place, who):
    refused(place, NotAllowed, name_stand_in, place.who[who], place.post, place.who["nobody"].person, FIRST, LAST)


def test_whoever_stands_in_names_nobody_in_their_turn_neither_themselves(place):
    nobody, at = place.who["nobody"].person, datetime(2026, 7, 2, 12, tzinfo=UTC)
    name_stand_in(place.records, place.who["water"], place.post, nobody, FIRST, LAST)
    after = (LAST + timedelta(days=1), LAST + timedelta(days=300))
    for person in (nobody, place.who["mayor"].person):
        refused(place, NotAllowed, name_stand_in, on(place, "nobody", FIRST), place.post, person, *after, at)
    assert by_own_right(place.records, on(place, "nobody", FIRST), FIRST) == place.who["nobody"]
    assert by_own_right(place.records, place.who["water"], FIRST) == place.who["water"]
    assert name_stand_in(place.records, place.who["water"], place.post, nobody, *after, at)


def test_days_that_are_reversed_or_taken_are_refused(place):
    office, nobody = place.who["office"], place.who["nobody"].person
    refused(place, Refused, name_stand_in, office, place.post, nobody, LAST, FIRST)
    name_stand_in(place.records, office, place.post, nobody, FIRST, LAST)
    error = refused(place, Refused, name_stand_in, office, place.post, place.who["parks"].person, LAST, LAST)
    assert error.problems[0].message == "somebody else stands in for this post in those days"
    assert name_stand_in(place.records, office, place.post, nobody, LAST + timedelta(days=1), LAST + timedelta(days=1)) == 2
    refused(place, Gone, name_stand_in, office, 99, nobody, FIRST, LAST)
    refused(place, Gone, name_stand_in, office, place.post, 99, date(2027, 1, 1), date(2027, 1, 2))


def test_a_holder_who_is_back_ends_it_earlier(place):
    water, nobody = place.who["water"], place.who["nobody"].person
    number = name_stand_in(place.records, water, place.post, nobody, FIRST, LAST)
    refused(place, Refused, end_stand_in, water, number, 1, LAST + timedelta(days=1))
    refused(place, NotAllowed, end_stand_in, place.who["parks"], number, 1, FIRST)
    assert end_stand_in(place.records, water, number, 1, FIRST) == 2
    refused(place, Stale, end_stand_in, water, number, 1, FIRST)
    assert not on(place, "nobody", LAST).posts
    end_stand_in(place.records, water, number, 2, FIRST - timedelta(days=1))
    assert stand_ins(place.records, FIRST) == []


def test_those_of_the_day_and_to_come_are_read_with_their_names_and_all_is_in_the_audit(place):
    other = add_person(place.records, place.who["office"], "Olvido")
    name_stand_in(place.records, place.who["office"], place.post, other, FIRST, LAST)
    (row,) = stand_ins(place.records, LAST)
    assert (row["post_name"]["en"], row["area"], row["person_name"], row["ends"]) == ("Head of water", "water", "Olvido", LAST)
    assert stand_ins(place.records, LAST + timedelta(days=1)) == []
    with place.records.read() as connection:
        last = connection.execute(audit.select().order_by(audit.c.seq.desc()).limit(1)).mappings().one()
    assert (last["action"], last["object"], last["actor"]) == ("name_stand_in", "stand_in", "office")
    assert everything(place.records)["stand_in"]


def test_a_successor_reads_what_the_predecessor_typed_about_the_posts_area_and_never_sent(place):
    office, before, after = (place.who[name] for name in ("office", "water", "nobody"))
    keep(place.records, before, f"action/{place.nodes['pipes']}/report", {"base": {}, "typed": {"said": "Half the pipes"}})
    keep(place.records, before, f"action/{place.nodes['trees']}/report", {"base": {}, "typed": {"said": "Not of this area"}})
    keep(place.records, before, "area/mandate/water/1", {"rows": {}})
    take_post(place.records, office, place.post, after.person, FIRST)
    assert left(place.records, before, LAST) == []
    assert left(place.records, after, FIRST) == []  # nobody's yet: the post was not theirs when they were asked
    (row,) = left(place.records, on(place, "nobody", FIRST), FIRST)
    assert (row["name"], row["node"], row["content"]["typed"]) == ("water", place.nodes["pipes"], {"said": "Half the pipes"})
    assert left(place.records, place.who["parks"], LAST) == []
