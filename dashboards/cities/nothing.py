"""The page while no city has sent a month: what to ask a city for, and what it contains."""

import streamlit as st

from dashboards import layout
from dashboards.cities.known import Known


def show(known: Known) -> None:
    """What would be here, and how it comes to be."""
    _ = known.words
    layout.section(_("No city has sent a month yet"))
    st.write(_("Here you will see one row for each city that you follow: its next meeting, what is overdue, and what got worse."))
    st.write(_("**Ask each city for the signed file of its closed month.** Its data office finds it on the page *This month*, once the "
               "month is closed, or makes it by this command:"))  # fmt: skip
    st.code("python -m data export-month --place PLACE --month 2026-09", language="shell", width="content", wrap_lines=True)
    st.write(_("The file holds figures only: each goal with its status and its reason, the truth line of each plan, how many follow-ups "
               "are open, overdue and kept, how many concerns, how many values are missing, and the day of the next meeting. "
               "It names nobody, and nothing that people wrote is in it."))  # fmt: skip
    st.write(_("It is signed. Before the first file of a city counts, you compare its fingerprint by telephone."))
