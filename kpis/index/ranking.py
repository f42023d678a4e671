"""From scores to ranks: rounded first where the recipe says so, and equal scores share the better rank."""

import numpy as np

from kpis.index.figures import Numbers

DECIMALS = 12
"""Scores that agree to so many decimals are equal: the order in which a sum was taken must make no rank."""


def rounded(score: Numbers, decimals: int | None) -> Numbers:
    """The score as it is published; as it is where nothing is said."""
    return score if decimals is None else np.round(score, decimals)


def ranks(score: Numbers) -> Numbers:
    """1 for the highest along the last axis, equal ones the better rank (1, 2, 2, 4); NaN keeps no rank. Leading axes are draws."""
    told = np.round(score, DECIMALS)
    order = np.argsort(-told, axis=-1)
    ordered = np.take_along_axis(told, order, axis=-1)
    first = np.zeros(told.shape, dtype=np.int64)
    first[..., 1:] = np.where(ordered[..., 1:] != ordered[..., :-1], np.arange(1, told.shape[-1]), 0)
    found = np.empty(told.shape)
    np.put_along_axis(found, order, np.maximum.accumulate(first, axis=-1) + 1.0, axis=-1)
    return np.where(np.isnan(told), np.nan, found)


def upwards(values: Numbers) -> Numbers:
    """1 for the lowest along the last axis, up to the number of those known; equal ones share the middle (1, 2.5, 2.5, 4)."""
    known = np.isfinite(values).sum(axis=-1, keepdims=True)
    return (ranks(-values) + known + 1 - ranks(values)) / 2
