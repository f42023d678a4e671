"""What a series was about at a time: a single odd value must neither begin nor end a comparison of years."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from data.periods import Frequency, year_ago
from kpis.peers.held import Numbers

SPANS = (3, 2, 1)
"""Years over which a change is told: the longest for which there is something to compare with."""
ROUND_A_YEAR = 366
"""Days within which a yearly value has its neighbours."""


def years_before(end: date, frequency: Frequency, years: int) -> date:
    """The same period so many years earlier."""
    for _ in range(years):
        end = year_ago(end, frequency)
    return end


def over_a_year(values: Numbers, ends: Sequence[date], end: date, frequency: Frequency) -> float:
    """The median of the values of the year that ends with a period, of a yearly series its own; NaN where fewer than half are known."""
    begins = year_ago(end, frequency)
    return _median(values[[begins < one <= end for one in ends]], _periods(begins, end, frequency))


def around(values: Numbers, ends: Sequence[date], end: date, frequency: Frequency) -> float:
    """The same, but of a yearly series the median of the value and of those just before and after it."""
    if frequency != "year":
        return over_a_year(values, ends, end, frequency)
    return _median(values[[abs((one - end).days) <= ROUND_A_YEAR for one in ends]], 1)


def lately(values: Numbers, ends: Sequence[date], end: date, frequency: Frequency) -> float:
    """The same for the last one: of a yearly series the median of the last three, as it has none after it."""
    if frequency != "year":
        return over_a_year(values, ends, end, frequency)
    return _median(values[[0 <= (end - one).days <= 2 * ROUND_A_YEAR for one in ends]], 1)


def _periods(begins: date, end: date, frequency: Frequency) -> int:
    return {"day": (end - begins).days, "week": 52, "month": 12, "quarter": 4, "half": 2, "year": 1}[frequency]


def _median(values: Numbers, periods: int) -> float:
    known = values[np.isfinite(values)]
    return float(np.median(known)) if known.size and 2 * known.size >= periods else float("nan")
