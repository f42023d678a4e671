"""The register of trends: what the city watches beyond its goals (`kpis/trends.yaml`), and how many study cities watch the same."""

from collections.abc import Hashable
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from data.definitions import Definitions, read_part, stamp, twice, unknown
from data.home import Home
from data.model import Id, Model, Text, Tuple, read_model
from data.problems import Problem, Refused
from data.yaml_file import read_yaml

Area = Literal["population", "environment", "economy", "sectors", "technology", "inequality", "talent"]
AREAS: tuple[Area, ...] = ("population", "environment", "economy", "sectors", "technology", "inequality", "talent")
STUDY = Path(__file__).parent / "study.yaml"


class Trend(Model):
    """Something that changes around the city and may change what it can do."""

    id: Id
    name: Text
    area: Area
    watched: Text = Field(description="What exactly is looked at, and what would be news")
    source: Text = Field(description="Where that can be read")
    indicator: Id | None = Field(default=None, description="The indicator that measures it, where the city has one")


class Register(Model):
    """kpis/trends.yaml."""

    trends: Annotated[tuple[Trend, ...], Tuple] = ()


class Share(Model):
    """How many of the study's cities that do foresight look at an area."""

    area: Area
    question: str
    cities: int

    def of(self, base: int) -> float:
        """As a share of them."""
        return self.cities / base


class Study(Model):
    """The published study that the register is held against."""

    name: str
    source: str
    licence: str
    base: int = Field(description="Cities that do foresight")
    asked: int = Field(description="Cities that answered whether they do")
    shares: Annotated[tuple[Share, ...], Tuple]


def load(home: Home, definitions: Definitions) -> tuple[Trend, ...]:
    """The home's trends in the order of the file; none without one. Raises Refused with every problem."""
    return _load(home, definitions, stamp(home.trends))


def problems(home: Home, definitions: Definitions) -> list[Problem]:
    """Everything wrong with the home's register."""
    try:
        load(home, definitions)
    except Refused as refused:
        return list(refused.problems)
    return []


@lru_cache(maxsize=1)
def study() -> Study:
    """The study's shares, as published."""
    return read_model(Study, read_yaml(STUDY))


@lru_cache(maxsize=4)
def _load(home: Home, definitions: Definitions, _stamp: tuple[Hashable, ...]) -> tuple[Trend, ...]:
    if not home.trends.exists():
        return ()
    found: list[Problem] = []
    register, document = read_part(Register, home.trends, home, found)
    for number, trend in enumerate(register.trends if register else ()):
        if trend.indicator and trend.indicator not in definitions.indicator:
            found.append(unknown(document, ("trends", number, "indicator"), "indicator", trend.indicator, definitions.indicator))
    found += twice([trend.id for trend in register.trends], lambda number: ("trends", number, "id"), document) if register else []
    if found or register is None:
        raise Refused(found)
    return register.trends
