"""The cheapest way up: which indicator a place would have to move, and by how much, for the next rank and for the last of the next tier.

Nothing is asked beyond the best that a ranked place has achieved, and the whole index is reckoned anew with the moved value: a place that
was the worst of all moves the others' scores too. What a move costs is not known. Moves of different units are compared by the share of
the other places' standard deviation that they are, so that what places differ little in counts as dear. A tier itself cannot be promised:
it goes by all draws, and a place at the last rank of a tier may still begin the next one.
"""

from dataclasses import dataclass

import numpy as np

from kpis.index.built import Built
from kpis.index.doubted import Doubted
from kpis.index.drawing import as_written
from kpis.index.figures import Numbers
from kpis.index.ranking import ranks
from kpis.index.scoring import Scoring

HALVINGS = 30


@dataclass(frozen=True)
class Step:
    """An indicator moved from its value to the one that is wanted, in its unit after its denominator; `best` is what a ranked place has.

    `cost` is the share of the other places' standard deviation that is moved.
    """

    name: str
    value: float
    wanted: float
    best: float
    cost: float


@dataclass(frozen=True)
class Way:
    """To the rank `to`, past the place that holds it. One step where a single indicator is enough, the cheapest that is.

    Else the smallest set that is found by taking the most useful one at a time. `reached` False: not even all within reach is enough.
    `tier` is the one of which that is the last rank, where places are in doubt and it is better than the place's own.
    """

    to: int
    place: str
    steps: tuple[Step, ...]
    reached: bool
    tier: int | None = None


def ways_up(built: Built, doubted: Doubted, own: str) -> tuple[Way, ...]:
    """To the next rank, and to the last rank of the next tier where that is another; as far as there is one above."""
    place = built.places.index(own)
    above, better = built.rank < built.rank[place], doubted.tier < doubted.tier[place]
    if not above.any():
        return ()
    reach, passed = _Reach(built, place), [_last(built.rank, above)]
    if doubted.draws and better.any():
        passed = list(dict.fromkeys([*passed, _last(built.rank, better)]))
    return tuple(_way(reach, last, doubted) for last in passed)


def _last(rank: Numbers, above: np.ndarray) -> int:
    """The place that stands right before, among those above."""
    return int(np.flatnonzero(above)[np.argmax(rank[above])])


class _Reach:
    """A place and what each of its indicators may be moved to: shares between 0 (as it is) and 1 (the best that a place has)."""

    def __init__(self, built: Built, place: int) -> None:
        self.built, self.place, self.scoring = built, place, Scoring(built)
        values = built.steps["denominated"]
        lower = np.array([one.direction == "lower" for one in built.recipe.indicators])
        self.value = values[place]
        self.best = np.where(lower, np.fmin.reduce(values, axis=0), np.fmax.reduce(values, axis=0))
        self.spread = _spread(np.delete(values, place, axis=0))
        self.open = np.flatnonzero(np.isfinite(self.value) & (self.best != self.value))

    def outcomes(self, shares: Numbers) -> tuple[Numbers, Numbers]:
        """The place's scores and its ranks, for (cases, indicators) shares."""
        at_once = self.scoring.at_a_time(shares.shape[1])
        found = [self._outcomes(shares[begin : begin + at_once]) for begin in range(0, len(shares), at_once)]
        scores, ranked = zip(*found, strict=True)
        return np.concatenate(scores), np.concatenate(ranked)

    def _outcomes(self, shares: Numbers) -> tuple[Numbers, Numbers]:
        figures = self.built.figures
        moved = np.where(shares > 0, self.value + shares * (self.best - self.value), self.value)
        values = np.repeat(figures.values[None], len(shares), axis=0)
        values[:, self.place] = np.where(shares > 0, moved * figures.denominators[self.place], values[:, self.place])
        scores = self.scoring.scores(as_written(self.built, len(shares)), values)
        return scores[:, self.place], ranks(scores)[:, self.place]

    def steps(self, shares: Numbers) -> tuple[Step, ...]:
        """What shares above 0 ask for, the cheapest first."""
        wanted = self.value + shares * (self.best - self.value)
        told = np.column_stack([self.value, wanted, self.best, self.cost(shares)]).tolist()
        found = [Step(self.built.recipe.names[one], *told[one]) for one in np.flatnonzero(shares > 0).tolist()]
        return tuple(sorted(found, key=lambda step: step.cost))

    def cost(self, shares: Numbers) -> Numbers:
        """Of each indicator; infinite where the others do not differ in it."""
        moved = np.where(shares > 0, np.abs(shares * (self.best - self.value)), 0.0)  # what is missing is not moved, and costs nothing
        return np.divide(moved, self.spread, out=np.where(moved > 0, np.inf, 0.0), where=self.spread > 0)

    def costs(self, cases: Numbers) -> Numbers:
        """Of each of (cases, indicators) shares, all that it moves."""
        return self.cost(cases).sum(axis=1)


