"""Parts made one: means of three kinds, and the comparison by pairs that lets no strength pay for a weakness.

Formulas: OECD/JRC, Handbook on Constructing Composite Indicators (2008), step 6; the comparison by pairs is A. H. Copeland's (1951)
as J. Munda and M. Nardo weigh it (2009). A part that a place lacks is left out of its own mean, and the other weights fill its room.
"""

from collections.abc import Callable, Mapping

import numpy as np

from kpis.index.figures import Marks, Numbers
from kpis.index.recipe import Combine

HALF = 0.5
EVEN = 1e-12
"""Weights that differ by less are even: they are sums of shares."""


def combined(values: Numbers, weights: Numbers, how: Combine) -> Numbers:
    """One score for each place. `values` are (…, places, members), NaN where missing; `weights` (…, members); the answer (…, places).

    NaN where a place has no member. A mean that multiplies is zero where a member is, and NaN where one is below zero.
    """
    return WAYS[how](values, weights)


def arithmetic(values: Numbers, weights: Numbers) -> Numbers:
    """Σwx / Σw: what is gained in one part pays in full for what is lost in another."""
    known = np.isfinite(values)
    if known.all():
        return _share(_weighed(values, weights), weights.sum(axis=-1)[..., None])
    return _share(_weighed(np.where(known, values, 0), weights), _weighed(known, weights))


def geometric(values: Numbers, weights: Numbers) -> Numbers:
    """exp(Σw ln x / Σw): the lower a part is, the more of the others it takes to pay for it."""
    return _beside_zero(values, weights, np.exp(arithmetic(np.log(_positive(values)), weights)))


def harmonic(values: Numbers, weights: Numbers) -> Numbers:
    """Σw / Σ(w/x): as the geometric mean, and harder on what is low."""
    return _beside_zero(values, weights, 1 / arithmetic(1 / _positive(values), weights))


def copeland(values: Numbers, weights: Numbers) -> Numbers:
    """How many places it outranks less how many outrank it, by the weight of the members in which one is above the other.

    Only the members that both have are compared; an equal one counts half for each. From 1 - n to n - 1 for n places.
    """
    known = np.isfinite(values) & (weights[..., None, :] > 0)
    ahead = both = np.zeros((*values.shape[:-2], values.shape[-2], values.shape[-2]))
    for member in range(values.shape[-1]):
        one, there = values[..., member], known[..., member]
        pair = (there[..., :, None] & there[..., None, :]) * weights[..., member, None, None]
        better = (one[..., :, None] > one[..., None, :]) + HALF * (one[..., :, None] == one[..., None, :])
        ahead, both = ahead + pair * better, both + pair
    lead = ahead - HALF * both
    found = np.where(np.abs(lead) > EVEN, np.sign(lead), 0).sum(axis=-1)
    return np.where(known.any(axis=-1), found, np.nan)


def _weighed(values: Numbers | Marks, weights: Numbers) -> Numbers:
    """Σwx, of marks the weight of what is marked. Values that all draws share take one product of two matrices, not one for each draw."""
    if values.ndim == 2:
        return weights @ values.T
    return np.matmul(values, weights[..., None])[..., 0]


def _positive(values: Numbers) -> Numbers:
    """With 1 in the place of what is not: `_beside_zero` answers for those that weigh anything, and the others change no mean."""
    return np.where(values <= 0, 1.0, values)


def _share(total: Numbers, weight: Numbers) -> Numbers:
    if (weight > 0).all():
        return total / weight
    return np.divide(total, weight, out=np.full(np.broadcast_shapes(total.shape, weight.shape), np.nan), where=weight > 0)


def _beside_zero(values: Numbers, weights: Numbers, found: Numbers) -> Numbers:
    """Members of no weight ask for nothing; a zero among the others makes the mean zero, and what is below zero has no mean."""
    for marked, instead in ((values == 0, 0.0), (values < 0, np.nan)):
        if marked.any():
            found = np.where(_weighed(marked, weights) > 0, instead, found)
    return found


WAYS: Mapping[Combine, Callable[[Numbers, Numbers], Numbers]] = {
    "arithmetic": arithmetic,
    "geometric": geometric,
    "harmonic": harmonic,
    "copeland": copeland,
}
