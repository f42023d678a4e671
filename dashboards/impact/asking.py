"""Which method? Four plain questions, and what the method that they lead to can and cannot claim."""

from typing import Any

import streamlit as st

from dashboards import formats, layout
from dashboards.markdown import plain
from dashboards.session import Session
from dashboards.study import method
from dashboards.words import translator
from kpis.impact.choosing import Choice, chosen

BEFORE = 24
"""Periods before, until somebody says how many there are."""


def show(session: Session) -> None:
    """The questions in one row, and the answer below."""
    _ = translator(session.locale)
    layout.section(_("Which method?"))
    st.write(_("Four questions about a policy that you want to judge; the answer is a proposal."))
    first, second, third, fourth = st.columns(4)
    with first:
        treated = st.number_input(_("How many places have the policy?"), 1, 10_000, 1, key="method_treated")
    with second:
        compared = st.radio(_("Are there places without it?"), ["yes", "no"], **_answers(session, "compared"))
    with third:
        before = st.number_input(_("How many periods before the start?"), 0, 10_000, BEFORE, key="method_before")
    with fourth:
        others = st.radio(_("Did some begin at other dates?"), ["yes", "no"], index=1, **_answers(session, "others"))
    answer(session, chosen(int(treated), compared != "no", int(before), treated > 1 and others == "yes"))


def answer(session: Session, choice: Choice) -> None:
    """The method proposed, why, and what it can and cannot claim."""
    _ = translator(session.locale)
    none = _("No method")
    st.markdown(f"**{plain(method.name(choice.method, _) if choice.method else none)}**: {plain(_why(session, choice))}")
    if choice.method is None:
        return
    can, cannot = st.columns(2)
    for room, title, said in ((can, _("What it can claim"), choice.can), (cannot, _("What it cannot"), choice.cannot)):
        with room:
            st.markdown(f"**{plain(title)}**")
            st.markdown("\n".join(f"- {plain(formats.reason(each, session.locale))}" for each in said))


def _why(session: Session, choice: Choice) -> str:
    return formats.reason(choice.why, session.locale)


def _answers(session: Session, name: str) -> dict[str, Any]:
    _ = translator(session.locale)
    words = {"yes": _("Yes"), "no": _("No")}
    return {"key": f"method_{name}", "format_func": words.__getitem__, "horizontal": True}
