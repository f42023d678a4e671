"""Which meeting and which of its items the page shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import streamlit as st

from dashboards.meetings.items import Items
from dashboards.meetings.opening import PromisedInPlace
from dashboards.session import Session
from dashboards.words import Words, translator
from data.access import may
from data.meetings.agenda import agenda
from data.meetings.meetings import MEETING, meetings
from data.periods import Month
from data.reviews.reviews import review_of

Row = Mapping[str, Any]


@dataclass(frozen=True, eq=False)
class Subject:
    """A meeting, its items in the order in which they are talked about, and the one in view; None where it has none.

    Before the first item a meeting looks back at what was promised, where something was: then `opens` is true, and no item in view.
    The session is in the month that the meeting reviews, whatever month the reader came from.
    """

    session: Session
    meeting: Row
    items: list[Row]
    item: Row | None
    promised: PromisedInPlace
    opens: bool

    @property
    def words(self) -> Words:
        return translator(self.session.locale)

    @cached_property
    def known(self) -> Items:
        return Items(self.session)

    @property
    def number(self) -> int:
        """Of the item in view, from 1 on; 0 of what stands before them."""
        return 0 if self.opens else 1 + next((number for number, each in enumerate(self.items) if each is self.item), 0)

    def beside(self, places: int) -> str:
        """The address of the item so many places further, or of what stands before them; "" where there is none."""
        at = self.number - 1 + places
        if at == -1:
            return self.opening
        return self.address(self.items[at]) if 0 <= at < len(self.items) else ""

    @property
    def opening(self) -> str:
        """The address of what was promised; "" where nothing was."""
        return self.session.address("meeting", meeting=str(self.meeting["id"])) if self.promised.looked_back else ""

    def address(self, item: Row) -> str:
        return self.session.address("meeting", meeting=str(self.meeting["id"]), item=str(item["id"]))

    @cached_property
    def figures(self) -> Session:
        """What the figures are of: the month as it was closed, where it is closed."""
        return self.session.closed

    @cached_property
    def closed(self) -> bool:
        """Whether the month is closed: then nothing of its meetings changes any more."""
        found = review_of(self.session.records, self.session.place, self.session.month)
        return found is not None and found["state"] == "closed"

    def may(self, action: str) -> bool:
        """Whether the actor may do it at a meeting of a month that is open; nobody may while nobody was chosen."""
        return self.session.actor is not None and not self.closed and may(self.session.actor, action, MEETING)


def of(session: Session) -> Subject | None:
    """What the address names: `meeting?meeting=ID&item=ID`; None where there is no such meeting here.

    Without an item it is what was promised before, and where nothing was, the first item.
    """
    known = {str(row["id"]): row for row in meetings(session.records, session.place)}
    meeting = known.get(st.query_params.get("meeting", ""))
    if meeting is None:
        return None
    items = talked_about(agenda(session.records, meeting["id"]))
    asked = st.query_params.get("item", "")
    month = Month.parse(meeting["month"])
    reviewed = session if session.month == month else session.at(month)
    promised, item = PromisedInPlace(reviewed, meeting), next((row for row in items if str(row["id"]) == asked), None)
    opens = item is None and bool(promised.looked_back)
    return Subject(reviewed, meeting, items, item if opens or item else next(iter(items), None), promised, opens)


def talked_about(rows: list[Row]) -> list[Row]:
    """Those that are kept for it, then the others; none that was left out."""
    return sorted((row for row in rows if row["dropped"] is None), key=lambda row: (not row["kept"], row["position"], row["id"]))
