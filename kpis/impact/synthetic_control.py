"""Synthetic control: the mix of untreated units that was as the treated before the start, and what it did after.

Without predictors the mix is of the outcomes alone (Abadie, Diamond and Hainmueller 2010); with them it is like the treated in these, and
what each counts is chosen so that the outcomes run together (Abadie and Gardeazabal 2003), or did in later periods than those
it was learnt in (`training`; Abadie, Diamond and Hainmueller 2015).
"""

import numpy as np

from kpis.impact.comparison import Compare, Comparison, Rows
from kpis.impact.effect import Effect
from kpis.impact.found import found
from kpis.impact.importance import alike, begun_at, importance, mixed
from kpis.impact.panel import Numbers, Panel
from kpis.impact.predictors import features, span
from kpis.impact.simplex import nearest
from kpis.impact.study import Study
from kpis.impact.suited import suited


def synthetic_control(panel: Panel, study: Study) -> Effect:
    """The effect, its placebos and its doubt. Raises Refused as `sdid` does, and where predictors cannot be read."""
    suited(panel, study)
    return found(panel, study, comparing(panel, study))


def comparing(panel: Panel, study: Study, until: int | None = None) -> Compare:
    """Compares within this panel, since its start; of predictors, with what is known before period `until`."""
    read = features(panel, study.predictors, len(panel.periods) if until is None else until)
    return _by_predictors(panel, study, read) if read.shape[1] else _by_outcome(panel)


def _by_outcome(panel: Panel) -> Compare:
    # Distances do not change where all are measured from their common mean, and the figures are then of one size.
    before = panel.values[:, : panel.start] - panel.values[:, : panel.start].mean(axis=0)
    gram = before @ before.T

    def compare(treated: Rows, donors: Rows) -> Comparison:
        return _compared(panel, treated, donors, nearest(gram[np.ix_(donors, donors)], gram[np.ix_(donors, treated)].mean(axis=1)))

    return compare


def _by_predictors(panel: Panel, study: Study, read: Numbers) -> Compare:
    """Searched from several places for the treated, and anew for each placebo and each donor left out.

    What was learnt in earlier periods holds for all of these: few periods tell too little to learn it again from other donors.
    """
    everybody, others = np.flatnonzero(panel.treated), np.flatnonzero(~panel.treated)
    learnt, window = read, _window(panel, study)
    if study.training is not None:
        learnt, window = features(panel, study.training.predictors, len(panel.periods)), span(panel, *study.training.fit) or window

    def counts(treated: Rows, donors: Rows, begun: list[Numbers]) -> Numbers:
        missed = panel.values[donors, window] - panel.values[treated, window].mean(axis=0)
        return importance(_apart(learnt, treated, donors), missed, begun)

    own = counts(everybody, others, begun_at(read.shape[1], study.starts, study.seed))

    def compare(treated: Rows, donors: Rows) -> Comparison:
        kept = study.training is not None or (len(donors) == len(others) and np.array_equal(treated, everybody))
        told = own if kept else counts(treated, donors, [alike(read.shape[1])])
        return _compared(panel, treated, donors, mixed(_apart(read, treated, donors), told))

    return compare


def _window(panel: Panel, study: Study) -> slice:
    """The periods in which the outcome is fitted: those of `fit` that lie before the start; all before it where none is said or left."""
    told = span(panel, *study.fit) if study.fit else None
    fitted = slice(told.start, min(told.stop, panel.start)) if told else slice(0, panel.start)
    return fitted if fitted.start < fitted.stop else slice(0, panel.start)


def _apart(read: Numbers, treated: Rows, donors: Rows) -> Numbers:
    """Donors x predictors: how far each lies from the treated, in standard deviations of all of them."""
    spread = read[np.union1d(treated, donors)].std(axis=0, ddof=1)
    return (read[donors] - read[treated].mean(axis=0)) / np.where(spread > 0, spread, 1.0)


def _compared(panel: Panel, treated: Rows, donors: Rows, weights: Numbers) -> Comparison:
    gaps = panel.values[treated].mean(axis=0) - weights @ panel.values[donors]
    return Comparison(treated, donors, weights, np.empty(0), gaps, panel.start)
