"""Indicators of different units made comparable, each so that more is better.

Formulas: OECD/JRC, Handbook on Constructing Composite Indicators (2008), step 5; goalposts as in the notes of the UNDP's Human
Development Report. What is missing stays missing. `values` are (…, places, indicators); what is reckoned of the places at hand (least,
most, mean) is reckoned anew for each leading index, so that draws may come in one call.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kpis.index.figures import Numbers
from kpis.index.ranking import upwards
from kpis.index.recipe import Ingredient, Normalise, Recipe

SHARES: tuple[Normalise, ...] = ("minmax", "percentile", "goalposts", "distance_to_target")
"""Those whose answer is a share, which `scale` writes as 1 or as 100; the others are counted in what they are."""
POSTED: tuple[Normalise, ...] = ("goalposts", "distance_to_target")
"""Those that are told two values."""


@dataclass(frozen=True, eq=False)
class Posts:
    """What an indicator is measured against, one number for each: whether less is better, and its two values or NaN."""

    lower: NDArray[np.bool_]
    low: Numbers
    high: Numbers

    @classmethod
    def of(cls, indicators: Sequence[Ingredient]) -> "Posts":
        """As the recipe writes them, in logarithms where it takes them."""
        low, high = (np.array([_post(one, key) for one in indicators]) for key in ("low", "high"))
        return cls(np.array([one.direction == "lower" for one in indicators], dtype=bool), low, high)


def normalised(values: Numbers, recipe: Recipe) -> Numbers:
    """All indicators as the recipe says, written on its scale, within its cap, and no lower than its floor."""
    found, told = np.empty(values.shape), logged(values, recipe.indicators)
    ways: list[Normalise] = [one.normalise for one in recipe.indicators]
    for how in dict.fromkeys(ways):
        columns = [place for place, way in enumerate(ways) if way == how]
        posts = Posts.of([recipe.indicators[place] for place in columns])
        found[..., columns] = WAYS[how](told[..., columns], posts) * (recipe.scale if how in SHARES else 1)
    return bounded(found, recipe)


def logged(values: Numbers, indicators: Sequence[Ingredient]) -> Numbers:
    """Logarithms of the indicators that take them; NaN where there is none."""
    columns = [place for place, one in enumerate(indicators) if one.log]
    if not columns:
        return values
    found = values.copy()
    with np.errstate(divide="ignore", invalid="ignore"):
        found[..., columns] = np.where(values[..., columns] > 0, np.log(values[..., columns]), np.nan)
    return found


def bounded(values: Numbers, recipe: Recipe) -> Numbers:
    """Within the cap and no lower than the floor, both on the scale that the values are written on."""
    found = values if recipe.cap is None else np.clip(values, *recipe.cap)
    return np.maximum(found, recipe.floor) if recipe.floor else found


def none(values: Numbers, posts: Posts) -> Numbers:
    """As it is; where less is better, its opposite."""
    return np.where(posts.lower, -values, values)


def minmax(values: Numbers, posts: Posts) -> Numbers:
    """(x - least) / (most - least) of the places at hand: 0 the worst of them, 1 the best."""
    least = np.fmin.reduce(values, axis=-2, keepdims=True)
    found = _ratio(values - least, np.fmax.reduce(values, axis=-2, keepdims=True) - least)
    return np.where(posts.lower, 1 - found, found)


def zscore(values: Numbers, posts: Posts) -> Numbers:
    """(x - mean) / standard deviation (of a sample: n - 1) of the places at hand."""
    known = np.isfinite(values)
    count = known.sum(axis=-2, keepdims=True)
    apart = np.where(known, values, 0)
    middle = _ratio(apart.sum(axis=-2, keepdims=True), count)
    apart = np.where(known, values - middle, 0)
    spread = np.sqrt(_ratio((apart**2).sum(axis=-2, keepdims=True), count - 1))
    return none(np.where(known, _ratio(apart, spread), np.nan), posts)


def rank(values: Numbers, posts: Posts) -> Numbers:
    """1 for the worst of the places at hand, n for the best; equal ones share the middle."""
    return np.swapaxes(upwards(np.swapaxes(none(values, posts), -1, -2)), -1, -2)


def percentile(values: Numbers, posts: Posts) -> Numbers:
    """The share of the other places at hand that it is above: (rank - 1) / (n - 1)."""
    return _ratio(rank(values, posts) - 1, np.isfinite(values).sum(axis=-2, keepdims=True) - 1)


def goalposts(values: Numbers, posts: Posts) -> Numbers:
    """(x - low) / (high - low), no less than 0 and no more than 1; where less is better, 1 less that."""
    found = np.clip(_ratio(values - posts.low, posts.high - posts.low), 0, 1)
    return np.where(posts.lower, 1 - found, found)


def distance_to_target(values: Numbers, posts: Posts) -> Numbers:
    """(x - worst) / (target - worst), whichever of the two is larger; beyond them only where the recipe has no cap."""
    return _ratio(values - posts.low, posts.high - posts.low)


def _ratio(part: Numbers, whole: Numbers) -> Numbers:
    """NaN where the whole is nothing: an indicator without variation tells no place from another."""
    part, whole = np.broadcast_arrays(part, whole)
    return np.divide(part, whole, out=np.full(part.shape, np.nan), where=whole != 0)


def _post(one: Ingredient, key: str) -> float:
    post = getattr(one, key)
    if post is None or (one.log and post <= 0):
        return float("nan")
    return float(np.log(post)) if one.log else float(post)


WAYS: Mapping[Normalise, Callable[[Numbers, Posts], Numbers]] = {
    "none": none,
    "minmax": minmax,
    "zscore": zscore,
    "rank": rank,
    "percentile": percentile,
    "goalposts": goalposts,
    "distance_to_target": distance_to_target,
}
