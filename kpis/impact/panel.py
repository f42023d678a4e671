"""The figures of a study in rows and columns: units by periods, all there, and since when each unit is under the policy."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from data.model import Text

Numbers = NDArray[np.float64]
Samples = tuple[NDArray[np.int64], NDArray[np.int64], Numbers]
NEVER = -1
"""The first treated period of whoever is never treated."""


@dataclass(frozen=True)
class Happened:
    """Something of which the city keeps the day and which concerns the outcome in the treated places: a storm, an election, another
    policy; `period` is its number among the panel's.
    """

    name: Text
    period: int


@dataclass(frozen=True, eq=False)
class Panel:
    """`values` are units x periods, without gaps, in the order of `units` and `periods`; `first` is each unit's first treated period
    as a number of `periods`, or NEVER. `covariates` are units x periods each, gaps as NaN; `weights` are one for each unit.

    `window` is how many periods each value is of, itself the last: 12 where a month's value is of the last twelve.

    `samples` holds, where a unit and period is a sample of many (`repeated`), the rows themselves: unit, period, value.
    """

    units: tuple[str, ...]
    periods: tuple[str, ...]
    values: Numbers
    first: NDArray[np.int64]
    covariates: Mapping[str, Numbers] = field(default_factory=dict)
    weights: Numbers | None = None
    clusters: tuple[str, ...] | None = None
    samples: Samples | None = None
    window: int = 1
    events: tuple[Happened, ...] = ()
    """In the order of their days, without what came in the very period of the start, which is most often the policy itself."""

    @cached_property
    def treated(self) -> NDArray[np.bool_]:
        """Which units are treated at some time."""
        return self.first != NEVER

    @cached_property
    def start(self) -> int:
        """The first period in which anybody is treated."""
        return int(self.first[self.treated].min())

    @property
    def staggered(self) -> bool:
        """Whether they did not all begin at once."""
        return len(set(self.first[self.treated].tolist())) > 1

    @cached_property
    def path(self) -> Numbers:
        """The mean of the treated units, by period."""
        return self.values[self.treated].mean(axis=0)

    @property
    def donors(self) -> tuple[str, ...]:
        """Whoever is never treated, in the order of the panel."""
        return tuple(unit for unit, treated in zip(self.units, self.treated, strict=True) if not treated)

    def of(self, units: Sequence[int]) -> "Panel":
        """The same with some units alone, by number, in that order."""
        chosen = list(units)
        return replace(
            self,
            units=tuple(self.units[each] for each in chosen),
            values=self.values[chosen],
            first=self.first[chosen],
            covariates={name: values[chosen] for name, values in self.covariates.items()},
            weights=None if self.weights is None else self.weights[chosen],
            clusters=None if self.clusters is None else tuple(self.clusters[each] for each in chosen),
        )

    def up_to(self, periods: int) -> "Panel":
        """The same with its first periods alone."""
        short = {name: values[:, :periods] for name, values in self.covariates.items()}
        return replace(self, periods=self.periods[:periods], values=self.values[:, :periods], covariates=short)

    def at(self, periods: Sequence[int]) -> "Panel":
        """The same at some periods alone, by number and in order; each unit's first treated one must be among them."""
        chosen = list(periods)
        place = {period: number for number, period in enumerate(chosen)}
        first = np.array([NEVER if each == NEVER else place[each] for each in self.first.tolist()], dtype=np.int64)
        return replace(
            self,
            periods=tuple(self.periods[each] for each in chosen),
            values=self.values[:, chosen],
            first=first,
            covariates={name: values[:, chosen] for name, values in self.covariates.items()},
            samples=_samples_at(self.samples, place),
            events=tuple(replace(each, period=place[each.period]) for each in self.events if each.period in place),
        )

    def begun(self, unit: int, start: int) -> "Panel":
        """The same as if this unit alone had been treated, from `start` on: a placebo."""
        first = np.full(len(self.units), NEVER)
        first[unit] = start
        return replace(self, first=first)


def _samples_at(samples: Samples | None, place: Mapping[int, int]) -> Samples | None:
    """The rows that lie in some periods, with these numbered anew."""
    if samples is None:
        return None
    unit, period, value = samples
    kept = np.isin(period, list(place))
    return unit[kept], np.array([place[each] for each in period[kept].tolist()], dtype=np.int64), value[kept]
