"""A goal's numbers as its page writes them."""

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
    told = [formats.with_unit(end, indicator.unit, indicator.decimals, session.locale) for end in target.range or (target.value,)]
    return _("{low} to {high}", low=told[0], high=told[1]) if target.range else told[0]


def declared(session: Session, score: Score, value: float) -> str:
    """A baseline or a target, as round as it was written."""
    decimals = 0 if value == int(value) else score.indicator.decimals
    unit = score.indicator.unit
    return formats.with_unit(value, unit, decimals, session.locale) if unit == "%" else formats.number(value, decimals, session.locale)
