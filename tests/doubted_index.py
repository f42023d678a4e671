"""A made index of twelve towns in three parts, some figures missing, with doubt over all that can be doubted."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

from kpis.index.built import Built
from kpis.index.figures import Numbers
from tests.index_tables import built

NAMES = ("parks", "trees", "jobs", "wages", "beds", "waiting")
PARTS = {"nature": ["parks", "trees"], "work": ["jobs", "wages"], "care": ["beds", "waiting"]}
DOUBT = {
    "weights": 0.25,
    "normalise": ["minmax", "zscore", "percentile"],
    "combine": ["arithmetic", "geometric"],
    "missing": ["skip", "median"],
    "one_out": True,
}


def indicators(**changed: Any) -> list[dict[str, Any]]:
    """Six columns, one of them better low; `changed` goes into each."""
    return [{"name": name, "column": name, "direction": "lower" if name == "waiting" else "higher", **changed} for name in NAMES]


def levels(**changed: Any) -> list[dict[str, Any]]:
    """Three parts and the index."""
    lower = [{"name": name, "of": of, **changed} for name, of in PARTS.items()]
    return [*lower, {"name": "index", "of": list(PARTS), **changed}]


def table(places: int = 12, seed: int = 1, gaps: bool = True) -> str:
    """Towns that are good at much or at little, with three figures missing."""
    chance = np.random.default_rng(seed)
    good = chance.normal(size=(places, 1))
    values = 50 + 10 * (0.7 * good + 0.7 * chance.normal(size=(places, len(NAMES))))
    values[:, -1] = 100 - values[:, -1]
    rows = [[f"{value:.4f}" for value in row] for row in values.tolist()]
    if gaps:
        for place, column in ((1, 0), (4, 3), (7, 5)):
            rows[place][column] = ""
    return "\n".join([",".join(["town", *NAMES]), *(",".join([f"t{place}", *row]) for place, row in enumerate(rows))]) + "\n"


def made(folder: Path, places: int = 12, seed: int = 1, gaps: bool = True, **changed: Any) -> Built:
    """The index as it comes out; `changed` are keys of the recipe."""
    told = {"indicators": indicators(), "levels": levels(), "doubt": DOUBT, **changed}
    return built(folder, table=table(places, seed, gaps), **told)


def rows(values: Numbers, names: Iterable[str] = NAMES) -> str:
    """The table of such values, places by indicators."""
    told = [["" if np.isnan(value) else repr(value) for value in row] for row in values.tolist()]
    lines = (",".join([f"t{place}", *row]) for place, row in enumerate(told))
    return "\n".join([",".join(["town", *names]), *lines]) + "\n"
