"""From a panel to an effect: the method that the study names, and what speaks for and against what it found."""

from collections.abc import Callable, Mapping

from kpis.impact.did import did
from kpis.impact.effect import Effect
from kpis.impact.event_study import event_study
from kpis.impact.interrupted import interrupted
from kpis.impact.panel import Panel
from kpis.impact.robustness import looked_at
from kpis.impact.sdid import sdid
from kpis.impact.study import Method, Study
from kpis.impact.synthetic_control import synthetic_control

METHODS: Mapping[Method, Callable[[Panel, Study], Effect]] = {
    "sdid": sdid,
    "sc": synthetic_control,
    "did": did,
    "event_study": event_study,
    "its": interrupted,
}


def estimate(panel: Panel, study: Study) -> Effect:
    """The effect of the policy. Raises Refused where the method cannot take such a panel."""
    return looked_at(panel, study, METHODS[study.method](panel, study))
