"""What drives a place's position: what each indicator adds to its score, or takes from it, beside the place in the middle of the ranks.

Contributions sum to the gap between the two scores, exactly, whatever the levels are combined by. Within one level, with weights w and
members a at one place and b at the other, the gap A - B of the level is the sum of

    arithmetic   w (a - b)
    geometric    w (ln a - ln b) · L(A, B), where L is the logarithmic mean (A - B) / (ln A - ln B)
    harmonic     w (a - b) · A B / (a b)

each a multiple of a - b, so that it is handed down to the members of a lower level in the same proportion (the logarithmic mean Divisia
index of Ang and Liu, 2001). Comparisons by pairs have no such parts.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from kpis.index.built import Built
from kpis.index.combining import combined
from kpis.index.faults import MULTIPLIED
from kpis.index.figures import Numbers
from kpis.index.recipe import Combine

NEXT_TO_NOTHING = 1e-300
"""Stands for a zero where logarithms are taken: the gap still sums, and the zero has most of it."""

How = Literal["sums", "logarithms", "reciprocals", "none"]


@dataclass(frozen=True)
class Driver:
    """An indicator: what it is at the place and at the one in the middle, in its unit (after its denominator), and the points it makes."""

    name: str
    own: float
    median: float
    gap: float


@dataclass(frozen=True)
class Drivers:
    """`gap` is the score of the place less that of the place in the middle, `beside`; the gaps `of` the indicators and `missing` sum to it.

    The largest come first. `missing` is what comes of figures that one of the two lacks, whose weight the others carry. `how` says by
    what the score was taken apart; by `none`, of an index that compares by pairs, `of` is empty.
    """

    beside: str
    gap: float
    of: tuple[Driver, ...]
    missing: float
    how: How


def drivers(built: Built, own: str) -> Drivers:
    """The drivers of the place with this id. Raises ValueError where it is not ranked."""
    place, middle = built.places.index(own), _middle(built)
    score = built.parts[built.recipe.top.name]
    gap, how = float(score[place] - score[middle]), _how(built)
    if how == "none":
        return Drivers(built.places[middle], gap, (), 0.0, how)
    found = dict.fromkeys(built.recipe.names, 0.0)
    _hand_down(built, built.recipe.top.name, (place, middle), 1.0, found)
    shown = built.steps["denominated"]
    pairs = shown[[place, middle]].T.tolist()
    each = [Driver(name, theirs, others, found[name]) for name, (theirs, others) in zip(found, pairs, strict=True)]
    missing = gap - sum(found.values()) if _lacks(built, place, middle) else 0.0
    return Drivers(built.places[middle], gap, tuple(sorted(each, key=lambda one: -abs(one.gap))), missing, how)


def _middle(built: Built) -> int:
    """The place in the middle of the ranks; of an even number, the better of the two."""
    order = np.lexsort((np.arange(len(built.rank)), built.rank))
    return int(order[(len(order) - 1) // 2])


def _how(built: Built) -> How:
    used = {level.combine for level in built.recipe.levels}
    if "copeland" in used:
        return "none"
    if "geometric" in used:
        return "logarithms"
    return "reciprocals" if "harmonic" in used else "sums"


def _hand_down(built: Built, name: str, two: tuple[int, int], times: float, found: dict[str, float]) -> None:
    """Adds what each indicator below a level makes of the level's gap, `times` over."""
    level = next(level for level in built.recipe.levels if level.name == name)
    whole = built.parts[name][list(two)]
    values = {part: _values(built, part)[list(two)] for part in level.of}
    given = _weights(built.weights[name], values)
    if level.combine in MULTIPLIED and not whole.all():
        values = {part: np.maximum(pair, NEXT_TO_NOTHING) for part, pair in values.items()}
        whole = combined(np.column_stack(list(values.values())), np.array(list(given.values())), level.combine)
    for part, pair in values.items():
        share = times * given[part] * MULTIPLES[level.combine](*whole.tolist(), *pair.tolist()) if np.isfinite(pair).all() else 0.0
        if part in found:
            found[part] += share * float(pair[0] - pair[1]) if share else 0.0
        elif share:
            _hand_down(built, part, two, share, found)


def _values(built: Built, part: str) -> Numbers:
    return built.parts[part] if part in built.parts else built.steps["normalised"][:, built.recipe.names.index(part)]


def _weights(weights: Mapping[str, float], values: Mapping[str, Numbers]) -> dict[str, float]:
    """Each part's weight, the mean of what it weighs at the two places, among the parts that each has."""
    known = np.array([np.isfinite(pair) for pair in values.values()])
    given = np.array([weights[part] for part in values])[:, None] * known
    return dict(zip(values, (given / given.sum(axis=0)).mean(axis=1).tolist(), strict=True))


def _lacks(built: Built, place: int, middle: int) -> bool:
    return bool(np.isnan(built.steps["normalised"][[place, middle]]).any())


def _arithmetic(_whole: float, _other: float, _own: float, _theirs: float) -> float:
    return 1.0


def _geometric(whole: float, other: float, own: float, theirs: float) -> float:
    below = _logarithmic_mean(own, theirs)
    return _logarithmic_mean(whole, other) / below if below else 0.0


def _harmonic(whole: float, other: float, own: float, theirs: float) -> float:
    return whole * other / (own * theirs) if own and theirs else 0.0


def _logarithmic_mean(one: float, other: float) -> float:
    if one <= 0 or other <= 0:
        return 0.0
    return one if np.isclose(one, other, rtol=1e-12, atol=0) else (one - other) / float(np.log(one) - np.log(other))


MULTIPLES: Mapping[Combine, Callable[[float, float, float, float], float]] = {
    "arithmetic": _arithmetic,
    "geometric": _geometric,
    "harmonic": _harmonic,
}
"""By how much a member's own gap counts in that of its level, beside its weight: of the level at both places and the member at both."""
