"""The month's judged goals and their histories, computed once for each version of facts and definitions."""

from collections.abc import Callable, Sequence
from datetime import date
from operator import attrgetter
from typing import Any

import polars as pl
import streamlit as st

from dashboards.session import Session
from data.periods import Month
from data.segments import TOTAL
from kpis.metrics.observations import observations
from kpis.score import STATUSES, Score
from kpis.scorecard import held, scorecard

KEYED: dict[str | type[Any], Callable[[Any], Any]] = {Session: attrgetter("key")}
"""A cache goes by the session's key: facts, definitions, place, month and locale."""
IN_EVERY_LANGUAGE: dict[str | type[Any], Callable[[Any], Any]] = {Session: lambda session: session.key[:-1]}
"""The same without the locale, for what says nothing yet."""
AT_ANY_TIME: dict[str | type[Any], Callable[[Any], Any]] = {Session: lambda session: session.key[:-2]}
"""Without the month either."""


@st.cache_resource(show_spinner=False, max_entries=200, hash_funcs=IN_EVERY_LANGUAGE)
def judged(session: Session) -> tuple[Score, ...]:
    """Every goal of the session's place and month, in the catalogue's order."""
    known = (session.facts, session.catalogue, session.definitions, session.place)
    return tuple(scorecard(*known, session.month, known=_until(session)))


@st.cache_resource(show_spinner=False, max_entries=50, hash_funcs=IN_EVERY_LANGUAGE)
def histories(session: Session) -> dict[str, pl.DataFrame]:
    """The values behind the goals up to the month under review, by indicator or metric: period and value, oldest first."""
    found = _until(session).filter(pl.col("segment") == TOTAL)
    parts = found.select("indicator", "period", "value").drop_nulls().partition_by("indicator", as_dict=True)
    return {str(indicator): rows for (indicator,), rows in parts.items()}


def _until(session: Session) -> pl.DataFrame:
    """What is held of the place's goals up to the month under review."""
    return _held(session).filter(pl.col("period") <= session.month.last)


@st.cache_resource(show_spinner=False, max_entries=16, hash_funcs=AT_ANY_TIME)
def _held(session: Session) -> pl.DataFrame:
    """What is held of the place's goals, once for all months."""
    newest = session.facts.last_period(session.place)
    until = Month.of(newest) if newest else session.month
    return held(session.facts, session.catalogue, session.definitions, session.place, until)


def measured(session: Session, names: Sequence[str], places: Sequence[str], *, until: date, since: date | None = None) -> pl.DataFrame:
    """The values of indicators and metrics at some places, as data.facts gives them."""
    return observations(session.facts, session.catalogue, session.definitions, names, places=places, since=since, until=until)


def by_axis(session: Session, scores: tuple[Score, ...]) -> list[tuple[str | None, list[Score]]]:
    """The goals under each axis of the mandate plan, None last; within an axis what needs attention comes first."""
    axes: list[str | None] = [*(axis.id for axis in session.definitions.city.mandate.axes), None]
    groups = [(axis, sorted((s for s in scores if s.kpi.axis == axis), key=lambda s: STATUSES.index(s.status))) for axis in axes]
    return [(axis, group) for axis, group in groups if group]
