"""Where an area reports many actions at once: here in a table, or in a spreadsheet that goes out and comes back."""

import streamlit as st

from dashboards import layout
from dashboards.plan import doing
from dashboards.plan.area import grid, sheets
from dashboards.session import Session
from dashboards.words import translator
from data.access import Object, may
from data.plans.reading import Plan
from data.plans.reported import held


def show(session: Session, plan: Plan, area: str) -> None:
    """Draws nothing for whoever may not report; a sentence where an older month is looked at, in which nothing is reported any more."""
    if session.actor is None or not may(session.actor, "report_progress", Object("node", area)):
        return
    actions = held(session.records, plan.id, area)
    if not actions:
        return
    _ = translator(session.locale)
    layout.section(_("Report many actions at once"))
    if not session.newest:
        st.write(_("This is how it was in an older month. Reports are written in the newest one."))
        return
    form = f"area/{plan.key}/{area}/{session.actor.person}"  # a visit may change who acts: what one typed is not the other's
    doing.said(form)
    doing.said(f"{form}#sent")
    here, away = st.tabs([_("Here in a table"), _("In a spreadsheet")])
    with here:
        grid.show(session, form, actions)
    with away:
        sheets.show(session, form, area, actions)
