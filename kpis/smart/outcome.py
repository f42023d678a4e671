"""What a check answers, and how that stands in the gate."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from kpis.score import Reason
from kpis.smart.candidate import Candidate

Letter = Literal["S", "M", "A", "R", "T"]
LETTERS: tuple[Letter, ...] = ("S", "M", "A", "R", "T")
"""Specific, measurable, achievable, relevant, with a time."""

State = Literal["passed", "failed", "unchecked"]


@dataclass(frozen=True)
class Answer:
    """What a check says of a goal: a sentence with {named} values where it did not pass, and what is to be done."""

    state: State
    sentence: str = ""
    cure: str = ""
    values: Mapping[str, object] = field(default_factory=dict)


PASSED = Answer("passed")


def failed(sentence: str, cure: str, **values: object) -> Answer:
    """The goal does not hold against this check."""
    return Answer("failed", sentence, cure, values)


def unchecked(sentence: str, cure: str = "", **values: object) -> Answer:
    """The check could not look: neither passed nor failed."""
    return Answer("unchecked", sentence, cure, values)


@dataclass(frozen=True)
class Check:
    """One line of the gate. A `hard` check keeps a goal off the public page; `key` is where in the file its cure is written."""

    letter: Letter
    hard: bool
    key: str
    ask: Callable[[Candidate], Answer]

    @property
    def name(self) -> str:
        """What is demanded, as the command prints it: `has_a_baseline`."""
        return self.ask.__name__


@dataclass(frozen=True)
class Outcome:
    """How a goal stands against one check. `reason` and `cure` are None where it passed."""

    check: Check
    state: State
    reason: Reason | None = None
    cure: Reason | None = None


def outcome(check: Check, candidate: Candidate) -> Outcome:
    """Asks the check."""
    answer = check.ask(candidate)
    if answer.state == "passed":
        return Outcome(check, "passed")
    cure = Reason(answer.cure, answer.values) if answer.cure else None
    return Outcome(check, answer.state, Reason(answer.sentence, answer.values), cure)
