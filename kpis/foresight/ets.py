"""Exponential smoothing in its state-space form (Hyndman, Koehler, Ord and Snyder 2008): a level, or a level with a damped trend.

AICc chooses between the two. Smoothing weights are tried on a grid. The errors are linear in the first states, so for
each set of weights the best first states are found exactly, by least squares, and not searched for.

An undamped trend is left out: over a year and more it runs away, and the straight line is already half of Theta.
"""

from dataclasses import dataclass
from functools import lru_cache
from itertools import product

import numpy as np

from kpis.foresight.rows import beginning_together, living
from kpis.foresight.theta import ALPHAS

TREND_ALPHAS = (0.02, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.99)
BETAS = (0.001, 0.02, 0.05, 0.1, 0.2, 0.4, 0.7)
"""Of the trend, as shares of alpha."""
DAMPING = (0.8, 0.88, 0.94, 0.98)
SMALLEST = 1e-12
"""A series without any error has a likelihood without end."""


@dataclass(frozen=True)
class Model:
    """A set of weights to try, one in each row: alpha, beta, phi; and how many figures are fitted, the variance among them."""

    weights: np.ndarray
    states: int
    fitted: int


LEVEL = Model(np.array([(alpha, 0.0, 0.0) for alpha in ALPHAS]), states=1, fitted=3)
DAMPED = Model(np.array([(a, a * b, phi) for a, b, phi in product(TREND_ALPHAS, BETAS, DAMPING)]), states=2, fitted=6)


def ets(rows: np.ndarray, horizon: int) -> np.ndarray:
    """A forecast for each row without season; rows end together, the longest first."""
    values, lengths = beginning_together(rows)
    first = values[:, :1]
    centred = np.where(np.arange(values.shape[1]) < lengths[:, None], values - first, 0.0)
    found = [_best(model, centred, lengths, horizon) for model in (LEVEL, DAMPED)]
    costs = np.stack([cost for cost, _ in found])
    forecasts = np.stack([forecast for _, forecast in found])
    return forecasts[costs.argmin(axis=0), np.arange(len(rows))] + first


def _best(model: Model, values: np.ndarray, lengths: np.ndarray, horizon: int) -> tuple[np.ndarray, np.ndarray]:
    """AICc and forecast of each row, by the weights with the smallest squared errors."""
    squares, states = _fitted(model, values, lengths)
    chosen, row = squares.argmin(axis=0), np.arange(len(values))
    k, n = model.fitted, lengths
    error = np.maximum(squares[chosen, row], SMALLEST)
    cost = n * np.log(error / n) + 2 * k + 2 * k * (k + 1) / np.maximum(n - k - 1, 1)
    level, trend = (state[chosen, row] for state in states)
    damping = model.weights[chosen, 2][:, None] ** np.arange(1, horizon + 1)
    return cost, level[:, None] + np.cumsum(damping, axis=1) * trend[:, None]


def _fitted(model: Model, values: np.ndarray, lengths: np.ndarray) -> tuple[np.ndarray, tuple[np.ndarray, np.ndarray]]:
    """Sum of squared errors, last level and last trend, for each set of weights and each row."""
    errors, levels, trends = _answers(model.states, values.shape[1], model.weights.tobytes())
    squares, crossed, level, trend = _filtered(model, values, lengths, errors)
    products = np.cumsum(errors[:, None] * errors[None], axis=3)[..., lengths - 1]
    if model.states == 1:
        starts = [-crossed[0] / products[0, 0]]
    else:
        a, b, d = products[0, 0], products[0, 1], products[1, 1]
        determinant = a * d - b * b
        determinant = np.where(determinant < SMALLEST * a * d, np.inf, determinant)
        starts = [(b * crossed[1] - d * crossed[0]) / determinant, (b * crossed[0] - a * crossed[1]) / determinant]
    for state, start in enumerate(starts):
        squares = squares + crossed[state] * start
        level = level + start * levels[state][:, lengths - 1]
        trend = trend + start * trends[state][:, lengths - 1]
    return squares, (level, trend)


def _filtered(model: Model, values: np.ndarray, lengths: np.ndarray, errors: np.ndarray) -> tuple[np.ndarray, ...]:
    """From states of zero: squared errors, their products with the errors of each first state, last level, last trend."""
    alpha, beta, phi = (model.weights[:, part, None] for part in range(3))
    shape = (len(model.weights), len(values))
    level, trend, squares, crossed = np.zeros(shape), np.zeros(shape), np.zeros(shape), np.zeros((model.states, *shape))
    for column in range(values.shape[1]):
        now = slice(0, living(lengths, column))
        expected = level[:, now]
        if model.states == 2:
            trend[:, now] *= phi
            expected = expected + trend[:, now]
        error = values[now, column] - expected
        squares[:, now] += error * error
        for state in range(model.states):
            crossed[state][:, now] += error * errors[state, :, column, None]
        level[:, now] = expected + alpha * error
        if model.states == 2:
            trend[:, now] += beta * error
    return squares, crossed, level, trend


@lru_cache(maxsize=8)
def _answers(states: int, width: int, weights: bytes) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """What a first state of one does to a series of zeros: the errors, levels and trends; by state, weights and column."""
    alpha, beta, phi = np.frombuffer(weights).reshape(-1, 3).T
    level = np.stack([np.full(len(alpha), 1.0 - state) for state in range(states)])
    trend = np.stack([np.full(len(alpha), float(state)) for state in range(states)])
    errors, levels, trends = (np.zeros((states, len(alpha), width)) for _ in range(3))
    for column in range(width):
        expected = level + phi * trend
        level, trend = expected - alpha * expected, phi * trend - beta * expected
        errors[..., column], levels[..., column], trends[..., column] = -expected, level, trend
    return errors, levels, trends
