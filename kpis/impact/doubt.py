"""How sure an estimate is: its standard error, of which kind it is, and on how many degrees of freedom its interval stands."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

Kind = Literal["cluster", "placebo", "left_out", "robust", "classical", "hac", "none"]
"""cluster: CRV1 of all clusters; placebo: spread of the same estimate among the untreated; left_out: each cluster left out in turn
(CRV3); robust: HC1 of single rows; classical: equal and independent errors; hac: Newey-West; none: nothing to tell it from."""

LEVEL = 0.95
"""Of the intervals of `Effect`."""


@dataclass(frozen=True)
class Doubt:
    """`se` is in the unit of the estimate, None where there is nothing to learn it from; `wider` is how many times that it really is."""

    kind: Kind
    se: float | None
    degrees: float | None
    wider: float = 1.0

    @property
    def reach(self) -> float | None:
        """How many standard errors the interval reaches to each side: Student's t."""
        from scipy.special import stdtrit  # scipy takes a while to import, and no page needs it

        return None if self.degrees is None else self.wider * float(stdtrit(self.degrees, (1 + LEVEL) / 2))

    def interval(self, estimate: float) -> tuple[float | None, float | None]:
        """Between what the effect lies with 95% of certainty."""
        if self.se is None or self.reach is None:
            return None, None
        return estimate - self.reach * self.se, estimate + self.reach * self.se

    def p(self, estimate: float) -> float | None:
        """How often chance alone would make an effect at least so large, either way."""
        from scipy.special import stdtr  # as above

        if self.se is None or self.degrees is None:
            return None
        doubt = self.wider * self.se
        return float(2 * stdtr(self.degrees, -abs(estimate) / doubt)) if doubt > 0 else float(estimate == 0)


def joint_p(moves: np.ndarray, covariance: np.ndarray, degrees: float) -> float | None:
    """Hotelling's test that all moves are none at once, on a covariance of so many degrees of freedom; None where it cannot be."""
    from scipy.special import fdtrc  # as above

    number = len(moves)
    if degrees < number or np.linalg.matrix_rank(covariance) < number:
        return None
    squared = float(moves @ np.linalg.solve(covariance, moves))
    left = degrees - number + 1
    return float(fdtrc(number, left, squared * left / (degrees * number)))
