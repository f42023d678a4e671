"""What somebody wants to type of the values that they owe: understood, held against what is there now, and what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import isclose
from typing import Any

from babel.numbers import get_decimal_symbol

from dashboards.session import Session
from data.periods import Month
from data.plans.comparing import tidy
from data.problems import Problem, Refused
from data.reviews.checking import Typed, of_one
from data.reviews.numbers import number

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Proposal:
    """`row` is the value as it is now, `version` the one that was seen when it was typed."""

    row: Row
    value: float | None
    said: str | None
    version: int

    @property
    def stale(self) -> bool:
        return self.version != (self.row["version"] or 0)

    @property
    def empties(self) -> bool:
        """Whether a draft is taken away."""
        return self.value is None and self.said is None and self.row["state"] == "draft"

    @property
    def differs(self) -> bool:
        return not (same(self.value, self.row["value"]) and self.said == tidy(self.row["said"]))

    @property
    def typed(self) -> Typed:
        """It as data.reviews.values takes it, on what is there now."""
        row = self.row
        return Typed(row["place"], row["indicator"], row["period"], self.value, row["segment"], said=self.said, version=row["version"] or 0)

    def problems(self, session: Session, month: Month) -> list[Problem]:
        return [] if self.empties else list(of_one(self.typed, session.definitions, month))


@dataclass(frozen=True)
class Where:
    """Where a fault stands: at a value of the table, called by `key`, or in a cell of a file."""

    key: str | None = None
    path: str | None = None
    line: int | None = None
    column: str | None = None


@dataclass(frozen=True)
class Proposed:
    """What can be saved, what is wrong with the rest, and the keys of that rest."""

    good: tuple[Proposal, ...] = ()
    faults: tuple[Problem, ...] = ()
    broken: frozenset[str] = frozenset()


class Gathering:
    """Takes one cell after another, each with the name by which faults call it."""

    def __init__(self, session: Session, month: Month) -> None:
        self.session, self.month = session, month
        self.good: list[Proposal] = []
        self.faults: list[Problem] = []
        self.broken: set[str] = set()

    def take(self, row: Row, value: str | float, said: str, version: int, where: Where) -> None:
        """`value` is a text, or a number that a file keeps as one; `where` is for faults."""
        try:
            meant = self._number(row, value)
        except Refused as refused:
            return self._refuse(row, refused.problems, where)
        proposal = Proposal(row, meant, tidy(said), version)
        if not proposal.differs:
            return None
        found = proposal.problems(self.session, self.month)
        return self._refuse(row, found, where) if found else self.good.append(proposal)

    def done(self) -> Proposed:
        return Proposed(tuple(self.good), tuple(self.faults), frozenset(self.broken))

    def _number(self, row: Row, value: str | float) -> float | None:
        if not isinstance(value, str):
            return value
        indicator = self.session.definitions.indicator.get(row["indicator"])
        return number(value, get_decimal_symbol(self.session.locale), percent=bool(indicator and indicator.unit == "%"))

    def _refuse(self, row: Row, found: list[Problem], where: Where) -> None:
        self.broken.add(row["key"])
        self.faults += [replace(problem, **vars(where)) for problem in found]


def same(one: float | None, other: float | None) -> bool:
    """A spreadsheet keeps fifteen digits."""
    if one is None or other is None:
        return one is other
    return isclose(one, other, rel_tol=1e-14)
