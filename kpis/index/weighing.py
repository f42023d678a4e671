"""What each part of a level weighs; the weights of a level sum to 1.

Principal components: the squared loadings on the first component of the correlations between the parts sum to 1 (OECD/JRC handbook,
step 6: parts that vary together share what they say). Budget allocation: each part's share of the points that people gave out.
"""

import numpy as np

from data.problems import N_, Problem
from kpis.index.figures import Numbers
from kpis.index.reading import Written
from kpis.index.recipe import Budget, Level, Recipe


def weights(level: Level, recipe: Recipe, values: Numbers) -> dict[str, float]:
    """By the name of each part. `values` are places by parts of the level; PCA alone reads them, at the places that have all parts."""
    if level.weights == "pca":
        loadings = first_component(values)
        return _shares(level, loadings**2)
    if isinstance(level.weights, Budget):
        return _shares(level, np.array([level.weights.budget[name] for name in level.of]))
    if isinstance(level.weights, dict):
        return _shares(level, np.array([level.weights[name] for name in level.of]))
    own = {one.name: one.weight for one in recipe.indicators}
    return _shares(level, np.array([own.get(name, 1.0) for name in level.of]))


def first_component(values: Numbers) -> Numbers:
    """Loadings of the parts (a unit vector) on the first principal component; they lean towards more of most parts."""
    whole = values[np.isfinite(values).all(axis=1)]
    if values.shape[1] == 1:
        return np.ones(1)
    _, vectors = np.linalg.eigh(np.corrcoef(whole, rowvar=False))
    loadings = vectors[:, -1]
    return loadings * (np.sign(loadings.sum()) or 1.0)


def pca_refusal(level: Level, place: int, values: Numbers, written: Written) -> Problem | None:
    """Why principal components cannot weigh this level, if they cannot."""
    whole = values[np.isfinite(values).all(axis=1)]
    least = values.shape[1] + 1
    if len(whole) < least:
        hint = N_("fill in what is missing, or weigh its parts otherwise")
        told = {"level": level.name, "count": len(whole), "least": least}
        message = N_("principal components of {level} need {least} places that have all its parts, and {count} do")
        return written.problem(f"levels.{place}.weights", message, hint, **told)
    if same := [name for name, column in zip(level.of, whole.T, strict=True) if np.ptp(column) == 0]:
        hint = N_("remove it, or weigh the parts of the level otherwise")
        message = N_("{name} is the same everywhere: it varies with nothing")
        return written.problem(f"levels.{place}.weights", message, hint, name=same[0])
    return None


def pca_flags(level: Level, place: int, values: Numbers, written: Written) -> list[Problem]:
    """Parts that vary against the others: their weight rewards what the rest of the level counts against a place."""
    return [
        written.problem(
            f"levels.{place}.weights",
            N_("{name} varies against the other parts of {level}: its weight does not say that it matters as they do"),
            N_("see whether its direction is right, or weigh the parts of the level otherwise"),
            name=name, level=level.name,
        )
        for name, loading in zip(level.of, first_component(values), strict=True)
        if loading < 0
    ]  # fmt: skip


def _shares(level: Level, points: Numbers) -> dict[str, float]:
    return dict(zip(level.of, (points / points.sum()).tolist(), strict=True))
