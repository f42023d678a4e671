"""The city beside its peers' median, period by period."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from kpis.peers.held import OWN, Held, Numbers
from kpis.peers.levels import SPANS, over_a_year, years_before
from kpis.peers.standing import Standing

SHOWN = 5
"""Years that are looked at."""


@dataclass(frozen=True, eq=False)
class Together:
    """Periods of the city and of the same so many `peers`, the oldest first, up to the one compared: those of which the city and at
    least half of these peers have a value, from the first by which all of them have begun.

    One that only begins to report moves no median, as nobody became better or worse by it.
    """

    ends: tuple[date, ...]
    own: Numbers
    median: Numbers
    peers: int = 0


def together(standing: Standing, held: Held) -> Together:
    """Without any period where the city or all of its peers are not ranked."""
    own, ranked = standing.own, standing.ranked
    if own.rank is None or own.period is None or not ranked:
        return Together((), np.empty(0), np.empty(0))
    known = np.isfinite(held.values)
    same = _same(held, [held.places.index(peer.place) for peer in ranked], own.period)
    first = years_before(own.period, held.indicator.frequency, SHOWN)
    within = np.array([first < end <= own.period for end in held.ends])
    enough = known[:, same].sum(axis=1) * 2 >= len(same)
    begun = np.maximum.accumulate(known[:, same], axis=0).all(axis=1)
    rows = np.flatnonzero(within & enough & begun & known[:, OWN])
    median = np.nanmedian(held.values[rows][:, same], axis=1)
    return Together(tuple(held.ends[row] for row in rows), held.values[rows, OWN], median, len(same))


def _same(held: Held, ranked: list[int], now: date) -> list[int]:
    """Those of the ranked whose level is known both now and three years before, or two or one where that is fewer than half of them;
    else all."""
    frequency = held.indicator.frequency
    for years in SPANS:
        then = years_before(now, frequency, years)
        both = [place for place in ranked if np.isfinite(_level(held, place, now) - _level(held, place, then))]
        if 2 * len(both) >= len(ranked):
            return both
    return ranked


def _level(held: Held, place: int, end: date) -> float:
    return over_a_year(held.values[:, place], held.ends, end, held.indicator.frequency)
