"""One index for one reader: its places by rank, their tiers, and which of them is the reader's own."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil, floor

import numpy as np

from dashboards.ordinals import ordinal
from dashboards.session import Session
from kpis.index.built import Built
from kpis.index.doubted import Doubted
from kpis.index.figures import Numbers
from kpis.index.recipe import Ingredient, Recipe
from kpis.index.way_up import Way

SLACK = 1e-9


@dataclass(frozen=True, eq=False)
class Shown:
    """An index as it came out and how sure its places are, by their numbers in `built.places`.

    `own` is the number of the place that the reader looks at, None where it is not ranked; `ways` lead it up.
    """

    session: Session
    built: Built
    doubted: Doubted
    own: int | None
    ways: tuple[Way, ...] = ()

    @property
    def recipe(self) -> Recipe:
        return self.built.recipe

    @property
    def locale(self) -> str:
        return self.session.locale

    @property
    def count(self) -> int:
        """How many places are ranked."""
        return len(self.built.places)

    @property
    def name(self) -> str:
        return self.session.say(self.recipe.name) if self.recipe.name else self.recipe.index

    @property
    def in_doubt(self) -> bool:
        """Whether anything was doubted: else each place has a rank of its own, and a tier says nothing that the rank does not."""
        return bool(self.doubted.choices) or self.doubted.error

    @cached_property
    def order(self) -> list[int]:
        """The places from the first to the last; those of one rank by their names."""
        return sorted(range(self.count), key=lambda number: (self.built.rank[number], self.place(number)))

    @cached_property
    def tiers(self) -> list[list[int]]:
        """The places of each tier, the first tier first, each in the order of their ranks."""
        held = sorted({int(tier) for tier in self.doubted.tier})
        return [[number for number in self.order if int(self.doubted.tier[number]) == tier] for tier in held]

    def tier(self, number: int) -> int:
        """The tier of a place, counted from 1."""
        return next(at for at, tier in enumerate(self.tiers, start=1) if number in tier)

    def place(self, number: int) -> str:
        """A ranked place by its name."""
        return self.named(self.built.places[number])

    def named(self, place: str, else_named: str | None = None) -> str:
        """A place by its id as the city calls it, else as its table does."""
        if found := self.session.definitions.place.get(place):
            return self.session.say(found.name)
        known = dict(zip(self.built.places, self.built.figures.names, strict=True))
        return known.get(place, else_named or place)

    def rank(self, number: int) -> int:
        return int(self.built.rank[number])

    def ranked(self, number: int) -> str:
        """Its rank in words: 7th."""
        return ordinal(self.rank(number), self.locale)

    def between(self, number: int) -> tuple[int, int]:
        """The best and the worst rank of a place's interval: never narrower than what was found."""
        return floor(self.doubted.rank_low[number] + SLACK), ceil(self.doubted.rank_high[number] - SLACK)

    @cached_property
    def parts(self) -> list[str]:
        """The names of what the index is put together from, in the order of its file."""
        return list(self.recipe.top.of)

    def values(self, part: str) -> Numbers:
        """What a part is worth in each place, as the score is written; NaN where it is missing."""
        if part in self.built.parts:
            return np.asarray(self.built.parts[part], dtype=float)
        return np.asarray(self.built.steps["normalised"][:, self.column(part)], dtype=float)

    def label(self, name: str) -> str:
        """A part or an indicator as people read it."""
        level = next((level for level in self.recipe.levels if level.name == name), None)
        if level is not None:
            return self.session.say(level.label) if level.label else name
        one = self.ingredient(name)
        if one.label:
            return self.session.say(one.label)
        return self.session.say(self.session.indicator(str(one.indicator)).name) if self._measured(one) else one.column or name

    def unit(self, name: str) -> str:
        """What an indicator is counted in before it is divided; "" where nobody said."""
        one = self.ingredient(name)
        return self.session.say(one.unit) if one.unit else ""

    def ingredient(self, name: str) -> Ingredient:
        return next(one for one in self.recipe.indicators if one.name == name)

    def column(self, name: str) -> int:
        """Where an indicator stands among those of the index."""
        return self.recipe.names.index(name)

    def _measured(self, one: Ingredient) -> bool:
        return one.indicator is not None and one.indicator in self.session.measured


def near(shown: Shown, most: int) -> Sequence[int]:
    """The places in the order of their ranks: all, or of more than so many those around the reader's own, else the first."""
    if shown.count <= most:
        return shown.order
    middle = shown.order.index(shown.own) if shown.own is not None else 0
    first = min(max(middle - most // 2, 0), shown.count - most)
    return shown.order[first : first + most]
