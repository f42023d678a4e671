"""One figure for each place: of the period that most of them have, or its own last one of the year before."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from kpis.index.figures import Numbers

SHARE = 0.8
"""Of the places that have any figure: so many must have a period's for it to be the one that is compared."""
YEAR = 366
"""Days by which a place's own last figure may be older than the period that is compared."""


@dataclass(frozen=True, eq=False)
class Latest:
    """`values` in the order of the places, NaN where there is none; `ends` the last day of each one's period; `period` the compared one."""

    values: Numbers
    ends: tuple[date | None, ...]
    period: date | None

    @property
    def others(self) -> list[int]:
        """The places, by number, whose figure is of another period than the compared one."""
        return [number for number, end in enumerate(self.ends) if end is not None and end != self.period]


def latest(rows: pl.DataFrame, places: Sequence[str]) -> Latest:
    """Of the rows of one indicator (place, period, value).

    The compared period is the newest for which four in five of the places with any figure have one, else the one that most have: the
    very last is often that of the quickest places alone.
    """
    known = rows.filter(pl.col("value").is_finite())
    series: dict[str, dict[date, float]] = {place: {} for place in places}
    for place, period, value in known.select("place", "period", "value").iter_rows():
        series[place][period] = value
    period = _compared(series)
    ends = tuple(_end(series[place], period) for place in places)
    values = [np.nan if end is None else series[place][end] for place, end in zip(places, ends, strict=True)]
    return Latest(np.array(values, dtype=float), ends, period)


def _compared(series: Mapping[str, Mapping[date, float]]) -> date | None:
    counted = Counter(period for values in series.values() for period in values)
    enough = SHARE * sum(bool(values) for values in series.values())
    usual = max((period for period, number in counted.items() if number >= enough), default=None)
    return usual or max(counted, key=lambda period: (counted[period], period), default=None)


def _end(values: Mapping[date, float], period: date | None) -> date | None:
    if period is None or period in values:
        return period
    return max((end for end in values if end < period and (period - end).days <= YEAR), default=None)
