"""Shares that add up to one, none below zero, chosen so that a mean of many comes nearest to one.

Minimises w'Gw - 2c'w over the simplex, exactly: an active set (Lawson and Hanson 1974, with the sum held to one) that begins at the best
single member. With hundreds of members, most of which take a share, projected gradients (Beck and Teboulle 2009) find first who they are.
"""

import numpy as np
from numpy.typing import NDArray

from kpis.impact.panel import Numbers

MANY = 100
"""Members from which on the active set is not begun at one of them."""
ROUNDS = 300
STILL = 1e-2
"""A search in which no share moves by more than this, of the usual one, has found who takes part."""
ROUNDING = 1e-14
EXACT = 1e-10
"""Of the largest figure in G and c: what is smaller counts as nothing."""


def nearest(gram: Numbers, crossed: Numbers, begun: Numbers | None = None) -> Numbers:
    """The shares, of which those that are nothing are 0: `gram` is G, n x n, positive semi-definite; `crossed` is c, n.

    `begun` are the shares of a problem much like this one, from which it is a shorter way.
    """
    largest = max(float(np.diag(gram).max()), float(np.abs(crossed).max()))
    if largest == 0:
        return np.full(len(crossed), 1 / len(crossed))  # Nothing moves, so that nobody is nearer than another.
    small = EXACT * largest
    gram = gram + small * np.eye(len(crossed))  # Two that are quite alike would leave the equations without an answer.
    shares = begun if begun is not None else _approached(gram, crossed) if len(crossed) > MANY else _best_member(gram, crossed)
    shares, inside = _settled(gram, crossed, shares, shares > 0)
    for _ in range(3 * len(crossed)):
        slope = gram[:, inside] @ shares[inside] - crossed
        waiting = np.where(inside, np.inf, slope - float(shares @ slope))
        entering = int(waiting.argmin())
        if waiting[entering] >= -small:
            break
        inside[entering] = True
        shares, inside = _settled(gram, crossed, shares, inside)
        if not inside[entering]:
            break  # Its gain was of the size of rounding.
    return shares


def _settled(gram: Numbers, crossed: Numbers, shares: Numbers, inside: NDArray[np.bool_]) -> tuple[Numbers, NDArray[np.bool_]]:
    """The best shares of those inside, some of whom leave on the way there because theirs would fall below zero."""
    inside = inside.copy()
    while True:
        wanted = _without_bounds(gram, crossed, inside)
        if (wanted[inside] > 0).all():
            return wanted, inside
        falling = inside & (wanted <= 0)
        step = (shares[falling] / (shares[falling] - wanted[falling])).min()
        shares = shares + step * (wanted - shares)
        leaving = falling & (shares <= ROUNDING)
        shares[leaving] = 0.0
        inside &= ~leaving


def _without_bounds(gram: Numbers, crossed: Numbers, inside: NDArray[np.bool_]) -> Numbers:
    """Shares of those inside that add up to one, whatever their sign: the stationary point of the Lagrangian."""
    chosen = np.flatnonzero(inside)
    both = np.column_stack([crossed[chosen], np.ones(len(chosen))])
    solved = np.linalg.solve(gram[np.ix_(chosen, chosen)], both)
    free, level = solved.T
    shares = np.zeros(len(inside))
    shares[chosen] = free + level * (1 - free.sum()) / level.sum()
    return shares


def _best_member(gram: Numbers, crossed: Numbers) -> Numbers:
    shares = np.zeros(len(crossed))
    shares[int((np.diag(gram) - 2 * crossed).argmin())] = 1.0
    return shares


def _approached(gram: Numbers, crossed: Numbers) -> Numbers:
    steepest = float(np.linalg.norm(gram, 1))
    shares = moved = np.full(len(crossed), 1 / len(crossed))
    mixed = ahead = gram @ shares
    pace = 1.0
    for _ in range(ROUNDS):
        nearer = _on_simplex(moved - (ahead - crossed) / steepest)
        step, there = nearer - shares, gram @ nearer  # The one product of a round: of a large panel it is nearly all of its time.
        if np.abs(step).max() < STILL / len(crossed):
            break
        faster = (1 + np.sqrt(1 + 4 * pace**2)) / 2
        onward = (pace - 1) / faster
        if step @ (there - crossed) > 0:
            faster, onward = 1.0, 0.0  # It ran past the best point: begin the pace anew (O'Donoghue and Candes 2015).
        moved, ahead = nearer + onward * step, there + onward * (there - mixed)
        shares, mixed, pace = nearer, there, faster
    return shares


def _on_simplex(point: Numbers) -> Numbers:
    """The nearest point whose parts are shares (Held, Wolfe and Crowder 1974)."""
    falling = np.sort(point)[::-1]
    excess = (np.cumsum(falling) - 1) / np.arange(1, len(point) + 1)
    return np.maximum(point - excess[np.flatnonzero(falling > excess)[-1]], 0.0)
