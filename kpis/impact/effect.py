"""What an estimator found: the effect, its doubt, what would have been without the policy, and what speaks against believing it."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Point:
    """One period: what was measured of the treated (their mean), what would have been without the policy, and between what."""

    period: str
    actual: float
    expected: float
    low: float | None = None
    high: float | None = None

    @property
    def gap(self) -> float:
        return self.actual - self.expected


@dataclass(frozen=True)
class Placebo:
    """Somebody untreated, taken as if the policy had begun there at the same time: the gap of each period, and the effect so found."""

    unit: str
    gaps: tuple[float, ...]
    estimate: float
    ratio: float
    """Mean squared gap after the start over that before it."""


@dataclass(frozen=True)
class Effect:
    """`estimate` is in the outcome's own unit (of its logarithm where the study says log), as a mean over the treated periods.

    `weights` say how much of the comparison each donor is, `time_weights` how much each period before counts; `placebos` are empty
    where none were drawn. `diagnostics` hold, each where the method has it:

    * rmspe_before, rmspe_after: root mean squared gap; fit: rmspe_before over the standard deviation of the treated path before
    * placebo_p: the rank of the treated unit's ratio among the placebos, as a share; placebo_rank: that rank itself
    * time_placebo: the effect when the start is pretended a third of the periods earlier; time_placebo_z: over its own doubt
    * without: the donor whose leaving moves the effect most; without_low, without_high: smallest and largest effect with one left out
    * heaviest: the largest donor weight; outside: the share of earlier treated periods outside what the donors span
    * anticipation_z: the mean gap in the two periods before the start over the spread of earlier gaps; of sdid and sc the effect in them
      had they been the first under the policy, over its own doubt
    * trend_p: joint test of no difference before; autocorrelation: of the residuals, at one period
    * two_way_weight: the share of negative weights of a plain two-way regression; degrees: of freedom of the interval
    * errors: of which kind they are (kpis.impact.doubt.Kind); few_clusters: whether too few are on a side for cluster-robust ones
    * samples: the single rows that were compared; level, slope: the change at the start and for each period since, of an interrupted series
      (of counts in logarithms); memory: the correlation of its errors from one period to the next, that of residuals set right
    * wider: how many times wider than by `se` alone the interval is, the treated being noisier than the placebos
    """

    method: str
    estimate: float
    se: float | None
    low: float | None
    high: float | None
    p: float | None
    n_treated: int
    n_control: int
    before: int
    after: int
    weights: Mapping[str, float] = field(default_factory=dict)
    time_weights: Mapping[str, float] = field(default_factory=dict)
    series: tuple[Point, ...] = ()
    placebos: tuple[Placebo, ...] = ()
    events: tuple[Point, ...] = ()
    """Of an event study: periods since the start (-3, -2, ...), the effect as `actual`, 0 as `expected`, its interval."""
    diagnostics: Mapping[str, float | str | bool | None] = field(default_factory=dict)
