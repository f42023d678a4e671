"""What the page knows: every follow-up of the place, who owes it, and the meetings it was carried through."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from dashboards.meetings.reading import Reading
from data.meetings.meetings import meetings
from data.people import Post
from kpis.meetings import promises

Row = Mapping[str, Any]


@dataclass(frozen=True, eq=False)
class Known(Reading):
    """Every follow-up of the place, and how each stands."""

    @property
    def rows(self) -> list[Row]:
        """Every follow-up of the place, those due first at the top."""
        return list(self.items.follow_ups.values())

    @cached_property
    def meetings(self) -> dict[int, Row]:
        return {row["id"]: row for row in meetings(self.session.records, self.session.place)}

    @property
    def posts(self) -> dict[int, Post]:
        return self.items.posts

    def state(self, row: Row) -> str:
        """One of kpis.meetings.promises.STATES."""
        return promises.state(row, self.day)

    def mine(self, row: Row) -> bool:
        """Whether a post of whoever acts owes it."""
        actor = self.session.actor
        return actor is not None and row["owner"] in actor.posts

    def carried(self, row: Row) -> int:
        """Through how many later meetings it went undone."""
        held = [meeting["day"] for meeting in self.meetings.values() if meeting["state"] == "held"]
        return promises.carried(row, held, self.day)

    def address(self, row: Row) -> str:
        """Where it is settled."""
        return self.session.address("followups", id=str(row["id"]))

    def owner(self, row: Row) -> str:
        return self.items.post(row["owner"])
