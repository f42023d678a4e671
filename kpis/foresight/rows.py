"""Many series of different lengths as the rows of one matrix, so that they are computed together."""

from collections.abc import Sequence

import numpy as np


def ending_together(series: Sequence[np.ndarray]) -> np.ndarray:
    """One row each, the last values in the last column, NaN before the first."""
    width = max(map(len, series))
    rows = np.full((len(series), width), np.nan)
    for row, values in zip(rows, series, strict=True):
        row[width - len(values) :] = values
    return rows


def beginning_together(rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The same rows with the first values in the first column, zero after the last; and the length of each."""
    width, lengths = rows.shape[1], np.isfinite(rows).sum(axis=1)
    column = np.arange(width)[None, :] + (width - lengths)[:, None]
    found = np.take_along_axis(rows, np.minimum(column, width - 1), axis=1)
    return np.where(column < width, found, 0.0), lengths


def living(lengths: np.ndarray, column: int) -> int:
    """How many rows have a value in a column, where the longest come first and all begin together."""
    return int(np.searchsorted(-lengths, -column, side="left"))
