"""A concern from whoever raises it to the same person closing it; on both databases, and nothing is written when it is refused."""

from dataclasses import replace
from datetime import date

import pytest

from data.access import NotAllowed
from data.meetings.concerns import Concern, answer, close, concerns, decide, raise_concern
from data.problems import Refused
from data.records.tables import concern
from data.records.trail import trail
from data.records.writing import Stale
from tests.recorded_town import AT, DAY, refused, row

RAISED = Concern("aurora", " Brown water ", "It has been brown since Monday", "water")


@pytest.fixture
def one(place) -> int:
    return raise_concern(place.records, place.who["parks"], RAISED, DAY, AT)


def test_it_goes_from_raised_to_closed_and_every_word_is_kept(place, one):
    answer(place.records, place.who["water"], one, 1, " A pipe burst ", date(2026, 6, 3))
    decide(place.records, place.who["mayor"], one, 2, "Replace the pipe", date(2026, 6, 5))
    close(place.records, place.who["parks"], one, 3, "It is clear again", date(2026, 6, 9))
    now = row(place.records, concern, one)
    told = ("title", "answer", "decision", "settled", "state")
    assert [now[name] for name in told] == ["Brown water", "A pipe burst", "Replace the pipe", "It is clear again", "closed"]
    assert [now[name] for name in ("answered_by", "decided_by")] == [place.who["water"].person, place.who["mayor"].person]
    assert [change.changes["state"][1] for change in trail(place.records, "concern", [one])[one]] == [
        "raised", "answered", "decided", "closed",
    ]  # fmt: skip


def test_nobody_else_closes_it_whatever_they_are(place, one):
    for who in ("office", "mayor", "water", "consultant"):
        refused(place, NotAllowed, close, place.who[who], one, 1, "Settled", DAY)


def test_another_area_does_not_answer_and_an_area_does_not_decide(place, one):
    refused(place, NotAllowed, answer, place.who["parks"], one, 1, "Rust", DAY)
    refused(place, NotAllowed, decide, place.who["water"], one, 1, "Nothing", DAY)


@pytest.mark.parametrize("changed", [{"title": " "}, {"said": "\n"}])
def test_a_concern_that_says_nothing_is_refused(place, changed):
    refused(place, Refused, raise_concern, place.who["parks"], replace(RAISED, **changed), DAY)


@pytest.mark.parametrize(("verb", "who"), [(answer, "water"), (decide, "mayor"), (close, "parks")])
def test_an_empty_step_is_refused(place, one, verb, who):
    refused(place, Refused, verb, place.who[who], one, 1, " ", DAY)


def test_no_step_leads_back(place, one):
    decide(place.records, place.who["mayor"], one, 1, "Replace the pipe", DAY)
    assert "further than that" in str(refused(place, Refused, answer, place.who["water"], one, 2, "Rust", DAY).problems[0])
    close(place.records, place.who["parks"], one, 2, "It is clear", DAY)
    refused(place, Refused, decide, place.who["mayor"], one, 3, "Something else", DAY)
    refused(place, Refused, close, place.who["parks"], one, 3, "Again", DAY)


def test_of_two_answers_at_once_the_slower_one_is_told(place, one):
    answer(place.records, place.who["water"], one, 1, "A pipe burst", DAY)
    refused(place, Stale, answer, place.who["office"], one, 1, "Rust", DAY)


def test_the_newest_stands_first_and_other_places_apart(place, one):
    newer = raise_concern(place.records, place.who["water"], replace(RAISED, title="Low pressure"), date(2026, 6, 2), AT)
    raise_concern(place.records, place.who["water"], replace(RAISED, place="bruma"), DAY, AT)
    assert [each["id"] for each in concerns(place.records, "aurora")] == [newer, one]
