"""A goal's numbers as its page writes them."""

from dashboards import formats
from dashboards.session import Session
from kpis.score import Score


def exact(session: Session, score: Score, value: float | None) -> str:
    """With the indicator's decimals; the unit only where it is a sign, as it stands beside the chart and the table."""
    return formats.in_table(value, score.indicator, session.locale)


def declared(session: Session, score: Score, value: float) -> str:
    """A baseline or a target, as round as it was written."""
    decimals = 0 if value == int(value) else score.indicator.decimals
    unit = score.indicator.unit
    return formats.with_unit(value, unit, decimals, session.locale) if unit == "%" else formats.number(value, decimals, session.locale)
