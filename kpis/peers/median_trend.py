"""The city against its peers' median over time: whether the gap closes."""

from dataclasses import replace

import numpy as np

from data.periods import Frequency
from kpis.peers.held import Numbers
from kpis.peers.levels import SPANS, over_a_year, years_before
from kpis.peers.standing import Course, Standing, Trend
from kpis.peers.together import Together


def trend(standing: Standing, beside: Together, frequency: Frequency) -> Trend | None:
    """Over the periods that both have; None where there are none."""
    if not beside.ends:
        return None
    told = Trend(beside.ends, tuple(map(float, beside.own)), tuple(map(float, beside.median)), peers=beside.peers)
    return _with_course(told, (beside.own - beside.median) * standing.sign, standing, frequency)


def _with_course(told: Trend, gaps: Numbers, standing: Standing, frequency: Frequency) -> Trend:
    """What became of the gap: its median over the latest year against that of a year three years earlier, unless fewer are known."""
    last = told.periods[-1]
    now = over_a_year(gaps, told.periods, last, frequency)
    for years in SPANS if standing.sign else ():
        since = years_before(last, frequency, years)
        then = over_a_year(gaps, told.periods, since, frequency)
        if np.isfinite(now - then):
            gain = float(now - then)
            return replace(told, since=since, gain=gain, course=_course(gain, standing))
    return told


def _course(gain: float, standing: Standing) -> Course | None:
    if standing.least is None or standing.few:
        return None
    if abs(gain) <= standing.least.difference:
        return "steady"
    return "gaining" if gain > 0 else "losing"
