"""How a metric is computed, with the names of what it is computed from."""

from dashboards import formats
from dashboards.session import Session
from dashboards.words import N_, translator
from kpis.metrics.formula import Node, names
from kpis.metrics.measure import Measure

HOW = {
    "sum": N_("the sum"),
    "average": N_("the average"),
    "min": N_("the smallest value"),
    "max": N_("the largest value"),
    "last": N_("the last value"),
    "count": N_("how many values there are"),
    "recompute": N_("the rate computed anew from its two parts"),
}


def said(session: Session, measure: Measure) -> str:
    """The metric's own step: what it leans on, and what is done with it."""
    _, metric = translator(session.locale), measure.metric
    if measure.tree:
        return _formula(session, str(metric.expr), measure.tree)
    first = _name(session, measure.inputs[0])
    if metric.type == "ratio":
        parts = f"{first} / {_name(session, measure.inputs[-1])}"
        return parts if metric.factor == 1 else f"{parts} × {metric.factor:g}"
    if metric.type == "cumulative":
        return _running(measure, first, session.locale)
    if metric.filter:
        first = f"{first} ({' · '.join(metric.filter.values())})"
    longer = measure.indicator.frequency != session.indicator(measure.inputs[0]).frequency
    return _("{name}, by longer periods: {how}", name=first, how=_(HOW[measure.how])) if longer else first


def _formula(session: Session, text: str, tree: Node) -> str:
    """The formula as it is written, with names in place of ids."""
    for found in reversed(names(tree)):
        text = text[: found.at - 1] + _name(session, found.id) + text[found.at - 1 + len(found.id) :]
    return text


def _running(measure: Measure, name: str, locale: str) -> str:
    _, metric = translator(locale), measure.metric
    how = _(HOW[measure.adding])
    if metric.window:
        return _("{name}, over the last {n} periods: {how}", name=name, n=metric.window, how=how)
    if metric.grain_to_date == "mandate":
        return _("{name}, since the mandate began: {how}", name=name, how=how)
    if measure.indicator.year_starts == 1:
        return _("{name}, since January: {how}", name=name, how=how)
    month = formats.name_of_month(measure.indicator.year_starts, locale)
    return _("{name}, since the fiscal year began in {month}: {how}", name=name, month=month, how=how)


def _name(session: Session, name: str) -> str:
    return session.say(session.indicator(name).name)
