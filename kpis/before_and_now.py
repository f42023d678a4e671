"""A place's figures before something was done there and now, at the same time of the year, beside those of another place.

It shows what the figures did, not what did it: whatever else happened meanwhile is in it too.
"""

from dataclasses import dataclass
from datetime import date

import polars as pl


@dataclass(frozen=True)
class Moved:
    """A value before and the latest one, with the last days of their periods."""

    place: str
    before: float
    before_period: date
    now: float
    now_period: date

    @property
    def change(self) -> float:
        return self.now - self.before


def moved(rows: pl.DataFrame, place: str, since: date) -> Moved | None:
    """What one indicator did at a place since a day.

    `rows` have the columns place, period (its last day) and value. The latest value stands beside the last one before that day whose
    period ends in the same month of the year. None where either is not held, or nothing was measured since.
    """
    held = rows.filter(pl.col("place") == place).drop_nulls("value").sort("period")
    if held.is_empty() or held["period"][-1] < since:
        return None
    now = held.row(-1, named=True)
    before = held.filter(pl.col("period") < since, pl.col("period").dt.month() == now["period"].month)
    if before.is_empty():
        return None
    was = before.row(-1, named=True)
    return Moved(place, was["value"], was["period"], now["value"], now["period"])


def same_periods(rows: pl.DataFrame, place: str, like: Moved) -> Moved | None:
    """What the indicator did at another place between the same periods; None where either value is not held there."""
    held = rows.filter(pl.col("place") == place).drop_nulls("value")
    found = dict(held.select("period", "value").iter_rows())
    if like.before_period not in found or like.now_period not in found:
        return None
    return Moved(place, found[like.before_period], like.before_period, found[like.now_period], like.now_period)
