"""What a goal's series does by itself: the band of its chart, the values that became unusual, and their notes."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import polars as pl

from dashboards import charts, formats, unusual
from dashboards.goal.amounts import exact
from dashboards.session import Session
from kpis.catalogue import with_metrics
from kpis.score import Score
from kpis.signals import signals

Row = tuple[Any, ...]
COLUMNS = {
    "period": pl.Date,
    "value": pl.Float64,
    "upper": pl.Float64,
    "kind": pl.String,
    "tip": pl.String,
    "event": pl.String,
    "side": pl.String,
    "lane": pl.Int64,
}


def limits(session: Session, score: Score, history: pl.DataFrame) -> pl.DataFrame:
    """The goal's values with their limits and signals, as kpis.signals gives them; none where values are added up, which only grow."""
    told = history if score.counted.sums is None else history.clear()
    whole = told.with_columns(place=pl.lit(score.place), indicator=pl.lit(score.indicator.id), segment=pl.lit(""))
    return signals(whole, with_metrics(session.catalogue, session.definitions))


def with_band(session: Session, score: Score, drawn: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    """The rows of the goal's chart, and for the periods that they show the band, the unusual points and the declared changes."""
    values = drawn.filter(pl.col("kind") == charts.VALUE)
    shown = found.filter(pl.col("period") >= values["period"].min())
    told = pl.DataFrame([*_band(shown), *_unusual(session, score, shown)], schema=COLUMNS, orient="row")
    changes = pl.DataFrame(_changes(session, score, shown), schema=COLUMNS, orient="row")
    return pl.concat([drawn, charts.over_names(told, score.frequency), changes], how="diagonal")


def _band(shown: pl.DataFrame) -> Iterator[Row]:
    """From `value` to `upper` in each period; empty where nothing can be told."""
    for period, low, high in shown.select("period", "low", "high").iter_rows():
        yield (period, low, high, charts.USUAL, None, None, None, None)


def _unusual(session: Session, score: Score, shown: pl.DataFrame) -> Iterator[Row]:
    for row in shown.filter("new").iter_rows(named=True):
        period = formats.period(row["period"], score.frequency, session.locale)
        said = f"{period}: {exact(session, score, row['value'])}, {unusual.note(session, row)}"
        yield (row["period"], row["value"], None, charts.UNUSUAL, said, None, None, None)


def _changes(session: Session, score: Score, shown: pl.DataFrame) -> Iterator[Row]:
    """A rule with its name where a declared change began a phase; the names stand to its left, where the past is."""
    begun = shown["phase"].unique().to_list()
    named = [event for event in session.definitions.city.events if event.date in begun and score.indicator.id in event.indicators]
    for lane, event in enumerate(named):
        yield (event.date, None, None, None, None, session.say(event.name), "right", lane)


def notes(session: Session, found: pl.DataFrame) -> dict[date, str]:
    """The words at each value that became unusual, by its period."""
    return {row["period"]: unusual.note(session, row) for row in found.filter("new").iter_rows(named=True)}
