"""What regressions cannot answer, said before they try."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from data.problems import N_, Problem, Refused
from kpis.impact.beside import centred, weights_of
from kpis.impact.panel import Numbers, Panel
from kpis.impact.study import Errors, Study
from kpis.impact.two_way import policy

LEFT_OVER = 3
"""Periods that must be left over when every term of a series has taken one."""


def regressible(panel: Panel, study: Study, kinds: Sequence[Errors]) -> None:
    """Raises Refused with all that speaks against comparing units: errors of other kinds than these, covariates that tell nothing."""
    weights = weights_of(panel)
    apart = {name: centred(panel.covariates[name], weights).ravel() for name in study.covariates}
    _raised([*_errors(study, kinds), *(_gaps_in(panel, study.covariates) or _idle([centred(policy(panel), weights).ravel()], apart))])


def interruptible(panel: Panel, study: Study) -> None:
    """Raises Refused with all that speaks against an interrupted series: several starts, other errors, figures that are no counts."""
    problems = [*_errors(study, ("hac", "classical")), *_gaps_in(panel, study.covariates)]
    if panel.staggered:
        said = N_("the treated did not all begin in the same period")
        problems.append(Problem(said, N_("use event_study, which keeps them apart"), key="method"))
    if study.family == "quasipoisson":
        problems += _no_counts(panel, study)
    _raised(problems)


def solvable(terms: Numbers, covariates: Mapping[str, Numbers]) -> None:
    """Raises Refused where a series is too short for its terms (periods x columns), or a covariate says nothing beside them."""
    rows, columns = len(terms), terms.shape[1] + len(covariates)
    if rows < columns + LEFT_OVER:
        said = N_("{rows} periods are too few to tell {columns} terms apart")
        cure = N_("begin the series earlier, or ask for fewer harmonics and covariates")
        _raised([Problem(said, cure, values={"rows": rows, "columns": columns})])
    _raised(_idle(list(terms.T), covariates))


def nothing_before(panel: Panel, study: Study) -> bool:
    """Whether counts are all 0 before the start: then no rate is known that could have gone on."""
    return study.family == "quasipoisson" and not panel.values[panel.treated, : panel.start].any()


def _no_counts(panel: Panel, study: Study) -> Iterator[Problem]:
    if study.log:
        yield Problem(N_("logarithms are not counts"), N_("leave out log, or use the family gaussian"), key="log")
    elif (panel.values[panel.treated] < 0).any():
        yield Problem(N_("counts cannot be below 0"), N_("use the family gaussian"), key="family")
    elif nothing_before(panel, study):
        yield Problem(N_("the counts before the start are all 0"), N_("use a figure that is not"), key="start")
    if study.offset is None:
        return
    yield from _gaps_in(panel, (study.offset,))
    if (panel.covariates[study.offset] <= 0).any():
        yield Problem(N_("an offset must be above 0 everywhere"), N_("correct the column {column}"), values={"column": study.offset})


def _gaps_in(panel: Panel, columns: Sequence[str]) -> list[Problem]:
    """Every column that lacks a value, by the first that is lacking."""
    found: list[Problem] = []
    for column in columns:
        lacking = np.argwhere(~np.isfinite(panel.covariates[column]))
        if len(lacking):
            unit, period = lacking[0]
            values = {"unit": panel.units[unit], "period": panel.periods[period], "lacking": len(lacking)}
            said = N_("values missing: {lacking}, the first of {unit} in {period}")
            found.append(Problem(said, N_("fill them in, or leave the column out"), column=column, values=values))
    return found


def _idle(terms: list[Numbers], covariates: Mapping[str, Numbers]) -> Iterator[Problem]:
    """Covariates that the terms and those named before can say by themselves."""
    known = list(terms)
    for name, values in covariates.items():
        more = np.column_stack([each / (np.linalg.norm(each) or 1.0) for each in (*known, values)])
        if np.linalg.matrix_rank(more) < more.shape[1]:
            said = N_("{column} says nothing that is not known from the units, the periods, the policy and the other covariates")
            yield Problem(said, N_("leave it out of covariates"), key="covariates", values={"column": name})
        else:
            known.append(values)


def _raised(problems: Iterable[Problem]) -> None:
    found = list(problems)
    if found:
        raise Refused(found)


def _errors(study: Study, kinds: Sequence[Errors]) -> Iterator[Problem]:
    if study.inference not in kinds:
        values = {"errors": study.inference, "method": study.method, "kinds": ", ".join(kinds)}
        said = N_("errors {errors!r} do not go with the method {method!r}")
        yield Problem(said, N_("write one of: {kinds}"), key="errors", values=values)
