"""Gaps: periods inside a series that nobody sent, and values that are missing with a reason, counted apart."""

from datetime import date
from typing import Any

import polars as pl

from data.definitions import Definitions
from data.periods import Frequency, previous
from data.problems import N_
from kpis.quality.finding import Finding, Found, Row
from kpis.quality.series import SERIES, following, real
from kpis.score import Period, Reason

MISSING = N_("{missing} of {all} periods from {since} to {until} have no value, and nobody said why")
EXPLAINED = N_("{explained} of {all} periods from {since} to {until} have no value; each has its reason")


def gaps(series: pl.DataFrame, definitions: Definitions) -> Found:
    """A finding for each series with a hole between its first and its last value; what comes after the last is freshness."""
    held = _inside(series)
    runs = pl.concat([_unsent(held), _unexplained(held), _explained(held)]).sort(*SERIES, "period")
    spans = held.group_by(SERIES, maintain_order=True).agg(
        pl.col("frequency").first(),
        pl.col("period").min().alias("since"),
        pl.col("period").max().alias("until"),
        (pl.col("turn").max() - pl.col("turn").min() + 1).alias("all"),
    )
    holes = runs.group_by(SERIES, maintain_order=True).agg(pl.struct("period", "until", "count", "note").alias("runs"))
    found = holes.join(spans, on=SERIES, maintain_order="left").to_dicts()
    return Found(tuple(_finding(row, definitions) for row in found))


def _inside(series: pl.DataFrame) -> pl.DataFrame:
    """The rows from each series' first real value to its last."""
    ends = real(series).group_by(SERIES).agg(pl.col("turn").min().alias("first"), pl.col("turn").max().alias("last"))
    return series.join(ends, on=SERIES, maintain_order="left").filter(pl.col("turn").is_between("first", "last"))


def _unsent(held: pl.DataFrame) -> pl.DataFrame:
    """Runs of periods of which there is not even a row."""
    first = following(pl.col("period").shift().over(SERIES))
    steps = (pl.col("turn") - pl.col("turn").shift()).over(SERIES)
    found = held.with_columns(steps=steps, first=first).filter(pl.col("steps") > 1)
    ends = [previous(day, frequency) for day, frequency in found.select("period", "frequency").iter_rows()]
    last = pl.Series("until", ends, pl.Date)
    return found.select(*SERIES, pl.col("first").alias("period"), last, (pl.col("steps") - 1).alias("count"), pl.lit("").alias("note"))


def _unexplained(held: pl.DataFrame) -> pl.DataFrame:
    """Rows that hold neither a value nor a reason."""
    return _empty(held.filter(pl.col("value").is_null(), pl.col("flag").fill_null("") == ""))


def _explained(held: pl.DataFrame) -> pl.DataFrame:
    """Rows that hold a reason instead of a value."""
    return _empty(held.filter(pl.col("value").is_null(), pl.col("flag").fill_null("") != ""))


def _empty(rows: pl.DataFrame) -> pl.DataFrame:
    one, note = pl.lit(1, pl.Int32).alias("count"), pl.col("flag").fill_null("").alias("note")
    return rows.select(*SERIES, "period", pl.col("period").alias("until"), one, note)


def _finding(row: dict[str, Any], definitions: Definitions) -> Finding:
    missing = sum(run["count"] for run in row["runs"] if not run["note"])
    explained = sum(run["count"] for run in row["runs"] if run["note"])
    said = {"all": row["all"], "since": _period(row, "since"), "until": _period(row, "until")}
    told = {"missing": missing, **said} if missing else {"explained": explained, **said}
    return Finding(
        part="gaps",
        rule="missing" if missing else "explained",
        urgency="mend" if missing else "known",
        owner=definitions.indicator[row["indicator"]].owner,
        indicators=(row["indicator"],),
        places=(row["place"],),
        reason=Reason(MISSING if missing else EXPLAINED, told),
        weight=missing / row["all"],
        rows=tuple(_row(run["period"], run["until"], run["note"]) for run in row["runs"]),
    )


def _period(row: dict[str, Any], end: str) -> Period:
    frequency: Frequency = row["frequency"]
    return Period(row[end], frequency)


def _row(period: date, until: date, note: str) -> Row:
    return Row(period, until=until if until != period else None, note=note)
