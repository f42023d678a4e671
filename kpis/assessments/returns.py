"""What an area got for its money: what a policy cost, beside what a study found that it changed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kpis.impact.answer import Answer

Row = Mapping[str, Any]
TOLD = ("clear_effect", "likely_effect")
"""Verdicts after which a size may be divided by; after any other, what was paid bought nothing that can be told from chance."""


@dataclass(frozen=True)
class Return:
    """`cost` is what was paid until now for the actions of the policy, in one currency."""

    policy: Row
    answer: Answer
    cost: float
    currency: str

    @property
    def per_unit(self) -> float | None:
        """Cost of each unit by which the outcome moved; None where no effect is told, or it went the wrong way, or is a relative one."""
        found, verdict = self.answer.effect, self.answer.verdict
        if found is None or verdict is None or verdict.kind not in TOLD or verdict.way == "worse" or self.answer.study.log:
            return None
        return self.cost / abs(found.estimate) if found.estimate else None

    @property
    def between(self) -> tuple[float, float] | None:
        """The same at either end of the effect's interval, the cheaper first; None where it holds none, and so has no end to its cost."""
        found = self.answer.effect
        if self.per_unit is None or found is None or found.low is None or found.high is None or found.low <= 0 <= found.high:
            return None
        small, large = sorted((abs(found.low), abs(found.high)))
        return self.cost / large, self.cost / small


def returns(policies: Iterable[Row], nodes: Mapping[int, Row], answers: Iterable[Answer]) -> list[Return]:
    """One for each study of a policy whose cost is known too; `nodes` are rows of kpis.plans.truth by their ids."""
    estimated = [answer for answer in answers if answer.effect is not None and answer.verdict is not None]
    found = []
    for policy in policies:
        if paid := _paid(_apart(policy["nodes"], nodes)):
            found += [Return(policy, answer, *paid) for answer in estimated if answer.study.policy == policy["key"]]
    return found


def _apart(numbers: Iterable[int], nodes: Mapping[int, Row]) -> list[Row]:
    """Without what is part of another one of them: its money is in that one's already."""
    chosen = {number for number in numbers if number in nodes}
    return [nodes[number] for number in sorted(chosen) if not chosen.intersection(_above(number, nodes))]


def _above(number: int, nodes: Mapping[int, Row]) -> Iterator[int]:
    """All that a node is part of."""
    parent = nodes[number].get("parent")
    while parent is not None and parent in nodes:
        yield parent
        parent = nodes[parent].get("parent")


def _paid(rows: list[Row]) -> tuple[float, str] | None:
    """What was paid; None where nobody says it, or in several currencies."""
    currencies = {row["currency"] for row in rows if row["paid"] is not None}
    if len(currencies) != 1 or None in currencies:
        return None
    return sum(row["paid"] or 0.0 for row in rows), currencies.pop()
