"""The closed month as one signed file, for whoever advises the city, with the fingerprint to read out to them."""

import streamlit as st

from dashboards import layout
from dashboards.markdown import plain
from dashboards.meetings.month.known import Known
from data.exchange.making import file_name, month_file
from data.exchange.month_file import opened
from data.problems import NotPossibleNow, Refused

KIND = "application/json"


def offer(about: Known) -> None:
    """The button that opens it, for a closed month of the city's own place; the file is made when it is opened."""
    _, session = about.words, about.session
    if session.place != session.definitions.city.place:
        return
    choice = st.popover(_("Signed month for our consultant"), icon=":material/outgoing_mail:", key="signed_month", on_change="rerun")
    if choice.open:
        with choice:
            _offer(about)


def _offer(about: Known) -> None:
    _, session = about.words, about.session
    assert session.actor is not None
    try:
        with st.spinner(_("The file is being made")):
            content = month_file(session.home, session.records, session.actor, session.place, session.month)
    except NotPossibleNow as reason:
        st.write(plain(_.not_now(reason)))
        return
    except Refused as refused:
        st.write(plain(" ".join(_.problem(problem) for problem in refused.problems)))
        return
    name = file_name(session.place, session.month)
    st.write(_("Figures only: it names nobody, and nothing that people wrote is in it."))
    st.download_button(_("Download it"), content, name, KIND, key="signed_month_file", on_click="ignore", width="stretch")
    st.write(_("Your consultant calls before trusting the first one. Read out to them:"))
    st.code(opened(content, name).fingerprint, language=None, wrap_lines=True)
    layout.note(_("The fingerprint is the same each month. It need not be secret, but must not travel the same way as the file."))
