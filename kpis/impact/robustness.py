"""The same study asked again with something changed: one donor less, or a start too early to be true. What holds should hardly move.

Abadie, Diamond and Hainmueller 2015: leave-one-out of donors, and placebos in time.
"""

import math
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from kpis.impact import sdid, synthetic_control
from kpis.impact.comparison import Compare
from kpis.impact.effect import Effect
from kpis.impact.panel import Panel
from kpis.impact.placebos import FEWEST, placebos, spread, wider
from kpis.impact.study import Study

LEAVING = 30
"""Donors that are left out in turn, the heaviest first: the others hold too little to move anything."""
EARLIER = 3
"""One in so many of the periods before lies after the pretended start."""
JUST_BEFORE = 2
"""Periods before the start in which the policy may have been anticipated."""
FITTED = 3
"""The fewest periods that must remain before a pretended start."""


def looked_at(panel: Panel, study: Study, effect: Effect) -> Effect:
    """The effect of sdid or sc with what asking again says of it (`without`, `time_placebo`, `anticipation_z`); any other as it was."""
    if study.method not in ("sdid", "sc"):
        return effect
    again = {**_one_less(panel, study, effect), **_too_early(panel, study), **_anticipated(panel, study)}
    return replace(effect, diagnostics={**effect.diagnostics, **again})


def _comparing(panel: Panel, study: Study, until: int | None = None) -> Compare:
    return sdid.comparing(panel) if study.method == "sdid" else synthetic_control.comparing(panel, study, until)


def _one_less(panel: Panel, study: Study, effect: Effect) -> dict[str, float | str]:
    found = dict(_without_each(panel, study, effect))
    if not found:
        return {}
    most = max(found, key=lambda unit: abs(found[unit] - effect.estimate))
    return {"without": most, "without_low": min(found.values()), "without_high": max(found.values())}


def _without_each(panel: Panel, study: Study, effect: Effect) -> Iterator[tuple[str, float]]:
    """Who has no weight leaves without a trace."""
    treated, donors = np.flatnonzero(panel.treated), np.flatnonzero(~panel.treated)
    if len(donors) <= FEWEST:
        return
    compare = _comparing(panel, study)
    for unit in sorted(effect.weights, key=lambda unit: -effect.weights[unit])[:LEAVING]:
        yield unit, compare(treated, donors[donors != panel.units.index(unit)]).estimate


def _too_early(panel: Panel, study: Study) -> dict[str, float]:
    effect, doubt = _pretended(panel, study, panel.start - math.ceil(panel.start / EARLIER))
    return {} if effect is None else {"time_placebo": effect, **({"time_placebo_z": effect / doubt} if doubt else {})}


def _anticipated(panel: Panel, study: Study) -> dict[str, float]:
    effect, doubt = _pretended(panel, study, panel.start - JUST_BEFORE)
    return {"anticipation_z": effect / doubt} if effect is not None and doubt else {}


def _pretended(panel: Panel, study: Study, start: int) -> tuple[float | None, float | None]:
    """The effect until the true start had it been earlier, when there was none, and its doubt: wider, as the interval's own, where the
    treated are noisier than their placebos. Else whoever moves more than others by itself would always seem to have begun too early.
    """
    if start < FITTED:
        return None, None
    short = replace(panel.up_to(panel.start), first=np.where(panel.treated, start, panel.first))
    plain = study.model_copy(update={"training": None})  # Its later periods lie after the pretended start.
    compare = _comparing(short, plain, start)
    here = compare(np.flatnonzero(short.treated), np.flatnonzero(~short.treated))
    drawn = placebos(compare, short, study.draws, study.seed)
    doubt = spread(drawn)
    return here.estimate, None if doubt is None else doubt * wider(here, drawn)
