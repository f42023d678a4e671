"""What the phases of a budget line are called in a country, read from `phases.yaml`."""

from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from data.model import Model, Tuple, read_model
from data.plans.vocabulary import PHASES
from data.yaml_file import read_yaml

FILE = Path(__file__).with_suffix(".yaml")
COUNTRIES = ("es_ES", "es_AR", "es_CO", "es_MX", "es_CL", "en")
SPOKEN_BY_DEFAULT = {"es": "es_ES"}
"""Which country's words stand for a language whose country has none here."""


class Phase(Model):
    """A phase and its names by country; without a name, the country has no such phase."""

    id: Literal["initial", "modified", "reserved", "committed", "accrued", "paid"]
    names: dict[Literal["es_ES", "es_AR", "es_CO", "es_MX", "es_CL", "en"], str]


class Phases(Model):
    """phases.yaml."""

    phases: Annotated[tuple[Phase, ...], Tuple]


def country(locale: str) -> str:
    """Whose words a locale such as es_MX is told in: its own, else those of its language, else English."""
    return locale if locale in COUNTRIES else SPOKEN_BY_DEFAULT.get(locale[:2], "en")


def names(locale: str) -> dict[str, str | None]:
    """The name of each phase, in the order of PHASES; None where the country has no such phase."""
    return {phase: crosswalk()[phase].get(country(locale)) for phase in PHASES}


@lru_cache(maxsize=1)
def crosswalk() -> dict[str, dict[str, str]]:
    """Every phase's names by country."""
    return {phase.id: {**phase.names} for phase in read_model(Phases, read_yaml(FILE)).phases}
