"""How good a forecast was: errors of values, of quantiles, of intervals and of chances. Formulas as the M4 competition writes them."""

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

NORMAL = NormalDist()
CRPS_LEVELS = 2000
"""Quantiles, evenly spaced, by which the mean pinball loss stands for its integral."""


def smape(actual: np.ndarray, forecast: np.ndarray) -> np.ndarray:
    """200 |y - f| / (|y| + |f|), each; zero where both are zero."""
    size = np.abs(actual) + np.abs(forecast)
    return 200 * np.abs(actual - forecast) / np.where(size == 0, 1.0, size)


def seasonal_step(values: np.ndarray, season: int) -> float | None:
    """The mean size of the change over one season, by which MASE measures; None where there is none."""
    lag = season if len(values) > season else 1
    apart = np.abs(values[lag:] - values[:-lag])
    known = apart[np.isfinite(apart)]
    return float(known.mean()) if known.size and known.mean() > 0 else None


def pinball(actual: np.ndarray, quantile: np.ndarray, level: float) -> np.ndarray:
    """The loss of a quantile: what lies above it costs `level` for each unit, what lies below it the rest."""
    return np.maximum(level * (actual - quantile), (level - 1) * (actual - quantile))


def crps(actual: float, mean: float, deviation: float) -> float:
    """Continuous ranked probability score of a normal forecast: twice the mean pinball loss over all levels."""
    levels = (np.arange(CRPS_LEVELS) + 0.5) / CRPS_LEVELS
    quantiles = np.array([mean + deviation * NORMAL.inv_cdf(level) for level in levels])
    return float(2 * np.mean(np.maximum(levels * (actual - quantiles), (levels - 1) * (actual - quantiles))))


def brier(chances: np.ndarray, came_true: np.ndarray) -> float:
    """Mean squared distance of chances from what happened, 1 or 0."""
    return float(np.mean((chances - came_true) ** 2))


@dataclass(frozen=True)
class Bin:
    """Chances of about the same size: how many, their mean, and the share that came true."""

    count: int
    chance: float
    came_true: float


def reliability(chances: np.ndarray, came_true: np.ndarray, bins: int = 10) -> list[Bin]:
    """Whether what was given a chance of 30% happens in 30 of 100 cases; empty bins are left out."""
    place = np.minimum((chances * bins).astype(int), bins - 1)
    groups = [place == number for number in range(bins)]
    return [Bin(int(rows.sum()), float(chances[rows].mean()), float(came_true[rows].mean())) for rows in groups if rows.any()]
