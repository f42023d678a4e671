"""The season in many series at once: whether there is one, and taking it out and putting it back.

Series are rows of one matrix that end in the same column; what lies before a series' first value is NaN. The test and the
decomposition are those of the M3 and M4 competitions (Makridakis, Spiliotis, Assimakopoulos: the benchmarks of M4).
"""

from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

SIGNIFICANT = 1.645
"""Autocorrelation at the season's lag beyond a 90% limit."""
LEAST_SEASONS = 3
"""Whole seasons needed before one is believed."""
LEAST_FACTOR = 0.01
"""A factor so near to zero cannot be divided by."""


@dataclass(frozen=True)
class Seasons:
    """The season of each row: factors where every value of the row is above zero, and differences elsewhere."""

    figures: np.ndarray
    factors: np.ndarray

    def taken_out(self, rows: np.ndarray) -> np.ndarray:
        """The rows without their season."""
        width, length = rows.shape[1], self.figures.shape[1]
        past = np.tile(self.figures, -(-width // length))[:, -width:]
        return np.where(self.factors, rows / np.where(self.factors, past, 1.0), rows - past)

    def put_back(self, forecasts: np.ndarray) -> np.ndarray:
        """Forecasts that begin in the column after the last, with the season in them."""
        width, length = forecasts.shape[1], self.figures.shape[1]
        coming = np.tile(self.figures, -(-width // length))[:, :width]
        return np.where(self.factors, forecasts * coming, forecasts + coming)


def seasons(rows: np.ndarray, length: int) -> Seasons:
    """The season of each row, none (1 or 0) where the test finds none."""
    factors = (np.nanmin(rows, axis=1, keepdims=True) > 0) if rows.size else np.zeros((0, 1), bool)
    none = np.repeat(np.where(factors, 1.0, 0.0), max(length, 1), axis=1)
    if length < 2 or rows.shape[1] < LEAST_SEASONS * length:
        return Seasons(none, factors)
    figures = _figures(rows, length, factors)
    usable = ~factors[:, 0] | (figures.min(axis=1) > LEAST_FACTOR)
    return Seasons(np.where((_seasonal(rows, length) & usable)[:, None], figures, none), factors)


def _seasonal(rows: np.ndarray, length: int) -> np.ndarray:
    counts = np.isfinite(rows).sum(axis=1)
    centred = np.nan_to_num(rows - np.nanmean(rows, axis=1, keepdims=True))
    spread = (centred**2).sum(axis=1)
    alike = [(centred[:, lag:] * centred[:, :-lag]).sum(axis=1) for lag in range(1, length + 1)]
    correlation = np.stack(alike, axis=1) / np.where(spread == 0, 1.0, spread)[:, None]
    limit = SIGNIFICANT * np.sqrt((1 + 2 * (correlation[:, :-1] ** 2).sum(axis=1)) / counts)
    return (np.abs(correlation[:, -1]) > limit) & (counts >= LEAST_SEASONS * length)


def _figures(rows: np.ndarray, length: int, factors: np.ndarray) -> np.ndarray:
    """Classical decomposition: mean distance of each place in the season from the centred moving average."""
    weights = np.ones(length) / length if length % 2 else np.r_[0.5, np.ones(length - 1), 0.5] / length
    half = len(weights) // 2
    trend = np.full(rows.shape, np.nan)
    trend[:, half : rows.shape[1] - half] = sliding_window_view(rows, len(weights), axis=1) @ weights
    apart = np.where(factors, rows / np.where(trend == 0, np.nan, trend), rows - trend)
    before = np.full((len(rows), -rows.shape[1] % length), np.nan)
    by_season = np.concatenate([before, apart], axis=1).reshape(len(rows), -1, length)
    known = np.isfinite(by_season)
    means = np.where(known, by_season, 0.0).sum(axis=1) / np.maximum(known.sum(axis=1), 1)
    middle = means.mean(axis=1, keepdims=True)
    return np.where(factors, means / np.where(middle == 0, 1.0, middle), means - middle)
