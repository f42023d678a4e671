"""Interrupted time series: how the level and the slope of a series changed when the policy began (Wagner and others, 2002).

The effect is the mean over the periods under the policy of what was fitted with it less what would have been fitted without. Whoever was
never treated goes along as one more term, their mean (a controlled series); alone, a series is held against nothing but its own past.
"""

from dataclasses import replace

import numpy as np

from data.problems import Refused
from kpis.impact.before_after import fit_of, points
from kpis.impact.effect import Effect
from kpis.impact.memory import kept
from kpis.impact.panel import Panel
from kpis.impact.regressible import interruptible, nothing_before
from kpis.impact.segmented import Segmented, segmented
from kpis.impact.segments import segments
from kpis.impact.study import Study

PRETENDED_LEAST = 12
"""Periods before the start, from which on an earlier one can be pretended among them."""


def interrupted(panel: Panel, study: Study) -> Effect:
    """The effect in the outcome's unit (counts where they are counts), with the series as it would have been.

    Errors are the largest of three (see `segmented`): never smaller than the residuals' memory makes them. Raises Refused where the treated
    began at several times, or the series is too short for its terms.
    """
    interruptible(panel, study)
    told = segmented(segments(panel, study), study)
    low, high = told.doubt.interval(told.estimate)
    return Effect(
        method=study.method,
        estimate=told.estimate,
        se=told.doubt.se,
        low=low,
        high=high,
        p=told.doubt.p(told.estimate),
        n_treated=int(panel.treated.sum()),
        n_control=len(panel.donors) if told.given.company else 0,
        before=panel.start,
        after=len(panel.periods) - panel.start,
        series=points(panel.periods, told.given.outcome, told.expected, told.reach),
        diagnostics={**_diagnosed(told), **_pretended(panel, study)},
    )


def _diagnosed(told: Segmented) -> dict[str, float | str | bool | None]:
    level, *slope = told.coefficients[told.given.policy]
    return {
        **fit_of(told.given.outcome, told.expected, told.given.start),
        "errors": told.doubt.kind,
        "degrees": told.doubt.degrees,
        "autocorrelation": kept(told.residuals),
        "memory": told.memory,
        "level": float(level),
        "slope": float(slope[0]) if slope else None,
    }


def _pretended(panel: Panel, study: Study) -> dict[str, float | str | bool | None]:
    """The same, as if the policy had begun a third of the periods earlier, among those before it alone."""
    if panel.start < PRETENDED_LEAST:
        return {}
    start = panel.start - panel.start // 3
    earlier = replace(panel.up_to(panel.start), first=np.where(panel.treated, start, panel.first))
    try:
        told = None if nothing_before(earlier, study) else segmented(segments(earlier, study), study)
    except Refused:  # too short for its terms, which the whole series is not
        told = None
    if told is None or not told.doubt.se:
        return {}
    return {"time_placebo": told.estimate, "time_placebo_z": told.estimate / told.doubt.se}
