"""Between what and what the scores and the ranks of a place lie in the draws."""

import numpy as np

from kpis.index.doubted import HIGH, LOW
from kpis.index.figures import Numbers, Ranks

PLACES_AT_ONCE = 200
"""So that sorting takes little room beside the draws themselves."""


def of_scores(scores: Numbers) -> tuple[Numbers, Numbers]:
    """Low and high of each place, of (places, draws); draws in which a place has no score do not count."""
    low, high = _quantiles(scores, (LOW, HIGH), "linear")
    return low, high


def of_ranks(ranks: Ranks) -> tuple[Numbers, Numbers, Numbers]:
    """Low, median and high of each place, ranks that it had in some draw, of (places, draws)."""
    low, middle, high = _quantiles(ranks, (LOW, 50, HIGH), "inverted_cdf")
    return low, middle, high


def _quantiles(numbers: Ranks, percents: tuple[int, ...], method: str) -> Numbers:
    """(percents, places)."""
    found = np.empty((len(percents), len(numbers)))
    for begin in range(0, len(numbers), PLACES_AT_ONCE):
        some = numbers[begin : begin + PLACES_AT_ONCE]
        reckoned = np.nanpercentile if np.isnan(some).any() else np.percentile
        found[:, begin : begin + PLACES_AT_ONCE] = reckoned(some, percents, axis=1, method=method)  # pyright: ignore[reportCallIssue, reportArgumentType]
    return found
