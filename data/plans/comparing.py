"""What somebody wants to report of many actions, held against what the records said when they began and what they say now.

Nothing here reads or writes: a cell counts as changed where it is otherwise than it was shown, so that a row that nobody touched undoes
nothing that others have done meanwhile.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from data.plans.reporting import Report

FIELDS = ("declared", "status", "said", "reason")
CLOSE = 1e-6
"""A spreadsheet keeps fifteen digits: numbers that are closer are the same one."""


@dataclass(frozen=True)
class Values:
    """What an area says of an action: percent, a status, what was done, and why it is so. The records keep `said` of reports alone."""

    declared: float | None = None
    status: str | None = None
    said: str | None = None
    reason: str | None = None


@dataclass(frozen=True)
class Held:
    """An action as the records have it now. `name` is in every language, as its Json text."""

    node: int
    version: int
    key: str
    name: str
    values: Values


@dataclass(frozen=True)
class Change:
    """One action that would be reported: as it is now, as it would be, and which of its fields somebody changed.

    `mine` are fields that would change; `theirs` those that somebody else changed since the reader began. Where both are, the row is stale.
    """

    held: Held
    wanted: Values
    mine: tuple[str, ...]
    theirs: tuple[str, ...]

    @property
    def stale(self) -> bool:
        return bool(self.theirs)

    def report(self, day: date) -> Report:
        """It as a report on what the action is now."""
        return Report(self.held.node, self.held.version, day, **vars(self.wanted))


def compare(typed: Mapping[int, Values], begun: Mapping[int, Values], now: Mapping[int, Held]) -> list[Change]:
    """The actions that would change, in the order of `now`; all three by the action's id, and `begun` and `now` with all that are typed."""
    found = [_change(typed[node], begun[node], held) for node, held in now.items() if node in typed]
    return [change for change in found if change.mine]


def tidy(text: str | None) -> str | None:
    """A text without spaces around it; none where nothing is left. Spreadsheets know one kind of line break."""
    return (text or "").replace("\r\n", "\n").replace("\r", "\n").strip() or None


def _change(typed: Values, begun: Values, held: Held) -> Change:
    touched = [name for name in FIELDS if not _same(getattr(typed, name), getattr(begun, name))]
    wanted = Values(**{name: getattr(typed if name in touched else held.values, name) for name in FIELDS})
    mine = tuple(name for name in touched if not _same(getattr(wanted, name), getattr(held.values, name)))
    theirs = tuple(name for name in FIELDS if not _same(getattr(held.values, name), getattr(begun, name)))
    return Change(held, wanted, mine, theirs)


def _same(one: float | str | None, other: float | str | None) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return abs(one - other) < CLOSE
    one, other = (tidy(value) if isinstance(value, str) else value for value in (one, other))
    return one == other
