"""What a KPI is: an indicator with a baseline, a target, a path between them, bands and an owner.

Definitions say what is tracked and how it is judged (`kpis/definitions/*.yaml`); each place's own baseline, target and
path stand in `kpis/targets/<place>.yaml` and come before the ones of the definition.
"""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal, TypeGuard

from pydantic import ConfigDict, Field, GetJsonSchemaHandler, StringConstraints, ValidationError, model_validator
from pydantic.json_schema import JsonSchemaValue

from data.model import Date, Id, Model, Text, Tuple
from data.periods import Frequency
from kpis.bands import Band, cut
from kpis.metrics.definition import Metric
from kpis.presets import library
from kpis.record import Change

Basis = Literal["on_schedule", "progress", "ratio", "absolute", "performance"]
Accumulation = Literal["level", "flow", "cumulative", "capacity", "reduction", "reduction_annual", "maintain"]
Year = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}$")]
Code = Annotated[str, StringConstraints(min_length=1, max_length=80)]


class Baseline(Model):
    """Where the indicator stood when the goal was set; `date` is the last day of that value's period."""

    value: float
    date: Date
    reason: Text | None = Field(default=None, description="Why, where the series does not hold this value")


def _is_number(value: Any) -> TypeGuard[float]:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _one_or_two_ends(schema: dict[str, Any]) -> None:
    """An editor asks for `value`, or for `low` and `high`."""
    schema["required"] = ["date"]
    schema["anyOf"] = [{"required": ["value"]}, {"required": ["low", "high"]}]


class Target(Model):
    """Where the indicator should stand: at `value`, or from `low` to `high`. `date` is the last day of the period meant.

    Of a range `value` is the middle. Outside it attainment falls in a straight line, to 0 at `low_limit` or `high_limit`.
    """

    model_config = ConfigDict(json_schema_extra=_one_or_two_ends)

    value: float
    date: Date
    reason: Text | None = Field(default=None, description="Why, where the date lies outside the mandate")
    low: float | None = Field(default=None, description="Of a range: its lower end, which is still good")
    high: float | None = Field(default=None, description="Of a range: its upper end, which is still good")
    low_limit: float | None = Field(default=None, description="Of a range: at and below it nothing is attained")
    high_limit: float | None = Field(default=None, description="Of a range: at and above it nothing is attained")

    @model_validator(mode="before")
    @classmethod
    def _middle(cls, given: Any) -> Any:
        if not isinstance(given, Mapping) or "value" in given:
            return given
        low, high = given.get("low"), given.get("high")
        return {**given, "value": (low + high) / 2} if _is_number(low) and _is_number(high) else given

    @property
    def range(self) -> tuple[float, float] | None:
        """Both ends; None where the target is one value."""
        return None if self.low is None or self.high is None else (self.low, self.high)

    def short_of(self, value: float, sign: int) -> float:
        """How much a value lacks of it, below zero where it is better: outside a range the distance to it, inside it nothing.

        `sign` is 1 where higher is better, else -1.
        """
        if self.low is None or self.high is None:
            return sign * (self.value - value)
        return max(self.low - value, value - self.high, 0.0)


class Step(Model):
    """From this day on, this much is due."""

    date: Date
    value: float


class Path(Model):
    """What is due between baseline and target.

    A straight line; the last step reached; straight lines from one dated point to the next (`milestones`); or, of a sum,
    each year's target spread over its months as the year before was (`seasonal`).
    """

    method: Literal["linear", "steps", "milestones", "seasonal"] = "linear"
    steps: Annotated[tuple[Step, ...], Tuple] = ()
    milestones: Annotated[tuple[Step, ...], Tuple] = ()

    @property
    def points(self) -> tuple[tuple[str, Step], ...]:
        """What is written of single days, steps and milestones alike, each by its key: steps.0."""
        return tuple((f"{name}.{i}", point) for name in ("steps", "milestones") for i, point in enumerate(getattr(self, name)))


