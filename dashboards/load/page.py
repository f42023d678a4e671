"""The page below its heading: which of the four steps the reader is at, that step, and the loads so far."""

from html import escape

import streamlit as st

from dashboards import layout, panel
from dashboards.load import arrival, checking, done, faults, history, mapping
from dashboards.load.desk import Desk, Step, clear, on_desk
from dashboards.markdown import plain
from dashboards.session import Session
from dashboards.words import N_, Words, translator
from data.problems import NotPossibleNow, Refused

STEPS = {"file": N_("File"), "map": N_("Mapping"), "check": N_("Check"), "done": N_("Load")}
CURRENT = ' aria-current="step"'
SHOWN = {"map": mapping.show, "check": checking.show, "done": done.show}


def show(session: Session) -> None:
    """One step at a time; nothing is lost where it fails."""
    _, desk = translator(session.locale), on_desk(session.home)
    if history.asked(session):
        history.confirm(session)
        return
    panel.show(_steps(desk.step if desk else None, _), key="load_steps")
    try:
        if desk is None:
            arrival.show(session)
        else:
            _head(session, desk, _)
            SHOWN[desk.step](session, desk)
    except Refused as refused:
        faults.whole(session, refused.problems)
    except NotPossibleNow as reason:
        faults.not_now(session, reason)
    if desk is None or desk.step == "done":
        history.show(session)


def _steps(at: Step | None, _: Words) -> str:
    """The four steps as a list, the one in hand marked."""
    names = list(STEPS)
    current = names.index(at) if at else 0
    items = "".join(
        f'<li class="{"past" if number < current else ""}"{CURRENT if number == current else ""}>'
        f"<span>{number + 1}</span> {escape(_(STEPS[name]))}</li>"
        for number, name in enumerate(names)
    )
    label = escape(_("Steps"))
    return f'<ol class="steps" aria-label="{label}">{items}</ol>'


def _head(session: Session, desk: Desk, _: Words) -> None:
    """Which file it is, and the ways back."""
    if desk.step == "done":
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{plain(desk.name)}**")
        if desk.step == "check":
            _remap(session, desk, _)
        if st.button(_("Another file"), key="load_another", type="tertiary"):
            clear(desk)
            st.rerun()


def _remap(session: Session, desk: Desk, _: Words) -> None:
    if not mapping.changeable(session, desk):
        layout.note(_("This mapping says more than these steps can show: change it in data/sources.yaml"))
    elif st.button(_("Change the mapping"), key="load_remap", type="tertiary"):
        mapping.again(session, desk)
        st.rerun()
