"""What a metric is, in the words of dbt, Rill and Cube where they have one: docs/metrics.md holds the keys side by side."""

from typing import Annotated, Literal

from pydantic import Field

from data.model import Id, Model, Text, Tuple
from data.periods import Frequency
from data.segments import TOTAL, written

Aggregation = Literal["sum", "average", "min", "max", "last", "count"]


class Metric(Model):
    """A number computed from indicators. Which keys a type takes, and which it needs, stands in KEYS."""

    id: Id = Field(description="Different from every indicator's")
    name: Text
    unit: Text = Field(description="As people read it: %, days, EUR, per 1,000 residents")
    unit_one: Text | None = Field(default=None, description="The unit beside exactly one, where it differs: day")
    type: Literal["simple", "ratio", "derived", "cumulative"]
    description: Text | None = None
    decimals: int = Field(default=1, ge=0, le=6, description="Decimals shown in tables")
    frequency: Frequency | None = Field(default=None, description="Undeclared: that of the input with the longest periods")
    indicator: Id | None = Field(default=None, description="simple, cumulative: the indicator it is computed from")
    agg: Aggregation | None = Field(
        default=None,
        description="How values make one of a longer period. Undeclared: a flow sums, a level takes the last, a ratio is computed anew",
    )
    filter: dict[Id, Annotated[str, Field(min_length=1, max_length=200)]] = Field(
        default={}, description="simple: the segment that counts, as {sex: women}"
    )
    fill_nulls_with: float | None = Field(default=None, description="simple: what a period without a value counts as, between two with one")
    numerator: Id | None = Field(default=None, description="ratio: an indicator or a metric")
    denominator: Id | None = Field(default=None, description="ratio: an indicator or a metric")
    per: float | None = Field(
        default=None, ge=1, description="ratio: what it is multiplied by. Undeclared: 100 where the unit is %, else 1"
    )
    expr: Annotated[str, Field(min_length=1)] | None = Field(
        default=None, description="derived: a formula, as `opened / (opened + closed)`"
    )
    input_metric: Id | None = Field(default=None, description="cumulative: the metric that adds up, in place of `indicator`")
    window: int | None = Field(default=None, ge=2, le=1000, description="cumulative: over this many periods, the last one included")
    grain_to_date: Literal["year", "mandate"] | None = Field(
        default=None, description="cumulative: since January or the month in which the fiscal year begins, or since the mandate began"
    )
    non_additive_over: Annotated[tuple[Literal["time", "place"], ...], Tuple] = Field(
        default=(), description="Over what it must never be summed: time takes the last value, districts do not make up their city"
    )
    fresh_days: int | None = Field(default=None, ge=1, le=36_500, description="Days after a period's end within which its value is fresh")
    owner: Id | None = Field(default=None, description="The area that answers for it. Undeclared: the one of its first indicator")

    @property
    def segment(self) -> str:
        """The segment that `filter` asks for; the total without one."""
        return written(self.filter) if self.filter else TOTAL

    @property
    def factor(self) -> float:
        """What a ratio is multiplied by."""
        percent = self.unit == "%" or (isinstance(self.unit, dict) and set(self.unit.values()) == {"%"})
        return self.per or (100.0 if percent else 1.0)


NEEDED: dict[str, tuple[tuple[str, ...], ...]] = {
    "simple": (("indicator",),),
    "ratio": (("numerator",), ("denominator",)),
    "derived": (("expr",),),
    "cumulative": (("indicator", "input_metric"), ("window", "grain_to_date")),
}
"""Of each group of keys a metric of the type has exactly one."""
TAKEN: dict[str, tuple[str, ...]] = {
    "simple": ("agg", "filter", "fill_nulls_with"),
    "ratio": ("per",),
    "derived": (),
    "cumulative": ("agg",),
}
"""The keys that a metric of the type may have besides, and besides those that every metric has."""
