"""Where a city stands on one indicator among its peers: its position, how far it is, and whether that is more than chance."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from data.indicators import Compared, Indicator
from data.model import Text
from kpis.score import Reason

Mark = Literal["none", "other_period", "definition", "not_divided", "earlier", "provisional"]
"""What a reader must know of a figure: none is held; it is of another period than the one compared; measured otherwise; what it is to
be divided by is not known; the city has a newer one, which too few peers have yet; or it is provisional, as most figures of its series
were corrected after they first came, and this one was not yet."""
UNRANKED: frozenset[Mark] = frozenset({"none", "other_period", "definition", "not_divided"})
"""Marks with which a figure is shown and not ranked; with the others it is."""

Verdict = Literal["better", "worse", "higher", "lower", "no_difference"]
"""Against the peers' median; higher and lower where neither way is better."""
Told = Literal["interval", "revisions", "movement", "declared"]
"""Where the smallest real difference comes from: intervals of what was counted in a few cases, the size of the indicator's usual
corrections, twice the usual step of the gap from one period to the next, or what a goal declares as its `smallest_difference`."""
Course = Literal["gaining", "losing", "steady"]
"""How the gap to the median went: better for the city, worse, or by no more than the smallest real difference."""


@dataclass(frozen=True)
class Beside:
    """One place's figure. `value` is as it is compared (divided where a count is), `raw` as it was measured; None where none is held.

    `low` and `high` are the ends of its 95% interval, where it has one, in the unit of `value`. `rank` 1 is the best (the lowest where
    neither way is better), equal ones share the better; None where it is not ranked. `differs` is how the place measures it otherwise,
    `missing` the reason that its file gave where the period has no value.
    """

    place: str
    raw: float | None
    value: float | None
    period: date | None
    low: float | None = None
    high: float | None = None
    rank: int | None = None
    marks: tuple[Mark, ...] = ()
    differs: Text | None = None
    missing: str | None = None

    @property
    def reach(self) -> float | None:
        """Half the width of its interval; None where it has none."""
        return None if self.low is None or self.high is None else (self.high - self.low) / 2


@dataclass(frozen=True)
class Least:
    """The smallest difference from the median that is said to be one, in the unit of the values, and where it comes from."""

    difference: float
    told: Told


@dataclass(frozen=True)
class Trend:
    """The city's values and its peers' medians over the same periods, the oldest first, as they are compared.

    The medians are of the same `peers`, so many, from the first period to the last: nobody who joins moves them.
    `gain` is by how much the gap to the median became better for the city (below zero: worse) since the period `since`, one to three
    years before the last; None, as are the other two, where neither way is better or too few periods are shared.
    """

    periods: tuple[date, ...]
    own: tuple[float, ...]
    median: tuple[float, ...]
    since: date | None = None
    gain: float | None = None
    course: Course | None = None
    peers: int = 0


@dataclass(frozen=True)
class Improver:
    """The peer that improved most over a span of `years`, from its `first` value to its `last`; `gain` and the city's `own_gain` are
    how much better they became, below zero where worse."""

    place: str
    years: int
    begins: date
    ends: date
    first: float
    last: float
    gain: float
    own_gain: float | None


@dataclass(frozen=True)
class Standing:
    """One indicator (or metric) of a place and of its peers, which keep their order.

    `sign` is 1 where more is better, -1 where less is, 0 where neither is: the goal on it says so before the indicator does. `per` is
    what a count is divided by (`by` in words, None for residents); all values are then the indicator's unit for so many of them.
    `position` and `of` count the city itself among the ranked ones, `shared` whether another has the same; `between` is the best and
    the worst position that real differences leave it. `gap` and `gap_best` are own minus the median of the ranked peers, and own minus
    the best of them, with their sign as it is. `why` says why there is no position, with its `cure`.
    """

    indicator: Indicator
    sign: int
    own: Beside
    peers: tuple[Beside, ...]
    per: Compared | None = None
    by: Text | None = None
    position: int | None = None
    of: int = 0
    shared: bool = False
    between: tuple[int, int] | None = None
    median: float | None = None
    best: Beside | None = None
    gap: float | None = None
    gap_best: float | None = None
    least: Least | None = None
    verdict: Verdict | None = None
    trend: Trend | None = None
    improver: Improver | None = None
    why: Reason | None = None
    cure: Reason | None = None

    @property
    def decimals(self) -> int:
        """Decimals that its values are shown with: a count that was divided is whole no more."""
        return max(self.indicator.decimals, 1) if self.per else self.indicator.decimals

    @property
    def few(self) -> bool:
        """Whether fewer than half of the peers are compared: too few to be called better or worse than the set that was chosen."""
        return 2 * len(self.ranked) < len(self.peers)

    @property
    def ranked(self) -> tuple[Beside, ...]:
        """The peers that are compared, without the city."""
        return tuple(peer for peer in self.peers if peer.rank is not None)
