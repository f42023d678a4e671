"""What units are matched on beside the outcome: a column's mean, or its last value, in some periods."""

import numpy as np

from data.problems import N_, Problem
from kpis.impact.labels import periods
from kpis.impact.panel import Numbers, Panel
from kpis.impact.study import Label, Predictor, Study


def features(panel: Panel, told: tuple[str | Predictor, ...], until: int) -> Numbers:
    """Units x predictors, each read no later than before period `until`; what nobody told apart, or somebody lacks, is left out."""
    read = [column for one in told if (column := _column(panel, one, until)) is not None and _tells_apart(column)]
    return np.column_stack(read) if read else np.empty((len(panel.units), 0))


def unfit(panel: Panel, study: Study) -> list[Problem]:
    """What is wrong with the predictors of a study, its training and its window of fit."""
    told = [(f"predictors.{at}", one) for at, one in enumerate(study.predictors)]
    problems = []
    if study.training is not None:
        told += [(f"training.predictors.{at}", one) for at, one in enumerate(study.training.predictors)]
        if len(study.training.predictors) != len(study.predictors):
            said = N_("training reads {trained} predictors, and the study {read}: they are the same, in the same order")
            values = {"trained": len(study.training.predictors), "read": len(study.predictors)}
            problems.append(Problem(said, N_("write each of them in both"), key="training.predictors", values=values))
    windows = {"fit": study.fit, "training.fit": study.training.fit if study.training else None}
    for key, window in windows.items():
        if window is not None and span(panel, *window) is None:
            values = {"first": panel.periods[0], "last": panel.periods[-1]}
            problems.append(Problem(N_("there are no such periods"), N_("the table runs from {first} to {last}"), key=key, values=values))
    return problems + [problem for key, one in told for problem in _problems(panel, key, one)]


def span(panel: Panel, since: Label | None, to: Label | None) -> slice | None:
    """The periods between two, both included; None where they cannot be read or none lies there."""
    named = periods(panel.periods)
    if named is None:
        return None
    first = 0 if since is None else named.since(since)
    last = panel.start - 1 if to is None else _last(named.number(to), named.since(to))
    return None if first is None or last is None or first > last or first >= len(panel.periods) else slice(first, last + 1)


def _last(exact: int | None, following: int | None) -> int | None:
    """A period that is not in the table stands for the one before it."""
    return exact if exact is not None else None if following is None else following - 1


def _problems(panel: Panel, key: str, told: str | Predictor) -> list[Problem]:
    column = _column(panel, told, len(panel.periods))
    name = told.column if isinstance(told, Predictor) else told
    if column is None:
        values = {"first": panel.periods[0], "last": panel.periods[-1]}
        return [Problem(N_("there are no such periods"), N_("the table runs from {first} to {last}"), key=key, values=values)]
    lacking = [unit for unit, value in zip(panel.units, column, strict=True) if not np.isfinite(value)]
    if lacking:
        said, hint = N_("{unit} has no value of {name} in these periods"), N_("read it in others, or leave the unit out: donors_out")
        return [Problem(said, hint, key=key, values={"unit": lacking[0], "name": name})]
    if not _tells_apart(column):
        return [Problem(N_("{name} is the same everywhere"), N_("leave it out: it tells nobody apart"), key=key, values={"name": name})]
    return []


def _column(panel: Panel, told: str | Predictor, until: int) -> Numbers | None:
    """One value for each unit, NaN where it has none; None where no period is left."""
    one = told if isinstance(told, Predictor) else Predictor(column=told)
    window = span(panel, one.since, one.to)
    values = panel.covariates.get(one.column, panel.values)
    read = values[:, window.start : min(window.stop, until)] if window else values[:, :0]
    if not read.shape[1]:
        return None
    known = np.isfinite(read)
    if one.how == "last":
        at = read.shape[1] - 1 - known[:, ::-1].argmax(axis=1)
        return read[np.arange(len(read)), at]
    counted = known.sum(axis=1)
    return np.where(counted > 0, np.where(known, read, 0.0).sum(axis=1) / np.maximum(counted, 1), np.nan)


def _tells_apart(column: Numbers) -> bool:
    return bool(np.isfinite(column).all() and np.ptp(column) > 0)
