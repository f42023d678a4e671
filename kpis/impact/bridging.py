"""Gaps in a series: the short ones bridged by a straight line."""

import numpy as np

from kpis.impact.panel import Numbers


def filled(values: Numbers, longest: int) -> tuple[Numbers, bool, int]:
    """The series with gaps of at most so many periods bridged; whether no longer one is left, also at the ends; how many were filled.

    Short gaps at the ends stay NaN: there is nothing to draw a line to.
    """
    known = np.flatnonzero(np.isfinite(values))
    if not known.size:
        return values, False, 0
    ends = known[0], len(values) - 1 - known[-1]
    between = np.diff(known) - 1
    whole = max(*ends, *between.tolist()) <= longest if between.size else max(ends) <= longest
    if not whole:
        return values, False, 0
    inside = np.arange(known[0], known[-1] + 1)
    bridged = values.copy()
    bridged[inside] = np.interp(inside, known, values[known])
    return bridged, True, int(between.sum())
