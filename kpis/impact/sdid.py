"""Synthetic difference-in-differences: units are mixed to move as the treated did, and periods before to be like those after.

Arkhangelsky, Athey, Hirshberg, Imbens and Wager 2021, algorithm 1, with the ridge and the constants of the paper. The authors' program
stops its search early and drops small weights on the way; here the best weights are found exactly.
"""

import numpy as np

from kpis.impact.comparison import Compare, Comparison, Rows
from kpis.impact.effect import Effect
from kpis.impact.found import found
from kpis.impact.panel import Numbers, Panel
from kpis.impact.simplex import MANY, nearest
from kpis.impact.study import Study
from kpis.impact.suited import suited

OF_TIMES = 1e-6
"""The ridge of the time weights, over sigma: next to nothing, so that with few donors more than one mix of periods is as good."""


def sdid(panel: Panel, study: Study) -> Effect:
    """The effect, its placebos and its doubt. Raises Refused where they began at several times, or the study asks what it cannot."""
    suited(panel, study)
    return found(panel, study, comparing(panel))


def comparing(panel: Panel) -> Compare:
    """Compares within this panel, since its start. Sigma and with it the ridge are those of the panel's untreated, for placebos too."""
    start, values = panel.start, panel.values
    sigma = noise(values[~panel.treated, :start])
    before = values[:, :start] - values[:, :1]  # So that who never moved is at nothing, and not at what rounding leaves.
    before = before - before.mean(axis=1, keepdims=True)
    gram = before @ before.T
    after = values.shape[1] - start

    def compare(treated: Rows, donors: Rows) -> Comparison:
        ridge = start * np.sqrt(len(treated) * after) * sigma**2
        shared = gram[np.ix_(donors, donors)] + ridge * np.eye(len(donors))
        weights = nearest(shared, gram[np.ix_(donors, treated)].mean(axis=1), _evenly(len(donors)))
        times = _time_weights(values[donors], start, sigma)
        apart = values[treated].mean(axis=0) - weights @ values[donors]
        return Comparison(treated, donors, weights, times, apart - times @ apart[:start], start)

    return compare


def _evenly(members: int) -> Numbers | None:
    """Under so strong a ridge most of a few donors take a share: the way to the best shares is shorter from all alike than from one."""
    return np.full(members, 1 / members) if members <= MANY else None


def noise(before: Numbers) -> float:
    """Sigma: the standard deviation of the changes from period to period of the untreated, before the start."""
    return float(np.diff(before, axis=1).std(ddof=1))


def _time_weights(donors: Numbers, start: int, sigma: float) -> Numbers:
    """The mix of periods before, up to a constant, that comes nearest to each donor's mean after.

    The search begins anew for every placebo: where donors are few, many mixes fit them without a rest, and one that was begun at the
    mix of all would know already what it is to be held against.
    """
    centred = donors - donors.mean(axis=0)
    before, after = centred[:, :start], centred[:, start:].mean(axis=1)
    ridge = len(donors) * (OF_TIMES * sigma) ** 2
    return nearest(before.T @ before + ridge * np.eye(start), before.T @ after)
