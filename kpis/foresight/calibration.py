"""How far forecasts were off when they were made for periods that are now known, and what that says of the next ones.

From each of the last periods the forecast is made again with what was known then (a rolling origin), and its error is
measured for every step ahead. The spread of the errors grows as a power of the steps; level and power are fitted to each
series' own errors, the power drawn towards the square root, which is how the error of a random walk grows.
"""

from collections.abc import Sequence

import numpy as np

from kpis.foresight.methods import mean_of_two

ORIGINS = 36
"""Periods from which it is forecast again, at most; and steps ahead that are measured."""
FULL_START = 24
"""Values known at the first origin, where the series is long enough..."""
LEAST_ORIGINS = 12
"""...for at least this many origins."""
OF_VALUES, OF_SUMS = 0.5, 1.0
"""The power towards which a series' own is drawn: a random walk's for values, one step less regular than that for sums."""
WEIGHT = 20.0
"""How strongly."""


def origins(length: int) -> int:
    """From how many periods a series of this length is forecast again."""
    return min(ORIGINS, max(length - FULL_START, LEAST_ORIGINS))


def forecasts_with_errors(series: Sequence[np.ndarray], season: int, horizon: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The forecast of each series; what was forecast from each origin; and its errors, NaN where nothing is known yet.

    The last two by series, origin (the newest first) and step ahead.
    """
    cut = [(row, back) for row, values in enumerate(series) for back in range(1, origins(len(values)) + 1)]
    made = mean_of_two([*series, *(series[row][:-back] for row, back in cut)], season, horizon)
    measured = min(horizon, ORIGINS)
    then = np.full((len(series), ORIGINS, measured), np.nan)
    errors = then.copy()
    for (row, back), forecast in zip(cut, made[len(series) :], strict=True):
        known = min(back, measured)
        begin = len(series[row]) - back
        then[row, back - 1, :known] = forecast[:known]
        errors[row, back - 1, :known] = series[row][begin : begin + known] - forecast[:known]
    return made[: len(series)], then, errors


def spread(errors: np.ndarray, horizon: int, usual: float = OF_VALUES) -> np.ndarray:
    """Standard deviation of the coming errors for each step ahead, by series; NaN where no error is known."""
    ahead, counts = np.arange(1, errors.shape[2] + 1), np.isfinite(errors).sum(axis=1)
    squares = np.where(np.isfinite(errors), errors, 0.0) ** 2
    mean_square = squares.sum(axis=1) / np.maximum(counts, 1)
    sizes = 0.5 * np.log(np.where(mean_square > 0, mean_square, 1.0))
    power = _power(np.where(mean_square > 0, counts, 0), np.log(ahead), sizes, usual)
    growth = ahead ** (2 * power[:, None])
    total = counts.sum(axis=1)
    level = np.sqrt((squares / growth[:, None, :]).sum(axis=(1, 2)) / np.where(total == 0, np.nan, total))
    return level[:, None] * np.arange(1, horizon + 1) ** power[:, None]


def _power(weights: np.ndarray, steps: np.ndarray, sizes: np.ndarray, usual: float) -> np.ndarray:
    """The slope of the errors' size over the steps, both as logarithms: between none at all and twice the usual one."""
    whole = np.maximum(weights.sum(axis=1), 1)
    middle = (weights * steps).sum(axis=1) / whole
    height = (weights * sizes).sum(axis=1) / whole
    apart = steps - middle[:, None]
    across = (weights * apart * (sizes - height[:, None])).sum(axis=1)
    return np.clip((across + WEIGHT * usual) / ((weights * apart**2).sum(axis=1) + WEIGHT), 0.0, 2 * usual)
