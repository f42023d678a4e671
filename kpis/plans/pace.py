"""Time: how much of it is used, when a node ends at its pace until today, and how many days that is beyond its end.

time used    (day - start) / (end - start)
forecast     start + (day - start) / proved share
"""

from datetime import date

import polars as pl

from data.plans.vocabulary import STOPPED
from kpis.plans.states import FINISHED

LAST = date.max.toordinal() - date(1970, 1, 1).toordinal()
"""The last day that can be written; a slower pace ends then."""


def time_used(day: pl.Expr) -> pl.Expr:
    """Percent, from 0 before the start to 100 after the end; null without both days."""
    whole = (pl.col("ends") - pl.col("starts")).dt.total_days()
    passed = (day - pl.col("starts")).dt.total_days()
    at_once = pl.when(passed < 0).then(0.0).otherwise(100.0)
    return pl.when(whole > 0).then((100 * passed / whole).clip(0, 100)).when(whole.is_not_null()).then(at_once)


def forecast_end(day: pl.Expr) -> pl.Expr:
    """Null where nothing is proved, nothing counts, it has not begun, or it is finished or stopped."""
    passed = (day - pl.col("starts")).dt.total_days()
    runs = ~pl.col("state").is_in([*FINISHED, *STOPPED]) & (pl.col("proved") > 0) & (passed > 0) & (pl.col("actions") > 0)
    reached = pl.col("starts").to_physical() + (passed / (pl.col("proved") / 100)).round()
    return pl.when(runs).then(reached.clip(upper_bound=LAST)).cast(pl.Int32).cast(pl.Date)


def delay_days(day: pl.Expr) -> pl.Expr:
    """Days from the planned end to the forecast one, below zero where it comes first; without a forecast, the days already overdue."""
    runs = ~pl.col("state").is_in([*FINISHED, *STOPPED]) & (pl.col("actions") > 0)
    overdue = pl.when(runs & (day > pl.col("ends"))).then((day - pl.col("ends")).dt.total_days())
    return pl.coalesce((pl.col("forecast_end") - pl.col("ends")).dt.total_days(), overdue)
