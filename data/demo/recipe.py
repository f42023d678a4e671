"""What a recipe says: how one indicator of the invented city moves, and how its districts and peers differ from it."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np

from data.periods import Month

FIRST = Month(2020, 11)
MONTHS = 72
MANDATE_BEGINS = "2024-12"
"""The last month before the mandate: goals measure from here."""

# How a month of the year leans, January first. 1 is the usual high, -1 the usual low.
SEASONS: dict[str, tuple[float, ...]] = {
    "winter": (1, 0.8, 0.4, 0, -0.5, -0.8, -1, -1, -0.4, 0, 0.5, 1),
    "summer": (-0.8, -0.7, -0.3, 0, 0.2, 0.5, 0.9, 1, 0.6, 0.1, -0.5, -0.7),
    "school": (0.1, 0.2, 0.3, 0.2, 0.3, 0.2, -0.5, -1.3, 0.2, 0.4, 0.3, -0.4),
    "planting": (1, 0.9, 0.4, -0.5, -0.9, -0.95, -0.95, -0.95, -0.6, 0.3, 1.1, 1.3),
    "year_end": (-0.5, -0.3, 0, 0, 0, 0.2, 0.2, -0.4, 0, 0.1, 0.2, 1),
    "budget": (-0.95, -0.88, -0.8, -0.72, -0.64, -0.54, -0.45, -0.4, -0.32, -0.23, -0.13, 0),
}


@dataclass(frozen=True)
class Recipe:
    """How an indicator moves. Shares are of the room it has: the value itself or, nearer, the way to its greatest value."""

    path: dict[str, float]
    """The city's value by month, in straight lines from one to the next."""
    noise: float = 0.02
    """How far a month usually strays from the path, as a share."""
    memory: int = 2
    """Over how many months straying lasts; 12 for what is counted over twelve months."""
    season: str | None = None
    swing: float = 0.0
    """How far the season moves it, as a share."""
    spread: float = 0.15
    """How far other places usually differ, as a share."""
    of: float | Literal["residents", "answers"] = 0
    """What a ratio is a share of: the city's usual denominator, its residents, or the answers to a survey."""
    of_noise: float = 0.03
    per: float = 100
    sized: bool = False
    """A larger place has more of it. Flows always are."""
    districts: Literal["no", "parts", "alike"] = "no"
    """Whether districts have it: as parts that add up to the city, or each with its own, about alike."""
    late: int = 0
    """After how many more months than the usual one a value arrives."""
    stock: bool = False
    """It stays as it is from one point of the path to the next, instead of moving in a line."""


def line(start: float, mandate: float, end: float) -> dict[str, float]:
    """A path through the first month, the last one before the mandate, and the last of all."""
    return {str(FIRST): start, MANDATE_BEGINS: mandate, str(FIRST.plus(MONTHS - 1)): end}


def place_in_time(month: str) -> int:
    """The number of a month, the first of the demo being 0."""
    found = Month.parse(month)
    return (found.year - FIRST.year) * 12 + found.number - FIRST.number


def level(recipe: Recipe) -> np.ndarray:
    """The path's value in each month."""
    at, values = [place_in_time(month) for month in recipe.path], list(recipe.path.values())
    if not recipe.stock:
        return np.interp(np.arange(MONTHS), at, values)
    lengths = [after - before for before, after in pairwise([*at, MONTHS])]
    return np.repeat(values, lengths).astype(float)


def season(recipe: Recipe) -> np.ndarray:
    """What the season adds in each month, as a share."""
    if recipe.season is None:
        return np.zeros(MONTHS)
    months = [FIRST.plus(i).number - 1 for i in range(MONTHS)]
    return recipe.swing * np.array(SEASONS[recipe.season])[months]
