"""The months that cities sent, as a consultant's installation keeps them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select, tuple_

from data.exchange.content import Concerns, GoalMonth, MonthContent, PlanMonth, Promises
from data.exchange.signing import fingerprint
from data.meetings.history import folded
from data.model import Text, say
from data.periods import Month
from data.records.records import Records
from data.records.tables import city_month


@dataclass(frozen=True)
class CityMonth:
    """One closed month of one city; `signer` is the fingerprint of the key that signed it, trusted then."""

    city: str
    name: Text
    month: Month
    closed_at: datetime
    received_at: datetime
    signer: str
    next_meeting: date | None
    goals: tuple[GoalMonth, ...]
    plans: tuple[PlanMonth, ...]
    follow_ups: Promises
    concerns: Concerns
    missing: int


def received(records: Records) -> list[CityMonth]:
    """The newest month of each city, by the city's name."""
    newest = select(city_month.c.city, func.max(city_month.c.month)).group_by(city_month.c.city)
    found = _months(records, tuple_(city_month.c.city, city_month.c.month).in_(newest))
    return sorted(found, key=lambda each: (folded(say(each.name, "es")), each.city))


def months(records: Records, city: str) -> list[CityMonth]:
    """Every month of a city that was received, the newest first."""
    return _months(records, city_month.c.city == city)


def _months(records: Records, where: ColumnElement[bool]) -> list[CityMonth]:
    query = select(city_month).where(where).order_by(city_month.c.month.desc())
    with records.read() as connection:
        return [_month(dict(row)) for row in connection.execute(query).mappings()]


def _month(row: Mapping[str, Any]) -> CityMonth:
    told = MonthContent.model_validate(row["content"])
    return CityMonth(
        told.city, told.name, Month.parse(told.month), told.closed_at, row["at"], fingerprint(row["signer"]), told.next_meeting,
        told.goals, told.plans, told.follow_ups, told.concerns, told.missing,
    )  # fmt: skip
