"""Notes of an item, on both databases: two who write at once keep both texts, and no answer that was lost makes a second one."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial
from typing import Any

import pytest

from data.access import NotAllowed
from data.meetings.agenda import Item, add_item
from data.meetings.meetings import end_meeting, meetings, plan_meeting, start_meeting
from data.meetings.notes import decisions, notes, take_note, write_note
from data.periods import Month
from data.problems import Refused
from data.records.writing import Gone, Stale
from data.reviews.reviews import open_review
from tests.recorded_town import Town, refused


@pytest.fixture
def meeting(place) -> int:
    review = open_review(place.records, place.who["office"], "aurora", Month(2026, 5))
    return plan_meeting(place.records, place.who["office"], review, date(2026, 6, 12))


@pytest.fixture
def item(place, meeting) -> int:
    return add_item(place.records, place.who["office"], meeting, Item("goal", ("added",), goal="pipes"))


@pytest.fixture
def write(place, item) -> Callable[..., tuple[int, int]]:
    """Writes what was decided, as the office unless somebody else is named."""

    def keep(text: str, note: int | None = None, version: int | None = None, who: str = "office", **more: Any) -> tuple[int, int]:
        return write_note(place.records, place.who[who], item, "decided", text, note, version, **more)

    return keep


def texts(place: Town, meeting: int) -> list[tuple[str, str, int | None]]:
    return [(row["text"], row["name"], row["beside"]) for row in notes(place.records, meeting)]


def test_a_note_grows_on_the_version_that_it_was_begun_on(place, meeting, write):
    first = write("Build")
    assert write("Build it", *first) == (first[0], 2)
    assert texts(place, meeting) == [("Build it", "office", None)]


def test_what_two_write_at_once_is_kept_twice(place, meeting, write):
    first = write("Build")
    write("Build it", *first)
    mine = write("Do not build", *first, who="mayor")
    assert mine != first
    assert texts(place, meeting) == [("Build it", "office", None), ("Do not build", "mayor", first[0])]
    assert write("Do not build it", *mine, who="mayor") == (mine[0], 2)
    assert len(texts(place, meeting)) == 2


def test_two_who_begin_in_the_same_moment_keep_both(place, meeting, write):
    with ThreadPoolExecutor(2) as both:
        list(both.map(lambda told: write(told[1], who=told[0]), [("office", "Build"), ("mayor", "Wait")]))
    assert sorted(text for text, _, _ in texts(place, meeting)) == ["Build", "Wait"]


def test_whoever_never_heard_that_it_was_kept_goes_on_with_it(place, meeting, write):
    first = write("Build")
    write("Build it", *first)  # kept, and the server died before it said so
    assert write("Build it now", *first, sent=["Build it"]) == (first[0], 3)
    assert write("Build it now", *first) == (first[0], 3)  # the same again changes nothing
    assert texts(place, meeting) == [("Build it now", "office", None)]


def test_what_somebody_else_wrote_is_never_taken_for_ones_own(place, meeting, write):
    first = write("Build")
    write("Build it", *first, who="mayor")
    write("Build it now", *first, sent=["Build it"])
    assert [text for text, _, _ in texts(place, meeting)] == ["Build it", "Build it now"]


@pytest.mark.parametrize("kept", ["first", "second"])
def test_of_two_texts_one_is_made(place, meeting, write, kept):
    ids = {"first": write("Build"), "second": write("Wait", who="mayor")}
    take_note(place.records, place.who["office"], ids[kept][0], dict(ids.values()), "Build, and wait")
    assert texts(place, meeting) == [("Build, and wait", "office", None)]


def test_nothing_is_taken_while_one_of_them_grows(place, write):
    first, second = write("Build"), write("Wait", who="mayor")
    write("Wait a year", *second, who="mayor")
    error = refused(place, Stale, take_note, place.who["office"], first[0], dict([first, second]), "Build")
    assert error.now["text"] == "Wait a year"
    write("Never", who="consultant")
    refused(place, Stale, take_note, place.who["office"], first[0], {first[0]: 1, second[0]: 2}, "Build")


def test_nothing_is_taken_of_what_is_gone(place, write):
    first, second = write("Build"), write("Wait", who="mayor")
    take_note(place.records, place.who["office"], second[0], dict([first, second]), "Wait")
    refused(place, Gone, take_note, place.who["office"], first[0], dict([first, second]), "Build")


def test_an_editor_of_an_area_watches(place, item):
    refused(place, NotAllowed, write_note, place.who["water"], item, "decided", "Build", None, None)


def test_a_part_that_nobody_knows_is_a_fault(place, item):
    refused(place, ValueError, write_note, place.who["office"], item, "weather", "Rain", None, None)


def test_decisions_are_read_with_what_they_are_about(place, meeting, write, item):
    write("Build")
    write_note(place.records, place.who["office"], item, "why", "It leaks", None, None)
    found = decisions(place.records, "aurora")
    assert [(row["text"], row["goal"], row["day"], row["meeting"]) for row in found] == [("Build", "pipes", date(2026, 6, 12), meeting)]
    assert decisions(place.records, "bruma") == []


def test_a_meeting_is_ended_once_it_was_on(place, meeting):
    office = place.who["office"]
    refused(place, Refused, end_meeting, office, meeting, 1)
    version = start_meeting(place.records, office, meeting, 1, [office.person], office.person)
    refused(place, Stale, end_meeting, office, meeting, 1)
    end = partial(end_meeting, place.records, office, meeting)
    end(version)
    assert [(row["state"], row["month"]) for row in meetings(place.records, "aurora")] == [("held", "2026-05")]
