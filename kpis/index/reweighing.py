"""What an index would say with other weights for its parts: every place at once, from the parts that are reckoned already."""

from collections.abc import Mapping

import numpy as np

from kpis.index.built import Built
from kpis.index.combining import combined
from kpis.index.figures import Numbers
from kpis.index.levels import members
from kpis.index.ranking import ranks, rounded


def in_force(built: Built) -> dict[str, float]:
    """The weights of what the index is put together from, summing to 1."""
    top = built.recipe.top
    return {part: built.weights[top.name][part] for part in top.of}


def reweighted(built: Built, weights: Mapping[str, float]) -> tuple[Numbers, Numbers]:
    """Score and rank of every place with these weights, which need not sum to 1; all of them 0 stand for equal ones."""
    top = built.recipe.top
    asked = np.array([weights[part] for part in top.of], dtype=float)
    shares = asked / asked.sum() if asked.sum() > 0 else np.full(len(asked), 1 / len(asked))
    score = combined(members(top, built.recipe, built.steps["normalised"], built.parts), shares, top.combine)
    score = rounded(score, built.recipe.round)
    return score, ranks(score)
