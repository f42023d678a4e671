"""The days of a review."""

from datetime import date

import pytest
from pydantic import ValidationError

from data.city import Cycle
from data.periods import Month
from kpis.reviews.cycle import phase_on, phases

OCTOBER = Month.parse("2026-10")


def test_the_usual_days_are_those_of_the_month_after():
    told = [(phase.name, phase.first.isoformat(), phase.last.isoformat()) for phase in phases(OCTOBER, Cycle())]
    assert told == [
        ("collect", "2026-11-01", "2026-11-05"),
        ("analyse", "2026-11-06", "2026-11-10"),
        ("risk", "2026-11-11", "2026-11-15"),
        ("close", "2026-11-16", "2026-11-30"),
    ]


@pytest.mark.parametrize(
    ("day", "name"),
    [("2026-10-31", None), ("2026-11-01", "collect"), ("2026-11-05", "collect"), ("2026-11-06", "analyse"), ("2026-11-15", "risk"),
     ("2026-11-30", "close"), ("2026-12-01", None)],
)  # fmt: skip
def test_a_day_is_in_one_phase_or_in_none(day, name):
    found = phase_on(OCTOBER, Cycle(), date.fromisoformat(day))
    assert (found and found.name) == name


def test_a_city_has_its_own_days():
    assert phases(OCTOBER, Cycle(collect=8, analyse=12, risk=20))[1].first == date(2026, 11, 9)


@pytest.mark.parametrize("days", [{"collect": 10}, {"analyse": 4}, {"risk": 10}])
def test_phases_come_one_after_another(days):
    with pytest.raises(ValidationError, match="one after another"):
        Cycle(**days)
