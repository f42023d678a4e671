"""Periods that a study leaves out because something else marked them, such as a storm that struck the city alone."""

from collections.abc import Iterator

import numpy as np

from data.problems import N_, Problem, Refused
from kpis.impact.labels import Periods, periods, text
from kpis.impact.panel import Panel
from kpis.impact.reading import Written


def without_periods(panel: Panel, written: Written) -> Panel:
    """The panel without the `periods_out` of its study. Raises Refused with every one that cannot be left out."""
    labels, when = written.study.periods_out, periods(panel.periods)
    if not labels:
        return panel
    problems = list(_faults(panel, written, when))
    if problems or when is None:
        raise Refused(problems)
    out = {when.number(label) for label in labels}
    return panel.at([number for number in range(len(panel.periods)) if number not in out])


def _faults(panel: Panel, written: Written, when: Periods | None) -> Iterator[Problem]:
    if written.study.method == "its":
        yield written.problem("periods_out", N_("a series alone needs all its periods"), N_("remove it, or take another method"))
    for place, label in enumerate(written.study.periods_out):
        number = when.number(label) if when else None
        key, values = f"periods_out.{place}", {"period": text(label), "first": panel.periods[0], "last": panel.periods[-1]}
        if number is None:
            message = N_("{period} is not a period of the data, which run from {first} to {last}")
            yield written.problem(key, message, N_("write it as the data do"), **values)
        elif bool(np.isin(number, panel.first)):
            hint = N_("keep it, and leave out others")
            yield written.problem(key, N_("{period} is the first period under the policy"), hint, **values)
