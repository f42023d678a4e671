"""By what a policy is judged (`criteria.yaml`): each criterion with its name, its question, and which of the published sets it is of."""

from functools import lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import model_validator

from data.assessments.vocabulary import CRITERIA
from data.model import Id, Model, Text, Tuple, read_model
from data.yaml_file import read_yaml

FILE = Path(__file__).parent / "criteria.yaml"


class Criterion(Model):
    """`of_six`: one of the OECD-DAC (2019); `accountable`: one of the four of accountability; `part_of`: the six that it belongs to."""

    id: Id
    name: Text
    question: Text
    of_six: bool = False
    accountable: bool = False
    part_of: Annotated[tuple[Id, ...], Tuple] = ()


class CriterionFile(Model):
    """All of them, in the order in which they are shown, and where they come from."""

    source: str
    criteria: Annotated[tuple[Criterion, ...], Tuple]

    @model_validator(mode="after")
    def _those_that_are_kept(self) -> "CriterionFile":
        if tuple(each.id for each in self.criteria) != CRITERIA:
            raise ValueError("the criteria are not those that the records keep")
        return self


@lru_cache(maxsize=1)
def criteria() -> dict[str, Criterion]:
    """By their ids."""
    return {each.id: each for each in told().criteria}


@lru_cache(maxsize=1)
def told() -> CriterionFile:
    """The whole file."""
    return read_model(CriterionFile, read_yaml(FILE))
