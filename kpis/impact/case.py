"""One effect as it is judged: with the panel it was estimated on, and the study that asked for it."""

from dataclasses import dataclass

import numpy as np

from kpis.impact.effect import Effect
from kpis.impact.panel import Panel
from kpis.impact.sizes import size
from kpis.impact.study import Study
from kpis.score import Amount

SHOWN = 0.95
"""The level of the interval that an effect comes with."""


def quantile(level: float, degrees: float | None) -> float:
    """How many standard errors an interval of that level reaches to each side: of Student's t, or of the normal without degrees."""
    from scipy.special import ndtri, stdtrit  # scipy only where something is judged: it takes longer to load than this whole module

    return float(stdtrit(degrees, (1 + level) / 2) if degrees else ndtri((1 + level) / 2))


@dataclass(frozen=True, eq=False)
class Case:
    """What rules of kpis.impact.checks and doubts of kpis.impact.doubts are asked about."""

    effect: Effect
    panel: Panel
    study: Study

    def number(self, name: str) -> float | None:
        """A diagnostic that is a number; None where the method has none, or it could not be computed."""
        value = self.effect.diagnostics.get(name)
        return None if value is None or isinstance(value, str) or not np.isfinite(value) else float(value)

    def size(self, number: float) -> Amount:
        """A number of the estimate's unit, in the outcome's own."""
        return size(number, self.effect, self.study)

    @property
    def smallest(self) -> float | None:
        """The smallest effect that the study says matters, in the estimate's unit: of a logarithm it was told in per cent."""
        told = self.study.smallest
        return float(np.log1p(told / 100)) if told and self.study.log else told

    @property
    def degrees(self) -> float | None:
        """The degrees of freedom of the interval; None where it is of the normal distribution."""
        told = self.number("degrees")
        return told if told and told > 0 else None

    @property
    def doubt(self) -> float | None:
        """The standard error by which the interval was drawn: more than `se` where the treated are noisier than their placebos."""
        low, high = self.effect.low, self.effect.high
        return None if low is None or high is None else (high - low) / 2 / quantile(SHOWN, self.degrees)

    @property
    def told(self) -> bool:
        """Whether the effect is told from chance: 0 lies outside the interval that is shown."""
        low, high = self.effect.low, self.effect.high
        return low is not None and high is not None and not low <= 0 <= high

    @property
    def donor(self) -> str:
        """Who is the largest part of the comparison."""
        weights = self.effect.weights
        return max(weights, key=lambda unit: weights[unit], default="")

    @property
    def groups_of_rows(self) -> bool:
        """Whether two groups of many rows each are compared, so that chance is told by the rows and not by other places."""
        return self.panel.samples is not None
