"""The smallest difference that may be called one: below it nobody is said to be better or worse.

Of a survey it comes from the 95% intervals of what was answered: the city's reach and the usual reach of its peers, as two
independent errors add, by the root of the sum of their squares. Of any other series it is the largest of what is known: the same,
where it is a ratio or a number of cases (kpis.peers.intervals); the usual size of the city's own corrections, where at least three
loads corrected it; and twice the usual step of its gap to the median, for a series that was never corrected is not surer than one
that was. A goal's `smallest_difference` stands where it is larger.
"""

from collections.abc import Sequence
from math import hypot
from statistics import median

import numpy as np

from kpis.peers.held import OWN, Held
from kpis.peers.standing import Beside, Least, Standing, Told
from kpis.peers.together import Together
from kpis.signals import MOST

STEPS = 4
"""Known steps from which a usual one is told."""


def least(standing: Standing, held: Held, beside: Together, correction: float | None, declared: float | None) -> Least | None:
    """`correction` and `declared` are in the indicator's own unit, undivided; None where the city is not ranked, or nothing tells."""
    if standing.own.rank is None:
        return None
    scale, chance = float(held.divided[OWN]), _by_chance(standing.own, standing.ranked)
    known: dict[Told, float | None] = {"interval": chance, "declared": None if declared is None else declared * scale}
    if held.indicator.survey is None or chance is None:
        known |= {"revisions": None if correction is None else correction * scale, "movement": _by_movement(beside, held)}
    found = [Least(difference, told) for told, difference in known.items() if difference is not None]
    return max(found, key=lambda one: one.difference, default=None)


def _by_chance(own: Beside, peers: Sequence[Beside]) -> float | None:
    reaches = [peer.reach for peer in peers if peer.reach is not None]
    return hypot(own.reach, median(reaches)) if own.reach is not None and reaches else None


def _by_movement(beside: Together, held: Held) -> float | None:
    """Twice the mean size of the last steps of the gap to the median, from one shared period to the next: seasons that all share
    fall out of it. Values of twelve months each share eleven with the next one, so there a step is of twelve."""
    gaps, apart = beside.own - beside.median, held.indicator.window or 1
    steps = np.abs(gaps[apart:] - gaps[:-apart])[1 - MOST :]
    return 2 * float(steps.mean()) if steps.size >= STEPS else None
