"""How often one place stands before each other one."""

import numpy as np

from kpis.index.figures import Numbers, Ranks

EVEN = 0.5


def outranking(ranks: Ranks, own: int) -> Numbers:
    """The share of draws in which the place stands before each other, of (places, draws); equal ranks count half, and NaN at itself."""
    before = (ranks > ranks[own]).sum(axis=1) + EVEN * (ranks == ranks[own]).sum(axis=1)
    count = (np.isfinite(ranks) & np.isfinite(ranks[own])).sum(axis=1)
    found = np.divide(before, count, out=np.full(len(ranks), np.nan), where=count > 0)
    found[own] = np.nan
    return found
