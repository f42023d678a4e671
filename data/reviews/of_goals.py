"""What is written about a goal in a review: one row of each kind, changed only by whoever saw it as it stands."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Table, select

from data.periods import Month
from data.problems import N_, Problem, Refused
from data.records.records import Records
from data.records.tables import person, review
from data.records.writing import FIRST, Gone, Stale, Write
from data.reviews.values import require_open

NEW = 0
"""The version of a text that nobody has written yet."""


def keep(write: Write, table: Table, review_id: int, goal: str, version: int, **said: Any) -> int:
    """Write the row of a goal, or change it where it is still at `version`; returns the new version.

    Raises Refused where the review is closed, Stale where somebody else wrote meanwhile, Gone.
    """
    require_open(write, review_id)
    query = select(table).where(table.c.review == review_id, table.c.goal == goal)
    row = write.connection.execute(query).mappings().one_or_none()
    told = {**said, "person": write.actor.person, "at": write.at}
    if row is None:
        if version != NEW:
            raise Gone(f"there is no {table.name} of {goal} in this review")
        write.insert(table, review=review_id, goal=goal, **told)
        return FIRST
    if row["version"] != version:
        raise Stale(table.name, dict(row), said)
    return write.update(table, row["id"], version, **told)


def rows(records: Records, table: Table, place: str, until: Month) -> list[Mapping[str, Any]]:
    """All of a place up to a month, the newest month first: the columns of the table, its `month`, and the `name` of who wrote it last."""
    columns = (table, review.c.month, person.c.name)
    query = select(*columns).join(review, review.c.id == table.c.review).join(person, person.c.id == table.c.person)
    query = query.where(review.c.place == place, review.c.month <= str(until))
    with records.read() as connection:
        found = connection.execute(query.order_by(review.c.month.desc(), table.c.id)).mappings()
        return [{**row, "month": Month.parse(row["month"])} for row in found]


def require_said(text: str, column: str) -> str:
    """Raises Refused where a text says nothing."""
    if not text.strip():
        raise Refused([Problem(N_("it says nothing"), N_("write it"), column=column)])
    return text.strip()
