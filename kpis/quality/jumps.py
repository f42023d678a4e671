"""Jumps: a change between two periods far beyond what the series usually strays, for one period or to a new level.

Each change from one period to the next is held against the usual change of the same season: the median of the other years'
(the other weeks' same day for days), itself left out. What is left is measured in the series' own spread: the larger of
1.4826 times its median absolute value (the standard deviation it stands for, Iglewicz and Hoaglin 1993) and of its ninth
decile over 1.645, so that a series whose winters are restless is not blamed for every winter.
"""

from datetime import date
from typing import Any

import polars as pl

from data.definitions import Definitions
from data.problems import N_
from kpis.quality.finding import Finding, Found, Row, Untold
from kpis.quality.series import SERIES, changes, pairs, rows_of, too_few, without
from kpis.reasons import amount
from kpis.score import Period, Reason

FEWEST = {"day": 57, "week": 53, "month": 49, "quarter": 21, "half": 13, "year": 13}
"""Values below which nothing is said, by frequency.

Four changes of every month: of three others' median one outlier is left out. Five of every quarter, six of every half-year,
and twelve of years, below which the spread itself is a guess; of days eight weeks, of weeks a year.
"""
FAR = 6.0
"""Spreads from which a change is a jump. 3.5 is the usual advice for one suspicious value; a city looks at some 15,000 changes."""
BACK = 0.6
"""A jump is for one period where the next change goes back by at least this share of FAR spreads."""

CANNOT_TELL = N_("cannot tell: fewer than {fewest} values")
STANDS_STILL = N_("cannot tell: it stands still more often than it moves")
LEVEL = N_("from {before} to {value} in {period}: {times} times what it usually strays from one period to the next")
ONCE = N_("{value} in {period} and back in the next: {times} times what it usually strays from one period to the next")


def jumps(series: pl.DataFrame, definitions: Definitions, since: date) -> Found:
    """A finding for each jump, and the series of which none can be told. Those before `since` are known by now."""
    short = tuple(too_few(series, FEWEST, CANNOT_TELL))
    judged = without(series, Found(untold=short))
    scored = scores(judged)
    still = pairs(scored.filter(pl.col("still")))
    untold = (*short, *([Untold(Reason(STANDS_STILL), still)] if still else []))
    found = _first_of_two(scored.filter(pl.col("still").not_()))
    return Found(tuple(_finding(row, judged, definitions, since) for row in found.to_dicts()), untold)


def scores(series: pl.DataFrame) -> pl.DataFrame:
    """Each change with `rest` (change minus its season's usual one), `score` (rest in spreads), and whether the series stands `still`."""
    moved = _seasonal(changes(series)).with_columns(rest=pl.col("change") - pl.col("usual")).filter(pl.col("rest").is_not_null())
    size = pl.col("rest").abs()
    spread = pl.max_horizontal(1.4826 * size.median().over(SERIES), size.quantile(0.9, "linear").over(SERIES) / 1.645)
    still = ((pl.col("change") == 0).mean() > 0.5).over(SERIES) | (spread == 0)
    return moved.with_columns(score=pl.when(spread > 0).then(pl.col("rest") / spread), still=still)


def _seasonal(moved: pl.DataFrame) -> pl.DataFrame:
    """Each change with its season's usual one: the median of the others of that season; null where there is none."""
    period = pl.col("period")
    by_month = pl.col("frequency").is_in(["month", "quarter", "half"])
    by_weekday = pl.col("frequency") == "day"
    season = pl.when(by_month).then(period.dt.month()).when(by_weekday).then(period.dt.weekday()).otherwise(0)
    moved = moved.with_columns(season=season)
    keys = [*SERIES, "season"]
    sorted_changes = moved.group_by(keys).agg(pl.col("change").sort().alias("all"))
    return moved.join(sorted_changes, on=keys, maintain_order="left").with_columns(usual=_median_of_others()).drop("all")


def _median_of_others() -> pl.Expr:
    """Of a sorted list `all`, the median without this change: an outlier must not pull what it is held against."""
    change, every = pl.col("change"), pl.col("all")
    count, middle = every.list.len().cast(pl.Int64), every.list.len().cast(pl.Int64) // 2
    below, at, above = (every.list.get(middle + step, null_on_oob=True) for step in (-1, 0, 1))
    of_even = pl.when(change <= below).then(at).otherwise(below)
    of_odd = pl.when(change < at).then((at + above) / 2).when(change > at).then((below + at) / 2).otherwise((below + above) / 2)
    return pl.when(count < 2).then(None).when(count % 2 == 0).then(of_even).otherwise(of_odd)


def _first_of_two(scored: pl.DataFrame) -> pl.DataFrame:
    """The jumps, with `once` where the next change goes back; that one is not told again."""
    next_score, next_turn = pl.col("score").shift(-1).over(SERIES), pl.col("turn").shift(-1).over(SERIES)
    back = (next_turn == pl.col("turn") + 1) & (next_score * pl.col("score").sign() < -BACK * FAR)
    far = scored.with_columns(once=back.fill_null(False)).filter(pl.col("score").abs() >= FAR)
    follows = ((pl.col("turn") == pl.col("turn").shift() + 1) & pl.col("once").shift()).over(SERIES).fill_null(False)
    return far.filter(follows.not_())


def _finding(row: dict[str, Any], series: pl.DataFrame, definitions: Definitions, since: date) -> Finding:
    indicator = definitions.indicator[row["indicator"]]
    said = {
        "value": amount(row["value"], indicator, row["before"]),
        "period": Period(row["period"], row["frequency"]),
        "times": int(abs(row["score"])),
    }
    told = said if row["once"] else {"before": amount(row["before"], indicator, row["value"]), **said}
    around = [near for near in rows_of(series, row["indicator"], row["place"]) if abs(near["turn"] - row["turn"]) <= 1]
    return Finding(
        part="jumps",
        rule="once" if row["once"] else "level",
        urgency="check" if row["period"] >= since else "known",
        owner=indicator.owner,
        indicators=(row["indicator"],),
        places=(row["place"],),
        reason=Reason(ONCE if row["once"] else LEVEL, told),
        weight=row["period"].toordinal() + abs(row["score"]) / 1000,  # the newest first
        rows=tuple(Row(near["period"], near["value"], note=near["flag"] or "") for near in around),
    )
