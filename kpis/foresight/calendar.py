"""Periods that are still to come: their ends, and how many lie between two."""

from datetime import date, timedelta

from data.periods import MONTHS, Frequency, Month

SEASON: dict[Frequency, int] = {"day": 7, "week": 52, "month": 12, "quarter": 4, "half": 2, "year": 1}
"""Periods after which a series may repeat itself."""
DAYS: dict[str, int] = {"day": 1, "week": 7}


def following(last: date, frequency: Frequency, count: int) -> list[date]:
    """Last days of so many periods after the one that ends on `last`."""
    return [_end(last, frequency, step) for step in range(1, count + 1)]


def up_to(last: date, frequency: Frequency, count: int) -> list[date]:
    """Last days of so many periods, the last of which ends on `last`."""
    return [_end(last, frequency, step) for step in range(1 - count, 1)]


def steps_between(last: date, day: date, frequency: Frequency) -> int:
    """Periods from the one that ends on `last` to the first that ends on `day` or later; negative where that lies before."""
    if frequency in DAYS:
        return -((last - day).days // DAYS[frequency])
    months = (day.year - last.year) * 12 + day.month - last.month
    return -(-months // MONTHS[frequency])


def _end(last: date, frequency: Frequency, step: int) -> date:
    if frequency in DAYS:
        return last + timedelta(days=DAYS[frequency] * step)
    return Month.of(last).plus(MONTHS[frequency] * step).last
