"""What a load would change: how many rows, which goals, and the series that it revises most."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import polars as pl
import streamlit as st

from dashboards.load.desk import Desk
from dashboards.load.plan import Plan
from dashboards.session import Session
from data.facts import Facts
from data.ingest.apart import Read
from data.ingest.identity import checksums, load_id
from data.loads import IDENTITY, NewLoad
from data.periods import Month
from data.rehearsal import rehearsed
from data.versions import login
from kpis.score import Score
from kpis.scorecard import scorecard

Series = tuple[str, str, str]
"""Place, indicator and segment."""


@dataclass(frozen=True)
class GoalChange:
    """A goal before the load (None where nothing is loaded yet) and after it."""

    before: Score | None
    after: Score


@dataclass(frozen=True)
class Effect:
    """`held`: the facts have this load already. `months`: the newest month with data of the place, before and after.

    `revised` is the series with most revised values, and `values` its rows: period, before, after.
    """

    load: NewLoad
    held: bool
    new: int
    unchanged: int
    changed: int
    goals: tuple[GoalChange, ...]
    months: tuple[Month | None, Month | None]
    revised: Series | None
    values: pl.DataFrame


def effect(session: Session, desk: Desk, plan: Plan, found: Read) -> Effect:
    """Raises Refused and NotPossibleNow as `data.loads.apply` does."""
    return _effect(session, desk, plan, found, (str(desk.folder), plan.key, session.key))


@st.cache_resource(show_spinner=False, max_entries=4)
def _effect(_session: Session, _desk: Desk, _plan: Plan, _found: Read, key: tuple) -> Effect:  # noqa: ARG001 - the cache goes by the key
    session, load = _session, new_load(_desk, _plan, _found)
    with rehearsed(session.home, _plan.known, load, _found.rows) as would:
        months = (_newest(session.held, session.place), _newest(would.facts, session.place))
        goals = () if would.held else _goals(session, _plan, would.facts, months)
        revised, values = (None, pl.DataFrame()) if not would.revised else _revised(session, would.facts, _found.rows)
        return Effect(load, would.held, would.new, would.unchanged, would.revised, goals, months, revised, values)


def new_load(desk: Desk, plan: Plan, found: Read) -> NewLoad:
    """The load as it would be made, by whoever is signed in at this machine."""
    aside = found.refused.select("file", "line").iter_rows()
    identity = load_id(checksums([desk.file]), plan.source, aside)
    today = datetime.now(UTC).date()
    return NewLoad(identity, plan.source.id, (desk.name,), login(), today, found.rows.height)


def _newest(facts: Facts | None, place: str) -> Month | None:
    last = facts.last_period(place) if facts else None
    return None if last is None else Month.of(last)


def _goals(session: Session, plan: Plan, would: Facts, months: tuple[Month | None, Month | None]) -> tuple[GoalChange, ...]:
    """The goals whose status or value would be another, each at the month where the panel then opens."""
    before, after = months
    if after is None:
        return ()
    held = {} if session.held is None or before is None else _scores(session, plan, session.held, before)
    changes = [GoalChange(held.get(name), score) for name, score in _scores(session, plan, would, after).items()]
    return tuple(change for change in changes if _differs(change))


def _scores(session: Session, plan: Plan, facts: Facts, month: Month) -> dict[str, Score]:
    return {score.kpi.id: score for score in scorecard(facts, session.catalogue, plan.known, session.place, month)}


def _differs(change: GoalChange) -> bool:
    before, after = change.before, change.after
    if before is None:
        return after.value is not None
    return (before.status, before.value, before.period) != (after.status, after.value, after.period)


def _revised(session: Session, would: Facts, rows: pl.DataFrame) -> tuple[Series | None, pl.DataFrame]:
    """The series with most values that are other than before, and its values before and after."""
    if session.held is None:
        return None, pl.DataFrame()
    asked = {"places": rows["place"].unique().to_list(), "indicators": rows["indicator"].unique().to_list(), "segment": None}
    sides = [facts.observations(**asked).select(*IDENTITY, "value") for facts in (session.held, would)]
    both = (
        sides[0].join(sides[1], on=IDENTITY, how="full", coalesce=True, suffix="_after").rename({"value": "before", "value_after": "after"})
    )
    other = both.filter(pl.col("before").is_not_null() & pl.col("before").ne_missing(pl.col("after")))
    if other.is_empty():
        return None, pl.DataFrame()
    most = other.group_by(IDENTITY[:3]).len().sort("len", *IDENTITY[:3], descending=[True, False, False, False]).row(0)
    place, indicator, segment = most[:3]
    return (place, indicator, segment), _of(both, most[:3])


def _of(both: pl.DataFrame, series: Sequence[str]) -> pl.DataFrame:
    same = [pl.col(name) == value for name, value in zip(IDENTITY[:3], series, strict=True)]
    return both.filter(*same).select("period", "before", "after").sort("period")
