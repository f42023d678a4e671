"""Which assessment is due when: by the day somebody planned, else by the calendar of the policy itself.

The rule: ex-ante the day before it begins, mid-term half way, final within six months after its end. A policy's days are its own, else the
first and the last of the actions that carry it out. An assessment that was done, or dropped with a reason, is owed no more; one of impact
is due only where somebody planned it. Where everything by the rule is settled, what the last one said of the next holds (`again`).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from data.assessments.reading import Register
from data.assessments.vocabulary import OPEN
from data.periods import Month

Row = Mapping[str, Any]
Span = tuple[date | None, date | None]

AGAIN = "again"
"""The moment of an assessment that the one before asked for, beyond those of the rule."""
AFTER_THE_END = 6
"""Months."""
SOON = 92
"""Days ahead within which an assessment is spoken about: three reviews."""


@dataclass(frozen=True)
class Due:
    """`moment` is one of data.assessments' MOMENTS, or AGAIN; `assessment` is the one that was planned, None where nobody did."""

    policy: Row
    moment: str
    day: date
    assessment: Row | None = None

    def overdue(self, today: date) -> bool:
        return self.day < today

    def soon(self, today: date) -> bool:
        return today <= self.day <= today + timedelta(days=SOON)


def due(known: Register, nodes: Mapping[int, Row]) -> list[Due]:
    """All that is due of every policy, the first day first; `nodes` are rows with `starts` and `ends`, by their ids."""
    found = [each for policy in known.policies for each in _of(policy, known.of_policy(policy["id"]), span(policy, nodes))]
    return sorted(found, key=lambda each: (each.day, each.policy["key"]))


def span(policy: Row, nodes: Mapping[int, Row]) -> Span:
    """From when to when a policy runs."""
    linked = [nodes[number] for number in policy["nodes"] if number in nodes]
    first = min((row["starts"] for row in linked if row["starts"]), default=None)
    last = max((row["ends"] for row in linked if row["ends"]), default=None)
    return policy["starts"] or first, policy["ends"] or last


def calendar(runs: Span) -> dict[str, date]:
    """The day of each moment by the rule; a moment whose day cannot be told is left out."""
    starts, ends = runs
    days = {"ex_ante": starts - timedelta(days=1)} if starts else {}
    if starts and ends:
        days["mid_term"] = starts + (ends - starts) / 2
    if ends:
        days["final"] = _months_after(ends, AFTER_THE_END)
    return days


def _of(policy: Row, made: list[Row], runs: Span) -> Iterator[Due]:
    opened = [row for row in made if row["state"] in OPEN]
    settled = {row["moment"] for row in made}
    owed = [Due(policy, moment, day) for moment, day in calendar(runs).items() if moment not in settled]
    yield from (Due(policy, row["moment"], row["due"], row) for row in opened)
    yield from owed
    last = max((row for row in made if row["state"] == "done"), key=lambda row: row["done_on"], default=None)
    if last and last["next_due"] and not opened and not owed:
        yield Due(policy, AGAIN, last["next_due"])


def _months_after(day: date, months: int) -> date:
    month = Month.of(day).plus(months)
    return month.first.replace(day=min(day.day, month.last.day))
