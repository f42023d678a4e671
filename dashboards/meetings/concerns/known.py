"""What the page knows: every concern of the place, who raised it, and how long it has waited."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dashboards.meetings.reading import Reading
from dashboards.words import N_
from data.access import may
from data.meetings.concerns import about

Row = Mapping[str, Any]

STATES = {
    "raised": N_("waiting for an answer"),
    "answered": N_("answered, not decided"),
    "decided": N_("decided, not closed"),
    "closed": N_("closed"),
}
"""What a concern waits for, in words; the first must wait the least."""
OPEN = ("raised", "answered", "decided")


@dataclass(frozen=True, eq=False)
class Known(Reading):
    """Every concern of the place, and what is asked of each."""

    @property
    def rows(self) -> list[Row]:
        """Every concern of the place, the newest first."""
        return list(self.items.concerns.values())

    def age(self, row: Row) -> int:
        """Days since it was raised; of a closed one, how long it was open."""
        return max(0, ((row["closed_on"] or self.day) - row["raised_on"]).days)

    def may(self, action: str, row: Row) -> bool:
        actor = self.session.actor
        return actor is not None and may(actor, action, about(row))

    def person(self, person: int | None) -> str:
        return self.items.people.get(person or 0, "")
