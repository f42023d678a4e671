"""The nodes of a plan as rows that know the row above them, so that whole levels are added up at once."""

from dataclasses import dataclass

import numpy as np
import polars as pl

Array = np.ndarray


@dataclass(frozen=True, eq=False)
class Forest:
    """Rows 0 to n - 1 are the nodes in their order; row n is the plan as a whole, above all that have nothing above them.

    up      the row above each row; of the plan, itself
    floors  the rows that lie equally deep, from the deepest up, without the plan's
    leaves  whether nothing lies below a row
    """

    up: Array
    floors: tuple[Array, ...]
    leaves: Array

    def sums(self, values: Array) -> Array:
        """Each row's own value and all below it; `values` has a row for each, and may have columns."""
        total = values.astype(float)
        for rows in self.floors:
            np.add.at(total, self.up[rows], total[rows])
        return total

    def lowest(self, values: Array) -> Array:
        """The least at or below each row; nan is no value."""
        return self._furthest(np.fmin, values)

    def highest(self, values: Array) -> Array:
        """The greatest at or below each row; nan is no value."""
        return self._furthest(np.fmax, values)

    def origins(self, marked: Array) -> Array:
        """The row that marks each: the topmost marked one at or above it; -1 where none is."""
        found = np.where(marked, np.arange(len(marked)), -1)
        for rows in reversed(self.floors):
            above = found[self.up[rows]]
            found[rows] = np.where(above >= 0, above, found[rows])
        return found

    def _furthest(self, choose: np.ufunc, values: Array) -> Array:
        found = values.astype(float)
        for rows in self.floors:
            choose.at(found, self.up[rows], found[rows])
        return found


def forest(nodes: pl.DataFrame) -> Forest:
    """The rows of `Tree.nodes`, which name each other by `id` and `parent`. Raises ValueError where one is part of itself."""
    count = nodes.height
    above = nodes.select("parent").join(
        nodes.select("id").with_row_index("row"), left_on="parent", right_on="id", how="left", maintain_order="left"
    )
    up = np.append(above["row"].fill_null(count).to_numpy().astype(np.int64), count)
    depth = _depth(up)
    floors = tuple(np.flatnonzero(depth == number) for number in range(depth.max(initial=0), 0, -1))
    leaves = np.ones(count + 1, dtype=bool)
    leaves[up] = False
    return Forest(up, floors, leaves)


def _depth(up: Array) -> Array:
    """How many rows lie above each: what is moved elsewhere by a decision keeps the name of its level."""
    top = len(up) - 1
    depth, at = np.zeros(len(up), dtype=np.int64), np.arange(len(up))
    while (below := at != top).any():
        depth += below
        at = up[at]
        if depth.max() > top:
            raise ValueError("a node is part of itself")
    return depth
