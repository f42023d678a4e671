"""What a review is about and how far each value has come; computed once for each state of the records and of the facts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl
import streamlit as st

from dashboards import scores
from dashboards.explorer.figures import part_name
from dashboards.session import Session
from data.access import may
from data.periods import Frequency, Month
from data.reviews.values import about, sent
from kpis.reviews.values_owed import values_owed
from kpis.reviews.warnings import warnings
from kpis.score import Reason

Row = dict[str, Any]
"""A value as kpis.reviews.values_owed gives it, and its `key`."""
BACK = 60
"""Months of history that are looked at: as far as what is usual reaches, twice over."""
_NOTHING = {"place": pl.String, "indicator": pl.String, "segment": pl.String, "period": pl.Date, "value": pl.Float64}


@dataclass(frozen=True, eq=False)
class Known:
    """Every value of a review, by its key; `held` are the facts that they are held against, `odd` what looks odd in some of them."""

    owed: pl.DataFrame
    rows: dict[str, Row]
    held: pl.DataFrame
    odd: dict[str, list[Reason]]

    def history(self, row: Mapping[str, Any]) -> list[tuple[date, float]]:
        """The known values of a row's series before its period."""
        same = [pl.col(name) == row[name] for name in ("place", "indicator", "segment")]
        found = self.held.filter(*same, pl.col("period") < row["period"], pl.col("value").is_not_null()).sort("period")
        return list(found.select("period", "value").iter_rows())


def of(session: Session, review: Mapping[str, Any]) -> Known:
    """Of a row of data.reviews.reviews."""
    return _known(session, session.records_state, review["id"], review["place"], review["month"])


def own(session: Session, rows: Iterable[Row]) -> list[Row]:
    """Those that whoever acts may type; none where nobody acts."""
    actor = session.actor
    return [row for row in rows if actor and may(actor, "type_value", about(session.definitions, row["indicator"]))]


def key(row: Mapping[str, Any]) -> str:
    """Which value it is, as a text that a sheet and a draft can keep."""
    return f"{row['place']}/{row['indicator']}/{row['period']}/{row['segment']}"


def name(session: Session, row: Mapping[str, Any]) -> str:
    """The indicator in the reader's language; by its id where it is defined no more."""
    indicator = session.definitions.indicator.get(row["indicator"])
    return session.say(indicator.name) if indicator else row["indicator"]


def where(session: Session, row: Mapping[str, Any]) -> str:
    """The place, and the part of people or things where it is of one."""
    place = session.definitions.place.get(row["place"])
    said = session.say(place.name) if place else row["place"]
    return f"{said} · {part_name(session, row['segment'])}" if row["segment"] else said


def computed(session: Session, row: Mapping[str, Any]) -> bool:
    """Whether its value is computed from a numerator and a denominator, where these are told."""
    indicator = session.definitions.indicator.get(row["indicator"])
    return indicator is not None and indicator.factor is not None


def frequency(session: Session, row: Mapping[str, Any]) -> Frequency:
    indicator = session.definitions.indicator.get(row["indicator"])
    return indicator.frequency if indicator else "month"


@st.cache_resource(show_spinner=False, max_entries=30, hash_funcs=scores.KEYED)
def _known(session: Session, state: str, review: int, place: str, month: str) -> Known:  # noqa: ARG001 - what the cache goes by
    reviewed, held = Month.parse(month), _held(session, place, Month.parse(month))
    owed = values_owed(held, sent(session.records, review), session.definitions, session.catalogue, place, reviewed)
    rows = {key(row): {**row, "key": key(row)} for row in owed.iter_rows(named=True)}
    odd = warnings(owed, held, session.definitions)
    return Known(owed, rows, held, {key(dict(zip(_NOTHING, found, strict=False))): said for found, said in odd.items()})


def _held(session: Session, place: str, month: Month) -> pl.DataFrame:
    if session.held is None:
        return pl.DataFrame(schema=_NOTHING)
    places = [place, *(other.id for other in session.definitions.places if other.parent == place)]
    found = session.held.observations(places=places, since=month.plus(-BACK).first, until=month.last, segment=None)
    return found.select(*_NOTHING)
