"""Made indices whose true scores are known: how often the intervals of scores hold them, where errors of measurement are the only doubt."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from data.yaml_file import Document
from kpis.index.building import build
from kpis.index.built import Built
from kpis.index.doubting import doubted
from kpis.index.figures import Figures, Marks, Numbers
from kpis.index.reading import Written
from kpis.index.recipe import Recipe

PLACES, INDICATORS, DRAWS = 24, 6, 400
COVERED = (0.87, 0.93)
"""Between which shares of the 90% intervals hold the true score."""


@dataclass(frozen=True)
class Form:
    """How an index is made, and how large the error is beside the spread of the true values."""

    name: str
    normalise: str
    combine: str = "arithmetic"
    error: float = 0.1
    floor: float = 0


FORMS = (
    Form("goalposts", "goalposts"),
    Form("goalposts, larger error", "goalposts", error=0.3),
    Form("min-max", "minmax"),
    Form("min-max, larger error", "minmax", error=0.3),
    Form("z-scores", "zscore"),
    Form("z-scores, larger error", "zscore", error=0.3),
    Form("goalposts, geometric", "goalposts", "geometric"),
    Form("min-max, geometric", "minmax", "geometric", floor=0.1),
)

FEW_TELL = tuple(form for form in FORMS if form.normalise != "minmax" or form.error < 0.3)
"""Those so far inside the bounds that twenty cases tell; the other one is held to them by a thousand."""


def covered(form: Form, cases: range) -> float:
    """The share of intervals that hold the true score, over all places of the cases (seeds)."""
    return float(np.mean([_holds(form, seed) for seed in cases]))


def _holds(form: Form, seed: int) -> Marks:
    """Of each place of one case: places are good at much or at little, and what is measured differs from what is true by chance."""
    chance = np.random.default_rng(seed)
    true = 50 + 10 * (0.6 * chance.normal(size=(PLACES, 1)) + 0.8 * chance.normal(size=(PLACES, INDICATORS)))
    errors = form.error * true.std(axis=0)
    measured = true + errors * chance.normal(size=true.shape)
    recipe = _recipe(form, errors.tolist(), seed)
    found = doubted(_built(recipe, measured))
    truth = _built(recipe, true).score
    return (found.score_low <= truth) & (truth <= found.score_high)


def _recipe(form: Form, errors: list[float], seed: int) -> Recipe:
    names = [f"i{column}" for column in range(INDICATORS)]
    posts: dict[str, Any] = {"low": 10, "high": 90} if form.normalise == "goalposts" else {}
    return Recipe.model_validate(
        {
            "index": "made",
            "indicators": [{"name": name, "normalise": form.normalise, **posts} for name in names],
            "levels": [{"name": "whole", "of": tuple(names), "combine": form.combine}],
            "floor": form.floor,
            "doubt": {"draws": DRAWS, "error": dict(zip(names, errors, strict=True)), "seed": seed},
        }
    )


def _built(recipe: Recipe, values: Numbers) -> Built:
    names = tuple(f"p{place}" for place in range(len(values)))
    written = Written(recipe, Document("made.yaml", {}, {}), Path("made.yaml"))
    return build(written, Figures(names, names, values, np.ones(values.shape)))
