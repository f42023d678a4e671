"""Which of many cities needs a call first, and why: each reason is a rule with its number, and all of them count alike."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from data.exchange.content import PlanMonth
from data.exchange.received import CityMonth
from kpis.cities.lateness import months_late

BEHIND = 10
"""Points of proved work behind the time used from which a plan is a reason to call."""
FEW = 5
"""Promises that fell due, under which a share says nothing."""
HALF = 0.5
"""Who keeps a smaller share of the promises is a reason to call."""
KINDS = ("late", "signals", "overdue", "behind", "broken", "unplanned", "missing")
"""late: months not closed in time. signals: goals that got worse, and it is a signal. overdue: follow-ups past their day. behind: proved
work behind the time used. broken: under half of the promises kept. unplanned: no meeting to come. missing: values that were not there."""


@dataclass(frozen=True)
class Why:
    """One reason, of KINDS, and how many: months, goals, follow-ups, points, promises that were not kept, meetings (0), values."""

    kind: str
    number: float


def whys(month: CityMonth, day: date) -> tuple[Why, ...]:
    """The reasons to call a city, seen on a day from the newest month that it sent, in the order of KINDS."""
    numbers = {
        "late": months_late(month.month, day),
        "signals": len(signals(month)),
        "overdue": month.follow_ups.overdue,
        "behind": max((behind(plan) for plan in month.plans), default=0),
        "broken": _broken(month),
        "missing": month.missing,
    }
    found = {kind: number for kind, number in numbers.items() if number}
    if month.next_meeting is None or month.next_meeting < day:
        found["unplanned"] = 0
    return tuple(Why(kind, found[kind]) for kind in KINDS if kind in found)


def in_order(months: Iterable[CityMonth], day: date) -> list[CityMonth]:
    """The cities with most reasons first; of as many, the one that is longer late, then with more signals, then with more overdue."""
    return sorted(months, key=lambda month: _weight(whys(month, day)))


def signals(month: CityMonth) -> list[str]:
    """The ids of the goals that got worse by more than chance."""
    return [goal.id for goal in month.goals if goal.worsened and goal.signal]


def rate(month: CityMonth) -> float | None:
    """The share of promises kept, from 0 to 1; None of fewer than FEW."""
    kept, due = month.follow_ups.kept, month.follow_ups.promised
    return kept / due if due >= FEW else None


def behind(plan: PlanMonth) -> float:
    """Points of proved work behind the time used, from BEHIND on; else 0."""
    return -plan.gap if plan.gap is not None and plan.gap <= -BEHIND else 0


def _broken(month: CityMonth) -> int:
    found = rate(month)
    return month.follow_ups.promised - month.follow_ups.kept if found is not None and found < HALF else 0


def _weight(found: Sequence[Why]) -> tuple[float, ...]:
    numbers = {why.kind: why.number for why in found}
    return (-len(found), *(-numbers.get(kind, 0) for kind in ("late", "signals", "overdue")))
