"""Who gains and who pays: each group's part, and whether gains and burdens go to the poor or to the rich.

The concentration index runs from -1 (all to the poorest) over 0 (evenly by head) to 1 (all to the richest): twice the area between the even
line and the curve of cumulated shares, people in order from poor to rich (Kakwani, Wagstaff and van Doorslaer 1997, Journal of Econometrics
77); of groups by Fuller and Lury's sum. Inside a group everybody is taken to have the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from kpis.appraisals.appraisal import Appraisal, Group

POOREST = 0.4
"""Of the people, whose share is told: the two poorest fifths, as in the Sustainable Development Goals (10.1)."""


@dataclass(frozen=True)
class Part:
    """A group's gain and payment under an option, in the city's currency, and what is left for each person where people are counted."""

    group: Group
    gains: float
    pays: float

    @property
    def net(self) -> float:
        return self.gains - self.pays

    @property
    def each(self) -> float | None:
        return self.net / self.group.people if self.group.people else None


@dataclass(frozen=True)
class Leaning:
    """How a sum is spread over people in order of income: the share of the poorest POOREST of them, and the concentration index."""

    poorest: float
    index: float


@dataclass(frozen=True)
class Distribution:
    """One option's parts in the order of the file; how `gains` and `pays` lean is known only with incomes and a sum."""

    option: str
    parts: tuple[Part, ...]
    gains: Leaning | None
    pays: Leaning | None

    @property
    def losers(self) -> tuple[Part, ...]:
        """Groups that pay more than they gain."""
        return tuple(part for part in self.parts if part.net < 0)


def distribution(told: Appraisal) -> tuple[Distribution, ...]:
    """Of every option for which some group gains or pays something; empty where no groups are given."""
    named = {name for group in told.groups for name in (*group.gains, *group.pays)}
    return tuple(_of(option.id, told.groups) for option in told.options if option.id in named)


def leaning(amounts: Sequence[float], people: Sequence[int], incomes: Sequence[float]) -> Leaning | None:
    """How amounts of groups lean; None where they sum to zero."""
    if not sum(amounts):
        return None
    order = sorted(range(len(amounts)), key=lambda n: incomes[n])
    heads = [0.0, *accumulate(people[n] / sum(people) for n in order)]
    sums = [0.0, *accumulate(amounts[n] / sum(amounts) for n in order)]
    index = sum(heads[n] * sums[n + 1] - heads[n + 1] * sums[n] for n in range(1, len(order)))
    return Leaning(_share_below(POOREST, heads, sums), index)


def _of(option: str, groups: Sequence[Group]) -> Distribution:
    parts = tuple(Part(group, group.gains.get(option, 0.0), group.pays.get(option, 0.0)) for group in groups)
    return Distribution(option, parts, _leaning(groups, [part.gains for part in parts]), _leaning(groups, [part.pays for part in parts]))


def _leaning(groups: Sequence[Group], amounts: Sequence[float]) -> Leaning | None:
    known = [(group.people, group.income) for group in groups]
    people = [count for count, _ in known if count is not None]
    incomes = [income for _, income in known if income is not None]
    return leaning(amounts, people, incomes) if len(people) == len(incomes) == len(groups) else None


def _share_below(share: float, heads: Sequence[float], sums: Sequence[float]) -> float:
    """The share of the sum that the first `share` of the people have, straight between two groups."""
    n = next(n for n, head in enumerate(heads) if head >= share - 1e-12)
    width = heads[n] - heads[n - 1]
    return sums[n - 1] + (sums[n] - sums[n - 1]) * (share - heads[n - 1]) / width
