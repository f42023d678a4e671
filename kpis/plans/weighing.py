"""How children add up to what they are part of: sum(w * min(child, 100)) / sum(w), level by level from the actions up.

What is cancelled or left out does not count. Weights need not add up to anything: the sum divides them.
"""

from dataclasses import dataclass

import numpy as np

from kpis.plans.forest import Array, Forest

FULL = 100.0
"""No child counts as more than this, so that one that is over-fulfilled hides no other."""


@dataclass(frozen=True)
class Weights:
    """What each row weighs in the row above it: `given`, and for a parent, where `adds`, what lies below it besides."""

    given: Array
    adds: bool


@dataclass(frozen=True)
class Rolled:
    """By row: its value (nan: nothing known), its share of the row above in percent (0: it does not count), how many actions say it."""

    values: Array
    shares: Array
    known: Array


def equal(trees: Forest) -> Weights:
    """Every action weighs the same, wherever it lies: a plan's figure is the plain mean over its actions."""
    return Weights(trees.leaves.astype(float), adds=True)


def of_actions(trees: Forest, amounts: Array) -> Weights:
    """Every action weighs what it reaches, such as people; nan weighs nothing."""
    return Weights(np.where(trees.leaves, np.nan_to_num(amounts), 0.0), adds=True)


def of_all(amounts: Array) -> Weights:
    """Every row weighs its own amount and what lies below, such as money."""
    return Weights(np.nan_to_num(amounts), adds=True)


def by_hand(weights: Array) -> Weights:
    """Every row weighs in its group what somebody gave it; nan weighs nothing."""
    return Weights(np.nan_to_num(weights), adds=False)


def rolled(trees: Forest, counted: Array, values: Array, weights: Weights) -> Rolled:
    """The values of actions, nan where unknown, brought up to every row.

    Where nothing in a group weighs anything, its actions count equally.
    """
    value = np.where(trees.leaves, np.minimum(values, FULL), np.nan)
    known = (trees.leaves & counted & ~np.isnan(value)).astype(float)
    weight = np.where(trees.leaves & (known == 0), 0.0, weights.given)
    heavy, light = np.zeros((len(value), 2)), np.zeros(len(value))  # sums of weight * value and weight; of the plain values
    whole = np.array([len(value) - 1])
    for rows in (*trees.floors, whole):
        inner = rows[~trees.leaves[rows]]
        value[inner] = _mean(heavy[inner], light[inner], known[inner])
        weight[inner] = np.where(known[inner] > 0, weight[inner] + (heavy[inner, 1] if weights.adds else 0.0), 0.0)
        if rows is not whole:
            telling = rows[known[rows] > 0]
            up, products = trees.up[telling], weight[telling] * value[telling]
            np.add.at(heavy, up, np.column_stack([products, weight[telling]]))
            np.add.at(light, up, known[telling] * value[telling])
            np.add.at(known, up, known[telling])
    return Rolled(value, _shares(trees, weight, heavy[:, 1], known), known)


def _mean(heavy: Array, light: Array, known: Array) -> Array:
    weighed = np.divide(heavy[:, 0], heavy[:, 1], out=np.full(len(light), np.nan), where=heavy[:, 1] > 0)
    plain = np.divide(light, known, out=np.full(len(light), np.nan), where=known > 0)
    return np.where(np.isnan(weighed), plain, weighed)


def _shares(trees: Forest, weight: Array, below: Array, known: Array) -> Array:
    """Of the row above; the plan as a whole is all of itself."""
    above = below[trees.up] > 0
    part, total = np.where(above, weight, known), np.where(above, below[trees.up], known[trees.up])
    part[-1] = total[-1] = 1.0
    return FULL * np.divide(part, total, out=np.zeros(len(part)), where=total > 0)
