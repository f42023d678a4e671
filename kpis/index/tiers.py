"""Tiers: places that the draws do not tell from the first of their tier stand together, whatever their ranks."""

import numpy as np

from kpis.index.figures import Numbers


def tiers(rank: Numbers, low: Numbers, high: Numbers) -> Numbers:
    """The tier of each place, 1 the best, from its rank and the interval of its ranks.

    Places are gone through in the order of their ranks. The first opens a tier; a place whose interval no longer overlaps with that of
    the place that opened it, because it begins behind its end, opens the next. So a better rank never has a worse tier, and
    two places of one tier may differ from each other, but neither surely from the first. Where nothing was doubted every interval is a
    rank, and every rank a tier. Places of one rank share its tier, and count as one place: from the least to the most of
    their intervals.
    """
    found, tier, end = np.empty(len(rank)), 0, -np.inf
    for each in np.unique(rank):
        alike = rank == each
        if low[alike].min() > end:
            tier, end = tier + 1, high[alike].max()
        found[alike] = tier
    return found
