"""What synthetic comparisons cannot answer, said before they try."""

from data.problems import N_, Problem, Refused
from kpis.impact.panel import Panel
from kpis.impact.predictors import unfit
from kpis.impact.study import Study


def suited(panel: Panel, study: Study) -> None:
    """Raises Refused with all that speaks against sdid and sc here: several starts, keys that are not theirs, predictors without values.

    Whether there are donors and periods enough is for `thin` to say, which is asked before.
    """
    problems: list[Problem] = []
    if panel.staggered:
        said = N_("the treated did not all begin in the same period")
        problems.append(Problem(said, N_("use event_study, which keeps them apart"), key="method"))
    if study.covariates:
        problems.append(Problem(N_("sdid and sc take no covariates"), N_("use predictors with sc, or did"), key="covariates"))
    if study.method == "sc":
        problems += unfit(panel, study)
    if problems:
        raise Refused(problems)
