"""Many cities side by side: when a month is late, what is a reason to call, and which city comes first."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from data.exchange.content import MonthContent
from data.exchange.month_file import opened
from data.exchange.received import CityMonth
from data.periods import Month
from kpis.cities.attention import BEHIND, FEW, KINDS, in_order, rate, whys
from kpis.cities.lateness import months_late, owed
from tests.sent_months import goal, plan, sent

DAY = date(2026, 11, 26)
LAST = Month(2026, 9)
"""The newest month that should be closed by that day."""
MEETS = "2026-11-30"


def month(city: str = "alta", of: Month = LAST, **told: Any) -> CityMonth:
    """A month that gives no reason to call, but for what is told."""
    file = sent(city, of, **{"next_meeting": MEETS, **told})
    said: MonthContent = opened(file.content, file.name).content
    received = datetime(2026, 11, 20, tzinfo=UTC)
    return CityMonth(
        said.city, said.name, of, said.closed_at, received, "", said.next_meeting, said.goals, said.plans, said.follow_ups, said.concerns,
        said.missing,
    )  # fmt: skip


def promises(kept: int, due: int, overdue: int = 0) -> dict[str, int]:
    return {"open": overdue, "overdue": overdue, "kept": kept, "promised": due}


def kinds(found: CityMonth) -> list[str]:
    return [why.kind for why in whys(found, DAY)]


@pytest.mark.parametrize(
    "day, expected",
    [
        (date(2026, 11, 1), Month(2026, 9)),
        (date(2026, 11, 30), Month(2026, 9)),
        (date(2026, 12, 1), Month(2026, 10)),
        (date(2027, 1, 31), Month(2026, 11)),
        (date(2027, 2, 1), Month(2026, 12)),
    ],
)
def test_a_month_should_be_closed_when_the_month_after_it_has_ended(day, expected):
    assert owed(day) == expected


@pytest.mark.parametrize("newest, late", [("2026-10", 0), ("2026-09", 0), ("2026-08", 1), ("2025-12", 9), ("2024-09", 24)])
def test_a_city_is_late_by_the_months_that_it_should_have_closed(newest, late):
    assert months_late(Month.parse(newest), DAY) == late


def test_a_quiet_city_gives_no_reason_to_call():
    assert whys(month(), DAY) == ()


@pytest.mark.parametrize(
    "told, kind, number",
    [
        ({"goals": [goal("a", "A", "on_track", worsened=True, signal=True)]}, "signals", 1),
        ({"follow_ups": promises(5, 5, overdue=2)}, "overdue", 2),
        ({"plans": [plan(proved=35.0, time_used=45.0)]}, "behind", BEHIND),
        ({"plans": [plan(), plan(key="other", proved=15.0, time_used=45.0)]}, "behind", 30),
        ({"follow_ups": promises(2, FEW)}, "broken", 3),
        ({"next_meeting": None}, "unplanned", 0),
        ({"next_meeting": "2026-11-25"}, "unplanned", 0),
        ({"missing": 7}, "missing", 7),
    ],
)
def test_each_reason_to_call_stands_alone_with_its_number(told, kind, number):
    (why,) = whys(month(**told), DAY)
    assert (why.kind, why.number) == (kind, pytest.approx(number))


@pytest.mark.parametrize(
    "told",
    [
        {"goals": [goal("a", "A", "off_track", worsened=True)]},  # worse, and no signal
        {"plans": [plan(proved=35.1, time_used=45.0)]},
        {"plans": []},
        {"follow_ups": promises(0, FEW - 1)},  # too few to tell
        {"follow_ups": promises(3, 6)},  # half is not under half
        {"next_meeting": str(DAY)},  # today
    ],
)
def test_what_is_just_short_of_a_reason_is_none(told):
    assert whys(month(**told), DAY) == ()


def test_all_reasons_stand_in_their_order():
    worst = {
        "goals": [goal("a", "A", "on_track", worsened=True, signal=True)], "plans": [plan(proved=5.0)],
        "follow_ups": promises(0, FEW, overdue=1), "next_meeting": None, "missing": 1,
    }  # fmt: skip
    assert kinds(month(of=LAST.plus(-1), **worst)) == list(KINDS)


def test_a_share_of_promises_is_told_of_five_and_never_of_four():
    assert rate(month(follow_ups=promises(3, FEW))) == pytest.approx(0.6)
    assert rate(month(follow_ups=promises(3, FEW - 1))) is None
    assert rate(month(follow_ups=promises(0, 0))) is None


def test_the_city_with_most_reasons_comes_first_then_the_one_that_is_longest_late():
    quiet, late = month("clara"), month("baja", of=LAST.plus(-1))
    later, two = month("alta", of=LAST.plus(-2)), month("clara", next_meeting=None, missing=1)
    assert in_order([quiet, late, later, two], DAY) == [two, later, late, quiet]
