"""The fifteen nearest of a place among 10,000 by 40 variables, with their reasons and what leaving out each variable would change.

    python -m tests.bench.bench_neighbours

Beside them one matrix product of the places with themselves, which is what the distances of all pairs begin with; it was promised that
neighbours take under a second. By z-scores, and by Gower's measure with a category and a tenth of the values missing.
"""

import sys
import time

import numpy as np

from kpis.peers.choosing import nearest_in
from kpis.peers.context import Context, Variable
from tests.bench.figure import Figure, in_turns, table

PLACES, VARIABLES = 10_000, 40
RUNS = 5


def measure() -> list[Figure]:
    """Both measures beside the product."""
    values = np.random.default_rng(1).normal(size=(PLACES, VARIABLES))
    figures = []
    for name, found in (("z-scores", _context(values)), ("Gower's measure", _mixed(values))):

        def ours(found: Context = found) -> object:
            return nearest_in(found, "p0")

        began = time.process_time()
        ours()
        print(f"15 nearest of 10,000 places by 40 variables, {name}: {time.process_time() - began:.2f} s of CPU", file=sys.stderr)
        ours_ms, product_ms = in_turns(ours, lambda: values @ values.T, runs=RUNS, warm_up=1)
        title = f"15 nearest of 10,000 places by 40 variables, {name}, beside one matrix product"
        figures.append(Figure(title, ours_ms, product_ms, 1.0))
    return figures


def _context(values: np.ndarray, category: int | None = None) -> Context:
    variables = tuple(
        Variable(f"v{number}", f"V{number}", category=number == category, categories=tuple("abcd")) for number in range(VARIABLES)
    )
    return Context(tuple(f"p{number}" for number in range(len(values))), variables, values)


def _mixed(values: np.ndarray) -> Context:
    chance = np.random.default_rng(2)
    mixed = np.where(chance.random(values.shape) < 0.1, np.nan, values)
    mixed[:, 0] = chance.integers(0, 4, len(values))
    return _context(mixed, 0)


if __name__ == "__main__":
    print(table(measure()))
