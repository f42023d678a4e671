"""The town with a plan in the middle of a meeting: a goal, an action, a concern and free words on its agenda."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from data.access import Actor
from data.meetings.agenda import Item, add_item, agenda
from data.meetings.concerns import Concern, raise_concern
from data.meetings.meetings import meetings, plan_meeting, start_meeting
from data.periods import Month
from data.records.records import Records
from data.reviews.reviews import open_review
from tests.action_town import Planned, planned
from tests.small_city import HOSTILE

MEETING_DAY = date(2026, 7, 12)


@dataclass(frozen=True)
class Met:
    """The town, its meeting, and the ids of its items by what they are about."""

    town: Planned
    meeting: int
    items: dict[str, int]

    @property
    def records(self) -> Records:
        return self.town.records

    @property
    def office(self) -> Actor:
        return self.town.people["office"]

    def row(self) -> dict[str, object]:
        return next(dict(row) for row in meetings(self.records, "aurora") if row["id"] == self.meeting)


def met(folder: Path, *, begun: bool = True) -> Met:
    """The meeting of June 2026, on unless it has not begun."""
    town = planned(folder)
    records, office = town.records, town.people["office"]
    review = open_review(records, office, "aurora", Month(2026, 6))
    meeting = plan_meeting(records, office, review, MEETING_DAY)
    told = Concern("aurora", "Night shifts <b>", HOSTILE, area="police", goal="robberies")
    worry = raise_concern(records, town.people["editor"], told, date(2026, 6, 20))
    for item in (
        Item("goal", ("worsened", "unlikely"), goal="robberies", kept=True),
        Item("action", ("milestone",), node=town.nodes["1.1"], kept=True),
        Item("concern", ("concern",), concern=worry, kept=True),
        Item("other", ("added",), title="Summer fair"),
    ):
        add_item(records, office, meeting, item)
    if begun:
        start_meeting(records, office, meeting, 1, [office.person], office.person)
    return Met(town, meeting, {row["kind"]: row["id"] for row in agenda(records, meeting)})
