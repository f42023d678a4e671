"""What an index is reckoned from: places by columns, whether they came from a table or from the home's figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from data.problems import Problem

Numbers = NDArray[np.float64]
Marks = NDArray[np.bool_]
Ranks = NDArray[np.floating]
"""Of many draws, kept in half the room."""


@dataclass(frozen=True, eq=False)
class Figures:
    """`values` are places by indicators of the recipe, in its order, NaN where missing; `denominators` the same shape, 1 where none.

    `names` are the places as people read them; `groups` hold for a column (or trait) what each place says there, in the same order;
    `periods` the period of each value, places by indicators, "" where unknown; `rows` each place's line in its table, 0 without one;
    `losses` per cent of a normalised value that are lost within the place, the same shape, None where no indicator has any;
    `notes` what a reader must know of them, such as that one is of another period than the others.
    """

    places: tuple[str, ...]
    names: tuple[str, ...]
    values: Numbers
    denominators: Numbers
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    periods: tuple[tuple[str, ...], ...] = ()
    rows: tuple[int, ...] = ()
    losses: Numbers | None = None
    notes: tuple[Problem, ...] = ()

    def only(self, kept: Sequence[int]) -> "Figures":
        """The same of some places alone, by number."""

        def some(all_of_them: tuple) -> tuple:
            return tuple(all_of_them[place] for place in kept) if all_of_them else ()

        return replace(
            self,
            places=some(self.places),
            names=some(self.names),
            values=self.values[list(kept)],
            denominators=self.denominators[list(kept)],
            groups={name: some(said) for name, said in self.groups.items()},
            periods=some(self.periods),
            rows=some(self.rows),
            losses=None if self.losses is None else self.losses[list(kept)],
        )
