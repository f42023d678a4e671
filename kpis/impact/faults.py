"""What is wrong with a panel as a whole: nobody treated, nobody to compare with, figures that never change."""

import numpy as np

from data.problems import N_, Problem
from kpis.impact.panel import Panel
from kpis.impact.reading import Written

COMPARING = frozenset({"sdid", "sc", "did", "event_study"})
"""The methods that need somebody who is not treated."""
FEWEST = 3
"""Of two periods alike nobody can say that they never change."""


def faults(panel: Panel, written: Written, whole: bool = True) -> list[Problem]:
    """Every fault of a panel; of one that is not `whole`, as some figures are wrong, only who is treated is looked at."""
    problems = [*_nobody(panel, written), *_staggered(panel, written)]
    return [*problems, *_constant(panel, written)] if whole else problems


def _nobody(panel: Panel, written: Written) -> list[Problem]:
    study, found = written.study, []
    if not panel.treated.any() and study.first_treated:
        hint = N_("write the first treated period of whoever the policy reached")
        found.append(written.problem("first_treated", N_("nobody is treated"), hint))
    if panel.treated.all() and study.method in COMPARING:
        hint = N_("keep at least one unit that was never treated, or write `method: its`")
        found.append(written.problem("method", N_("nobody is left to compare with"), hint))
    return found


def _staggered(panel: Panel, written: Written) -> list[Problem]:
    if written.study.method not in ("sdid", "sc", "its") or not panel.treated.any() or not panel.staggered:
        return []
    hint = N_("write `method: event_study`, which is made for that")
    message = N_("the treated did not all begin at once, and {method} needs that")
    return [written.problem("method", message, hint, method=written.study.method)]


def _constant(panel: Panel, written: Written) -> list[Problem]:
    if np.ptp(panel.values) == 0:
        hint = N_("correct the column, or bring other figures")
        return [written.problem(_outcome(written), N_("the outcome is the same everywhere and always"), hint)]
    if len(panel.periods) < FEWEST:
        return []
    still = [unit for unit, values in zip(panel.units, panel.values, strict=True) if np.ptp(values) == 0]
    donors = set(panel.donors)
    out, mend = N_("correct its figures, or leave it out: donors_out"), N_("correct its figures")
    message = N_("the outcome of {unit} is the same in all periods")
    return [written.problem(_outcome(written), message, out if unit in donors else mend, unit=unit) for unit in still]


def _outcome(written: Written) -> str:
    return "outcome" if written.study.table else "indicator"
