"""The figures of women and men and of ages, of the few indicators that the city counts apart; parts add up to the city exactly."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from data.demo.districts import split
from data.demo.recipe import MONTHS, Recipe
from data.demo.series import Series, ratio, wander
from data.segments import written

PARTS: dict[str, dict[str, dict[str, tuple[float, float]]]] = {
    "unemployment": {
        "sex": {"women": (0.47, 1.16), "men": (0.53, 0.86)},
        "age": {"16-29": (0.19, 1.8), "30-44": (0.4, 0.84), "45-64": (0.41, 0.79)},
    },
    "library_visits": {
        "age": {"0-14": (0.29, 1), "15-29": (0.25, 1), "30-64": (0.29, 1), "65+": (0.17, 1)},
    },
}
"""Of each part, its share of the people or visits, and how high its rate is beside the city's."""
MONTHLY = 0.012
"""How far a part usually strays in a month, as a share."""


def part_series(recipe: Recipe, city: Series) -> Iterator[Series]:
    """One series for each part of each dimension."""
    for dimension, parts in PARTS.get(city.indicator.id, {}).items():
        shares = np.array([share for share, _rate in parts.values()])[:, None] * np.ones(MONTHS)
        rates = np.array([[rate] for _share, rate in parts.values()]) * _own(city, dimension, list(parts))
        for part, series in zip(parts, _split(recipe, city, shares, rates), strict=True):
            yield replace(series, segment=written({dimension: part}))


def _own(city: Series, dimension: str, parts: list[str]) -> np.ndarray:
    return 1 + MONTHLY * np.array([wander(6, city.indicator.id, dimension, part) for part in parts])


def _split(recipe: Recipe, city: Series, shares: np.ndarray, rates: np.ndarray) -> Iterator[Series]:
    if city.numerator is None or city.denominator is None:
        for values in split(city.value, shares * rates, city.indicator.decimals):
            yield Series(city.place, city.indicator, values)
        return
    belows = split(city.denominator, shares)
    for above, below in zip(split(city.numerator, belows * rates), belows, strict=True):
        yield ratio(recipe, city.place, city.indicator, above, below)
