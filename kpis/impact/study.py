"""A study as it is written down (`kpis/studies/*.yaml`): whose figures, since when, beside whom, and by which method."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from data.model import Id, Model, Text, Tuple
from kpis.record import Change

Method = Literal["sdid", "sc", "did", "event_study", "its"]
Errors = Literal["placebo", "cluster", "hac", "classical"]
METHODS: tuple[Method, ...] = ("sdid", "sc", "did", "event_study", "its")
COMPARED = ("peers", "districts")
"""Words that stand for places: the other cities, and the other districts of the same city."""

Label = str | int | float
"""A unit or a period as its table writes it: `California`, 1989, 2026-10."""


class Predictor(Model):
    """What units are matched on beside the outcome: a column's mean (or last value) between two periods, both included."""

    column: str
    since: Label | None = Field(default=None, alias="from")
    to: Label | None = None
    how: Literal["mean", "last"] = "mean"


class Training(Model):
    """An earlier time in which it is learnt which predictors count: `predictors` are those of the study in the same order, read then,
    and `fit` the later periods in which the mix so found should run with the treated (Abadie, Diamond and Hainmueller 2015).
    """

    predictors: Annotated[tuple[str | Predictor, ...], Tuple] = Field(min_length=1)
    fit: Annotated[tuple[Label, Label], Tuple]


class Season(Model):
    """A shape that comes back every `period` periods, told by so many pairs of sine and cosine."""

    period: int = Field(ge=2, le=366)
    harmonics: int = Field(default=1, ge=1, le=6)


class Study(Model):
    """One policy, one outcome, one question. Of `table` and `indicator` exactly one is named.

    With a table, `unit`, `time` and `outcome` are its columns; an interrupted time series of one unit alone needs no `unit`. With an
    indicator, `treated` are places (the city itself unless named), and `compare` says beside whom: the peers, the districts, or places
    by name.
    """

    study: Id
    name: Text | None = None
    question: Text | None = Field(default=None, description="What the city wants to know, in one sentence")
    policy: Id | None = Field(default=None, description="The policy of the register that it judges")
    action: str | None = Field(default=None, description="The action of the plan, by its key, from which the start is taken")
    table: str | None = None
    unit: str | None = None
    time: str | None = None
    outcome: str | None = None
    log: bool = Field(default=False, description="Estimate on the logarithm; the effect is then a relative one")
    repeated: bool = Field(default=False, description="Several rows for one unit and period are a sample of it, not a mistake")
    indicator: Id | None = None
    compare: Literal["peers", "districts"] | Annotated[tuple[Id, ...], Tuple] | None = None
    treated: Annotated[tuple[Label, ...], Tuple] = ()
    first_treated: str | None = Field(default=None, description="A column with the first treated period; never treated: 0 or empty")
    start: Label | date | None = Field(default=None, description="The first period under the policy; with an action, when it began")
    method: Method = "sdid"
    predictors: Annotated[tuple[str | Predictor, ...], Tuple] = ()
    fit: tuple[Label, Label] | None = Field(default=None, description="sc: between which periods the outcome is fitted")
    training: Training | None = Field(default=None, description="sc: which predictors count is learnt in earlier periods")
    starts: int = Field(default=6, ge=1, le=100, description="sc: from how many places it is searched which predictors count")
    donors_out: Annotated[tuple[Label, ...], Tuple] = ()
    periods_out: Annotated[tuple[Label, ...], Tuple] = Field(
        default=(), description="Periods that something else marked, such as a storm: they are left out everywhere"
    )
    covariates: Annotated[tuple[str, ...], Tuple] = ()
    errors: Errors | None = Field(default=None, description="placebo for sdid and sc, cluster for did and event_study, hac for its")
    cluster: str | None = None
    draws: int = Field(default=200, ge=1, le=10_000)
    seed: int = 1
    family: Literal["gaussian", "quasipoisson"] = "gaussian"
    offset: str | None = None
    season: Season | None = None
    weights: str | None = None
    better: Literal["higher", "lower"] | None = Field(default=None, description="Which way is better; the goal's own, where there is one")
    smallest: float | None = Field(
        default=None, gt=0, description="The smallest effect that would matter, in the outcome's own unit; with log in per cent"
    )
    unit_name: Text | None = Field(default=None, description="What the outcome is counted in, where a table is read: packs, %, days")
    changes: Annotated[tuple[Change, ...], Tuple] = ()

    @model_validator(mode="before")
    @classmethod
    def _fit_is_a_pair(cls, told: Any) -> Any:
        if isinstance(told, dict) and isinstance(told.get("fit"), list):
            return {**told, "fit": tuple(told["fit"])}
        return told

    @model_validator(mode="after")
    def _one_source(self) -> "Study":
        if (self.table is None) == (self.indicator is None):
            raise ValueError("name either a table or an indicator")
        alone = self.method == "its" and self.unit is None
        if self.table is not None and not (self.time and self.outcome and (self.unit or alone)):
            raise ValueError("a table needs its columns: unit, time and outcome")
        if self.table is not None and not (self.treated or self.first_treated or alone):
            raise ValueError("say who is treated: treated, or first_treated")
        return self

    @property
    def matched(self) -> tuple[str, ...]:
        """The columns that units are matched on, of training too."""
        told = (*self.predictors, *(self.training.predictors if self.training else ()))
        return tuple(dict.fromkeys(one.column if isinstance(one, Predictor) else one for one in told))

    @property
    def inference(self) -> Errors:
        """How its doubt is told, unless it was said otherwise."""
        usual: dict[Method, Errors] = {"sdid": "placebo", "sc": "placebo", "did": "cluster", "event_study": "cluster", "its": "hac"}
        return self.errors or usual[self.method]
