"""The review of a month: opened by the data office, closed with a snapshot (freezing.py), opened again with a reason."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from data.access import Actor, Object
from data.periods import Month
from data.records.records import Records
from data.records.tables import review

REVIEW = Object("review")


def open_review(records: Records, actor: Actor, place: str, month: Month, at: datetime | None = None) -> int:
    """The review of a place's month, begun where it is not there yet; returns its id. Raises NotAllowed."""
    with records.write(actor, at) as write:
        write.doing("keep_review", REVIEW)
        found = _of(write.connection, place, month)
        return found["id"] if found else write.insert(review, place=place, month=str(month), state="open")


def review_of(records: Records, place: str, month: Month) -> Mapping[str, Any] | None:
    """The review of a place's month, the columns of `review`; None where nobody began it."""
    with records.read() as connection:
        return _of(connection, place, month)


def is_closed(records: Records, place: str, month: Month) -> bool:
    """Whether a month's review is closed: then nothing of it changes any more."""
    found = review_of(records, place, month)
    return found is not None and found["state"] == "closed"


def reviews(records: Records, place: str) -> list[Mapping[str, Any]]:
    """Every review of a place, the newest month first."""
    with records.read() as connection:
        query = select(review).where(review.c.place == place).order_by(review.c.month.desc())
        return [dict(row) for row in connection.execute(query).mappings()]


def _of(connection: Connection, place: str, month: Month) -> Mapping[str, Any] | None:
    query = select(review).where(review.c.place == place, review.c.month == str(month))
    found = connection.execute(query).mappings().one_or_none()
    return dict(found) if found else None
