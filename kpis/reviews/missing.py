"""Which values a month lacks when it is about to be closed: owed, and not in the facts."""

from typing import Any

import polars as pl

from data.definitions import Definitions
from data.facts import Facts
from data.periods import Month
from data.records.records import Records
from data.reviews.reviews import review_of
from data.reviews.values import sent
from kpis.catalogue import Catalogue
from kpis.reviews import values_owed

BACK = 60
"""Months of history that say which series are alive (values_owed)."""
HELD = {"place": pl.String, "indicator": pl.String, "segment": pl.String, "period": pl.Date, "value": pl.Float64}
TOLD = ("area", "place", "indicator", "segment", "period", "state")


def missing(
    facts: Facts | None, records: Records | None, goals: Catalogue, definitions: Definitions, place: str, month: Month
) -> list[dict[str, Any]]:
    """Each value with the area that owes it, its place, indicator, segment, period (its last day) and state (values_owed.STATES)."""
    review = records and review_of(records, place, month)
    typed = sent(records, review["id"]) if records and review else []
    owed = values_owed.values_owed(_held(facts, definitions, place, month), typed, definitions, goals, place, month)
    rows = values_owed.missing(owed).select(TOLD).iter_rows(named=True)
    return [{**row, "period": row["period"].isoformat()} for row in rows]


def _held(facts: Facts | None, definitions: Definitions, place: str, month: Month) -> pl.DataFrame:
    if facts is None:
        return pl.DataFrame(schema=HELD)
    places = [place, *(other.id for other in definitions.places if other.parent == place)]
    return facts.observations(places=places, since=month.plus(-BACK).first, until=month.last, segment=None).select(*HELD)
