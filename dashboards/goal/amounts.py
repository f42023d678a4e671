"""A goal's numbers as its page writes them."""

from collections.abc import Callable

from dashboards import formats
from dashboards.session import Session
from dashboards.words import translator
from kpis.score import Score


def exact(session: Session, score: Score, value: float | None) -> str:
    """With the indicator's decimals; the unit only where it is a sign, as it stands beside the chart and the table."""
    return formats.in_table(value, score.indicator, session.locale)


def wanted(session: Session, score: Score) -> str:
    """The target with its unit: one value, or from one to another; "" where there is none."""
    _, target, indicator = translator(session.locale), score.aim.target, score.indicator
    if target is None:
        return ""
    told = [formats.measured(end, indicator, session.locale) for end in target.range or (target.value,)]
    return _("{low} to {high}", low=told[0], high=told[1]) if target.range else told[0]


def declared(session: Session, score: Score, value: float) -> str:
    """A baseline or a target, as round as it was written."""
    if score.indicator.unit == "%":
        return with_its_unit(session, score, value)
    return formats.number(value, _decimals(score, value), session.locale)


def with_its_unit(session: Session, score: Score, value: float) -> str:
    """The same with the unit, however long it is, for a sentence that stands alone."""
    indicator = score.indicator
    return formats.with_unit(value, indicator.unit, _decimals(score, value), session.locale, indicator.unit_one)


def aimed_at(session: Session, score: Score, said: Callable[[Session, Score, float], str] = declared) -> str:
    """The target as round as it was written: one value, or from one to another; "" where there is none."""
    _, target = translator(session.locale), score.aim.target
    if target is None:
        return ""
    if not target.range:
        return said(session, score, target.value)
    low, high = target.range
    return _("{low} to {high}", low=declared(session, score, low), high=said(session, score, high))


def _decimals(score: Score, value: float) -> int:
    return 0 if value == int(value) else score.indicator.decimals
