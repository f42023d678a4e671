"""What somebody promised: asked for, done, postponed, dropped, opened again, or refused with nothing written; on both databases."""

from dataclasses import replace
from datetime import date

import pytest

from data.access import NotAllowed
from data.meetings.follow_ups import FollowUp, ask, done, drop, follow_ups, open_again, postpone
from data.problems import Refused
from data.records.tables import follow_up
from data.records.trail import trail
from data.records.writing import Gone, Stale
from tests.recorded_town import AT, DAY, refused, row

DUE = date(2026, 6, 15)
ASKED = FollowUp("aurora", " Mend the pump ", 1, DUE, evidence="A photograph")


@pytest.fixture
def one(place) -> int:
    return ask(place.records, place.who["mayor"], replace(ASKED, node=place.nodes["pipes"]), DAY, AT)


def test_what_is_asked_for_is_read_back_the_first_due_first(place, one):
    later = ask(place.records, place.who["office"], replace(ASKED, due=date(2026, 7, 1)), DAY, AT)
    found = follow_ups(place.records, "aurora")
    assert [each["id"] for each in found] == [one, later]
    assert dict(found[0]) == {
        "id": one, "place": "aurora", "meeting": None, "item": None, "what": "Mend the pump", "owner": place.post, "area": "water",
        "due": DUE, "first_due": DUE, "evidence": "A photograph", "goal": None, "node": place.nodes["pipes"], "state": "open",
        "done_on": None, "shown": None, "link": None, "dropped": None, "made_by": place.who["mayor"].person, "made_on": DAY, "version": 1,
    }  # fmt: skip
    assert follow_ups(place.records, "bruma") == []


@pytest.mark.parametrize(
    ("changed", "said"), [({"what": "  "}, "does not say what is to be done"), ({"due": date(2026, 5, 31)}, "before today")]
)
def test_what_says_nothing_or_was_due_before_is_refused(place, changed, said):
    problem = refused(place, Refused, ask, place.who["mayor"], replace(ASKED, **changed), DAY, AT)
    assert said in str(problem.problems[0])


def test_a_post_that_is_not_there_promises_nothing(place):
    refused(place, Gone, ask, place.who["mayor"], replace(ASKED, owner=99), DAY, AT)


def test_whoever_holds_the_post_does_it_and_says_what_shows_it(place, one):
    done(place.records, place.who["water"], one, 1, date(2026, 6, 14), " It runs ", "https://aurora.example/pump")
    now = row(place.records, follow_up, one)
    assert (now["state"], now["done_on"], now["shown"], now["link"]) == (
        "done", date(2026, 6, 14), "It runs", "https://aurora.example/pump",
    )  # fmt: skip
    assert "done or dropped already" in str(refused(place, Refused, done, place.who["water"], one, 2, DAY, "Again").problems[0])


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ((DAY, " "), "what was done"),
        ((DAY, "It runs", "javascript:alert(1)"), "is not a link"),
        ((date(2026, 6, 3), "It runs", None, AT), "to come"),
    ],
)
def test_done_needs_a_day_gone_by_what_shows_it_and_a_link_that_is_one(place, one, told, said):
    assert said in str(refused(place, Refused, done, place.who["water"], one, 1, *told).problems[0])


def test_another_area_does_not_say_that_it_is_done(place, one):
    refused(place, NotAllowed, done, place.who["parks"], one, 1, DAY, "It runs")


def test_another_day_keeps_the_first_one(place, one):
    postpone(place.records, place.who["mayor"], one, 1, date(2026, 7, 1))
    now = row(place.records, follow_up, one)
    assert (now["due"], now["first_due"]) == (date(2026, 7, 1), DUE)
    refused(place, NotAllowed, postpone, place.who["water"], one, 2, date(2026, 8, 1))  # nobody moves their own day
    assert "when it was asked for" in str(refused(place, Refused, postpone, place.who["mayor"], one, 2, date(2026, 5, 1)).problems[0])


def test_it_is_dropped_with_a_reason_and_opened_again(place, one):
    refused(place, Refused, drop, place.who["mayor"], one, 1, " ")
    drop(place.records, place.who["mayor"], one, 1, "The pump was sold")
    assert (row(place.records, follow_up, one)["state"], row(place.records, follow_up, one)["dropped"]) == ("dropped", "The pump was sold")
    refused(place, NotAllowed, open_again, place.who["water"], one, 2)
    open_again(place.records, place.who["mayor"], one, 2)
    now = row(place.records, follow_up, one)
    assert (now["state"], now["dropped"], now["due"]) == ("open", None, DUE)
    refused(place, Refused, open_again, place.who["mayor"], one, 3)


def test_whoever_said_that_it_is_done_may_take_that_back(place, one):
    done(place.records, place.who["water"], one, 1, DAY, "It runs", "https://aurora.example/pump")
    open_again(place.records, place.who["water"], one, 2)
    now = row(place.records, follow_up, one)
    assert [now[name] for name in ("state", "done_on", "shown", "link")] == ["open", None, None, None]


def test_of_two_at_once_the_slower_one_is_told(place, one):
    done(place.records, place.who["water"], one, 1, DAY, "It runs")
    for verb, given in ((done, (DAY, "Done")), (postpone, (DUE,)), (drop, ("Sold",)), (open_again, ())):
        refused(place, Stale, verb, place.who["office"], one, 1, *given)


def test_its_history_is_that_of_the_audit(place, one):
    postpone(place.records, place.who["mayor"], one, 1, date(2026, 7, 1))
    done(place.records, place.who["water"], one, 2, DAY, "It runs")
    changes = trail(place.records, "follow_up", [one])[one]
    assert [(change.actor, change.action) for change in changes] == [
        ("mayor", "ask_follow_up"), ("mayor", "ask_follow_up"), ("water", "do_follow_up"),
    ]  # fmt: skip
    assert changes[1].changes == {"due": ("2026-06-15", "2026-07-01")}
    assert changes[2].changes["state"] == ("open", "done")
