"""Chance that lasts from one period to the next: how much of it there is in a regression's errors, and what that does to its doubt.

The residuals of a short series with a trend and a season show too little of it, since the regression has fitted a part of it away; and
errors after Newey and West (1987) are learned from those residuals, so that they are too small there (a nominal 95% covers 60 to 80% of
60 months). So the correlation is taken that would leave such residuals, and the doubt is worked out with it.
"""

import numpy as np

from kpis.impact.panel import Numbers

STEPS = np.linspace(0.0, 0.98, 50)
"""The correlations from one period to the next that are tried."""
WINDOWS = (1, 6, 12)
"""Over how many periods back the residuals are seen to remember, at the most a quarter of them. The longest memory counts: one period alone
misses a level that wanders under the noise of single months, as the figures of cities do."""


def lags(periods: int) -> int:
    """How many periods back Newey and West's errors look: 4 (n / 100)^(2/9), rounded down (Newey and West, 1994)."""
    return int(4 * (periods / 100) ** (2 / 9))


def kept(residuals: Numbers) -> float:
    """The correlation of residuals with those of the period before; 0 where there are none."""
    total = float(residuals @ residuals)
    return float(residuals[1:] @ residuals[:-1]) / total if total > 0 else 0.0


def lasting(terms: Numbers, residuals: Numbers) -> tuple[float, Numbers]:
    """The correlation of the errors themselves, and the covariance of the coefficients with errors so correlated.

    A moment estimate: with M the residual maker, R the correlations c^|s-t| and L the sum of the first steps back, the residuals e = M u
    have E[e'Le] / E[e'e] = tr(M L M R) / tr(M R). The c is taken whose ratio is that of the residuals seen.
    """
    rows, inverse = len(terms), np.linalg.pinv(terms)
    maker = np.eye(rows) - terms @ inverse
    apart = np.abs(np.subtract.outer(np.arange(rows), np.arange(rows)))
    memory = max(_seen(maker, apart, residuals, window) for window in WINDOWS if window == 1 or 4 * window <= rows)
    correlated = memory**apart
    variance = float(residuals @ residuals) / (maker * correlated).sum()
    return memory, variance * inverse @ correlated @ inverse.T


def _seen(maker: Numbers, apart: np.ndarray, residuals: Numbers, window: int) -> float:
    back = np.tri(len(maker), k=-1) * (apart <= window)
    # A trace with c^|s-t| is a sum over distances: each is added up once, whatever the c.
    remembered, total = (np.bincount(apart.ravel(), weights=one.ravel()) for one in (maker @ back @ maker, maker))
    powers = STEPS[:, None] ** np.arange(len(maker))
    squared = float(residuals @ residuals)
    seen = float(residuals @ back @ residuals) / squared if squared > 0 else 0.0
    return float(np.interp(seen, np.maximum.accumulate((powers @ remembered) / (powers @ total)), STEPS))


def degrees(rows: int, terms: int, memory: float) -> float:
    """The degrees of freedom that remain: periods that repeat the one before count for less (Bayley and Hammersley, 1946)."""
    return max((rows - terms) * (1 - memory) / (1 + memory), 2.0)
