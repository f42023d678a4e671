"""A plan as it stood at the end of a day: which rows were there, and up to when what has a day or a moment of its own counts."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Table, and_, or_, select

from data.records.as_of import as_of
from data.records.tables import decision, plan_version


@dataclass(frozen=True)
class Past:
    """The records on one connection as a day knew them; without a day as they stand now.

    until     the last day that counts: of reports, decisions, outcomes, stages that were reached
    after     the first moment that counts no longer: of evidence that was brought or judged
    moment    what is written from then on does not hold yet (`of`); None: everything holds
    """

    connection: Connection
    until: date
    after: datetime
    moment: datetime | None

    def of(self, table: Table) -> FromClause:
        """What to select from instead of the table."""
        return as_of(self.connection, table, self.moment)

    def version_held(self) -> ColumnElement[bool]:
        """Of plan_version, joined to its decision if it has one: whether it was in force; one that a file made from when it was read."""
        if self.moment is None:
            return plan_version.c.id.is_not(None)
        return or_(decision.c.day <= self.until, and_(plan_version.c.decision.is_(None), plan_version.c.at < self.moment))


def past(connection: Connection, plan_id: int, day: date | None) -> Past:
    """A plan at the end of a day. What came before it was taken in reads as it was first taken in."""
    if day is None:
        return Past(connection, date.max, datetime.max.replace(tzinfo=UTC), None)
    begun = select(plan_version.c.at).where(plan_version.c.plan == plan_id, plan_version.c.number == 1)
    taken_in: Any = connection.execute(begun).scalar()
    after = moment_after(day)
    return Past(connection, day, after, max(after, taken_in + timedelta(microseconds=1)) if taken_in else after)


def moment_after(day: date) -> datetime:
    """The first moment that is no longer of the day."""
    return datetime.combine(day + timedelta(days=1), time(), UTC)
