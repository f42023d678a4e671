"""One series made ready to be forecast: which part of it counts, and which method that part allows."""

from dataclasses import dataclass

import numpy as np

from data.problems import N_
from kpis.score import Reason

LEAST_VALUES = 24
"""Fewer say too little of a trend to be told from chance: two years of months."""
LEAST_SEASONS = 2
LEAST_STEPS = 2
"""Changes from one period to the next without which not even a drift is known."""
LONGEST = 240
"""Older values say nothing of the coming ones and cost as much as the others."""


@dataclass(frozen=True)
class Ready:
    """`values` is the part that counts: whole for the mean of two methods; with gaps (NaN) for drift; empty for none.

    `why` says why it is not the usual method.
    """

    values: np.ndarray
    method: str
    why: Reason | None = None


def ready(values: np.ndarray, season: int, begins: int = 0) -> Ready:
    """Values of consecutive periods, NaN where one is missing; what lies before `begins` was measured otherwise and is left out."""
    comparable = np.asarray(values, dtype=float)[begins:]
    known = np.flatnonzero(np.isfinite(comparable))
    if not known.size:
        return Ready(np.array([]), "none", Reason(N_("no value is known")))
    comparable = comparable[known[0] : known[-1] + 1][-LONGEST:]
    gaps = np.flatnonzero(~np.isfinite(comparable))
    unbroken = comparable[gaps[-1] + 1 :] if gaps.size else comparable
    needed = max(LEAST_VALUES, LEAST_SEASONS * season)
    if len(unbroken) >= needed:
        return Ready(unbroken, "mean of theta and ets")
    changes = int(np.isfinite(np.diff(comparable)).sum())
    if changes < LEAST_STEPS:
        return Ready(np.array([]), "none", _short(Reason(N_("fewer than three values follow each other")), begins))
    return Ready(comparable, "drift", _why(len(unbroken), bool(gaps.size), needed, begins))


def _why(count: int, gap: bool, needed: int, begins: int) -> Reason:
    if begins:
        return Reason(N_("only {count} values since the series changed its level; {needed} are needed"), {"count": count, "needed": needed})
    if gap:
        return Reason(N_("the series has gaps: {count} values since the last one; {needed} are needed"), {"count": count, "needed": needed})
    return Reason(N_("only {count} values are known; {needed} are needed"), {"count": count, "needed": needed})


def _short(otherwise: Reason, begins: int) -> Reason:
    return Reason(N_("fewer than three values follow each other since the series changed its level")) if begins else otherwise