class Aim(Model):
    """What a place wants of a KPI. Without a target the KPI is shown and not judged."""

    baseline: Baseline | None = None
    target: Target | None = None
    path: Path = Path()
    programmed: dict[Year, float] = Field(default={}, description="What the plan programmes for each year: {2024: 5, 2025: 8}")


class Scale(Model):
    """The ends of the scale on which basis performance places a value."""

    min: float
    max: float


class Review(Model):
    """When a goal is looked at. `day` is of the following month, in place of the city's `review_day`."""

    frequency: Frequency | None = Field(default=None, description="How often it is reviewed")
    day: int | None = Field(default=None, ge=1, le=28, description="Day of the following month on which a month is reviewed")
    lag_days: int | None = Field(default=None, ge=0, le=3650, description="Days after a period's end until its figure is published")


class Bands(Model):
    """From which attainment on a KPI is on track, and at risk. With basis absolute they are values in the indicator's unit.

    They may also be the bands of a preset, for one of its indicators where it has several, or a list of one's own; then
    `on_track` and `at_risk` are the cuts that come to the same.
    """

    on_track: float
    at_risk: float
    preset: Id | None = None
    indicator: str | None = None
    listed: Annotated[tuple[Band, ...], Tuple] = ()

    @model_validator(mode="before")
    @classmethod
    def _with_cuts(cls, given: Any) -> Any:
        if isinstance(given, Mapping) and "preset" in given:
            return {**given, **_cuts(_of_preset(given.get("preset"), given.get("indicator")))}
        return {"listed": given, **_cuts(_readable(given))} if isinstance(given, list) else given

    @classmethod
    def __get_pydantic_json_schema__(cls, core: Any, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """An editor offers the three ways to write them."""
        reference = handler(core)
        made = handler.resolve_ref_schema(reference)
        known = made.pop("properties")
        for key in ("additionalProperties", "required", "type"):
            made.pop(key)
        made["anyOf"] = [
            _group(known, "on_track", "at_risk"),
            {**_group(known, "preset"), "properties": {key: known[key] for key in ("preset", "indicator")}},
            {"type": "array", "items": known["listed"]["items"], "minItems": 2},
        ]
        return reference

    @property
    def scale(self) -> tuple[Band, ...]:
        """The list that names each number; () where only the two cuts are given."""
        return self.listed or _of_preset(self.preset, self.indicator)


def _group(known: Mapping[str, Any], *keys: str) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "properties": {key: known[key] for key in keys}, "required": list(keys)}


def _of_preset(name: object, indicator: object) -> tuple[Band, ...]:
    found = library.preset(name) if isinstance(name, str) else None
    scale = found.scale(indicator if isinstance(indicator, str) else None) if found else None
    return scale.bands if scale else ()


def _readable(given: Sequence[object]) -> tuple[Band, ...]:
    """The bands of a list; () where some cannot be read, which is said where each is read for good."""
    try:
        return tuple(Band.model_validate(band) for band in given)
    except ValidationError:
        return ()


def _cuts(bands: Sequence[Band]) -> dict[str, float]:
    on_track = cut(bands, "on_track") if bands else None
    at_risk = cut(bands, "at_risk") if bands else None
    best = on_track if on_track is not None else 0.0
    return {"on_track": best, "at_risk": best if at_risk is None else at_risk}


BANDS: dict[str, Bands | None] = {
    "on_schedule": Bands(on_track=0.90, at_risk=0.60),
    "progress": Bands(on_track=0.90, at_risk=0.60),
    "ratio": Bands(on_track=0.95, at_risk=0.85),
    "absolute": None,  # met or not
    "performance": Bands(on_track=0.90, at_risk=0.60),
}
"""The bands of each basis where a KPI declares none."""

EXCEEDED = 1.10
"""Progress from the baseline (or ratio, without one) from which a met target counts as exceeded."""


