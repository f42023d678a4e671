"""A city's closed month as a signed file: of what was frozen when it was closed, and nothing else but the day of the next meeting."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from pydantic import ValidationError

from data.access import Actor, require
from data.city import City
from data.definitions import load
from data.exchange.content import GoalMonth, MonthContent, PlanMonth, Seals
from data.exchange.month_file import sealed
from data.exchange.signing import fingerprint, own_key, public_key
from data.home import Home
from data.lasting import checksum
from data.meetings.meetings import meetings
from data.periods import Month
from data.problems import N_, NotPossibleNow, Problem, Refused
from data.records.records import Records
from data.reviews.reviews import REVIEW
from data.snapshots.contents import STATUSES
from data.snapshots.frozen import Row, home_of, in_force

NOT_CLOSED = N_("{month} is not closed, and only what is frozen leaves the city")
CLOSE = N_("close it on the page This month, or by `python -m data close`")
NOT_THE_CITY = N_("only the city's own month is sent, and {place} is another place than {city}")
DAMAGED = N_("the closed month {folder} is not as it was closed: `python -m data verify` says what is wrong, a restore brings it back")
OLD_PROGRAM = N_("the month was closed by another version of this program, which kept something else: open it again, and close it anew")


def month_file(home: Home, records: Records, actor: Actor, place: str, month: Month, at: datetime | None = None) -> bytes:
    """The file, to be kept or sent as it is; `at` is now, unless said. The key of the city is made the first time.

    Raises Refused where the month is not closed or the place is not the city, NotAllowed where the actor is not of the office, and
    NotPossibleNow where the closed month is damaged, or was closed by another version of the program.
    """
    home.require_open()
    require(actor, "keep_review", REVIEW)
    row = in_force(records, place, month)
    if row is None:
        raise Refused([Problem(NOT_CLOSED, CLOSE, key="--month", values={"month": month})])
    closed = home_of(home, row)
    city = load(closed).city
    if place != city.place:
        values = {"place": place, "city": city.place}
        raise Refused([Problem(NOT_THE_CITY, N_("write {city}"), key="--place", values=values)])
    told = _statuses(closed, row)
    return sealed(_content(city, row, told, _next_meeting(records, place, month), at or datetime.now(UTC)), own_key(home.store))


def own_fingerprint(home: Home) -> str:
    """The fingerprint that the city reads to its consultant; its key is made the first time."""
    return fingerprint(public_key(own_key(home.store)))


def file_name(place: str, month: Month) -> str:
    """aurora-2026-06.month.json"""
    return f"{place}-{month}.month.json"


def _statuses(closed: Home, row: Row) -> dict[str, Any]:
    """What the month says, as the records know it."""
    path = closed.folder / STATUSES
    try:
        if checksum(path) == row["statuses"]:
            return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        pass
    raise NotPossibleNow(DAMAGED, folder=row["folder"])


def _content(city: City, row: Row, told: Mapping[str, Any], next_meeting: date | None, at: datetime) -> MonthContent:
    """The figures by name, one by one: whatever else the closed month holds stays in the city."""
    seals = {name: row[name] for name in Seals.model_fields}
    try:
        return MonthContent(
            city=city.place, name=city.name, month=row["month"], closed_at=row["at"], made_at=at, seals=Seals(**seals),
            next_meeting=next_meeting, missing=len(row["missing"]),
            goals=tuple(GoalMonth(**_only(goal, GoalMonth.model_fields)) for goal in told["kpis"]),
            plans=tuple(PlanMonth(**_only(plan, PlanMonth.model_fields)) for plan in told["plans"]),
            follow_ups=told["follow_ups"], concerns=told["concerns"],
        )  # fmt: skip
    except (ValidationError, KeyError):
        raise NotPossibleNow(OLD_PROGRAM) from None


def _only(row: Mapping[str, Any], names: Mapping[str, object]) -> dict[str, Any]:
    return {name: row[name] for name in names}


def _next_meeting(records: Records, place: str, month: Month) -> date | None:
    """The first meeting of this or a later month's review that has not begun."""
    planned = [row["day"] for row in meetings(records, place) if row["state"] == "planned" and row["month"] >= str(month)]
    return min(planned, default=None)
