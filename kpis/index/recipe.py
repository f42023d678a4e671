"""An index as it is written down (`kpis/indices/*.yaml`): what it is made of, and how each step is taken."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from data.model import Id, Model, Text, Tuple
from kpis.record import Change

Normalise = Literal["none", "minmax", "zscore", "rank", "percentile", "goalposts", "distance_to_target"]
Combine = Literal["arithmetic", "geometric", "harmonic", "copeland"]
Treat = Literal["none", "winsorise", "log"]
Places = Literal["cities", "peers", "districts"] | Annotated[tuple[Id, ...], Tuple]


class Budget(Model):
    """Points that people gave out among the parts, such as a hundred each: a part weighs its share of all points."""

    budget: dict[str, float]


Weights = Literal["equal", "pca"] | Budget | dict[str, float]
"""`equal` is each part alike (or as the indicators' own `weight` says), `pca` by what varies together, or given ones that sum to 1."""


class Ingredient(Model):
    """One indicator of an index: a column of its table, or an indicator of the home.

    `low` and `high` are the goalposts, the lower number first, or for the distance to a target the worst value and the target; `log`
    takes their logarithms and the value's. A `denominator` is a column too, or an indicator of the home. `treat` brings in what lies
    far out, where skewness and kurtosis say so: up to five values winsorised, else logarithms; or logarithms at once. `weight` counts
    in a level that gives none.
    """

    name: Id
    label: Text | None = Field(default=None, description="As people read it; else the indicator's own name, else the column")
    column: str | None = None
    indicator: Id | None = None
    direction: Literal["higher", "lower"] = "higher"
    normalise: Normalise = "minmax"
    low: float | None = None
    high: float | None = None
    log: bool = False
    weight: float = 1
    denominator: str | None = None
    loss: str | None = Field(default=None, description="Where a table is read: the column with the per cent of it lost to inequality")
    treat: Treat = "none"
    unit: Text | None = Field(default=None, description="Where a table is read: what the column is counted in")
    source: Text | None = Field(default=None, description="Who publishes it, and under which licence")

    @model_validator(mode="after")
    def _one_source(self) -> "Ingredient":
        if self.column is not None and self.indicator is not None:
            raise ValueError("name either a column or an indicator")
        return self


class Level(Model):
    """Parts made one, from the bottom up: `of` are names of indicators or of levels above this one in the file."""

    name: Id
    label: Text | None = None
    of: Annotated[tuple[Id, ...], Tuple] = Field(min_length=1)
    combine: Combine = "arithmetic"
    weights: Weights = "equal"


class GroupMedian(Model):
    """What is missing is taken from the places of the same group, a column of the table or a trait of the places."""

    group_median: str


class GroupMean(Model):
    """The mean of the places of the same group instead."""

    group_mean: str


class Blend(Model):
    """A place's own value mixed with its region's, where the region stands for what a place cannot change alone or has not measured.

    `share` is the weight of the region's mean (0 to 1), over the places of the same `region`, a column or a trait of the places.
    """

    region: str
    share: float = Field(ge=0, le=1)
    of: Annotated[tuple[Id, ...], Tuple] = Field(default=(), description="Which indicators; all unless named")


class Doubt(Model):
    """What could have been chosen or measured otherwise.

    `weights` is by how much each weight may differ (0.25: between three and five quarters of it, then they sum again), `normalise`,
    `combine` and `missing` are the other ways that would have been defensible, `one_out` leaves one indicator out at a time,
    and `error` is the standard error of an indicator's values, in its own unit.
    """

    draws: int = Field(default=1000, ge=100, le=1_000_000)
    weights: float = Field(default=0, ge=0, lt=1)
    normalise: Annotated[tuple[Normalise, ...], Tuple] = ()
    combine: Annotated[tuple[Combine, ...], Tuple] = ()
    missing: Annotated[tuple[Literal["skip", "median"], ...], Tuple] = ()
    one_out: bool = False
    error: dict[str, float] = Field(default_factory=dict)
    seed: int = 1

    @property
    def declared(self) -> bool:
        """Whether anything is said to be in doubt, whether or not it changes the index."""
        return bool(self.weights or self.normalise or self.combine or self.missing or self.one_out or self.error)


class Recipe(Model):
    """One index. With columns it reads a table whose `place` column names the places; with indicators the home's own figures.

    `places` says which places of the home are ranked.
    """

    index: Id
    name: Text | None = None
    purpose: Text | None = Field(default=None, description="What it is to show, and why these indicators: the first of the ten steps")
    source: Text | None = Field(default=None, description="Whose method it is, and where it is published")
    table: str | None = None
    place: str = Field(default="place", description="The column that names the place")
    place_name: str | None = Field(default=None, description="The column with its name as people read it")
    places: Places = "cities"
    indicators: Annotated[tuple[Ingredient, ...], Tuple] = Field(min_length=1)
    levels: Annotated[tuple[Level, ...], Tuple] = Field(min_length=1)
    scale: float = Field(default=1, gt=0, description="What a normalised share of one is written as: 1, or 100")
    floor: float = Field(default=0, ge=0, description="The least normalised value, on that scale, where parts are multiplied")
    cap: tuple[float, float] | None = Field(default=None, description="Normalised values are kept between these two, on that scale")
    round: int | None = Field(default=None, ge=0, le=12, description="Decimals of the score, before places are ranked")
    missing: Literal["skip", "median", "refuse"] | GroupMedian | GroupMean = "skip"
    coverage: float = Field(default=0.5, ge=0, le=1, description="Least share of its indicators that a place must have")
    blend: Blend | None = None
    doubt: Doubt = Doubt()
    changes: Annotated[tuple[Change, ...], Tuple] = ()

    @model_validator(mode="before")
    @classmethod
    def _cap_is_a_pair(cls, told: object) -> object:
        if isinstance(told, dict) and isinstance(told.get("cap"), list):
            return {**told, "cap": tuple(told["cap"])}
        return told

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its indicators, in their order."""
        return tuple(one.name for one in self.indicators)

    @property
    def top(self) -> Level:
        """The level that is the index: the last."""
        return self.levels[-1]

    @property
    def of_the_home(self) -> bool:
        """Whether it reads the home's figures, and no table."""
        return any(one.indicator is not None for one in self.indicators)
