"""Which changes the log of a day holds."""

from datetime import UTC, date, datetime

from data.meetings.agenda import Item, add_item
from data.meetings.meetings import plan_meeting
from data.meetings.notes import write_note
from data.people import add_person, change_person
from data.periods import Month
from data.records.log import Asked, read
from data.records.trail import at_versions
from data.reviews.reviews import open_review
from tests.recorded_town import DAY

LATE = datetime(2026, 6, 10, 2, 30, tzinfo=UTC)


def test_a_day_of_the_log_is_one_of_the_city(place, clock):
    """As people read it: half past nine in the evening of 9 June in Lima is already 10 June by UTC."""
    clock("America/Lima")
    add_person(place.records, place.who["office"], "Nadia Noche", at=LATE)
    for day, names in ((date(2026, 6, 9), ["Nadia Noche"]), (date(2026, 6, 10), [])):
        found = read(place.records, Asked(kind="person", since=day, until=day)).entries
        assert [entry.now["name"] for entry in found] == names


def test_a_row_without_a_name_has_none_though_another_refers_to_it(place):
    """So that whoever words the log says what the row holds, not its number."""
    records, office = place.records, place.who["office"]
    meeting = plan_meeting(records, office, open_review(records, office, "aurora", Month(2026, 5)), DAY)
    goal = add_item(records, office, meeting, Item("goal", ("added",), goal="pipes"))
    words = add_item(records, office, meeting, Item("other", ("added",), title="Summer fair"))
    for item in (goal, words):
        write_note(records, office, item, "decided", "Build", None, None)
    names = read(records, Asked()).names
    assert ("item", goal) not in names
    assert names["item", words] == "Summer fair"


def test_what_rows_held_before_is_found_of_thousands(place):
    """A sheet that comes back late may name more rows than a database takes conditions."""
    records, office = place.records, place.who["office"]
    ana = add_person(records, office, "Ana")
    change_person(records, office, ana, 1, name="Anna")
    asked = dict.fromkeys(range(1, 3000), 1)
    assert at_versions(records, "person", asked)[ana]["name"] == "Ana"
    assert at_versions(records, "person", {ana: 2, ana + 1: 1})[ana]["name"] == "Anna"
    assert at_versions(records, "person", {ana: 3}) == {}
