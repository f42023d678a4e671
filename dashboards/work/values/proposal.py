"""What somebody wants to type of the values that they owe: understood, held against what is there now, and what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from math import isclose
from typing import Any

from babel.numbers import get_decimal_symbol

from dashboards.session import Session
from dashboards.work.values import known
from dashboards.work.values.desk import NUMBERS
from data.periods import Month
from data.plans.comparing import tidy
from data.problems import Problem, Refused
from data.reviews.checking import Typed, completed, of_one
from data.reviews.numbers import number
from data.reviews.values import SEGMENTED, TYPED

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Proposal:
    """`row` is the value as it is now, `version` the one that was seen when it was typed."""

    row: Row
    value: float | None
    said: str | None
    version: int
    numerator: float | None = None
    denominator: float | None = None

    @property
    def stale(self) -> bool:
        return self.version != (self.row["version"] or 0)

    @property
    def empties(self) -> bool:
        """Whether a draft is taken away."""
        return all(getattr(self, name) is None for name in TYPED) and self.row["state"] == "draft"

    @property
    def differs(self) -> bool:
        numbers = all(same(getattr(self, name), self.row[name]) for name in NUMBERS)
        return not (numbers and self.said == tidy(self.row["said"]))

    @property
    def typed(self) -> Typed:
        """It as data.reviews.values takes it, on what is there now."""
        row, told = self.row, {name: getattr(self, name) for name in TYPED}
        return Typed(**{name: row[name] for name in SEGMENTED}, **told, version=row["version"] or 0)

    @property
    def parts(self) -> tuple[float | None, float | None]:
        return self.numerator, self.denominator

    def completed(self, session: Session) -> "Proposal":
        """The same with its value computed, where both parts are given and go with it."""
        return replace(self, value=completed(self.typed, session.definitions).value)

    def problems(self, session: Session, month: Month) -> list[Problem]:
        return [] if self.empties else list(of_one(self.typed, session.definitions, month))


@dataclass(frozen=True)
class Where:
    """Where a fault stands: at a value of the table, called by `key`, or in a cell of a file, which calls its `columns` by their titles."""

    key: str | None = None
    path: str | None = None
    line: int | None = None
    columns: Mapping[str, str] = field(default_factory=dict)

    def told(self, problem: Problem) -> Problem:
        return replace(problem, key=self.key, path=self.path, line=self.line, column=self.columns.get(str(problem.column or "value")))


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

    def take(self, row: Row, cells: Mapping[str, str | float], version: int, where: Where, *, valued: bool = True) -> None:
        """`cells` are texts, or numbers that a file keeps as such; parts that it does not have stay as they are. `where` is for faults.

        `valued`: somebody typed the value itself; else both parts are enough, and make another one.
        """
        faults: list[Problem] = []
        told = {name: self._number(row, name, cells, faults) for name in NUMBERS}
        if faults:
            return self._refuse(row, faults, where)
        if not valued and None not in (told["numerator"], told["denominator"]):
            told["value"] = None
        proposal = Proposal(row, told["value"], tidy(str(cells["said"])), version, told["numerator"], told["denominator"])
        proposal = proposal.completed(self.session)
        if not proposal.differs:
            return None
        found = proposal.problems(self.session, self.month)
        return self._refuse(row, found, where) if found else self.good.append(proposal)

    def done(self) -> Proposed:
        return Proposed(tuple(self.good), tuple(self.faults), frozenset(self.broken))

    def _number(self, row: Row, name: str, cells: Mapping[str, str | float], faults: list[Problem]) -> float | None:
        said = cells.get(name, row[name] if row[name] is not None else "")
        if not isinstance(said, str):
            return said
        indicator = self.session.definitions.indicator.get(row["indicator"])
        percent = name == "value" and indicator is not None and indicator.unit == "%"
        try:
            return number(said, get_decimal_symbol(self.session.locale), percent=percent)
        except Refused as refused:
            faults += [replace(problem, column=name) for problem in refused.problems]
            return None

    def _refuse(self, row: Row, found: list[Problem], where: Where) -> None:
        self.broken.add(row["key"])
        named = {"indicator": known.name(self.session, row)}  # the reader knows it by its name, not by its id
        self.faults += [where.told(replace(problem, values={**problem.values, **named})) for problem in found]


def same(one: float | None, other: float | None) -> bool:
    """A spreadsheet keeps fifteen digits."""
    if one is None or other is None:
        return one is other
    return isclose(one, other, rel_tol=1e-14)
