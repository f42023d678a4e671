"""The figures of the city's districts: parts that add up to the city exactly, or each with its own."""

from collections.abc import Iterator, Sequence

import numpy as np

from data.demo.recipe import MONTHS, Recipe, place_in_time
from data.demo.series import Series, ratio, residents, strays, wander
from data.demo.story import RISE, RISE_BEGINS
from data.places import Place

DIFFER = 0.16
"""How far districts usually differ for their size, as a share."""
MONTHLY = 0.04
"""How far a district usually strays in a month, as a share."""


def district_series(recipe: Recipe, city: Series, districts: Sequence[Place]) -> Iterator[Series]:
    """One series for each district, none where the recipe gives them none."""
    if recipe.districts == "alike":
        yield from _alike(city, districts)
    elif recipe.districts == "parts" and city.numerator is not None and city.denominator is not None:
        yield from _ratios(recipe, city, city.numerator, city.denominator, districts)
    elif recipe.districts == "parts":
        parts = (_built if recipe.stock else split)(city.value, _weights(city, districts), city.indicator.decimals)
        yield from (Series(district.id, city.indicator, part) for district, part in zip(districts, parts, strict=True))


def _alike(city: Series, districts: Sequence[Place]) -> Iterator[Series]:
    for district in districts:
        own = 1 + DIFFER * strays(city.indicator.id, district.id, "own", count=1) + MONTHLY * wander(2, city.indicator.id, district.id)
        yield Series(district.id, city.indicator, np.round(city.value * own, city.indicator.decimals))


def _ratios(recipe: Recipe, city: Series, above: np.ndarray, below: np.ndarray, districts: Sequence[Place]) -> Iterator[Series]:
    """Numerators and denominators are split. Of a share near its top it is the rest that is split, to stay below it."""
    if recipe.of == "residents":
        people = np.array([residents(district.population or 0) for district in districts])
        shares = people / people.sum(axis=0)
    else:
        shares = _weights(city, districts, "of")
    belows = split(below, shares)
    near_top = city.indicator.max is not None and above.mean() > below.mean() / 2
    parts = split(below - above if near_top else above, belows * _own(city, districts))
    aboves = belows - parts if near_top else parts
    for district, numerator, denominator in zip(districts, aboves, belows, strict=True):
        yield ratio(recipe, district.id, city.indicator, numerator, denominator)


def _weights(city: Series, districts: Sequence[Place], *names: str) -> np.ndarray:
    people = np.array([district.population or 0 for district in districts], dtype=float)
    return people[:, None] * _own(city, districts, *names)


def _own(city: Series, districts: Sequence[Place], *names: str) -> np.ndarray:
    """What makes each district different, in each month."""
    indicator = city.indicator.id
    own = np.array([1 + DIFFER * strays(indicator, d.id, *names, "own", count=1) for d in districts]) * np.ones(MONTHS)
    own *= 1 + MONTHLY * np.array([wander(6, indicator, d.id, *names) for d in districts])
    if indicator == "robberies" and not names:
        for row, district in enumerate(districts):
            begins = place_in_time(RISE_BEGINS)
            own[row, begins:] *= np.linspace(1, RISE.get(district.id, 1.0), MONTHS - begins)
    return np.maximum(own, 0.2)


def split(total: np.ndarray, weights: np.ndarray, decimals: int = 0) -> np.ndarray:
    """Whole parts (of the last decimal) by weight, adding up to the total in each month."""
    upto = np.cumsum(weights / weights.sum(axis=0), axis=0)
    upto[-1] = 1
    return np.round(np.diff(np.rint(upto * np.rint(total * 10**decimals)), axis=0, prepend=0) / 10**decimals, decimals)


def _built(total: np.ndarray, weights: np.ndarray, decimals: int) -> np.ndarray:
    """The same of what was built and stays: only each month's addition is split."""
    return np.round(np.cumsum(split(np.diff(total, prepend=0), weights, decimals), axis=1), decimals)
