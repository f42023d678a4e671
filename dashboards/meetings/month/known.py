"""What the page knows of the month under review: its review, the meeting in hand, the agenda, and what the reader may do."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from dashboards.meetings.items import Items
from dashboards.session import Session
from dashboards.words import Words, translator
from data.access import may
from data.meetings.agenda import agenda
from data.meetings.meetings import MEETING, meetings
from data.reviews.reviews import review_of

Row = Mapping[str, Any]
PLACE = "month"
"""Where the page says what was done."""


@dataclass(frozen=True, eq=False)
class Known:
    """`meeting` is the one in hand: the one that is on or planned, else the last; None where there is none. `others` are the rest."""

    session: Session
    review: Row
    meeting: Row | None
    others: tuple[Row, ...]
    rows: tuple[Row, ...]

    @property
    def words(self) -> Words:
        return translator(self.session.locale)

    @cached_property
    def view(self) -> Session:
        """The month as its figures are told: as it was closed, where it is."""
        return self.session.closed

    @cached_property
    def items(self) -> Items:
        return Items(self.view)

    @property
    def closed(self) -> bool:
        return self.review["state"] == "closed"

    @property
    def over(self) -> bool:
        """Whether the meeting in hand was held."""
        return self.meeting is not None and self.meeting["state"] == "held"

    @property
    def may(self) -> bool:
        """Whether the reader may prepare and lead the meeting now."""
        actor = self.session.actor
        return actor is not None and not self.closed and may(actor, "keep_meeting", MEETING)

    @property
    def changes(self) -> bool:
        """Whether the reader may change the agenda."""
        return self.may and self.meeting is not None and not self.over

    @property
    def talked_about(self) -> list[Row]:
        """The items that were not left out, in their order: first those that are kept."""
        shown = [row for row in self.rows if row["dropped"] is None]
        return [row for row in shown if row["kept"]] + [row for row in shown if not row["kept"]]


def of(session: Session) -> Known | None:
    """All of it as it stands; None where nobody has begun the month's review."""
    review = review_of(session.records, session.place, session.month)
    if review is None:
        return None
    every = [row for row in meetings(session.records, session.place) if row["review"] == review["id"]]
    meeting = next((row for row in every if row["state"] != "held"), every[0] if every else None)
    rows = agenda(session.records, meeting["id"]) if meeting else []
    return Known(session, review, meeting, tuple(row for row in every if row is not meeting), tuple(rows))
