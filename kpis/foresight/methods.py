"""The shipped forecast, the mean of Theta and exponential smoothing, for many series at once; and the two simple ones beside it."""

from collections.abc import Sequence

import numpy as np

from kpis.foresight.ets import ets
from kpis.foresight.rows import ending_together
from kpis.foresight.season import seasons
from kpis.foresight.theta import theta

TOGETHER = 256
"""Rows computed in one go: more would no longer fit into a processor's own memory."""


def mean_of_two(series: Sequence[np.ndarray], season: int, horizon: int) -> np.ndarray:
    """One forecast in each row."""
    forecasts = np.zeros((len(series), horizon))
    longest_first = sorted(range(len(series)), key=lambda row: -len(series[row]))
    for first in range(0, len(series), TOGETHER):
        rows = longest_first[first : first + TOGETHER]
        forecasts[rows] = _together(ending_together([series[row] for row in rows]), season, horizon)
    return forecasts


def _together(rows: np.ndarray, season: int, horizon: int) -> np.ndarray:
    found = seasons(rows, season)
    plain = found.taken_out(rows)
    return found.put_back((theta(plain, horizon) + ets(plain, horizon)) / 2)


def seasonal_naive(values: np.ndarray, season: int, horizon: int) -> np.ndarray:
    """The last season again; the last value again where not one whole season is known."""
    length = season if len(values) >= season else 1
    return np.tile(values[-length:], -(-horizon // length))[:horizon]


def drift(values: np.ndarray, horizon: int) -> tuple[np.ndarray, np.ndarray]:
    """The last value and the mean step onward: expected values and their standard deviations.

    Steps are differences of neighbours, both known; a gap (NaN) has none. Needs two steps at least.
    """
    mean, deviation, count = steps(values)
    ahead = np.arange(1, horizon + 1)
    return values[-1] + ahead * mean, deviation * np.sqrt(ahead * (1 + ahead / count))


def steps(values: np.ndarray) -> tuple[float, float, int]:
    """Mean, standard deviation and number of the known steps from one value to the next."""
    differences = np.diff(values)
    known = differences[np.isfinite(differences)]
    return float(known.mean()), float(known.std(ddof=1)), len(known)
