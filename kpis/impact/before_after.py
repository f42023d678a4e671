"""What the gap between real and expected tells of an estimate, before and after the start."""

import numpy as np

from kpis.impact.effect import Point
from kpis.impact.panel import Numbers

LATE = 2
"""The last periods before the start, in which an effect would be one of anticipation."""
LEAST_BEFORE = 5
"""Periods before the start, from which on a spread of the earlier ones is worth its name."""


def fit_of(actual: Numbers, expected: Numbers, start: int) -> dict[str, float | None]:
    """rmspe_before, rmspe_after, fit and anticipation_z, as Effect's diagnostics define them."""
    gap = actual - expected
    before, spread = root_mean_square(gap[:start]), float(actual[:start].std())
    return {
        "rmspe_before": before,
        "rmspe_after": root_mean_square(gap[start:]),
        "fit": before / spread if spread > 0 else None,
        "anticipation_z": anticipation(gap[:start]),
    }


def anticipation(before: Numbers) -> float | None:
    """The mean gap of the last two periods before the start, over the spread of the earlier ones; None with fewer than five."""
    earlier = before[:-LATE]
    if len(before) < LEAST_BEFORE or earlier.std() == 0:
        return None
    return float(before[-LATE:].mean() / earlier.std(ddof=1))


def root_mean_square(gap: Numbers) -> float:
    """Of the gaps, in their own unit."""
    return float(np.sqrt(np.mean(np.square(gap))))


def points(periods: tuple[str, ...], actual: Numbers, expected: Numbers, reach: Numbers | None = None) -> tuple[Point, ...]:
    """A series of periods; `reach` is how far the expected reaches to each side, NaN where that is not known."""
    sides = np.full(len(periods), np.nan) if reach is None else reach
    return tuple(
        Point(period, float(real), float(told), _known(told - side), _known(told + side))
        for period, real, told, side in zip(periods, actual, expected, sides, strict=True)
    )


def _known(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
