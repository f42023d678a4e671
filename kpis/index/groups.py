"""Places of one group, such as a region, and what is taken of all of them together."""

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from kpis.index.figures import Figures, Numbers

Whole = Callable[[Numbers], Numbers]
"""What is made of many places: (…, places, indicators) becomes (…, 1, indicators)."""


def of_group(values: Numbers, figures: Figures, group: str, whole: Whole) -> Numbers:
    """For each place what its group comes to, in the shape of the values; NaN of a place that says no group."""
    found = np.full(values.shape, np.nan)
    for rows in _rows(figures, group):
        found[..., rows, :] = whole(values[..., rows, :])
    return found


def mean(values: Numbers) -> Numbers:
    """Of the places that have a value; NaN where none has."""
    known = np.isfinite(values)
    count = known.sum(axis=-2, keepdims=True)
    total = np.where(known, values, 0).sum(axis=-2, keepdims=True)
    return np.divide(total, count, out=np.full(total.shape, np.nan), where=count > 0)


def median(values: Numbers) -> Numbers:
    """Of the places that have a value; NaN where none has."""
    ordered = np.sort(values, axis=-2)  # what is missing comes last
    count = np.isfinite(values).sum(axis=-2, keepdims=True)
    below, above = (np.take_along_axis(ordered, np.maximum(place, 0), axis=-2) for place in ((count - 1) // 2, count // 2))
    return np.where(count > 0, (below + above) / 2, np.nan)


def _rows(figures: Figures, group: str) -> Iterator[NDArray[np.int64]]:
    said = np.array(figures.groups[group])
    for name in sorted(set(figures.groups[group]) - {""}):
        yield np.flatnonzero(said == name)
