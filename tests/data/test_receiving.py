"""Months of other cities: received from a key that was compared, replaced by later ones, never by older; on both databases."""

from datetime import timedelta

import pytest

from data.access import NotAllowed
from data.exchange.batch import receive_all, unknown_fingerprints
from data.exchange.month_file import sealed
from data.exchange.received import months, received
from data.exchange.receiving import looked_at, receive
from data.exchange.trusting import forget, trust, trusted, withdraw
from data.periods import Month
from data.problems import Refused
from data.records.heads import exported
from data.records.secret import secret
from data.records.trail import trail
from data.records.verification import check
from data.records.writing import Gone
from tests.month_files import CLOSED, KEY, MARK, OTHER_KEY, OTHER_MARK, content, month_file
from tests.recorded_town import AT, everything, refused

LATER = CLOSED + timedelta(days=3)


@pytest.fixture
def aurora(place):
    """A consultant's records that trust Aurora's key."""
    trust(place.records, place.who["consultant"], month_file(), MARK, AT)
    return place


def test_the_first_file_of_a_city_is_refused_until_its_fingerprint_was_compared(place):
    problem = str(refused(place, Refused, receive, place.who["consultant"], month_file()).problems[0])
    assert MARK in problem and "--trust" in problem
    wrong = refused(place, Refused, trust, place.who["consultant"], month_file(), OTHER_MARK)
    assert MARK in str(wrong.problems[0])
    trust(place.records, place.who["consultant"], month_file(), MARK.upper().replace(" ", ""), AT)
    assert receive(place.records, place.who["consultant"], month_file()) == "new"
    (key,) = trusted(place.records).values()
    assert (key.city, key.fingerprint, key.by, key.at) == ("aurora", MARK, "consultant", AT)


def test_what_was_received_is_read_as_it_was_sent(aurora):
    receive(aurora.records, aurora.who["consultant"], month_file(), AT)
    (one,) = received(aurora.records)
    told = content()
    assert (one.city, one.name, one.month, one.received_at, one.signer) == ("aurora", told.name, Month(2026, 6), AT, MARK)
    same = ("closed_at", "next_meeting", "goals", "plans", "follow_ups", "concerns", "missing")
    assert [getattr(one, name) for name in same] == [getattr(told, name) for name in same]


def test_the_newest_month_of_each_city_by_name(aurora):
    who = aurora.who["office"]
    bruma = {"city": "bruma", "name": {"es": "Ábaco"}}
    trust(aurora.records, who, month_file(OTHER_KEY, **bruma), OTHER_MARK)
    for told in (month_file(month="2026-05"), month_file(), month_file(month="2026-04"), month_file(OTHER_KEY, **bruma, month="2026-03")):
        receive(aurora.records, who, told)
    assert [(each.city, str(each.month)) for each in received(aurora.records)] == [("bruma", "2026-03"), ("aurora", "2026-06")]
    assert [str(each.month) for each in months(aurora.records, "aurora")] == ["2026-06", "2026-05", "2026-04"]


def test_the_same_again_changes_nothing_also_when_only_the_day_it_was_made_differs(aurora):
    who = aurora.who["consultant"]
    receive(aurora.records, who, month_file())
    before = everything(aurora.records)
    for made in (CLOSED, LATER, CLOSED - timedelta(hours=1)):
        assert receive(aurora.records, who, month_file(made_at=made)) == "unchanged"
    assert everything(aurora.records) == before


@pytest.mark.parametrize("later", [{"closed_at": LATER, "made_at": LATER}, {"made_at": LATER}], ids=["closed anew", "made anew"])
def test_a_later_one_takes_the_place_of_the_one_before_and_an_older_one_never_again(aurora, later):
    who = aurora.who["consultant"]
    first, second = month_file(), month_file(missing=0, next_meeting=None, **later)
    receive(aurora.records, who, first)
    assert receive(aurora.records, who, second) == "replaced"
    assert "older one" in str(refused(aurora, Refused, receive, who, first).problems[0])
    (one,) = received(aurora.records)
    assert (one.missing, one.next_meeting) == (0, None)
    assert len(trail(aurora.records, "city_month", [1])[1]) == 2


def test_another_content_of_the_same_moment_is_refused(aurora):
    receive(aurora.records, aurora.who["consultant"], month_file())
    refused(aurora, Refused, receive, aurora.who["consultant"], month_file(missing=0))


