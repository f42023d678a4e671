"""Event study: the effect by periods since each unit's own start, where units begin at different dates.

A plain two-way regression is wrong there: it compares with units already under the policy, and can turn the sign of an effect that grows
(Goodman-Bacon, 2021; de Chaisemartin and D'Haultfoeuille, 2020). Here each treated unit is compared with the never treated alone.
"""

from dataclasses import replace

from kpis.impact.beside import beside
from kpis.impact.compared import compared, effect, events
from kpis.impact.effect import Effect
from kpis.impact.inference import kind_of
from kpis.impact.panel import Panel
from kpis.impact.regressible import regressible
from kpis.impact.study import Study
from kpis.impact.two_way import negative


def event_study(panel: Panel, study: Study) -> Effect:
    """The mean effect over every treated unit and period (each by its weight), and `events`: the same by periods since the start.

    Errors come from leaving each cluster out in turn (the jackknife: covariates are fitted again each time), or from placebos among the
    never treated where fewer than ten clusters are treated or are not.
    """
    regressible(panel, study, ("cluster", "placebo"))
    kind = kind_of(panel, study)
    told = compared(panel, study, kind, lambda one: beside(one, study.covariates).estimate)
    doubt = told.doubt
    found = effect(told, told.found.estimate, doubt, {"two_way_weight": negative(panel)})
    return replace(found, events=events(told))
