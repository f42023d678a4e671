"""The analysis of a goal in a review: what moved it in the month, and why, as its area says, or the data office."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from data.access import Actor, Object
from data.periods import Month
from data.records.records import Records
from data.records.tables import analysis
from data.reviews import of_goals


def write_analysis(
    records: Records, actor: Actor, review_id: int, goal: str, area: str | None, version: int, said: str, at: datetime | None = None
) -> int:
    """Keep the text, on the version that was seen (of_goals.NEW: there was none); `area` answers for the goal. Returns the new version.

    Raises Refused where it says nothing or the review is closed, NotAllowed, Stale, Gone.
    """
    with records.write(actor, at) as write:
        write.doing("write_analysis", Object("analysis", area))
        return of_goals.keep(write, analysis, review_id, goal, version, area=area, said=of_goals.require_said(said, "said"))


def analyses(records: Records, place: str, until: Month) -> list[Mapping[str, Any]]:
    """Those of a place up to a month, the newest month first: the columns of `analysis`, its `month`, and who wrote it as `name`."""
    return of_goals.rows(records, analysis, place, until)
