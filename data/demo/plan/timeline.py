"""What happens to an action when: its stages as promised and as reached, how far it is, and how far its area says it is.

Pure, and without a clock: small differences between actions come from their own keys.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from math import ceil

from data.demo.plan.story import Action
from data.periods import Month
from data.plans.ladder import Ladder

FIRST, LAST = Month(2025, 1), Month(2026, 10)
"""The months that have been reported."""
SEEN = date(2026, 11, 9)
"""The last day on which anything was written: the day before the last month's review."""
STRAY = 12
"""Days by which a stage is reached earlier or later than its pace says."""
HOPE = 30
"""Percentage points by which a hopeful area is ahead of the work, reached in half a year."""
MOST = 95
"""What even a hopeful area does not go beyond before everything is done."""


@dataclass(frozen=True)
class Course:
    """An action over time. `due` and `expected` have a day for each stage of its ladder, `reached` only for those reached."""

    action: Action
    ladder: Ladder
    due: tuple[date, ...]
    expected: tuple[date, ...]
    reached: tuple[date, ...]

    @property
    def finished(self) -> date | None:
        """The day on which the last stage was reached."""
        return self.reached[-1] if len(self.reached) == len(self.due) else None

    def done(self, day: date) -> float:
        """The share, in percent, of the stages reached by the day."""
        return sum(stage.share for stage, on in zip(self.ladder.stages, self.reached, strict=False) if on <= day)

    def worked(self, day: date) -> float:
        """The same, and part of the stage that is being worked on."""
        day = min(day, Month.parse(self.action.stops).last) if self.action.stops else day
        number = sum(on <= day for on in self.reached)
        if number == len(self.due):
            return 100.0
        before = self.reached[number - 1] if number else self.action.first.first
        gone = (day - before) / max(self.expected[number] - before, timedelta(days=1))
        return self.done(day) + self.ladder.stages[number].share * 0.7 * min(max(gone, 0.0), 1.0)

    def declared(self, day: date, *, hopeful: bool) -> float:
        """What the area says on the day, in steps of 5 %."""
        if self.finished and self.finished <= day:
            return 100.0
        months = max((day - self.action.first.first).days / 30.4, 0.0)
        if self.action.says is not None:
            return min(self.action.says, 25.0 * int(months / 3))
        worked = self.worked(day)
        if hopeful:
            worked += HOPE * min(months / 6, 1.0)
        return float(min(5 * round(worked / 5), MOST))


def course(action: Action, ladder: Ladder) -> Course:
    """The action on its ladder."""
    begins, ends = action.first.first, action.final.last
    shares = [sum(stage.share for stage in ladder.stages[: number + 1]) / 100 for number in range(len(ladder.stages))]
    due = (*(Month.of(begins + (ends - begins) * share).last for share in shares[:-1]), ends)
    expected: list[date] = []
    for number, promised in enumerate(due):
        day = begins + (promised - begins) / action.pace + timedelta(days=between(-STRAY, STRAY, action.key, str(number)))
        expected.append(working_day(max(day, *(on + timedelta(days=14) for on in [begins, *expected[-1:]]))))
    until = min(LAST.last, Month.parse(action.stops).last) if action.stops else LAST.last
    reached = tuple(day for day in expected if day <= until)
    return Course(action, ladder, due, tuple(expected), reached)


def between(low: int, high: int, *names: str) -> int:
    """A whole number from low to high that belongs to these names, on any machine."""
    return low + int.from_bytes(sha256("/".join(names).encode()).digest()[:4]) % (high - low + 1)


def working_day(day: date) -> date:
    """The day, or the Monday after it."""
    return day + timedelta(days=max(0, ceil(7 - day.weekday())) % 7) if day.weekday() > 4 else day


def moment(day: date, *names: str) -> datetime:
    """A moment in the morning of a working day."""
    minutes = between(0, 299, *names)
    return datetime.combine(working_day(day), time(8 + minutes // 60, minutes % 60), UTC)
