"""The page below its heading: how many are open, one concern where one is asked for, a new one, and the list."""

from html import escape

import streamlit as st

from dashboards import downloads, layout, panel
from dashboards.meetings.concerns import going_on, listing, raising
from dashboards.meetings.concerns.known import Known
from dashboards.plan import doing
from dashboards.session import Session


def show(session: Session) -> None:
    """Everything about the concerns of the place."""
    known = Known(session)
    _ = known.words
    doing.said(raising.PLACE)
    if not known.rows:
        raising.show(known)
        layout.section(_("No concern yet"))
        st.write(_("Here you will see what somebody worries about, what was answered and decided, and whether they think it settled."))
        return
    with session.controls:
        downloads.offer(session, "concerns", lambda: listing.frame(known), {_("Measured on"): known.date(known.day)})
    one = going_on.asked(known)
    if one is not None:
        going_on.show(known, one)
    elif st.query_params.get("id"):
        layout.note(_("The link names a concern that is not there."))
    raising.show(known)
    panel.show(f'<p class="headline">{escape(listing.headline(known))}</p>{listing.block(known)}', key="concerns_list")