def test_another_key_is_refused_and_cannot_be_trusted_beside_the_first(aurora):
    who, stranger = aurora.who["consultant"], month_file(OTHER_KEY)
    receive(aurora.records, who, month_file())
    problem = str(refused(aurora, Refused, receive, who, stranger).problems[0])
    assert MARK in problem and OTHER_MARK in problem and "new key" in problem
    assert "withdraw" in str(refused(aurora, Refused, trust, who, stranger, OTHER_MARK).problems[0])


def test_a_new_key_takes_withdrawing_the_old_one_and_what_was_received_stays(aurora):
    who = aurora.who["office"]
    receive(aurora.records, who, month_file())
    withdraw(aurora.records, who, "aurora")
    assert trusted(aurora.records) == {} and len(received(aurora.records)) == 1
    refused(aurora, Refused, receive, who, month_file(month="2026-07"))
    refused(aurora, Gone, withdraw, who, "aurora")
    trust(aurora.records, who, month_file(OTHER_KEY), OTHER_MARK)
    assert receive(aurora.records, who, month_file(OTHER_KEY, month="2026-07")) == "new"


def test_a_city_is_forgotten_with_all_its_months_and_no_other_city(aurora):
    who = aurora.who["consultant"]
    trust(aurora.records, who, month_file(OTHER_KEY, city="bruma"), OTHER_MARK)
    for told in (month_file(), month_file(month="2026-05"), month_file(OTHER_KEY, city="bruma")):
        receive(aurora.records, who, told)
    assert forget(aurora.records, who, "aurora") == 2
    assert [each.city for each in received(aurora.records)] == ["bruma"] == list(trusted(aurora.records))
    refused(aurora, Gone, forget, who, "aurora")


def test_only_the_office_and_a_consultant_may(place):
    for who in ("mayor", "water", "reviewer", "nobody"):
        refused(place, NotAllowed, trust, place.who[who], month_file(), MARK)
        refused(place, NotAllowed, receive, place.who[who], month_file())
        refused(place, NotAllowed, withdraw, place.who[who], "aurora")
        refused(place, NotAllowed, forget, place.who[who], "aurora")


def test_what_receiving_would_do_is_said_before_and_writes_nothing(place):
    who, file = place.who["consultant"], month_file()
    assert (looked_at(place.records, file).done, looked_at(place.records, file).trusted) == ("new", False)
    trust(place.records, who, file, MARK)
    assert looked_at(place.records, file).trusted
    receive(place.records, who, file)
    before = everything(place.records)
    later = month_file(missing=0, made_at=LATER)
    assert [looked_at(place.records, each).done for each in (file, later)] == ["unchanged", "replaced"]
    older, stranger = looked_at(place.records, month_file(missing=0)), looked_at(place.records, month_file(OTHER_KEY))
    assert (older.done, older.trusted, stranger.done, stranger.trusted) == (None, True, None, False)
    assert "older" in str(older.problem) and OTHER_MARK in str(stranger.problem)
    assert everything(place.records) == before


def test_of_several_files_each_is_received_or_refused_by_itself(place):
    good, bad = sealed(content(), KEY), sealed(content(), KEY).replace(b'"missing":2', b'"missing":1')
    bruma = sealed(content(city="bruma"), OTHER_KEY)
    files = [("bad", bad), ("good", good), ("untrusted", bruma), ("july", sealed(content(month="2026-07"), KEY)), ("noise", b"\0")]
    outcomes = receive_all(place.records, place.who["consultant"], files, [MARK])
    assert [(each.name, each.done) for each in outcomes] == [
        ("bad", None), ("good", "new"), ("untrusted", None), ("july", "new"), ("noise", None),
    ]  # fmt: skip
    assert [each.problem.path for each in outcomes if each.problem] == ["bad", "untrusted", "noise"]
    assert [str(each.month) for each in months(place.records, "aurora")] == ["2026-07", "2026-06"]
    assert [problem.values["fingerprint"] for problem in unknown_fingerprints(outcomes, [MARK, "3f2a"])] == ["3f2a"]


def test_the_audit_holds_after_all_of_it(aurora):
    who = aurora.who["consultant"]
    receive(aurora.records, who, month_file())
    receive(aurora.records, who, month_file(missing=0, made_at=LATER))
    forget(aurora.records, who, "aurora")
    store = aurora.records.store
    _said, problems = check(aurora.records.engine, store, secret(store), exported(store))
    assert problems == []