class Kpi(Aim):
    """One tracked goal. Its own baseline, target and path hold for every place that has none of its own.

    What is tracked is one of `indicator` and `metric`; `measure` is the one that is given.
    """

    model_config = ConfigDict(json_schema_extra={"oneOf": [{"required": ["indicator"]}, {"required": ["metric"]}]})

    id: Id
    name: Text
    indicator: Id | None = None
    metric: Id | None = Field(default=None, description="A metric of `metrics:`, in place of an indicator")
    polarity: Literal["higher", "lower", "range", "neutral"] = Field(
        description="Which way is better: up, down, within the target's range, or neither (shown, and never judged)"
    )
    owner: Id = Field(description="The area that answers for it")
    accumulation: Accumulation | None = Field(
        default=None, description="How values become the figure that is judged; without it, the latest value is held by its basis"
    )
    basis: Basis = "on_schedule"
    attainment: Literal["proportional", "binary"] = Field(default="proportional", description="In parts, or all or nothing")
    scale: Scale | None = Field(default=None, description="Of basis performance; without it, the indicator's `min` and `max`")
    bands: Bands | None = None
    tolerance: float | None = Field(default=None, ge=0, description="This close to what is asked, in the indicator's unit, is met")
    smallest_difference: float | None = Field(
        default=None, ge=0, description="The least that the data can tell, in the indicator's unit; narrower bands are widened to it"
    )
    axis: Id | None = Field(default=None, description="The axis of the mandate plan it belongs to")
    plan_node: Code | None = Field(default=None, description="Its place in the mandate plan, as E2.L1.O3")
    weight: float = Field(default=1.0, ge=0)
    review: Review | None = None
    statement: Text | None = Field(
        default=None, description="The goal in one sentence that begins with a verb: Bring robberies down; without it, its name"
    )
    question: Text | None = Field(default=None, description="The question it answers, in a neighbour's words")
    if_off_track: Text | None = Field(default=None, description="What is done when it is off track")
    verification: Text | None = Field(default=None, description="Where anybody can check the figure")
    assumptions: Text | None = Field(default=None, description="What must hold for the target to be within reach")
    budget: float | None = Field(
        default=None, ge=0, description="What it costs until the target's date, in the city's currency; 0: nothing beyond the usual"
    )
    sdg: Annotated[tuple[Code, ...], Tuple] = Field(default=(), description='Targets of the Sustainable Development Goals: ["11.6"]')
    iso37120: Annotated[tuple[Code, ...], Tuple] = Field(default=(), description="Codes of ISO 37120 indicators")
    changes: Annotated[tuple[Change, ...], Tuple] = Field(default=(), description="What was changed in it, by whom and why, oldest first")

    @property
    def sign(self) -> int:
        """1 where higher is better, -1 where lower is: a difference times it is a gain. 0 where neither is by itself."""
        return {"higher": 1, "lower": -1}.get(self.polarity, 0)

    @property
    def measure(self) -> str:
        """The id of what is tracked: no metric is called as an indicator is."""
        return self.indicator or self.metric or ""

    @property
    def needs_baseline(self) -> bool:
        """Whether what it attains is measured from a baseline."""
        by_way = self.accumulation in (None, "capacity", "reduction")
        return self.sign != 0 and self.basis in ("on_schedule", "progress") and by_way

    @property
    def bands_in_force(self) -> Bands | None:
        """Its own bands, or those of its basis; None where the target is met or not."""
        return self.bands or BANDS[self.basis]


class KpiFile(Model):
    """A file of kpis/definitions/: goals, metrics, or both."""

    kpis: Annotated[tuple[Kpi, ...], Tuple] = ()
    metrics: Annotated[tuple[Metric, ...], Tuple] = ()


class TargetFile(Model):
    """A file of kpis/targets/, named after its place: what that place wants of each KPI, by the KPI's id."""

    targets: dict[Id, Aim]
