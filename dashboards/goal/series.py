"""A goal's history, its path and the points worth a name, as the rows of one chart."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import polars as pl

from dashboards import charts, formats, scores
from dashboards.findings import Point
from dashboards.goal.amounts import declared, exact
from dashboards.session import Session
from dashboards.words import translator
from data.periods import Month
from kpis.accumulation import running
from kpis.score import Score
from kpis.seasons import seasonal_years

COLUMNS = {
    "period": pl.Date,
    "value": pl.Float64,
    "kind": pl.String,
    "text": pl.String,
    "align": pl.String,
    "lift": pl.Int64,
    "tip": pl.String,
    "upper": pl.Float64,
}
Row = tuple[Any, ...]
"""Values in the order of the columns, the last of which only a range has."""
MONTHS_BEFORE = 36
NEAR = timedelta(days=240)
"""How far around a point its name reaches."""
LIFT = 15
"""Pixels that a name stands above or below its point."""


def history(session: Session, score: Score) -> pl.DataFrame:
    """The goal's values up to the month under review, oldest first: period, value (null with a flag where it is missing), flag.

    Where a goal adds its values up, each is the sum so far.
    """
    rows = _reported(session, score)
    if score.counted.sums is None:
        return rows
    figures = running(rows.select("period", "value").iter_rows(), score.aim, score.counted, score.frequency)
    return rows.with_columns(value=pl.Series(figures, dtype=pl.Float64))


def path(session: Session, score: Score) -> list[tuple[date, float | None]]:
    """The path as points to join; None breaks it, where a seasonal one goes on by shares that are not known yet."""
    told: list[tuple[date, float | None]] = []
    for year in _seasonal(session, score):
        told += year
    return [*told, (told[-1][0], None), *score.path] if told else [*score.path]


def dues(session: Session, score: Score, periods: Iterable[date]) -> dict[date, float | None]:
    """What was due at the end of each period; None where nothing was, or nobody knows."""
    seasonal = {day: value for _, *year in _seasonal(session, score) for day, value in year}
    return {period: seasonal.get(period, score.due_on(period)) for period in periods}


def _seasonal(session: Session, score: Score) -> list[list[Point]]:
    values = _reported(session, score).select("period", "value").iter_rows()
    return seasonal_years(values, score.aim, score.kpi.basis, score.counted, score.frequency)


def _reported(session: Session, score: Score) -> pl.DataFrame:
    found = scores.measured(session, [score.indicator.id], [score.place], until=score.month.last)
    return found.select("period", "value", "flag")


def revised(session: Session, score: Score) -> pl.DataFrame:
    """The periods whose value was changed after it became known: period, first value, the one before the last, the last.

    Where a goal adds its values up, they are of what was reported, which its chart does not draw.
    """
    held = session.facts.revisions(score.place, score.indicator.id).filter(pl.col("period") <= score.month.last)
    ends = held.group_by("period", maintain_order=True).agg(
        first=pl.col("value").first(),
        before=pl.col("value").slice(-2, 1).first(),
        value=pl.col("value").last(),
        times=pl.len(),
    )
    return ends.filter(pl.col("times") > 1, pl.col("first").is_not_null()).sort("period")


def rows(session: Session, score: Score, values: pl.DataFrame, changed: pl.DataFrame) -> pl.DataFrame:
    """All rows of the goal's chart, as charts.goal takes them."""
    since = _since(session, score, values)
    shown = charts.with_gaps(values.filter(pl.col("period") >= since).select("period", "value"), score.frequency)
    told = [_row(session, score, charts.VALUE, period, value) for period, value in shown.iter_rows()]
    if score.counted.sums is None:
        told += [_row(session, score, charts.FIRST, period, value) for period, value in _as_first_known(shown, changed)]
    told += [_row(session, score, charts.PATH, period, value) for period, value in path(session, score)]
    told += _named(session, score, shown, since)
    drawn = pl.DataFrame([(*row, None) for row in told] + _range(score, since), schema=COLUMNS, orient="row")
    drawn = charts.by_year(drawn, pl.col("kind") == charts.VALUE, pl.lit(score.indicator.year_starts)) if score.restarts else drawn
    return charts.over_names(drawn, score.frequency)


def _range(score: Score, since: date) -> list[Row]:
    """The band that a target asks for, from the first value drawn to its date."""
    target = score.aim.target
    if target is None or target.range is None:
        return []
    low, high = target.range
    return [(day, low, charts.RANGE, None, None, None, None, high) for day in (since, target.date)]


