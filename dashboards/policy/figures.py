"""A figure of the panel as something that shows how a policy does; of a survey with how many answered, and how sure that makes it."""

from dashboards import formats
from dashboards.assessments.known import Known, Row
from dashboards.plan import shown
from kpis.assessments.perception import Figure, figure


def shown_by(known: Known, row: Row) -> Figure | None:
    """The figure that a judgement names, as known in the month; None where there is none such."""
    session = known.session
    indicator = session.definitions.indicator.get(row["indicator"] or "")
    if indicator is None or session.held is None or not row["period"]:
        return None
    return figure(session.facts, indicator, known.place, row["period"], shown.until(session))


def said(known: Known, found: Figure) -> str:
    """ "Residents satisfied, 3rd quarter 2026: 58.5 % (1,200 answered; in general 55.7 to 61.3 %)" """
    _, session, it = known.words, known.session, found.indicator
    period = formats.period(found.period, it.frequency, session.locale)
    told = _("{name}, {period}: {value}", name=session.say(it.name), period=period, value=formats.measured(found.value, it, session.locale))
    return f"{told} ({sure(known, found)})" if found.answers else told


def sure(known: Known, found: Figure) -> str:
    """How many answered, and between what the true share lies with 95% certainty."""
    _, session, it = known.words, known.session, found.indicator
    low, high = (formats.number(each, it.decimals, session.locale) for each in (found.low, found.high))
    answered = _.ngettext("{n} answered", "{n} answered", found.answers or 0, n=found.answers or 0)
    return _("{answered}; in general {low} to {high} %", answered=answered, low=low, high=high)
