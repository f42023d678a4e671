"""How far every place is from one: by z-scores where everything is a number and known, by Gower's measure where it is not.

Both are kept as parts, places x variables, so that a variable can be left out, and its share in a distance be told. Nothing depends on the
unit that a variable is written in.

Euclid over z-scores, rebased so that the farthest is 1, is how the nearest neighbours of English councils are chosen (CIPFA's model);
Gower's coefficient of similarity is of J. C. Gower (1971), A General Coefficient of Similarity and Some of Its Properties, Biometrics 27.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from kpis.peers.context import Context, Numbers

Method = Literal["euclidean", "gower"]
LEAST_KNOWN = 0.5
"""A pair of places is compared where at least this share of the variables is known of both."""


def standardised(values: Numbers) -> Numbers:
    """Each column with mean 0 and standard deviation 1 over its known values (divided by their number); no variation is 0."""
    known = np.isfinite(values)
    count = np.maximum(known.sum(axis=0), 1)
    apart = values - np.where(known, values, 0).sum(axis=0) / count
    spread = np.sqrt(np.where(known, apart**2, 0).sum(axis=0) / count)
    return apart / np.where(spread > 0, spread, 1)


@dataclass(frozen=True, eq=False)
class Parts:
    """What every variable adds to the distance of each place: places x variables, NaN where it is not known of both."""

    method: Method
    each: Numbers

    @cached_property
    def known(self) -> NDArray[np.bool_]:
        return np.isfinite(self.each)

    @cached_property
    def _sums(self) -> Numbers:
        return np.where(self.known, self.each, 0).sum(axis=1)

    @cached_property
    def _counts(self) -> NDArray[np.intp]:
        return self.known.sum(axis=1)

    def distances(self, without: int | None = None) -> Numbers:
        """Of each place, perhaps without a variable. Euclid's is the root of the sum of the parts; Gower's the mean of the known ones, NaN
        where fewer than LEAST_KNOWN of them are known.
        """
        sums, counts, asked = self._sums, self._counts, self.each.shape[1]
        if without is not None:
            known = self.known[:, without]
            sums, counts, asked = sums - np.where(known, self.each[:, without], 0), counts - known, asked - 1
        if self.method == "euclidean":
            return np.sqrt(np.maximum(sums, 0))
        return np.where((counts > 0) & (counts >= LEAST_KNOWN * asked), sums / np.maximum(counts, 1), np.nan)


def euclidean(context: Context, own: int) -> Parts:
    """Squared differences of z-scores from a place; everything must be a number, and known."""
    scores = standardised(context.compared)
    return Parts("euclidean", (scores - scores[own]) ** 2)


def gower(context: Context, own: int) -> Parts:
    """For numbers the difference from a place as a share of the range that is there, for categories 0 if they match and 1 if not."""
    values = context.compared
    known = np.isfinite(values)
    width = np.where(known, values, -np.inf).max(axis=0) - np.where(known, values, np.inf).min(axis=0)
    apart = np.abs(values - values[own])
    unlike = np.where(np.isfinite(apart), (apart > 0).astype(float), np.nan)
    return Parts("gower", np.where(context.categories, unlike, apart / np.where(width > 0, width, 1)))


def rebased(distances: Numbers) -> Numbers:
    """The farthest known is 1; where all are in the same place they stay 0."""
    farthest = np.nanmax(distances, initial=0.0)
    return distances / farthest if farthest > 0 else distances


def varies(context: Context) -> NDArray[np.bool_]:
    """Which variables tell places apart: known of two at least, and not the same everywhere."""
    values, known = context.compared, np.isfinite(context.compared)
    lowest, highest = np.where(known, values, np.inf).min(axis=0), np.where(known, values, -np.inf).max(axis=0)
    return highest > lowest
