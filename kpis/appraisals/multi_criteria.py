"""Options by several criteria at once: three methods, and how much the answer hangs on the weights.

Every criterion is brought to 0 (the worst option) to 1 (the best): so no unit counts more than another.

* weighted sum (Fishburn 1967): what each option reaches, times the weights;
* TOPSIS (Hwang and Yoon 1981): how near to the best on every criterion, and how far from the worst;
* PROMETHEE II (Brans and Vincke 1985) with the usual criterion: in how much of the weights an option is ahead of the others, less behind.

Which share of all weights makes an option the best is Lahdelma and Salminen's first-rank acceptability (2001), by the weighted sum.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kpis.appraisals.appraisal import Appraisal

Numbers = NDArray[np.float64]
METHODS = ("weighted_sum", "topsis", "promethee_ii")
DRAWS = 10_000
SEED = 7
LEVEL = 1e-9
"""Two options nearer than this stand level."""


@dataclass(frozen=True)
class Ranking:
    """The score of each option by one method, in the order of the file, and the best of them: several where they stand level."""

    method: str
    scores: Mapping[str, float]

    @property
    def winners(self) -> tuple[str, ...]:
        most = max(self.scores.values())
        return tuple(option for option, score in self.scores.items() if most - score < LEVEL)


@dataclass(frozen=True)
class Flip:
    """The weight of one criterion at which another option stands level with the best; the other weights keep their proportions."""

    criterion: str
    now: float
    then: float
    option: str


@dataclass(frozen=True)
class MultiCriteria:
    """`reached` are options x criteria from 0 to 1; `shares` how much of all possible weights makes each option the best.

    `flips` are the nearest turning points of each criterion, the smallest change first; empty where no single weight changes the best.
    """

    weights: Mapping[str, float]
    reached: Mapping[str, tuple[float, ...]]
    rankings: tuple[Ranking, ...]
    shares: Mapping[str, float]
    flips: tuple[Flip, ...]

    @property
    def best(self) -> str | None:
        """The best by the weighted sum; None where two stand level."""
        winners = self.rankings[0].winners
        return winners[0] if len(winners) == 1 else None

    @property
    def agreed(self) -> bool:
        """Whether all three methods name the same option."""
        return len({ranking.winners for ranking in self.rankings}) == 1


def multi_criteria(told: Appraisal) -> MultiCriteria | None:
    """The options weighed by the criteria; None where the appraisal has none."""
    if not told.criteria:
        return None
    names = [option.id for option in told.options]
    matrix = np.array([[option.scores[criterion.id] for criterion in told.criteria] for option in told.options], dtype=float)
    given = np.array([criterion.weight for criterion in told.criteria])
    signs = np.array([1 if criterion.better == "higher" else -1 for criterion in told.criteria])
    weights = given / given.sum()
    reached = _reached(matrix, signs)
    scores = dict(zip(METHODS, _scores(matrix, weights, signs), strict=True))
    ids = [criterion.id for criterion in told.criteria]
    return MultiCriteria(
        weights=dict(zip(ids, weights.tolist(), strict=True)),
        reached={name: tuple(row) for name, row in zip(names, reached.tolist(), strict=True)},
        rankings=tuple(Ranking(method, dict(zip(names, found.tolist(), strict=True))) for method, found in scores.items()),
        shares=dict(zip(names, shares(reached).tolist(), strict=True)),
        flips=_flips(reached, weights, names, ids),
    )


def shares(reached: Numbers, draws: int = DRAWS, seed: int = SEED) -> Numbers:
    """Of weights drawn evenly from all that sum to 1, the share under which each option is the best; level ones part it."""
    drawn = np.random.default_rng(seed).dirichlet(np.ones(reached.shape[1]), draws)
    sums = drawn @ reached.T
    best = sums > sums.max(axis=1, keepdims=True) - LEVEL
    return (best / best.sum(axis=1, keepdims=True)).mean(axis=0)


def _scores(matrix: Numbers, weights: Numbers, signs: NDArray[np.int_]) -> tuple[Numbers, Numbers, Numbers]:
    # Imported here: it brings a whole plotting library, a second that no other page should wait for.
    from pymcdm.methods import PROMETHEE_II, TOPSIS, WSM
    from pymcdm.normalizations import minmax_normalization

    # The reader has checked the matrix; the library's own check warns of every option that another beats, which is no fault.
    methods = (WSM(minmax_normalization), TOPSIS(minmax_normalization), PROMETHEE_II("usual"))
    first, second, third = (np.asarray(method(matrix, weights, signs, validation=False), dtype=float) for method in methods)
    return first, second, third


def _reached(matrix: Numbers, signs: NDArray[np.int_]) -> Numbers:
    low, high = matrix.min(axis=0), matrix.max(axis=0)
    shares = (matrix - low) / (high - low)
    return np.where(signs > 0, shares, 1 - shares)


def _flips(reached: Numbers, weights: Numbers, names: list[str], ids: list[str]) -> tuple[Flip, ...]:
    """Of each criterion the nearest weight that changes the best; none where two stand level as it is."""
    sums = reached @ weights
    best = int(sums.argmax())
    if (sums > sums[best] - LEVEL).sum() > 1:
        return ()
    found = [
        Flip(ids[criterion], float(weights[criterion]), then, names[option])
        for criterion in range(len(ids))
        if (nearest := _nearest(reached, weights, best, criterion)) is not None
        for then, option in [nearest]
    ]
    return tuple(sorted(found, key=lambda flip: round(abs(flip.then - flip.now), 9)))


def _nearest(reached: Numbers, weights: Numbers, best: int, criterion: int) -> tuple[float, int] | None:
    """With v the weight of the criterion, an option has v * own + (1 - v) * rest: two options meet where these lines cross."""
    now = weights[criterion]
    if now > 1 - LEVEL:
        return None  # the others have no proportions to keep
    own = reached[:, criterion]
    rest = (reached @ weights - now * own) / (1 - now)
    ahead, behind = rest[best] - rest, own[best] - own
    crossings = [
        (float(ahead[option] / (ahead[option] - behind[option])), option)
        for option in range(len(own))
        if option != best and abs(ahead[option] - behind[option]) > LEVEL
    ]
    inside = [(then, option) for then, option in crossings if 0 <= then <= 1]
    return min(inside, key=lambda found: abs(found[0] - now)) if inside else None
