"""What places are like by what no government chose: a row for each place, a column for each variable of context.

Residents come first, by their logarithm; then every trait that peers are chosen by. Outcomes never: a city compared only with those that
do as well as it does would learn nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import polars as pl
from numpy.typing import NDArray

from data.definitions import Definitions
from data.facts import Facts
from data.model import Text
from data.places import Place, Trait

Numbers = NDArray[np.float64]
RESIDENTS = "population"


@dataclass(frozen=True)
class Variable:
    """One thing that places are compared by. Of a category a value is the number of its word among `categories`: those found, sorted."""

    id: str
    name: Text
    unit: Text = ""
    decimals: int = 0
    log: bool = False
    category: bool = False
    categories: tuple[str, ...] = ()
    called: Mapping[str, Text] | None = None

    def word(self, value: float) -> Text:
        """What a category is called."""
        found = self.categories[int(value)]
        return (self.called or {}).get(found, found)


POPULATION = Variable(RESIDENTS, {"en": "Residents", "es": "Habitantes"}, log=True)


@dataclass(frozen=True, eq=False)
class Context:
    """`values` are as they are written, places x variables; NaN is missing."""

    places: tuple[str, ...]
    variables: tuple[Variable, ...]
    values: Numbers

    @cached_property
    def compared(self) -> Numbers:
        """The values as they are compared: by their logarithm where it is declared; what has none is missing."""
        logs = np.array([variable.log for variable in self.variables], bool)
        with np.errstate(divide="ignore", invalid="ignore"):
            logged = np.where(self.values > 0, np.log(self.values), np.nan)
        return np.where(logs, logged, self.values)

    @property
    def categories(self) -> NDArray[np.bool_]:
        """Which variables are categories."""
        return np.array([variable.category for variable in self.variables], bool)

    def only(self, places: NDArray[np.bool_], variables: NDArray[np.bool_]) -> "Context":
        """The same of some places and variables."""
        names = tuple(place for place, kept in zip(self.places, places, strict=True) if kept)
        kinds = tuple(variable for variable, kept in zip(self.variables, variables, strict=True) if kept)
        return Context(names, kinds, self.values[np.ix_(places, variables)])


def context(definitions: Definitions, places: Sequence[str], facts: Facts | None = None, day: date | None = None) -> Context:
    """The context of some places; traits that an indicator gives take its latest known value for a period that ended by the day."""
    held = _latest(definitions, places, facts, day)
    columns = [(POPULATION, [_residents(definitions.place[place]) for place in places])]
    columns += [_column(trait, definitions, places, held) for trait in definitions.traits if trait.peers]
    values = np.array([numbers for _, numbers in columns], float).T
    return Context(tuple(places), tuple(variable for variable, _ in columns), values)


def _residents(place: Place) -> float:
    return float(place.population or np.nan)  # nobody living there has no logarithm


def _column(trait: Trait, definitions: Definitions, places: Sequence[str], held: Mapping[tuple, float]) -> tuple[Variable, list[float]]:
    if trait.indicator is not None:
        unit, decimals = definitions.indicator[trait.indicator].unit, definitions.indicator[trait.indicator].decimals
        variable = Variable(trait.id, trait.name, trait.unit or unit, decimals, trait.log)
        return variable, [held.get((trait.indicator, place), np.nan) for place in places]
    told = [definitions.place[place].traits.get(trait.id) for place in places]
    if trait.kind == "number":
        variable = Variable(trait.id, trait.name, trait.unit or "", trait.decimals, trait.log)
        return variable, [float(value) if value is not None else np.nan for value in told]
    words = tuple(sorted({str(value) for value in told if value is not None}))
    variable = Variable(trait.id, trait.name, category=True, categories=words, called=trait.categories)
    return variable, [float(words.index(str(value))) if value is not None else np.nan for value in told]


def _latest(definitions: Definitions, places: Sequence[str], facts: Facts | None, day: date | None) -> dict[tuple[str, str], float]:
    """The latest known value of each indicator that a trait is read from, by indicator and place."""
    asked = sorted({trait.indicator for trait in definitions.traits if trait.peers and trait.indicator is not None})
    if facts is None or not asked:
        return {}
    found = facts.observations(places=places, indicators=asked, until=day).filter(pl.col("value").is_finite())
    rows = found.group_by("indicator", "place", maintain_order=True).last()
    return {(row["indicator"], row["place"]): row["value"] for row in rows.iter_rows(named=True)}
