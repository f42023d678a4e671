"""The form in which an action is reported on this page: opened by its link in the list, sent by its button."""

import streamlit as st

from dashboards import layout
from dashboards.plan import form
from dashboards.plan.action import reporting, subject
from dashboards.session import Session
from dashboards.work.known import Known, newest

KEY, PLACE = "report", "work"


def show(session: Session, found: Known) -> None:
    """The form of the action that the address names, `work?report=ID`, while it is owed; nothing for whoever may not report it."""
    asked = st.query_params.get(KEY, "")
    duty = next((duty for duty in found.duties if duty.kind == "report" and str(duty.node) == asked), None)
    about = subject.of(newest(session), int(asked)) if duty else None
    if about is None or not about.may("report_progress"):
        return
    with st.container(border=True):
        layout.section(about.say(about.node["name"]))
        form.show(about.session, reporting.form_of(about, said_at=PLACE))
