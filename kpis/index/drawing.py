"""The draws of an index's doubt: which choice is taken in each, and what each weight and each measurement is.

Numbers come from streams of their own (NumPy's PCG64, seeded by the recipe), so that what is drawn depends neither on the machine nor on
how many draws are reckoned at a time, and the first thousand draws stay the same where more are asked for.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kpis.index.built import Built
from kpis.index.choices import Choices
from kpis.index.figures import Numbers

Counts = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Draws:
    """Some draws. `kind` (draws, 3) numbers the options of normalisation, combination and imputation, `out` (draws) what is left out.

    `weights` holds for each level (draws, members), of which each row sums to 1, or to 0 where all that it is made of is left out. `luck`
    (draws, places, indicators with an error) is in standard errors, normal and independent; None where no error is declared.
    """

    kind: Counts
    out: Counts
    weights: dict[str, Numbers]
    luck: Numbers | None

    def of(self, rows: Counts) -> "Draws":
        """Some of them, by number."""
        weights = {name: weight[rows] for name, weight in self.weights.items()}
        return Draws(self.kind[rows], self.out[rows], weights, None if self.luck is None else self.luck[rows])


def draws(built: Built, count: int, at_a_time: int) -> Iterator[Draws]:
    """All of them, in slices of so many."""
    options = Choices.of(built.recipe)
    kinds = (len(options.normalise), len(options.combine), len(options.missing), len(options.out))
    choosing, weighing, measuring = (np.random.default_rng(one) for one in np.random.SeedSequence(built.recipe.doubt.seed).spawn(3))
    for begin in range(0, count, at_a_time):
        some = min(at_a_time, count - begin)
        taken = chosen(choosing.random((some, len(kinds))), kinds)
        nudges = weighing.uniform(-1, 1, (some, nudged(built)))
        yield Draws(taken[:, :3], taken[:, 3], weights(built, options, taken[:, 3], nudges), luck(built, measuring, some))


def as_written(built: Built, count: int, out: Sequence[str] = ()) -> Draws:
    """So many draws in which nothing is chosen otherwise; `out` names for each what it leaves out."""
    gone = np.array(out, dtype=object)[:, None] if out else np.full((count, 1), None)
    weights = dict[str, Numbers]()
    for level in built.recipe.levels:
        given = np.array([built.weights[level.name][name] for name in level.of])
        weights[level.name] = summing(np.where(gone == np.array(level.of, dtype=object), 0.0, given))
    return Draws(np.zeros((count, 3), dtype=np.int64), np.zeros(count, dtype=np.int64), weights, None)


def chosen(where: Numbers, kinds: tuple[int, ...]) -> Counts:
    """The number of an option, each with the same chance, for places between 0 and 1: (draws, choices)."""
    return np.minimum(np.floor(where * kinds), np.array(kinds) - 1).astype(np.int64)


def nudged(built: Built) -> int:
    """How many weights there are to be drawn."""
    return sum(len(level.of) for level in built.recipe.levels)


def weights(built: Built, options: Choices, out: Counts, nudges: Numbers) -> dict[str, Numbers]:
    """Each level's weights in force, times 1 + `doubt.weights` · nudge (-1 to 1), without what is left out, so that they sum to 1 again."""
    found, begin = dict[str, Numbers](), 0
    gone = np.array(options.out, dtype=object)[out]
    for level in built.recipe.levels:
        given = np.array([built.weights[level.name][name] for name in level.of])
        drawn = given * (1 + built.recipe.doubt.weights * nudges[:, begin : begin + len(given)])
        found[level.name] = summing(np.where(gone[:, None] == np.array(level.of, dtype=object), 0.0, drawn))
        begin += len(given)
    return found


def summing(weight: Numbers) -> Numbers:
    """Each row to 1; a row of nothing stays nothing."""
    total = weight.sum(axis=1, keepdims=True)
    return np.divide(weight, total, out=np.zeros(weight.shape), where=total > 0)


def uncertain(built: Built) -> Counts:
    """The numbers of the indicators that are measured with an error."""
    return np.array([place for place, name in enumerate(built.recipe.names) if built.recipe.doubt.error.get(name)], dtype=np.int64)


def luck(built: Built, measuring: np.random.Generator, count: int) -> Numbers | None:
    """So many draws of what chance did to each measurement, in standard errors."""
    columns = len(uncertain(built))
    return measuring.standard_normal((count, len(built.places), columns)) if columns else None
