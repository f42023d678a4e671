"""What a meeting opens with: what was promised before it and still waits, and what was done of that since the meeting before."""

from collections.abc import Iterable, Mapping
from typing import Any

from kpis.meetings import promises
from kpis.meetings.promises import WAITING

Row = Mapping[str, Any]

SHOWN = (*WAITING, "kept", "late")
"""Of kpis.meetings.promises.STATES those that a meeting opens with; what was dropped binds nobody any more."""


def opening(rows: Iterable[Row], meeting: Row, meetings: Iterable[Row]) -> list[Row]:
    """Of all follow-ups those that a meeting looks back at, as they stand on its day, the most pressing first.

    Asked for before its day and not by itself. What is done is shown once: where that was on the day of the last meeting held before,
    or since. Rows are those of data.meetings.follow_ups and data.meetings.meetings.
    """
    day = meeting["day"]
    before = max((other["day"] for other in meetings if other["state"] == "held" and other["day"] < day), default=None)
    asked = [row for row in rows if row["made_on"] < day and row["meeting"] != meeting["id"]]
    states = {row["id"]: promises.state(row, day) for row in asked}
    found = [row for row in asked if states[row["id"]] in WAITING or _done_since(row, states[row["id"]], before)]
    return sorted(found, key=lambda row: (SHOWN.index(states[row["id"]]), row["due"], row["id"]))


def _done_since(row: Row, state: str, before: Any) -> bool:
    return state in SHOWN and (before is None or row["done_on"] >= before)
