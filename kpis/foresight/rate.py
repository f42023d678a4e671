"""What a target asks of every period, held against what the series has done so far."""

from dataclasses import dataclass

import numpy as np

LEAST = 8
"""Stretches of history without which nothing is said of how common a rate is."""


@dataclass(frozen=True)
class Rate:
    """`required` is the mean change that each period must bring; `usual` the mean one so far.

    `share` of the past stretches of the same length changed at least as fast in the asked direction; None where there are too few.
    """

    required: float
    usual: float
    share: float | None


def rate(values: np.ndarray, target: float, steps: int, sign: int) -> Rate:
    """The rate from the last value to a target so many steps ahead; values of consecutive periods, NaN where one is missing.

    Stretches are as long as the way ahead, or half the history where that is shorter: a month's noise says nothing of years.
    """
    required = (target - values[-1]) / steps
    length = max(min(steps, len(values) // 2), 1)
    past = (values[length:] - values[:-length]) / length
    past = past[np.isfinite(past)]
    differences = np.diff(values)
    usual = float(np.nanmean(differences)) if np.isfinite(differences).any() else 0.0
    share = float(np.mean(sign * past >= sign * required)) if len(past) >= LEAST else None
    return Rate(float(required), usual, share)
