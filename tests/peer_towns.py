"""Towns that say what they are like, to choose peers among."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from data.definitions import Definitions
from data.places import Place, Trait
from kpis.peers.context import Context, Numbers, Variable
from tests import kpi_town


def towns(told: Mapping[str, tuple[int | None, Mapping[str, float | str]]], *traits: Trait) -> Definitions:
    """A city for each name, with its residents and what is told of it."""
    places = tuple(Place(id=name, name=name.title(), population=residents, traits=dict(said)) for name, (residents, said) in told.items())
    return replace(kpi_town.definitions(kpi_town.indicator()), places=places, traits=traits)


def context_of(values: Numbers, categories: tuple[int, ...] = ()) -> Context:
    """Places p0, p1 ... by variables v0, v1 ... of plain numbers, some of them numbers of categories."""
    places = tuple(f"p{number}" for number in range(len(values)))
    variables = tuple(
        Variable(f"v{number}", f"V{number}", category=number in categories, categories=tuple("abcdefgh"))
        for number in range(values.shape[1])
    )
    return Context(places, variables, np.asarray(values, float))
