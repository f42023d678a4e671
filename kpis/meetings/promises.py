"""Whether what was promised is kept: where each follow-up stands on a day, and how many of those that fell due were kept.

The rule is that of a promise to another person: it is kept when it is done on or before the day that was first promised. Another day,
agreed later, moves when it is overdue, and never whether it was kept.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeVar

Row = Mapping[str, Any]
"""The columns of a follow-up, as data.meetings.follow_ups reads them."""
Key = TypeVar("Key", bound=Hashable)

SOON = 7
"""Days ahead within which a follow-up is due soon: what a weekly look at one's own list must catch."""
STATES = ("overdue", "soon", "open", "kept", "late", "dropped")
"""Where a follow-up stands, the most pressing first: past its day, due within SOON days, due later, kept, done after the day that was
first promised, dropped with a reason."""
WAITING = ("overdue", "soon", "open")
"""What somebody still has to do."""


@dataclass(frozen=True)
class Kept:
    """Of `due` promises that fell due, `kept` were kept; `dropped` are counted apart, whatever their day."""

    kept: int
    due: int
    dropped: int

    @property
    def rate(self) -> float | None:
        """The share kept, from 0 to 1; None where none fell due."""
        return self.kept / self.due if self.due else None


def state(row: Row, day: date) -> str:
    """Where a follow-up stands at the end of a day: one of STATES. What was done later was not done yet."""
    if row["state"] == "dropped":
        return "dropped"
    if row["state"] == "done" and row["done_on"] <= day:
        return "kept" if row["done_on"] <= row["first_due"] else "late"
    if row["due"] < day:
        return "overdue"
    return "soon" if row["due"] <= day + timedelta(days=SOON) else "open"


def is_waiting(row: Row, day: date) -> bool:
    """Whether somebody still had to do it at the end of a day."""
    return state(row, day) in WAITING


def is_overdue(row: Row, day: date) -> bool:
    """Whether it should have been done before a day, and was neither done by then nor dropped."""
    return state(row, day) == "overdue"


def days_left(row: Row, day: date) -> int:
    """Days until it is due; below zero it is overdue by so many."""
    return (row["due"] - day).days


def kept(rows: Iterable[Row], day: date) -> Kept:
    """How many fell due by a day and were kept. One that is due on the day itself counts once it is done, and broken from the next on."""
    found = [(state(row, day), row) for row in rows]
    promised = [(where, row) for where, row in found if where != "dropped"]
    due = [where for where, row in promised if row["first_due"] < day or (row["first_due"] == day and where == "kept")]
    return Kept(sum(where == "kept" for where in due), len(due), len(found) - len(promised))


def kept_by(rows: Iterable[Row], day: date, key: Callable[[Row], Key]) -> dict[Key, Kept]:
    """The same for each owner (`key` is the column), area or month (`month_promised`), in the order in which they come."""
    groups: dict[Key, list[Row]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return {name: kept(group, day) for name, group in groups.items()}


def month_promised(row: Row) -> str:
    """The month in which it was first due, such as 2026-06."""
    return row["first_due"].strftime("%Y-%m")


def carried(row: Row, meetings: Sequence[date], day: date) -> int:
    """Through how many later meetings, held by a day, it went without being done."""
    until = row["done_on"] if row["state"] == "done" else day
    return sum(row["made_on"] < held <= min(until, day) for held in meetings) if row["state"] != "dropped" else 0
