"""What a meeting opens with: what was promised before it and waits, then what was done of that since the meeting before."""

from datetime import date

from kpis.meetings.opening import opening
from tests.kpis.test_promises import row

AUGUST = {"id": 3, "day": date(2026, 8, 10), "state": "planned"}
JULY = {"id": 2, "day": date(2026, 7, 10), "state": "held"}
JUNE = {"id": 1, "day": date(2026, 6, 10), "state": "held"}


def opened(*rows, meetings=(AUGUST, JULY, JUNE)) -> list[str]:
    """What a meeting of the 10th of August opens with, by names."""
    given = [{"id": number, "meeting": None, **each} for number, each in enumerate(rows, start=1)]
    return [each["name"] for each in opening(given, AUGUST, meetings)]


def test_what_is_overdue_comes_first_then_what_is_due_then_what_was_done():
    assert opened(
        row("07-20", done="07-22", name="late"),
        row("07-20", done="07-20", name="kept"),
        row("12-01", name="later"),
        row("08-12", name="soon"),
        row("08-09", name="overdue"),
        row("07-01", name="longest overdue"),
    ) == ["longest overdue", "overdue", "soon", "later", "kept", "late"]


def test_what_is_done_is_shown_by_one_meeting():
    rows = [
        row("07-09", done="07-09", name="before"),
        row("07-20", done="07-10", name="on its day"),
        row("07-20", done="07-11", name="since"),
    ]
    assert opened(*rows) == ["on its day", "since"]
    assert opened(*rows, meetings=[AUGUST]) == ["before", "on its day", "since"]
    assert opened(*rows, meetings=[AUGUST, {**JULY, "state": "planned"}, JUNE]) == ["before", "on its day", "since"]


def test_what_is_dropped_or_asked_for_by_the_meeting_itself_or_later_is_left_out():
    assert not opened(
        row("07-20", dropped=True, name="dropped"),
        row("08-20", name="its own", meeting=3),
        {**row("08-20", name="later"), "made_on": date(2026, 8, 10)},
    )


def test_what_was_done_after_the_meeting_still_waited_at_it():
    assert opened(row("08-09", done="08-11", name="done the day after")) == ["done the day after"]
