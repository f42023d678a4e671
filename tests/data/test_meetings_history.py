"""Everything that was said in and between meetings, and the words by which it is found."""

from datetime import date

import pytest

from data.meetings.follow_ups import FollowUp, ask
from data.meetings.history import history, matching
from data.meetings.notes import write_note
from data.people import posts
from tests.meeting_town import MEETING_DAY, Met, met


@pytest.fixture(scope="module")
def town(tmp_path_factory) -> Met:
    found = met(tmp_path_factory.mktemp("history"))
    write_note(found.records, found.office, found.items["goal"], "decided", "Más luz en la Estación", None, None)
    write_note(found.records, found.office, found.items["goal"], "discussed", "Nobody agreed", None, None)
    post = posts(found.records, MEETING_DAY)[0].id
    ask(found.records, found.office, FollowUp("aurora", "Bring the record", post, date(2026, 7, 20), goal="robberies"), date(2026, 7, 13))
    return found


def test_it_is_told_the_newest_first_and_what_was_only_talked_about_is_not(town):
    told = history(town.records, "aurora")
    assert [(said.kind, said.day) for said in told] == [
        ("follow_up", date(2026, 7, 13)), ("decision", MEETING_DAY), ("concern", date(2026, 6, 20)),
    ]  # fmt: skip
    assert told[1].meeting == town.meeting and told[1].row == town.items["goal"]
    assert history(town.records, "elsewhere") == []


@pytest.mark.parametrize(
    ("words", "kinds", "found"),
    [
        ("", ("decision", "follow_up", "concern"), 3),
        ("ESTACION mas", ("decision", "follow_up", "concern"), 1),
        ("estación record", ("decision", "follow_up", "concern"), 0),
        ("record", ("decision",), 0),
        ("night", ("concern",), 1),
    ],
)
def test_every_word_must_stand_in_it_whatever_its_accents_and_capitals(town, words, kinds, found):
    assert len(matching(history(town.records, "aurora"), words, kinds)) == found
