"""The forms in which a goal's analysis and risk are written on this page, opened by the links in the list: `work?goal=ID`."""

from html import escape

import streamlit as st

from dashboards import layout, panel, scores
from dashboards.goal.verdict import sentence
from dashboards.goal_review import writing
from dashboards.session import Session
from dashboards.work.known import Known

KEY = "goal"


def show(session: Session, found: Known) -> None:
    """The goal that the address names, how it stands in the reviewed month, and the forms; nothing for whoever may write neither."""
    kpi = session.catalogue.kpi.get(st.query_params.get(KEY, ""))
    at = session if session.month == found.month else session.at(found.month)
    if kpi is None or not any(writing.forms(at, kpi)):
        return
    with st.container(border=True):
        layout.section(session.say(kpi.name))
        panel.show(_stands(at, kpi.id), key="analysing")
        writing.show(at, kpi)


def _stands(session: Session, goal: str) -> str:
    """As HTML; "" before the first figures."""
    score = next((score for score in scores.judged(session) if score.kpi.id == goal), None) if session.held else None
    return f"<p>{panel.status(session, score.status)}. {escape(sentence(session, score))}</p>" if score else ""
