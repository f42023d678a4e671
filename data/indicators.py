"""Indicators: what is measured, in which unit, how often, by whom (`data/indicators.yaml`)."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from data.model import Id, Model, Text, Tuple
from data.periods import FRESH_DAYS, Frequency

Measures = Literal["output", "outcome", "context"]
Scheme = Literal["iso_37120", "iso_37122", "iso_37123", "u4ssc", "sdg"]
"""Sets of indicators that others use, of which only the codes are kept here."""
PERCENT = 100


class Theme(Model):
    """A subject that indicators are filed under."""

    id: Id
    name: Text


class Survey(Model):
    """What is asked of people, who of them, and how. How many answered is the denominator of each value, and so may differ each time."""

    asked: Text = Field(description="Who is asked, and how they are chosen")
    question: Text = Field(description="What they are asked, word for word")
    mode: Literal["in_person", "phone", "post", "web", "mixed"]


class Compared(Model):
    """What a count is divided by before places are compared: residents (`population`), or a trait of the places such as households."""

    by: Id = "population"
    per: float = Field(default=1000, gt=0, description="For so many of them: 1000 is per 1,000 residents")


class Indicator(Model):
    """Something measured. `level` is a state at the period's end, `flow` adds up over periods, `ratio` has two parts."""

    id: Id
    name: Text
    unit: Text = Field(description="As people read it: %, days, EUR, per 1,000 residents")
    unit_one: Text | None = Field(default=None, description="The unit beside exactly one, where it differs: day")
    kind: Literal["level", "flow", "ratio"]
    per: float | None = Field(
        default=None,
        gt=0,
        description="Of a ratio: its value is per x numerator / denominator, as 1000 where it is per 1,000 residents; of a % it is 100",
    )
    frequency: Frequency
    window: int | None = Field(
        default=None, ge=2, le=1000, description="Each value is of so many periods, its own the last: 12 of the last twelve months"
    )
    theme: Id
    source: Text = Field(description="Who measured it and how it was obtained")
    owner: Id = Field(description="The area that answers for it")
    polarity: Literal["higher", "lower", "neutral"] = Field(default="neutral", description="Which way is better")
    adds_up: bool = Field(default=False, description="Of a level: it is a count, so that districts add up to their city; flows do anyway")
    measures: Measures | None = Field(
        default=None, description="output: work done, as kilometres built; outcome: what came of it, as trips made"
    )
    description: Text | None = None
    survey: Survey | None = Field(
        default=None, description="Of a ratio that people's answers give: those who say it, of those who answered"
    )
    cases: bool = Field(
        default=False,
        description="What it counts are single cases that come by chance, as break-ins or requests, so that few of them tell little; "
        "of a ratio: both of its parts. Never amounts, as of money, water or energy",
    )
    compare: Compared | None = Field(default=None, description="Of a count: for so many of what it is compared with other places")
    differs: dict[Id, Text] = Field(
        default_factory=dict, description="Places that measure it otherwise, and how: they are shown and not ranked"
    )
    codes: dict[Scheme, str] = Field(default_factory=dict, description="Its code in sets of others: ISO 37120, U4SSC, SDG")
    decimals: int = Field(default=1, ge=0, le=6, description="Decimals shown in tables")
    min: float | None = Field(default=None, description="No value can be below it")
    max: float | None = Field(default=None, description="No value can be above it")
    fresh_days: int | None = Field(default=None, ge=1, le=36_500, description="Days after a period's end within which its value is fresh")
    fiscal_year_starts: int | None = Field(
        default=None, ge=1, le=12, description="Month in which its year begins, where values are added up over it; undeclared: the city's"
    )

    @model_validator(mode="after")
    def _per_of_a_ratio(self) -> "Indicator":
        if self.per is not None and self.kind != "ratio":
            raise ValueError("`per` is of a ratio, and this indicator is none")
        return self

    @model_validator(mode="after")
    def _survey_of_a_ratio(self) -> "Indicator":
        if self.survey is not None and self.kind != "ratio":
            raise ValueError("`survey` is of a ratio: those who say it, of those who answered")
        return self

    @model_validator(mode="after")
    def _cases_of_a_count(self) -> "Indicator":
        if self.cases and not (self.is_count or self.kind == "ratio"):
            raise ValueError("`cases` is of a count or of a ratio, and this indicator is neither")
        return self

    @property
    def factor(self) -> float | None:
        """What the numerator over the denominator is multiplied by; None where its values are not computed from two parts."""
        return self.per or (PERCENT if self.kind == "ratio" and self.unit == "%" else None)

    @property
    def is_count(self) -> bool:
        """Whether places add up: what can be divided by residents, and misleads as the colour of an area."""
        return self.kind == "flow" or (self.kind == "level" and self.adds_up)

    @property
    def year_starts(self) -> int:
        """The month in which the year begins over which its values are added up."""
        return self.fiscal_year_starts or 1

    def in_years_from(self, month: int) -> "Indicator":
        """The same, its year beginning in this month where it says none itself."""
        return self if self.fiscal_year_starts or month == 1 else self.model_copy(update={"fiscal_year_starts": month})

    @property
    def restarts(self) -> bool:
        """Whether its values begin anew with each year, so that one compares only with the same period of another year."""
        return False

    @property
    def freshness_limit(self) -> int:
        """Days after its period's end from which a value counts as out of date."""
        return self.fresh_days or FRESH_DAYS[self.frequency]


class Indicators(Model):
    themes: Annotated[tuple[Theme, ...], Tuple]
    indicators: Annotated[tuple[Indicator, ...], Tuple]
