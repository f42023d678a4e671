"""A study that is being written, reckoned before it is saved: what it would say."""

from collections.abc import Hashable
from dataclasses import replace

import streamlit as st

from dashboards import panel
from dashboards.kept import kept
from dashboards.session import Session
from dashboards.study import chart, known, method, page
from dashboards.study.shown import Shown
from dashboards.words import translator
from data.yaml_file import parse
from data.yaml_text import with_value
from kpis.impact import choosing, from_facts, reading
from kpis.impact.answer import Answer, answered
from kpis.impact.began import began
from kpis.impact.reading import Written
from kpis.saving import Draft

WARMED = 32
"""Drafts whose answers are held in memory."""


def written(session: Session, draft: Draft) -> Written:
    """The draft as a study. Raises Refused with every problem."""
    return reading.written(parse(draft.text, session.home.short(draft.path)), draft.path)


def proposed(session: Session, draft: Draft) -> Draft:
    """The draft with the method that fits its figures, where it names none. Raises Refused where its figures make no panel."""
    found = written(session, draft)
    if "method" in found.study.model_fields_set:
        return draft
    held = from_facts.figures(found, began(found, session.home), session.held, session.catalogue, session.definitions)
    choice = choosing.of_panel(held.panel)
    return draft if choice.method is None else replace(draft, text=with_value(draft.text, ("method",), choice.method))


def show(session: Session, draft: Draft) -> Answer:
    """The finding of the draft as its page would show it."""
    _ = translator(session.locale)
    with st.spinner(_("The study is being reckoned")):
        answer = _answer(session, draft)
    shown = Shown(session, answer)
    st.header(_("What it would say"), anchor=False)
    st.write(_("Method: {method}", method=method.name(answer.study.method, _)))
    panel.show(page.verdict(shown), key="study_tried_verdict")
    chart.show(shown)
    panel.show(page.doubts(shown), key="study_tried_doubts")
    return answer


def _as_of(session: Session, draft: Draft) -> Hashable:
    return known.stamp(session), draft.path, draft.text


@kept(WARMED, by=_as_of)
def _answer(session: Session, draft: Draft) -> Answer:
    return answered(written(session, draft), session.home, session.held, session.catalogue, session.definitions)
