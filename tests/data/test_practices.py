"""A practice from proposed to kept, changed, withdrawn and back; on both databases, and nothing is written when one is refused."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from data.access import NotAllowed
from data.practices.practices import (
    Practice,
    add_practice,
    change_practice,
    keep_practice,
    restore_practice,
    undo_change,
    withdraw_practice,
)
from data.practices.reading import practices
from data.problems import Refused
from data.records.tables import practice
from data.records.trail import trail
from data.records.writing import Gone, Stale
from tests.recorded_town import AT, everything, refused, row

METERS = Practice(
    "meters", {"es": "Contadores", "en": "Meters"}, "A meter at every branch of the network", ("water_losses",), elsewhere="Bruma",
    since="2024-05", strength="compared", found="Losses fell by a third; next door they did not", link="https://bruma.example/meters",
    cost=350_000.0, currency="EUR", bought="420 meters", contact="Head of water, Bruma", address="water@bruma.example",
)  # fmt: skip
LATER = datetime(2026, 6, 20, 9, tzinfo=UTC)


@pytest.fixture
def meters(place) -> int:
    """Kept, for the office wrote it down."""
    return add_practice(place.records, place.who["office"], METERS, AT)


@pytest.fixture
def proposed(place) -> int:
    """Proposed by the editor of water."""
    return add_practice(place.records, place.who["water"], METERS, AT)


def columns(error: Refused) -> list[str]:
    return [str(problem.column) for problem in error.problems]


def test_what_the_office_writes_is_kept_and_holds_all_that_was_told(place, meters):
    now = row(place.records, practice, meters)
    assert (now["state"], now["written_by"], now["version"]) == ("kept", place.who["office"].person, 1)
    assert {name: now[name] for name in vars(METERS)} == {**vars(METERS), "indicators": ["water_losses"]}


@pytest.mark.parametrize(("who", "state"), [("consultant", "kept"), ("mayor", "proposed"), ("water", "proposed"), ("reviewer", "proposed")])
def test_who_writes_decides_whether_it_is_kept_or_proposed(place, who, state):
    assert row(place.records, practice, add_practice(place.records, place.who[who], METERS))["state"] == state


def test_a_practice_goes_from_proposed_to_withdrawn_and_back_and_every_step_is_kept(place, proposed):
    records, office = place.records, place.who["office"]
    refused(place, NotAllowed, keep_practice, place.who["water"], proposed, 1)
    keep_practice(records, office, proposed, 1)
    refused(place, Refused, keep_practice, office, proposed, 2)
    withdraw_practice(records, office, proposed, 2, " The meters were counted twice ")
    assert row(records, practice, proposed)["withdrawn"] == "The meters were counted twice"
    refused(place, Refused, change_practice, office, proposed, 3, since="2023")
    refused(place, Refused, withdraw_practice, office, proposed, 3, "Again")
    restore_practice(records, office, proposed, 3)
    refused(place, Refused, restore_practice, office, proposed, 4)
    now = row(records, practice, proposed)
    assert (now["state"], now["withdrawn"], now["version"]) == ("kept", None, 4)
    steps = trail(records, "practice", [proposed])[proposed]
    assert [change.changes["state"][1] for change in steps] == ["proposed", "kept", "withdrawn", "kept"]


def test_its_writer_changes_a_proposal_and_not_what_is_kept(place, proposed):
    records, water = place.records, place.who["water"]
    change_practice(records, water, proposed, 1, since="2023")
    for who in ("parks", "mayor", "reviewer"):
        refused(place, NotAllowed, change_practice, place.who[who], proposed, 2, since="2022")
        refused(place, NotAllowed, withdraw_practice, place.who[who], proposed, 2, "Not ours")
    withdraw_practice(records, water, proposed, 2, "I mixed up two towns")
    restore_practice(records, water, proposed, 3)
    assert row(records, practice, proposed)["state"] == "proposed"
    keep_practice(records, place.who["consultant"], proposed, 4)
    for verb, more in ((change_practice, ()), (withdraw_practice, ("Mine",))):
        refused(place, NotAllowed, verb, water, proposed, 5, *more)


def test_what_the_office_kept_and_withdrew_is_not_for_its_writer_to_take_up_again(place, proposed):
    records, office = place.records, place.who["office"]
    keep_practice(records, office, proposed, 1)
    withdraw_practice(records, office, proposed, 2, "The figures were made up")
    refused(place, NotAllowed, restore_practice, place.who["water"], proposed, 3)
    assert row(records, practice, proposed)["withdrawn"] == "The figures were made up"
    restore_practice(records, place.who["consultant"], proposed, 3)


def test_the_last_change_is_undone_and_done_again(place, meters):
    records, office = place.records, place.who["office"]
    assert columns(refused(place, Refused, undo_change, office, meters, 1)) == ["None"]
    change_practice(records, office, meters, 1, cost=None, currency=None, found={"es": "Un tercio", "en": "A third"})
    withdraw_practice(records, office, meters, 2, "Wrong town")
    restore_practice(records, office, meters, 3)
    undo_change(records, office, meters, 4)
    now = row(records, practice, meters)
    assert (now["cost"], now["currency"], now["found"], now["state"]) == (350_000.0, "EUR", METERS.found, "kept")
    undo_change(records, office, meters, 5)
    assert row(records, practice, meters)["found"] == {"es": "Un tercio", "en": "A third"}


def test_a_practice_that_cannot_be_is_refused(place):
    cases = [
        ({"key": "All meters"}, "key"), ({"name": ""}, "name"), ({"done": ""}, "name"), ({"indicators": ()}, "indicators"),
        ({"place": "aurora"}, "place"), ({"elsewhere": None}, "place"), ({"since": "spring"}, "since"), ({"since": "2024-13"}, "since"),
        ({"since": "2024-02-30"}, "since"), ({"strength": "sure"}, "strength"), ({"link": "page 4"}, "link"), ({"link": None}, "link"),
        ({"found": None}, "link"), ({"cost": -1.0}, "cost"), ({"cost": float("nan")}, "cost"), ({"cost": None}, "currency"),
        ({"currency": None}, "currency"), ({"name": "  "}, "name"), ({"done": {"es": "", "en": " "}}, "name"), ({"found": " "}, "link"),
        ({"elsewhere": {"en": " "}}, "place"), ({"since": "2199"}, "since"),
    ]  # fmt: skip
    before = everything(place.records)
    for changed, column in cases:
        with pytest.raises(Refused) as error:
            add_practice(place.records, place.who["office"], replace(METERS, **changed))
        assert columns(error.value) == [column], changed
    assert everything(place.records) == before


def test_everything_that_is_wrong_is_said_at_once_and_a_change_is_held_against_the_same(place, meters):
    wrong = replace(METERS, name="", indicators=(), elsewhere=None, since="soon", link="page 4", cost=-1.0)
    assert columns(refused(place, Refused, add_practice, place.who["office"], wrong)) == [
        "key", "name", "indicators", "place", "since", "link", "cost",
    ]  # fmt: skip
    assert columns(refused(place, Refused, change_practice, place.who["office"], meters, 1, elsewhere=None)) == ["place"]
    with pytest.raises(ValueError, match="not written of a practice"):
        change_practice(place.records, place.who["office"], meters, 1, state="withdrawn")
    assert columns(refused(place, Refused, withdraw_practice, place.who["office"], meters, 1, " ")) == ["withdrawn"]


def test_what_is_only_described_needs_nothing_that_shows_it(place):
    add_practice(place.records, place.who["office"], replace(METERS, strength="described", found=None, link=None, cost=None, currency=None))


def test_of_two_writers_the_slower_one_is_told(place, meters):
    change_practice(place.records, place.who["office"], meters, 1, since="2023")
    for verb, more in ((change_practice, ()), (withdraw_practice, ("Wrong",)), (undo_change, ()), (restore_practice, ())):
        refused(place, Stale, verb, place.who["consultant"], meters, 1, *more)
    refused(place, Gone, change_practice, place.who["office"], meters + 1, 1)


def test_they_are_read_as_they_stood_the_best_shown_and_newest_first(place, meters):
    records, office = place.records, place.who["office"]
    for key, strength, since in (("old", "estimated", "2020"), ("new", "estimated", "2025-01"), ("told", "described", None)):
        add_practice(records, office, replace(METERS, key=key, strength=strength, since=since), LATER)
    withdraw_practice(records, office, meters, 1, "Wrong town", LATER)
    assert [each["key"] for each in practices(records)] == ["new", "old", "meters", "told"]
    then = practices(records, date(2026, 6, 19))
    assert [(each["key"], each["state"]) for each in then] == [("meters", "kept")]
    assert practices(records, date(2026, 5, 31)) == []
