"""What a KPI is: an indicator with a baseline, a target, a path between them, bands and an owner.

Definitions say what is tracked and how it is judged (`kpis/definitions/*.yaml`); each place's own baseline, target and
path stand in `kpis/targets/<place>.yaml` and come before the ones of the definition.
"""

from typing import Annotated, Literal

from pydantic import Field

from data.model import Date, Id, Model, Text, Tuple

Basis = Literal["on_schedule", "progress", "ratio", "absolute"]


class Baseline(Model):
    """Where the indicator stood when the goal was set; `date` is the last day of that value's period."""

    value: float
    date: Date
    reason: Text | None = Field(default=None, description="Why, where the series does not hold this value")


class Target(Model):
    """Where the indicator should stand; `date` is the last day of the period meant."""

    value: float
    date: Date


class Step(Model):
    """From this day on, this much is due."""

    date: Date
    value: float


class Path(Model):
    """What is due between baseline and target: a straight line, or the last step reached."""

    method: Literal["linear", "steps"] = "linear"
    steps: Annotated[tuple[Step, ...], Tuple] = ()


class Aim(Model):
    """What a place wants of a KPI. Without a target the KPI is shown and not judged."""

    baseline: Baseline | None = None
    target: Target | None = None
    path: Path = Path()


class Bands(Model):
    """From which attainment on a KPI is on track, and at risk. With basis absolute they are values in the indicator's unit."""

    on_track: float
    at_risk: float


BANDS: dict[str, Bands | None] = {
    "on_schedule": Bands(on_track=0.90, at_risk=0.60),
    "progress": Bands(on_track=0.90, at_risk=0.60),
    "ratio": Bands(on_track=0.95, at_risk=0.85),
    "absolute": None,  # met or not
}
"""The bands of each basis where a KPI declares none."""

EXCEEDED = 1.10
"""Progress from the baseline (or ratio, without one) from which a met target counts as exceeded."""


class Kpi(Aim):
    """One tracked goal. Its own baseline, target and path hold for every place that has none of its own."""

    id: Id
    name: Text
    indicator: Id
    polarity: Literal["higher", "lower"] = Field(description="Which way is better")
    owner: Id = Field(description="The area that answers for it")
    basis: Basis = "on_schedule"
    bands: Bands | None = None
    axis: Id | None = Field(default=None, description="The axis of the mandate plan it belongs to")
    weight: float = Field(default=1.0, ge=0)
    question: Text | None = Field(default=None, description="The question it answers, in a neighbour's words")
    if_off_track: Text | None = Field(default=None, description="What is done when it is off track")

    @property
    def sign(self) -> int:
        """1 where higher is better, -1 where lower is: a difference times it is a gain."""
        return 1 if self.polarity == "higher" else -1

    @property
    def needs_baseline(self) -> bool:
        """Whether its basis measures from a baseline."""
        return self.basis in ("on_schedule", "progress")

    @property
    def bands_in_force(self) -> Bands | None:
        """Its own bands, or those of its basis; None where the target is met or not."""
        return self.bands or BANDS[self.basis]


class KpiFile(Model):
    """A file of kpis/definitions/."""

    kpis: Annotated[tuple[Kpi, ...], Tuple]


class TargetFile(Model):
    """A file of kpis/targets/, named after its place: what that place wants of each KPI, by the KPI's id."""

    targets: dict[Id, Aim]
