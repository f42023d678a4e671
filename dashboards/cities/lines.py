"""The truth lines of a city's plans, from what its month says."""

from html import escape

from dashboards.cities.known import Known
from dashboards.plan import truth_line
from dashboards.plan.truth_line import CLOSE
from data.exchange.content import PlanMonth
from data.exchange.received import CityMonth


def block(known: Known, month: CityMonth) -> str:
    """Every plan with its line and its gap in words, as HTML."""
    _ = known.words
    if not month.plans:
        nothing = _("The city sent no plan.")
        return f"<p>{escape(nothing)}</p>"
    return "".join(_plan(known, plan) for plan in month.plans)


def mandate(month: CityMonth) -> PlanMonth | None:
    """The plan that is shown where there is room for one: the mandate plan, else the first; None where there is none."""
    return next((plan for plan in month.plans if plan.kind == "mandate"), month.plans[0] if month.plans else None)


def small(known: Known, plan: PlanMonth) -> str:
    """Its bar for a row of a table, as HTML."""
    return truth_line.small(known.session, dict(plan))


def against_time(known: Known, plan: PlanMonth) -> str:
    """How proved work stands to the time used, for a tight column."""
    _, gap = known.words, plan.gap
    if gap is None:
        return ""
    if abs(gap) < CLOSE:
        return _("goes with time")
    said = truth_line.points(gap, known.session.locale)
    return _("{points} behind time", points=said) if gap < 0 else _("{points} ahead of time", points=said)


def _plan(known: Known, plan: PlanMonth) -> str:
    return f"<h3>{escape(known.session.say(plan.name))}</h3>{truth_line.block(known.session, dict(plan))}"
