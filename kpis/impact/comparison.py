"""Somebody beside the mix of others that is most like them before the start: whose mix it is, and how far apart they are in each period."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kpis.impact.panel import Numbers

Rows = NDArray[np.int64]
"""Units of a panel, by number."""


@dataclass(frozen=True, eq=False)
class Comparison:
    """`weights` are one for each of `donors`, `time_weights` one for each period before (empty where they are not weighed);
    `gaps` are the mean of the treated less what the mix expects, in each period of the panel.
    """

    treated: Rows
    donors: Rows
    weights: Numbers
    time_weights: Numbers
    gaps: Numbers
    start: int

    @property
    def estimate(self) -> float:
        return float(self.gaps[self.start :].mean())

    @property
    def ratio(self) -> float:
        """Mean squared gap after the start over that before it (Abadie, Diamond and Hainmueller 2010)."""
        squares = self.gaps**2
        before = squares[: self.start].mean()
        return float(squares[self.start :].mean() / before) if before > 0 else float("inf")


Compare = Callable[[Rows, Rows], Comparison]
"""Treated units beside donors; what donors have in common is worked out once, since the same are compared many times."""
