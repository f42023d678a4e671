"""Where a follow-up stands on a day, and how many promises were kept: every edge of the rule, on days told by hand."""

from datetime import date
from typing import Any

import pytest

from kpis.meetings.promises import SOON, Kept, carried, days_left, kept, kept_by, month_promised, state

DAY = date(2026, 7, 10)


def row(due: str, *, done: str | None = None, first: str | None = None, dropped: bool = False, **more: Any) -> dict[str, Any]:
    """A follow-up that is due on a day of 2026, told as 07-10."""
    where = "done" if done else "dropped" if dropped else "open"
    days = {name: date.fromisoformat(f"2026-{told}") if told else None for name, told in (("due", due), ("done_on", done))}
    return {
        **days,
        "first_due": date.fromisoformat(f"2026-{first or due}"),
        "state": where,
        "made_on": date(2026, 6, 1),
        "owner": 1,
        **more,
    }


@pytest.mark.parametrize(
    ("promised", "where"),
    [
        (row("07-09"), "overdue"),
        (row("07-10"), "soon"),  # today is still in time
        (row("07-17"), "soon"),
        (row("07-18"), "open"),
        (row("07-05", done="07-05"), "kept"),
        (row("07-05", done="07-06"), "late"),
        (row("07-20", first="07-05", done="07-06"), "late"),  # another day was agreed, and the first one was not kept
        (row("07-20", first="07-05"), "open"),
        (row("07-05", done="07-11"), "overdue"),  # on the 10th nobody had done it yet
        (row("07-05", dropped=True), "dropped"),
    ],
)  # fmt: skip
def test_where_a_follow_up_stands(promised, where):
    assert state(promised, DAY) == where


def test_soon_is_within_a_week():
    assert SOON == 7
    assert days_left(row("07-09"), DAY) == -1


def test_what_is_dropped_or_not_due_yet_counts_neither_for_nor_against():
    rows = [row("07-01", done="06-30"), row("07-01", done="07-02"), row("07-01"), row("07-01", dropped=True), row("08-01", done="07-01")]
    assert kept(rows, DAY) == Kept(kept=1, due=3, dropped=1)
    assert kept(rows, DAY).rate == pytest.approx(1 / 3)


def test_what_is_due_today_counts_once_it_is_done():
    assert kept([row("07-10")], DAY) == Kept(0, 0, 0)
    assert kept([row("07-10", done="07-10")], DAY) == Kept(1, 1, 0)
    assert kept([row("07-10")], date(2026, 7, 11)) == Kept(0, 1, 0)


def test_without_any_that_fell_due_there_is_no_rate():
    assert kept([row("07-20"), row("07-01", dropped=True)], DAY).rate is None
    assert kept([], DAY).rate is None


def test_the_rate_goes_by_the_first_day_whatever_was_agreed_later():
    moved = row("07-20", first="07-05", done="07-08")
    assert kept([moved], DAY) == Kept(0, 1, 0)


def test_the_rate_of_each_owner_and_of_each_month():
    rows = [row("07-01", done="07-01"), row("06-01", owner=2), row("07-02", owner=2, done="07-02")]
    assert kept_by(rows, DAY, lambda each: each["owner"]) == {1: Kept(1, 1, 0), 2: Kept(1, 2, 0)}
    assert kept_by(rows, DAY, month_promised) == {"2026-07": Kept(2, 2, 0), "2026-06": Kept(0, 1, 0)}


def test_it_is_carried_through_the_meetings_held_since_until_it_is_done():
    meetings = [date(2026, 6, 1), date(2026, 6, 15), date(2026, 7, 10), date(2026, 8, 10)]
    assert carried(row("07-01"), meetings, DAY) == 2  # not the one that asked for it, nor one to come
    assert carried(row("07-01", done="06-20"), meetings, DAY) == 1
    assert carried(row("07-01", dropped=True), meetings, DAY) == 0
