"""A draft before the Smart Rule: each letter's score, and what fails at its line."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from data.facts import Facts
from data.home import Home
from kpis.smart.faults import fault
from kpis.smart.gate import Assessment, assess
from kpis.smart.outcome import Outcome
from kpis.workshop.draft import Draft, Said, Trial, as_said


@dataclass(frozen=True)
class Gated:
    """How a draft stands; `open` are the checks that fail, each with where it is to be mended."""

    assessment: Assessment
    open: tuple[tuple[Outcome, Said], ...]


def gated(
    home: Home, draft: Draft, trial: Trial, facts: Facts | None, until: date, chances: Mapping[str, float | None] | None
) -> Gated | None:
    """The draft against every check, `chances` as kpis.smart.gate takes them; None where it cannot be judged yet."""
    if trial.catalogue is None or draft.id not in trial.catalogue.kpi:
        return None
    found = assess(trial.catalogue, trial.written.definitions, draft.place, facts, until, chances)
    told = next(one for one in found if one.kpi.id == draft.id)
    own = next(goal for goal in trial.written.goals if goal.kpi.id == draft.id)
    here = next((goal for goal in trial.written.every_goal if goal.place == draft.place and goal.kpi.id == draft.id), None)
    return Gated(told, tuple((one, as_said(home, draft, fault(one, own, here))) for one in told.open))
