"""Difference-in-differences: how much more the treated changed than those never treated (2x2, and two-way fixed effects).

Where they did not all begin at once this is the plain two-way figure, which takes units already under the policy as a comparison for
those that begin later. `two_way_weight` says what share of them it counts backwards; an event study counts none so.
"""

from dataclasses import replace

from kpis.impact.compared import compared, effect
from kpis.impact.doubt import Doubt, Kind
from kpis.impact.effect import Effect
from kpis.impact.inference import kind_of
from kpis.impact.panel import Panel
from kpis.impact.regressible import regressible
from kpis.impact.study import Study
from kpis.impact.two_way import ERRORS, TwoWay, by_hand, negative, two_way


def did(panel: Panel, study: Study) -> Effect:
    """The effect in the outcome's unit, as the regression weights it.

    Errors are cluster-robust (CRV1; Student's t with as many degrees as clusters less one) where at least ten clusters are treated and
    ten are not. With fewer they come from placebos among the untreated, or from leaving each cluster out. Where a few groups alone were
    sampled (`repeated`) they are the single rows' own (HC1), which know nothing of whatever else befell one of the groups.
    """
    regressible(panel, study, ("cluster", "placebo", "classical"))
    kind = _kind(panel, study)
    fitted = _fitted(panel, study, kind)
    left, alone = replace(panel, values=fitted.left), study.model_copy(update={"covariates": ()})
    told = compared(left, alone, kind, by_hand)
    doubt = fitted.doubt if kind in ERRORS else told.doubt
    return effect(told, fitted.estimate, doubt, {"two_way_weight": negative(panel), "samples": _samples(panel)})


def _kind(panel: Panel, study: Study) -> Kind:
    """Of single rows their own where units are too few; none of the regression's where it leaves no row over."""
    kind = kind_of(panel, study)
    if kind == "none" and panel.samples is not None:
        kind = "robust"
    rows = panel.values.size if panel.samples is None else len(panel.samples[2])
    return "none" if kind in ERRORS and rows <= sum(panel.values.shape) + len(study.covariates) else kind


def _fitted(panel: Panel, study: Study, kind: Kind) -> TwoWay:
    """By hand where nothing of the library is needed: it takes two seconds to load."""
    if kind in ERRORS or study.covariates or panel.samples is not None:
        return two_way(panel, study.covariates, kind)
    return TwoWay(by_hand(panel), Doubt("none", None, None), panel.values)


def _samples(panel: Panel) -> float | None:
    return None if panel.samples is None else float(len(panel.samples[2]))