def _spread(values: Numbers) -> Numbers:
    """The standard deviation of each indicator at the other places (n - 1), over those that have it; 0 of fewer than two."""
    known = np.isfinite(values)
    count = known.sum(axis=0)
    middle = np.divide(np.where(known, values, 0).sum(axis=0), count, out=np.zeros(len(count)), where=count > 0)
    squares = (np.where(known, values - middle, 0) ** 2).sum(axis=0)
    return np.sqrt(np.divide(squares, count - 1, out=np.zeros(len(count)), where=count > 1))


def _way(reach: _Reach, passed: int, doubted: Doubted) -> Way:
    rank = float(reach.built.rank[passed])
    shares = _single(reach, rank)
    reached = shares is not None
    if shares is None:
        shares, reached = _several(reach, rank)
    tier = int(doubted.tier[passed]) if doubted.draws and doubted.tier[passed] < doubted.tier[reach.place] else None
    return Way(int(rank), reach.built.places[passed], reach.steps(shares), reached, tier)


def _single(reach: _Reach, rank: float) -> Numbers | None:
    """The cheapest indicator that is enough by itself."""
    alone = np.eye(len(reach.value))[reach.open]
    if not len(alone):
        return None
    enough = alone[reach.outcomes(alone)[1] <= rank]
    if not len(enough):
        return None
    least = _least(reach, np.zeros(enough.shape), enough, rank)
    return least[int(np.argmin(reach.costs(least)))]


def _several(reach: _Reach, rank: float) -> tuple[Numbers, bool]:
    """One after another the one that lifts the score most, until they are enough; then what is not needed goes again."""
    taken, left = np.zeros(len(reach.value)), reach.open.tolist()
    while left:
        cases = np.stack([_with(taken, one) for one in left])
        scores, ranked = reach.outcomes(cases)
        best = int(np.argmax(scores))
        if ranked[best] <= rank:
            return _cut(reach, taken, left[best], rank), True
        taken = cases[best]
        left.remove(left[best])
    return taken, False


def _cut(reach: _Reach, taken: Numbers, last: int, rank: float) -> Numbers:
    """Without what is not needed beside the last one, and that one no further than it must."""
    for one in np.flatnonzero(taken).tolist():
        without = _with(taken, one, 0.0)
        if reach.outcomes(_with(without, last)[None])[1][0] <= rank:
            taken = without
    return _least(reach, taken[None], _with(taken, last)[None], rank)[0]


def _least(reach: _Reach, short: Numbers, enough: Numbers, rank: float) -> Numbers:
    """Between shares that are not enough and shares that are, the least that are, of each case that may still be the cheapest."""
    for _ in range(HALVINGS):
        middle = (short + enough) / 2
        reached = (reach.outcomes(middle)[1] <= rank)[:, None]
        short, enough = np.where(reached, short, middle), np.where(reached, middle, enough)
        cheap = reach.costs(short) <= reach.costs(enough).min()
        short, enough = short[cheap], enough[cheap]
    return enough


def _with(shares: Numbers, one: int, share: float = 1.0) -> Numbers:
    found = shares.copy()
    found[one] = share
    return found
