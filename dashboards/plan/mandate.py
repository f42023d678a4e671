"""The mandate plan on the Overview: its truth line, how much of it is late, and the way to where both come from."""

from collections.abc import Hashable
from html import escape

from dashboards.plan import shown, truth_line
from dashboards.session import Session
from dashboards.words import translator
from data.plans.reading import Plan, plans
from data.problems import NotPossibleNow
from data.records.records import begun
from kpis.plans.truth import Truth


def stamp(session: Session) -> Hashable:
    """Changes with every write to the records; None while there is no plan to show, so that looking makes no records.

    "damaged" where the records cannot be read: the goals and their figures do not hang on them.
    """
    used = "plan" in session.definitions.city.modules and begun(session.home)
    try:
        return session.records_state if used else None
    except NotPossibleNow:
        return "damaged"


def block(session: Session) -> str:
    """The truth line of the place's mandate plan as HTML, with links to Progress; "" without one, or without an action that counts.

    How many actions are late stands beside it: a plan may be ahead of time as a whole while a third of it is late.
    """
    try:
        return _block(session)
    except NotPossibleNow:
        _ = translator(session.locale)
        said = _("The plan cannot be read: the records are damaged or out of reach. The figures of the goals are not touched by it.")
        return f"<p>{escape(said)} <code>python -m data verify</code></p>"


def _block(session: Session) -> str:
    plan = of_place(session)
    truth = shown.truth_of(session, plan) if plan else None
    if plan is None or truth is None or not truth.whole["actions"]:
        return ""
    _, link = translator(session.locale), escape(session.address("progress", plan=plan.key))
    said = escape(_("The plan, action by action"))
    return f'{truth_line.block(session, truth.whole)}{_late(session, plan, truth)}<p><a href="{link}">{said}</a></p>'


def late(session: Session, truth: Truth) -> str:
    """How many of the plan's actions are late, in a sentence; "" where none is."""
    count, actions = truth.counts["late"], truth.whole["actions"]
    if not count:
        return ""
    return translator(session.locale).ngettext("Late: {late} of {n} action", "Late: {late} of {n} actions", actions, n=actions, late=count)


def _late(session: Session, plan: Plan, truth: Truth) -> str:
    said = escape(late(session, truth))
    return f'<p><a href="{escape(session.address("progress", plan=plan.key, state="late"))}">{said}</a></p>' if said else ""


def of_place(session: Session) -> Plan | None:
    """The mandate plan of the place that is looked at, by the first key where there are several."""
    if stamp(session) is None:
        return None
    return next(
        (plan for plan in plans(session.records, shown.until(session)) if plan.kind == "mandate" and plan.place == session.place), None
    )
