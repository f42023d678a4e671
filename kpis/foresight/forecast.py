"""Forecasts of many series: expected values, their spread for every step ahead, and how good they have been so far.

See docs/foresight.md. Coming errors are taken for normal, with the spread that kpis.foresight.calibration measured.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from kpis.foresight import methods
from kpis.foresight.backtest import Backtest, of_drift, of_errors
from kpis.foresight.calibration import OF_SUMS, forecasts_with_errors, spread
from kpis.foresight.measures import NORMAL
from kpis.foresight.series import Ready, ready
from kpis.score import Reason

BY_STEP = ("mean", "deviation", "total", "total_deviation", "seasonal_naive", "drift")
LEVELS = (5, 10, 25, 50, 75, 90, 95)
"""Per cent of the fan's quantiles."""


@dataclass(frozen=True)
class Series:
    """What is to be forecast: values of consecutive periods (NaN: missing), and from which on they can be compared."""

    values: np.ndarray
    season: int
    begins: int = 0


@dataclass(frozen=True)
class Forecast:
    """By step ahead: expected value and standard deviation, the same of the sum up to there, and the simple methods.

    Without a forecast (`method` "none") all are empty, and `why` says why. `why` also says why it is a drift only.
    """

    method: str
    mean: tuple[float, ...] = ()
    deviation: tuple[float, ...] = ()
    total: tuple[float, ...] = ()
    total_deviation: tuple[float, ...] = ()
    seasonal_naive: tuple[float, ...] = ()
    drift: tuple[float, ...] = ()
    backtest: Backtest | None = None
    why: Reason | None = None

    def quantile(self, step: int, level: float) -> float:
        """What the value of a step ahead (from 1) stays below with this chance (0 to 1)."""
        return self.mean[step - 1] + self.deviation[step - 1] * NORMAL.inv_cdf(level)

    def times(self, unit: float) -> "Forecast":
        """The same in another unit."""
        return replace(self, **{part: tuple(unit * number for number in getattr(self, part)) for part in BY_STEP})

    def cut(self, steps: int) -> "Forecast":
        """The same, not further ahead than this."""
        return replace(self, **{part: getattr(self, part)[:steps] for part in BY_STEP})


def forecasts(series: Sequence[Series], horizon: int) -> list[Forecast]:
    """One for each series, in their order; those of one season are computed together, each in a unit in which it is about 1."""
    units = [_unit(one.values[one.begins :]) for one in series]
    prepared = [ready(one.values / unit, one.season, one.begins) for one, unit in zip(series, units, strict=True)]
    found: list[Forecast | None] = [None] * len(series)
    for season in sorted({one.season for one in series}):
        rows = [row for row, one in enumerate(series) if one.season == season and prepared[row].method.startswith("mean")]
        for row, forecast in zip(rows, _means([prepared[row] for row in rows], season, horizon), strict=True):
            found[row] = forecast
    made = [forecast or _simple(prepared[row], series[row].season, horizon) for row, forecast in enumerate(found)]
    return [forecast.times(unit) for forecast, unit in zip(made, units, strict=True)]


def _unit(values: np.ndarray) -> float:
    """The largest size of a value: squares of very large or very small ones would leave what a number can be."""
    sizes = np.abs(values[np.isfinite(values)])
    return float(sizes.max()) if sizes.size and sizes.max() > 0 else 1.0


def _means(prepared: Sequence[Ready], season: int, horizon: int) -> list[Forecast]:
    if not prepared:
        return []
    values = [one.values for one in prepared]
    means, then, errors = forecasts_with_errors(values, season, horizon)
    tested = of_errors(values, season, then, errors)
    deviations, totals = spread(errors, horizon), spread(np.cumsum(errors, axis=2), horizon, OF_SUMS)
    return [
        Forecast(
            prepared[row].method,
            tuple(means[row].tolist()),
            tuple(deviations[row].tolist()),
            tuple(np.cumsum(means[row]).tolist()),
            tuple(totals[row].tolist()),
            *_beside(values[row], season, horizon),
            tested[row],
        )
        for row in range(len(values))
    ]


def _simple(prepared: Ready, season: int, horizon: int) -> Forecast:
    """The drift; its sum is that of a random walk, whose every step counts in all that follow."""
    if not prepared.values.size:
        return Forecast("none", why=prepared.why)
    means, deviations = methods.drift(prepared.values, horizon)
    _, deviation, count = methods.steps(prepared.values)
    ahead = np.arange(1, horizon + 1)
    total = deviation * np.sqrt(ahead * (ahead + 1) * (2 * ahead + 1) / 6 + (ahead * (ahead + 1) / 2) ** 2 / count)
    return Forecast(
        prepared.method,
        tuple(means.tolist()),
        tuple(deviations.tolist()),
        tuple(np.cumsum(means).tolist()),
        tuple(total.tolist()),
        *_beside(prepared.values, season, horizon),
        of_drift(prepared.values, season, horizon),
        prepared.why,
    )


def _beside(values: np.ndarray, season: int, horizon: int) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Last season again, with gaps bridged, and the drift."""
    places, known = np.arange(len(values)), np.isfinite(values)
    bridged = np.interp(places, places[known], values[known])
    naive, drifting = methods.seasonal_naive(bridged, season, horizon), methods.drift(values, horizon)[0]
    return tuple(naive.tolist()), tuple(drifting.tolist())