def _since(session: Session, score: Score, values: pl.DataFrame) -> date:
    """From three years before the goal began; all of a yearly series."""
    oldest = values["period"].min()
    if score.frequency == "year" and isinstance(oldest, date):
        return oldest
    began = score.aim.baseline.date if score.aim.baseline else session.definitions.city.mandate.start
    return Month.of(min(began, score.month.last)).plus(-MONTHS_BEFORE).first


def _as_first_known(shown: pl.DataFrame, changed: pl.DataFrame) -> list[tuple[date, float | None]]:
    """The line of first values where they differ, joined at both ends to the values that held; broken in between."""
    first = dict(changed.filter(pl.col("first") != pl.col("value")).select("period", "first").iter_rows())
    periods, values = shown["period"].to_list(), shown["value"].to_list()
    told: list[tuple[date, float | None]] = []
    for index, period in enumerate(periods):
        near = any(other in first for other in periods[max(index - 1, 0) : index + 2])
        told.append((period, first.get(period, values[index]) if near else None))
    return told


def _named(session: Session, score: Score, shown: pl.DataFrame, since: date) -> list[Row]:
    """The start, what is due, the value and the target, each with its name and where that stands."""
    _ = translator(session.locale)
    baseline, target, falls = score.aim.baseline, score.aim.target, score.kpi.polarity == "lower"
    told: list[Row] = []
    if baseline and baseline.date >= since and (score.counted.sums is None or score.counted.above_baseline):
        text = _("start {value}", value=declared(session, score, baseline.value))
        beyond = _beyond(shown, (baseline.date, baseline.value), above=falls)
        told += [
            _ring(charts.START, (baseline.date, baseline.value)),
            _name(charts.START, beyond, text, "center", LIFT if falls else -LIFT),
        ]
    if target and target.range:
        low, high = (declared(session, score, end) for end in target.range)
        text = _("target {value}", value=_("{low} to {high}", low=low, high=high))
        told.append(_name(charts.TARGET, (target.date, target.range[0]), text, "right", -LIFT))
    elif target:
        text, point = _("target {value}", value=declared(session, score, target.value)), (target.date, target.value)
        told += [_ring(charts.TARGET, point), _name(charts.TARGET, point, text, "right", -LIFT if falls else LIFT)]
    if score.value is not None and score.period is not None:
        told += _now(session, score, (score.period, score.value), since)
    return told


def _now(session: Session, score: Score, now: Point, since: date) -> list[Row]:
    """The value's name stands away from what is due. Behind the plan, the path runs on above it: what is due is named at its left."""
    _ = translator(session.locale)
    ranged = score.aim.target is not None and score.aim.target.range is not None
    due = score.due if score.aim.target and not ranged and score.due != score.aim.target.value else None
    up = due is None or now[1] >= due
    side = _side(score, since)
    behind = due is not None and (now[1] - due) * score.kpi.sign < 0
    period = formats.short_period(now[0], score.frequency, session.locale)
    text = _("{value} in {period}", value=exact(session, score, now[1]), period=period)
    told = [_ring(charts.NOW, now), _name(charts.NOW, now, text, side, LIFT + 6 if up else -LIFT - 6)]
    if due is not None:
        text, point = _("{value} due now", value=exact(session, score, due)), (now[0], due)
        told = [_ring(charts.DUE, point), _name(charts.DUE, point, text, "right" if behind else side, -LIFT if up else LIFT), *told]
    return told


def _beyond(shown: pl.DataFrame, point: Point, *, above: bool) -> Point:
    """Where a name below (or above) a point is clear of the values around it."""
    day, value = point
    near = shown.filter(pl.col("period").is_between(day - NEAR, day + NEAR))["value"].drop_nulls().to_list()
    return day, max([value, *near]) if above else min([value, *near])


def _side(score: Score, since: date) -> str:
    """On which side of the value its name has room: "left" means that the text begins there."""
    until = max(score.month.last, score.aim.target.date) if score.aim.target else score.month.last
    assert score.period is not None
    share = (score.period - since).days / max((until - since).days, 1)
    return "left" if share < 0.6 else "center" if share < 0.85 else "right"


def _row(session: Session, score: Score, kind: str, period: date, value: float | None) -> Row:
    if kind == charts.PATH or value is None:
        return (period, value, kind, None, None, None, None)
    said = f"{formats.period(period, score.frequency, session.locale)}: {exact(session, score, value)}"
    if kind == charts.FIRST:
        _ = translator(session.locale)
        said = _("{value}, as first known", value=said)
    return (period, value, kind, None, None, None, said)


def _ring(kind: str, point: Point) -> Row:
    return (*point, kind, None, None, None, None)


def _name(kind: str, point: Point, text: str, align: str, lift: int) -> Row:
    return (*point, f"{kind} name", text, align, lift, None)
