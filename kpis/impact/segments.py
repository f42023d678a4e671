"""A series in two segments: how it went before the start, and how its level and slope changed then; season and company beside."""

from dataclasses import dataclass

import numpy as np

from kpis.impact.beside import weights_of
from kpis.impact.panel import Numbers, Panel
from kpis.impact.regressible import solvable
from kpis.impact.study import Season, Study

SLOPE_LEAST = 3
"""Periods after the start, from which on a slope is told apart from a level."""


@dataclass(frozen=True, eq=False)
class Segments:
    """`outcome` is one for each period, `terms` are periods x columns, of which `policy` are those that the policy added.

    `company` says whether the mean of the never treated is among the terms; `offset` is the logarithm of what counts are counted among.
    """

    outcome: Numbers
    terms: Numbers
    policy: np.ndarray
    start: int
    company: bool
    offset: Numbers | None

    @property
    def without(self) -> Numbers:
        """The terms as they would have been without the policy."""
        return np.where(self.policy, 0.0, self.terms)


def segments(panel: Panel, study: Study) -> Segments:
    """The mean of the treated as a segmented series (Wagner and others, 2002): periods count from the start of the policy.

    Raises Refused where it is too short for its terms, or a covariate says nothing beside them.
    """
    when = np.arange(len(panel.periods), dtype=np.float64) - panel.start
    since = np.where(when >= 0, 1.0, 0.0)
    changes = [since, since * when] if len(when) - panel.start >= SLOPE_LEAST else [since]
    terms: Numbers = np.column_stack([np.ones(len(when)), when, *changes, *_season(when, study.season)])
    covariates = {name: _treated(panel, panel.covariates[name]) for name in study.covariates}
    solvable(terms, covariates)
    terms = np.column_stack([terms, *covariates.values()])
    beside = _beside(terms, _company(panel, study))
    policy = np.zeros(beside.shape[1], dtype=bool)
    policy[2 : 2 + len(changes)] = True
    among = study.offset if study.family == "quasipoisson" else None
    offset = None if among is None else np.log(_treated(panel, panel.covariates[among]))
    return Segments(_treated(panel, panel.values), beside, policy, panel.start, beside.shape != terms.shape, offset)


def _beside(terms: Numbers, company: Numbers | None) -> Numbers:
    """With the company as one more term, unless the others can say it by themselves: then the solution would be left open."""
    if company is None:
        return terms
    more: Numbers = np.column_stack([terms, company])
    return more if np.linalg.matrix_rank(more) == more.shape[1] else terms


def _season(when: Numbers, season: Season | None) -> list[Numbers]:
    """Pairs of sine and cosine; where one comes back every second period, its sine is always 0 and left out."""
    if season is None:
        return []
    turns = [2 * np.pi * harmonic * when / season.period for harmonic in range(1, min(season.harmonics, season.period // 2) + 1)]
    waves = [np.cos(turn) for turn in turns]
    return waves + [np.sin(turn) for number, turn in enumerate(turns, 1) if 2 * number != season.period]


def _treated(panel: Panel, values: Numbers) -> Numbers:
    return np.average(values[panel.treated], axis=0, weights=weights_of(panel)[panel.treated])


def _company(panel: Panel, study: Study) -> Numbers | None:
    """The mean of the never treated; of counts the logarithm of their rate, as the treated are told on that scale."""
    donors = ~panel.treated
    if not donors.any():
        return None
    weights = weights_of(panel)[donors]
    mean = np.average(panel.values[donors], axis=0, weights=weights)
    if study.family == "gaussian":
        return mean
    among = 1.0 if study.offset is None else np.average(panel.covariates[study.offset][donors], axis=0, weights=weights)
    return np.log(mean / among) if (mean > 0).all() else None
