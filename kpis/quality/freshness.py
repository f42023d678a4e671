"""Freshness: how old the latest value is, and how long its successor has been waited for.

Two rules, both measured at the review day of the month under review and never by the wall clock:

* The indicator's own limit, in days after the end of the latest value's period: beyond it the value is out of date, as in
  kpis.judge.
* 30, 60 and 180 days, after Kausal Watch's classes of monitoring (optimal, acceptable, late, stale). There they count from
  an update; here from the end of the first period that has no value yet, so that a yearly figure is not called late for
  being yearly.
"""

from datetime import date
from typing import Any

import polars as pl

from data.definitions import Definitions
from data.problems import N_
from kpis.quality.finding import Finding, Found, Row
from kpis.quality.series import SERIES, following, real
from kpis.score import Period, Reason

CLASSES: dict[str, int] = {"optimal": 30, "acceptable": 60, "late": 180}
"""Up to how many days' waiting a series is in each class; beyond the last it is `overdue`."""
OVERDUE = "overdue"

NEVER = N_("no value was ever loaded for this place")
STALE = N_("the latest value is of {period}: {age} days old at the review, and {limit} is the limit")
LATE = N_("{next} ended {waiting} days before the review and has no value yet; its own limit, {limit} days, is not passed")


def freshness(series: pl.DataFrame, definitions: Definitions, expected: tuple[str, ...], place: str, review: date) -> Found:
    """What is out of date, late, or was never there. `expected` are the indicators that the place itself should have."""
    aged = ages(series, definitions, review)
    stale = aged.filter(pl.col("age_days") > pl.col("limit_days"))
    late = aged.filter(pl.col("age_days") <= pl.col("limit_days"), pl.col("class").is_in(["late", OVERDUE]))
    held = set(aged["indicator"])
    never = [_never(indicator, place, definitions) for indicator in expected if indicator not in held]
    return Found((*never, *map(_stale(definitions), stale.to_dicts()), *map(_late(definitions), late.to_dicts())))


def ages(series: pl.DataFrame, definitions: Definitions, review: date) -> pl.DataFrame:
    """The latest real value of each series: indicator, place, frequency, period, value, next, age_days, limit_days, waiting_days, class.

    `next` is the last day of the first period without a value, and `waiting_days` the days from there to the review, at least 0.
    """
    limits = {indicator.id: indicator.freshness_limit for indicator in definitions.indicators}
    latest = real(series).group_by(SERIES, maintain_order=True).last().select(*SERIES, "frequency", "period", "value")
    return (
        latest.with_columns(next=following(pl.col("period")))
        .with_columns(
            age_days=(pl.lit(review) - pl.col("period")).dt.total_days(),
            limit_days=pl.col("indicator").replace_strict(limits, return_dtype=pl.Int64),
            waiting_days=(pl.lit(review) - pl.col("next")).dt.total_days().clip(lower_bound=0),
        )
        .with_columns(_class().alias("class"))
    )


def _class() -> pl.Expr:
    found = pl.lit(OVERDUE)
    for name, days in reversed(CLASSES.items()):
        found = pl.when(pl.col("waiting_days") <= days).then(pl.lit(name)).otherwise(found)
    return found


def _never(indicator: str, place: str, definitions: Definitions) -> Finding:
    owner = definitions.indicator[indicator].owner
    return Finding("freshness", "never", "mend", owner, (indicator,), (place,), Reason(NEVER), weight=float("inf"))


def _stale(definitions: Definitions):
    def finding(row: dict[str, Any]) -> Finding:
        said = {"period": Period(row["period"], row["frequency"]), "age": row["age_days"], "limit": row["limit_days"]}
        return _finding("stale", row, Reason(STALE, said), definitions)

    return finding


def _late(definitions: Definitions):
    def finding(row: dict[str, Any]) -> Finding:
        said = {"next": Period(row["next"], row["frequency"]), "waiting": row["waiting_days"], "limit": row["limit_days"]}
        return _finding("late", row, Reason(LATE, said), definitions)

    return finding


def _finding(rule: str, row: dict[str, Any], reason: Reason, definitions: Definitions) -> Finding:
    return Finding(
        part="freshness",
        rule=rule,
        urgency="mend" if rule == "stale" else "check",
        owner=definitions.indicator[row["indicator"]].owner,
        indicators=(row["indicator"],),
        places=(row["place"],),
        reason=reason,
        weight=row["age_days"] / row["limit_days"],
        rows=(Row(row["period"], row["value"]),),
    )
