"""The true figures of one city, month by month, from a recipe and from chance that is the same every time."""

from dataclasses import dataclass
from hashlib import sha256

import numpy as np

from data.demo.recipe import MONTHS, Recipe, level, place_in_time, season
from data.demo.story import CITY, STORM, STORM_EFFECTS
from data.indicators import Indicator
from data.places import Place
from data.segments import TOTAL

RESIDENTS_BEFORE = 0.985
"""Residents in the first month, as a share of those in the last."""
ANSWERS = 1200
FARTHEST = 2.2
"""No other city differs by more than this many times the usual."""


@dataclass(frozen=True)
class Series:
    """One indicator of one place, or of a part of its people, in each of the demo's months.

    Only a ratio has a numerator and a denominator.
    """

    place: str
    indicator: Indicator
    value: np.ndarray
    numerator: np.ndarray | None = None
    denominator: np.ndarray | None = None
    segment: str = TOTAL


def chance(*names: str, count: int = MONTHS) -> np.ndarray:
    """Numbers between 0 and 1 that belong to these names, on any machine."""
    seed = int.from_bytes(sha256("/".join(names).encode()).digest()[:8])
    return np.random.Generator(np.random.PCG64(seed)).random(count)


def strays(*names: str, count: int = MONTHS) -> np.ndarray:
    """Bell-shaped numbers around 0, usually within 1: twelve chances added up, which every machine adds alike."""
    return chance(*names, count=count * 12).reshape(count, 12).sum(axis=1) - 6


def wander(memory: int, *names: str) -> np.ndarray:
    """Strays that last for some months."""
    return np.convolve(strays(*names, count=MONTHS + memory - 1), np.ones(memory) / memory**0.5, "valid")


def city_series(recipe: Recipe, indicator: Indicator, place: Place, city: Place) -> Series:
    """The figures of Villa Quimera (`city`) or of a city to compare it with."""
    names = (indicator.id, place.id)
    size = (place.population or 0) / (city.population or 1)
    path = level(recipe) if place.id == CITY else _elsewhere(recipe, indicator, *names)
    value = path + _room(path, indicator) * (season(recipe) + recipe.noise * wander(recipe.memory, *names))
    if place.id == CITY:
        value = value * (1 + _storm(indicator.id))
    if recipe.sized or indicator.kind == "flow":
        value = value * size
    value = np.clip(value, indicator.min, indicator.max)
    if indicator.kind != "ratio":
        return Series(place.id, indicator, np.round(value, indicator.decimals))
    below = _denominator(recipe, place, size, *names)
    return ratio(recipe, place.id, indicator, np.rint(value / recipe.per * below), below)


def ratio(recipe: Recipe, place: str, indicator: Indicator, above: np.ndarray, below: np.ndarray) -> Series:
    """A ratio computed from its two parts."""
    return Series(place, indicator, np.round(recipe.per * above / below, indicator.decimals), above, below)


def residents(population: int) -> np.ndarray:
    """The residents of each month."""
    return np.rint(population * np.linspace(RESIDENTS_BEFORE, 1, MONTHS))


def _elsewhere(recipe: Recipe, indicator: Indicator, *names: str) -> np.ndarray:
    """Another city starts higher or lower, and goes half of Villa Quimera's way, more or less."""
    start, *_, end = recipe.path.values()
    apart, way = np.clip(strays(*names, "apart", count=2), -FARTHEST, FARTHEST)
    room = _room(np.array([start]), indicator)[0]
    gone = np.linspace(0, 1, MONTHS) * (0.5 * (end - start) + 0.4 * recipe.spread * room * way)
    return start + room * recipe.spread * apart + gone


def _room(value: np.ndarray, indicator: Indicator) -> np.ndarray:
    """How far a value can move: to zero or, nearer, to the greatest it can be."""
    return value if indicator.max is None else np.minimum(value, indicator.max - value)


def _storm(indicator: str) -> np.ndarray:
    felt = np.zeros(MONTHS)
    for month, share in STORM.items():
        felt[place_in_time(month)] = share * STORM_EFFECTS.get(indicator, 0.0)
    return felt


def _denominator(recipe: Recipe, place: Place, size: float, *names: str) -> np.ndarray:
    if recipe.of == "residents":
        return residents(place.population or 0)
    usual = ANSWERS if recipe.of == "answers" else recipe.of * size
    return np.maximum(np.rint(usual * (1 + recipe.of_noise * wander(2, *names, "of"))), 1)
