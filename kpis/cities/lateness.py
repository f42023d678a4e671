"""Whether a city closed its months in time, going by the calendar alone.

A month is reviewed in the month after it, whose last day closes it (kpis.reviews.cycle); the days of another city's own cycle are not
known here, and the last one is the same for all.
"""

from datetime import date

from data.periods import Month

MONTHS_OF_A_YEAR = 12


def owed(day: date) -> Month:
    """The newest month that should be closed by a day: on 30 November that of September, from 1 December on that of October."""
    return Month.of(day).plus(-2)


def months_late(newest: Month, day: date) -> int:
    """How many months after the newest one received should be closed by a day; 0 where none is."""
    last = owed(day)
    return max(0, (last.year - newest.year) * MONTHS_OF_A_YEAR + last.number - newest.number)
