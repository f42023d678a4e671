"""How good a series' forecasts have been: made again from earlier periods, with what was known then, and held against what came."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kpis.foresight.calibration import ORIGINS, spread
from kpis.foresight.measures import NORMAL, seasonal_step, smape
from kpis.foresight.methods import drift

EIGHTY = NORMAL.inv_cdf(0.9)
"""How many deviations an interval of 80% reaches to each side."""
LEAST_STEPS = 2


@dataclass(frozen=True)
class Backtest:
    """Errors in seasonal steps (MASE) and in per cent (sMAPE), and the share of values inside their interval of 80%.

    None where nothing can be measured. Below 1, MASE is better than saying last year again.
    """

    mase: float | None
    smape: float | None
    coverage80: float | None


def of_errors(values: Sequence[np.ndarray], season: int, then: np.ndarray, errors: np.ndarray) -> list[Backtest]:
    """One for each series: by the errors of its rolling origins, and intervals that only earlier errors had a part in."""
    inside = _inside(errors)
    return [_measured(values[row], season, then[row], errors[row], inside[row]) for row in range(len(values))]


def of_drift(values: np.ndarray, season: int, horizon: int) -> Backtest | None:
    """The same of the drift, whose intervals are known without errors; None where the series is too short."""
    ahead = min(horizon, ORIGINS)
    then, errors, inside = (np.full((ORIGINS, ahead), np.nan) for _ in range(3))
    for back in range(1, min(ORIGINS, len(values) - 1) + 1):
        known, came = values[:-back], values[len(values) - back :][:ahead]
        if not np.isfinite(known[-1]) or np.isfinite(np.diff(known)).sum() < LEAST_STEPS:
            continue
        mean, deviation = drift(known, len(came))
        then[back - 1, : len(came)], errors[back - 1, : len(came)] = mean, came - mean
        inside[back - 1, : len(came)] = np.where(np.isfinite(came), np.abs(came - mean) <= EIGHTY * deviation, np.nan)
    return _measured(values, season, then, errors, inside) if np.isfinite(errors).any() else None


def _inside(errors: np.ndarray) -> np.ndarray:
    """1 where a value lay in its interval of 80%, 0 where not, by series, origin and step; NaN where no error was known before."""
    inside = np.full(errors.shape, np.nan)
    back = np.arange(1, errors.shape[1] + 1)[:, None]
    ends = back - np.arange(1, errors.shape[2] + 1)  # periods between the one forecast and the newest
    for origin in range(errors.shape[1] // 2):
        deviation = spread(np.where(ends > origin, errors, np.nan), errors.shape[2])
        error = errors[:, origin]
        inside[:, origin] = np.where(np.isfinite(error) & np.isfinite(deviation), np.abs(error) <= EIGHTY * deviation, np.nan)
    return inside


def _measured(values: np.ndarray, season: int, then: np.ndarray, errors: np.ndarray, inside: np.ndarray) -> Backtest:
    known = np.isfinite(errors)
    step = seasonal_step(values, season)
    return Backtest(
        mase=float(np.abs(errors[known]).mean() / step) if step else None,
        smape=float(smape(then[known] + errors[known], then[known]).mean()),
        coverage80=float(np.nanmean(inside)) if np.isfinite(inside).any() else None,
    )
