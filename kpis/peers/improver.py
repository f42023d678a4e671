"""The peer that improved most, from which there is something to learn.

A place that only came back from an odd value has taught nothing. So the gain that counts is the smaller of two: the one between the
two values, and the one between what was usual around each of them (kpis.peers.levels).
"""

from dataclasses import dataclass
from datetime import date

import numpy as np

from kpis.peers.held import OWN, Held
from kpis.peers.levels import SPANS, around, lately, years_before
from kpis.peers.standing import Improver, Standing


@dataclass(frozen=True)
class _Gain:
    first: float
    last: float
    gain: float
    counts: float


def improver(standing: Standing, held: Held) -> Improver | None:
    """Over the longest of three, two and one years of which at least half of the ranked peers have both ends; None where nobody's
    gain is known to be a real difference, or where neither way is better."""
    peers, at = standing.ranked, standing.own.period or next((peer.period for peer in standing.ranked), None)
    if not standing.sign or not peers or at is None:
        return None
    for years in SPANS:
        begins = years_before(at, held.indicator.frequency, years)
        found = {peer.place: gain for peer in peers if (gain := _gained(standing, held, held.places.index(peer.place), begins, at))}
        if 2 * len(found) >= len(peers):
            return _best(standing, held, found, (years, begins, at))
    return None


def _best(standing: Standing, held: Held, found: dict[str, _Gain], span: tuple[int, date, date]) -> Improver | None:
    place = max(found, key=lambda name: found[name].counts)
    if standing.least is None or found[place].counts <= standing.least.difference:
        return None
    own, best = _gained(standing, held, OWN, *span[1:]), found[place]
    return Improver(place, *span, best.first, best.last, best.gain, own.gain if own else None)


def _gained(standing: Standing, held: Held, place: int, begins: date, ends: date) -> _Gain | None:
    """How much better a place became, None where one of the two ends is not known."""
    rows, frequency = (held.row(begins), held.row(ends)), held.indicator.frequency
    values = held.values[:, place]
    if rows[0] is None or rows[1] is None or not np.isfinite(values[[rows[0], rows[1]]]).all():
        return None
    first, last = float(values[rows[0]]), float(values[rows[1]])
    usual = (lately(values, held.ends, ends, frequency) - around(values, held.ends, begins, frequency)) * standing.sign
    gain = (last - first) * standing.sign
    return _Gain(first, last, gain, min(gain, usual) if np.isfinite(usual) else -np.inf)
