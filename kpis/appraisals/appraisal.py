"""An appraisal as it is written down (`kpis/options/*.yaml`): the options, and what is known of each before one is chosen."""

from typing import Annotated, Literal

from pydantic import Field, field_validator

from data.model import Id, Model, Text, Tuple
from data.periods import Month

HIGHEST_RATE = 20.0
"""Percent a year. Governments declare between 3 and 12; beyond this it is a slip of the keyboard."""
Rate = Annotated[float, Field(ge=0, le=HIGHEST_RATE)]
Degree = Annotated[int, Field(ge=1, le=5)]


class Flow(Model):
    """What an option costs and brings in one year, in the city's currency at the prices of the base year."""

    year: int = Field(ge=1900, le=2200)
    cost: float = Field(default=0.0, ge=0)
    benefit: float = Field(default=0.0, ge=0, description="Also what it saves")


class Option(Model):
    """One way to go. Doing nothing is always one of them: all others are held against it."""

    id: Id
    name: Text
    about: Text | None = None
    nothing: bool = Field(default=False, description="Whether this is going on as so far")
    flows: Annotated[tuple[Flow, ...], Tuple] = Field(default=(), description="A line for each year; all options have the same years")
    effect: float | None = Field(default=None, description="By how much the outcome is better than if nothing were done; worse is below 0")
    scores: dict[Id, float] = Field(default={}, description="What it reaches on each criterion, in the criterion's unit")


class Outcome(Model):
    """What the effects are counted in."""

    name: Text
    unit: Text


class Criterion(Model):
    """Something that matters, which way is better, and how much it counts."""

    id: Id
    name: Text
    unit: Text | None = None
    better: Literal["higher", "lower"] = "higher"
    weight: float = Field(ge=0, le=1, description="The share of the decision that it is; all weights sum to 1")


class Risk(Model):
    """What could go wrong, with one of the options or with any."""

    name: Text
    option: Id | None = None
    probability: Degree = Field(description="1 hardly ever, 3 as likely as not, 5 almost certain")
    impact: Degree = Field(description="1 hardly felt, 3 the aim is missed in part, 5 the aim is missed")
    owner: Id | None = Field(default=None, description="The area that watches it")
    measure: Text | None = Field(default=None, description="What is done about it")


class Group(Model):
    """People who gain or pay: how many they are, their income, and their part of what each option brings and takes."""

    name: Text
    people: int | None = Field(default=None, ge=1)
    income: float | None = Field(default=None, ge=0, description="Mean income, by which groups are put in order from poor to rich")
    gains: dict[Id, float] = Field(default={}, description="By option: what the group gets, in the city's currency over all years")
    pays: dict[Id, float] = Field(default={}, description="By option: what the group gives or loses")


class Evaluation(Model):
    """What is arranged so that it can be found out later whether the policy worked. What the panel knows is not asked here."""

    problem: Text | None = Field(default=None, description="The problem and its size, with a figure")
    theory: Text | None = Field(default=None, description="Theory of change: what is put in, what follows from it, why the outcome moves")
    comparison: Text | None = Field(default=None, description="Beside whom, where neither districts nor peers have the indicator")
    budget: float | None = Field(default=None, ge=0, description="What is set aside for evaluating, in the city's currency")
    decides: Text | None = Field(default=None, description="Who will decide with the result, and when")


class Appraisal(Model):
    """One decision to be taken, its options, and everything that is weighed."""

    appraisal: Id
    name: Text
    question: Text | None = None
    policy: Id | None = Field(default=None, description="The policy of the register that it prepares")
    indicator: Id | None = Field(default=None, description="The indicator that the policy is to move")
    starts: str | None = Field(default=None, description="The month in which the policy would begin: 2027-03")
    rate: Rate | None = Field(default=None, description="Social rate of discount, percent a year; the city's own unless given")
    base_year: int | None = Field(default=None, ge=1900, le=2200, description="The year of the prices, to which amounts are discounted")
    options: Annotated[tuple[Option, ...], Tuple]
    outcome: Outcome | None = None
    criteria: Annotated[tuple[Criterion, ...], Tuple] = ()
    risks: Annotated[tuple[Risk, ...], Tuple] = ()
    groups: Annotated[tuple[Group, ...], Tuple] = ()
    evaluation: Evaluation = Evaluation()

    @field_validator("starts")
    @classmethod
    def _a_month(cls, starts: str | None) -> str | None:
        if starts is not None:
            Month.parse(starts)
        return starts

    @property
    def start(self) -> Month | None:
        """The month in which the policy would begin."""
        return Month.parse(self.starts) if self.starts else None

    @property
    def nothing(self) -> Option:
        """The option of going on as so far; every appraisal that was read has exactly one."""
        return next(option for option in self.options if option.nothing)

    @property
    def years(self) -> tuple[int, ...]:
        """The years of the flows in order; empty where no option has any."""
        return tuple(sorted({flow.year for option in self.options for flow in option.flows}))

    @property
    def priced_in(self) -> int | None:
        """The year of the prices: the base year, or the first one of the flows."""
        return self.base_year or next(iter(self.years), None)

    def option(self, name: str) -> Option:
        """An option by its id."""
        return next(option for option in self.options if option.id == name)
