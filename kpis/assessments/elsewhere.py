"""How often the cities of a published study assess their policies (`study.yaml`), which the city's own coverage is held against."""

from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, model_validator

from data.model import Model, Text, Tuple, read_model
from data.yaml_file import read_yaml

FILE = Path(__file__).parent / "study.yaml"


class Frequency(Model):
    """How many cities make an assessment at a moment, by how often they do."""

    moment: Literal["ex_ante", "mid_term", "final"]
    question: str
    never: int
    rarely: int
    sometimes: int
    mostly: int
    always: int

    @property
    def usually(self) -> int:
        """In most or in all cases."""
        return self.mostly + self.always

    @property
    def cities(self) -> int:
        return self.never + self.rarely + self.sometimes + self.usually


class Barrier(Model):
    """What keeps cities from assessing; a city could name several."""

    name: Text
    question: str
    cities: int


class Elsewhere(Model):
    """The published study."""

    name: str
    source: str
    licence: str
    base: int = Field(description="Cities that said how often they assess")
    frequencies: Annotated[tuple[Frequency, ...], Tuple]
    barriers_base: int = Field(description="Cities that said what keeps them from it")
    barriers: Annotated[tuple[Barrier, ...], Tuple]

    @model_validator(mode="after")
    def _counts_of_the_base(self) -> "Elsewhere":
        if any(each.cities != self.base for each in self.frequencies):
            raise ValueError("the counts of a moment do not add up to the base")
        return self

    def at(self, moment: str) -> Frequency | None:
        """Of a moment; the study did not ask about impact."""
        return next((each for each in self.frequencies if each.moment == moment), None)


@lru_cache(maxsize=1)
def study() -> Elsewhere:
    """As published."""
    return read_model(Elsewhere, read_yaml(FILE))
