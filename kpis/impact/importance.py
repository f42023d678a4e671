"""How much each predictor counts, so that the mix that is like the treated in them also runs with it in the outcome.

The outer of the two nested problems of Abadie and Gardeazabal 2003. It has many valleys, so it is searched from several places.
"""

from collections.abc import Sequence

import numpy as np

from kpis.impact.panel import Numbers
from kpis.impact.simplex import nearest

TRIALS = 1000
"""Mixes that one search may try."""
CLOSE = 1e-5
"""Where a search ends, as a share of what equal counts miss."""


def begun_at(predictors: int, starts: int, seed: int) -> list[Numbers]:
    """Places to search from: all predictors alike, then drawn at random."""
    drawn = np.random.default_rng(seed).dirichlet(np.ones(predictors), size=starts - 1)
    return [alike(predictors), *drawn]


def alike(predictors: int) -> Numbers:
    """All count the same."""
    return np.full(predictors, 1 / predictors)


def importance(apart: Numbers, missed: Numbers, begun: Sequence[Numbers]) -> Numbers:
    """Shares of the predictors, n, by the best of the searches: those whose mix misses least in mean square.

    `apart` is donors x predictors, each donor less the treated in standard deviations; `missed` the same of the outcome, donors x periods.
    """
    from scipy.optimize import minimize  # A third of a second, which only a study with predictors should pay.

    scale = np.mean(missed**2) or 1.0
    last: list[Numbers] = []

    def misses(told: Numbers) -> float:
        last[:] = [mixed(apart, _shares(told), *last)]
        return float(np.mean((last[0] @ missed) ** 2) / scale)

    options = {"maxfev": TRIALS, "maxiter": TRIALS, "xatol": CLOSE, "fatol": CLOSE}

    def searched(place: Numbers) -> tuple[float, Numbers]:
        found = minimize(misses, place, method="Nelder-Mead", options=options)
        return float(found.fun), _shares(found.x)

    missing, best = min((searched(place) for place in begun), key=lambda found: found[0])
    # Its steps have become small where it ended; beginning anew from there it sees what it passed over.
    again, better = searched(best)
    return better if again < missing else best


def mixed(apart: Numbers, importance: Numbers, begun: Numbers | None = None) -> Numbers:
    """The shares of donors whose mix is nearest to the treated in the predictors, by what these count."""
    return nearest((apart * importance) @ apart.T, np.zeros(len(apart)), begun)


def _shares(told: Numbers) -> Numbers:
    size = np.abs(told)
    return size / size.sum() if size.sum() > 0 else alike(len(told))
