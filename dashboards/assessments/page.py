"""The page below its heading: what is due first, then how much of the plan was ever judged, then every policy."""

from html import escape

import streamlit as st

from dashboards import downloads, layout, panel
from dashboards.appraisals import listing as appraisals
from dashboards.assessments import calendar, covered, listing, planning, returns
from dashboards.assessments.known import Known
from dashboards.plan import doing
from dashboards.session import Session


def show(session: Session) -> None:
    """Everything about the assessments of the city's policies."""
    known = Known(session)
    _ = known.words
    doing.said(planning.PLACE)
    if not known.register.policies:
        _nothing_yet(known)
        return
    with session.controls:
        about = {_("Measured on"): known.date(session.review_day)}
        downloads.offer(session, "assessments", lambda: listing.frame(known), about)
    panel.show(f'<p class="headline">{escape(calendar.headline(known))}</p>{calendar.block(known)}', key="assessments_due")
    panel.show(covered.block(known) + listing.block(known), key="assessments_register")
    returns.show(known)
    appraisals.show_list(session)
    planning.show(known)


def _nothing_yet(known: Known) -> None:
    _ = known.words
    layout.section(_("No policy yet"))
    st.write(_("Here you will see which policies were assessed, when and by whom, what was learnt, and which assessment is due next."))
    if not known.may("keep_policy"):
        st.write(_("The data office or a consultant writes the first policy down."))
    planning.show(known)
    appraisals.show_list(known.session)
