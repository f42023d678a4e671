"""The Theta method (Assimakopoulos and Nikolopoulos 2000), the best single one of the M3 competition.

Half the straight line through the series and half the smoothed line of double curvature, which is simple exponential
smoothing with a drift of half the slope (Hyndman and Billah 2003).
"""

import numpy as np

from kpis.foresight.rows import beginning_together, living

ALPHAS = np.r_[0.01, np.arange(0.05, 1.0, 0.05), 0.99]
"""Weights of the newest value that are tried; the one with the smallest squared errors is taken."""


def theta(rows: np.ndarray, horizon: int) -> np.ndarray:
    """A forecast for each row without season; rows end together, the longest first."""
    values, lengths = beginning_together(rows)
    start, slope = _line(values, lengths)
    columns = np.arange(values.shape[1])
    curved = 2 * values - (start[:, None] + slope[:, None] * columns)
    ahead = lengths[:, None] - 1 + np.arange(1, horizon + 1)
    return (start[:, None] + slope[:, None] * ahead + _smoothed(curved, lengths)[:, None]) / 2


def _line(values: np.ndarray, lengths: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The straight line of least squares through each row: its height in the first column, and its slope."""
    columns, middle = np.arange(values.shape[1])[None, :], (lengths - 1) / 2
    means = values.sum(axis=1) / lengths
    known = columns < lengths[:, None]
    spread = lengths * (lengths**2 - 1) / 12
    slope = ((columns - middle[:, None]) * (values - means[:, None]) * known).sum(axis=1) / np.where(spread == 0, 1, spread)
    return means - slope * middle, slope


def _smoothed(values: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """Where simple exponential smoothing, begun at the first value, stands after the last."""
    weights = ALPHAS[:, None]
    level = np.repeat(values[None, :, 0], len(ALPHAS), axis=0)
    squares = np.zeros_like(level)
    for column in range(1, values.shape[1]):
        now = slice(0, living(lengths, column))
        error = values[now, column] - level[:, now]
        squares[:, now] += error * error
        level[:, now] += weights * error
    return level[squares.argmin(axis=0), np.arange(len(values))]
