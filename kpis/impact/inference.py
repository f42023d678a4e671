"""Whose doubt can be believed: cluster errors where there are many units on both sides, placebos or leaving out where there are few.

Cluster-robust errors are far too small where few clusters are treated (Conley and Taber, 2011; MacKinnon and Webb, 2018): with one treated
unit its own noise leaves no trace in the residuals. So below `MANY` on either side they are not given, whatever a study asks for.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np

from kpis.impact.doubt import Doubt, Kind
from kpis.impact.panel import NEVER, Numbers, Panel
from kpis.impact.study import Study

MANY = 10
"""Clusters of each side, treated and never treated, from which on cluster-robust errors are given."""
FEW = 3
"""Clusters of each side, below which leaving one out tells nothing; and never treated units, below which there are too few placebos."""

Estimator = Callable[[Panel], Numbers]
"""From a panel to all that is estimated in it, the effect first; equally many numbers for every panel of the same periods."""


def kind_of(panel: Panel, study: Study) -> Kind:
    """What its doubt can be learned from: asked for, or what few units leave."""
    treated, donors = sides(panel)
    if study.inference == "classical":
        return "classical"
    if study.inference == "cluster" and min(treated, donors) >= MANY:
        return "cluster"
    if not coarse(panel) and donors >= max(FEW, 2 * treated):
        return "placebo"
    return "left_out" if min(treated, donors) >= FEW else "none"


def sides(panel: Panel) -> tuple[int, int]:
    """How many clusters hold somebody treated, and how many somebody never treated."""
    named = np.array(clusters_of(panel))
    return len(set(named[panel.treated])), len(set(named[~panel.treated]))


def clusters_of(panel: Panel) -> tuple[str, ...]:
    """Each unit's cluster: itself, unless the study names another."""
    return panel.clusters or panel.units


def coarse(panel: Panel) -> bool:
    """Whether clusters are larger than units: then units alone are no placebos of each other."""
    return len(set(clusters_of(panel))) < len(panel.units)


def left_out(panel: Panel, estimator: Estimator) -> Numbers:
    """The estimates with each cluster left out in turn: clusters x numbers."""
    named = np.array(clusters_of(panel))
    return np.array([estimator(panel.of(np.flatnonzero(named != cluster).tolist())) for cluster in dict.fromkeys(named)])


def left_out_covariance(panel: Panel, estimates: Numbers) -> Numbers:
    """The jackknife's covariance, each side for itself: its own number of clusters, its own mean (Efron and Stein, 1981)."""
    return sum(_of_side(estimates[side]) for side in _by_side(panel) if side.any())  # type: ignore[return-value]


def left_out_degrees(panel: Panel, estimates: Numbers) -> float:
    """Welch and Satterthwaite's degrees of freedom of the effect: few, where the small side makes most of the doubt."""
    parts = [(_of_side(estimates[side, :1])[0, 0], side.sum() - 1) for side in _by_side(panel) if side.sum() > 1]
    below = sum(part**2 / degrees for part, degrees in parts)
    return float(sum(part for part, _ in parts) ** 2 / below) if below > 0 else float(sum(degrees for _, degrees in parts))


def placebos(panel: Panel, study: Study) -> Iterator[Panel]:
    """The never treated alone, as if the policy had begun among them: each in turn for one treated unit, else `draws` of them by lot."""
    donors = panel.of(np.flatnonzero(~panel.treated).tolist())
    starts = panel.first[panel.treated]
    if len(starts) == 1:
        yield from (donors.begun(unit, int(starts[0])) for unit in range(len(donors.units)))
        return
    chance = np.random.default_rng(study.seed)
    for _ in range(study.draws):
        first = np.full(len(donors.units), NEVER)
        first[chance.choice(len(first), len(starts), replace=False)] = chance.permutation(starts)
        yield replace(donors, first=first)


def of_placebos(panel: Panel, estimates: Numbers, own: Numbers, theirs: Numbers) -> Doubt:
    """The spread of the estimates among the untreated, on as many degrees as there are of them less one.

    `own` and `theirs` are the gaps before the start, of the treated and of the placebos: where the treated jump more than the placebos do,
    the spread of those says too little, and the doubt is wider by as much.
    """
    usual = float(np.sqrt(theirs.var(axis=1).mean()))
    wider = max(1.0, float(own.std()) / usual) if usual > 0 else 1.0
    return Doubt("placebo", float(estimates[:, 0].std(ddof=1)), float(sides(panel)[1] - 1), wider)


def of_left_out(panel: Panel, estimates: Numbers) -> Doubt:
    """The jackknife's standard error."""
    variance = left_out_covariance(panel, estimates)[0, 0]
    return Doubt("left_out", float(np.sqrt(variance)), left_out_degrees(panel, estimates))


def without_donors(panel: Panel, estimate: Callable[[Panel], float]) -> dict[str, float | str | bool | None]:
    """without, without_low, without_high: how the effect moves when one of those who compare is left out."""
    whole, donors = estimate(panel), np.flatnonzero(~panel.treated)
    if len(donors) < 2:  # without it nobody would be left
        return {}
    every = range(len(panel.units))
    found = {panel.units[out]: estimate(panel.of([one for one in every if one != out])) for out in donors}
    return {
        "without": max(found, key=lambda unit: abs(found[unit] - whole)),
        "without_low": min(found.values()),
        "without_high": max(found.values()),
    }


def _of_side(estimates: Numbers) -> Numbers:
    away = estimates - estimates.mean(axis=0)
    return (len(estimates) - 1) / len(estimates) * away.T @ away


def _by_side(panel: Panel) -> tuple[np.ndarray, np.ndarray]:
    named = np.array(clusters_of(panel))
    holds = np.array([panel.treated[named == cluster].any() for cluster in dict.fromkeys(named)])
    return holds, ~holds
