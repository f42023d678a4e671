"""One goal on one page, in the order in which a mayor asks: how does it stand, since when, why, where, and what is it."""

from html import escape

import polars as pl
import streamlit as st

from dashboards import downloads, layout, outlooks, panel, scores, unusual
from dashboards.assessments import about as policies
from dashboards.goal import chart, coming, definition, series, smart, usual, values, where, why
from dashboards.goal.verdict import sentence
from dashboards.goal_review import saying, writing
from dashboards.impact import about as did_it_work
from dashboards.meetings import about as in_the_meetings
from dashboards.meetings.concerns import raising
from dashboards.peers import about as beside_its_peers
from dashboards.reports import button
from dashboards.session import Session
from dashboards.words import translator
from kpis.definition import Kpi
from kpis.score import Score


def asked(session: Session) -> Kpi | None:
    """The goal that the address names: `goal?kpi=ID`; None where there is no such goal."""
    return session.catalogue.kpi.get(st.query_params.get("kpi", ""))


def heading(session: Session, kpi: Kpi | None) -> None:
    """The goal's axis, its name, the question it answers and who answers for it."""
    _ = translator(session.locale)
    if kpi is None:
        layout.head(session, _("Goal"), _("How one goal stands, why, and what exactly is measured"))
        return
    axes = {axis.id: f"{number} · {session.say(axis.name)}" for number, axis in enumerate(session.definitions.city.mandate.axes, start=1)}
    if kpi.axis:
        with session.heading:
            layout.note(axes[kpi.axis])
    layout.head(session, session.say(kpi.name), f"{_purpose(session, kpi)} · {session.say(session.definitions.area[kpi.owner])}")


def show(session: Session, kpi: Kpi | None) -> None:
    """The page below its heading."""
    if kpi is None:
        _unknown(session)
        return
    score = next(score for score in scores.judged(session) if score.kpi.id == kpi.id)
    history, changed = series.history(session, score), series.revised(session, score)
    limits = usual.limits(session, score, history)
    with session.controls:
        downloads.offer(session, score.kpi.id, values.frame(session, score, history, limits), values.about(session, score))
        button.offer(session, ["goal"], kpi.id)
    likely = f'<p class="likely">{escape(chance)}</p>' if (chance := coming.sentence(session, score)) else ""
    verdict = f'<p class="headline">{panel.status(session, score.status)}. {escape(sentence(session, score))}</p>'
    panel.show(verdict + likely + unusual.paragraph(session, score) + smart.badge(session, score), key="goal_verdict")
    _said(session, kpi)
    if history["value"].drop_nulls().is_empty():
        _no_values(session)
    else:
        chart.show(session, score, history, changed, limits)
        if not outlooks.ready(session):
            outlooks.watch(session)
    panel.show(_evidence(session, score, history, changed, limits), key="goal_evidence")
    _to_the_workshop(session, score)
    beside_its_peers.show(session, score)
    _spoken_of(session, kpi)


def _spoken_of(session: Session, kpi: Kpi) -> None:
    """Whether what the city does about it works, how that was judged, and what the meetings said."""
    did_it_work.show(session, goal=kpi.id)
    policies.show(session, goal=kpi.id)
    in_the_meetings.show(session, goal=kpi.id)
    raising.link(session, goal=kpi.id)


def _said(session: Session, kpi: Kpi) -> None:
    """What its area says of the month and of earlier ones, and where it says it."""
    if told := saying.block(session, kpi.id):
        panel.show(told, key="goal_said")
    writing.folded(session, kpi)


def _purpose(session: Session, kpi: Kpi) -> str:
    described = session.indicator(kpi.measure).description
    return session.say(kpi.question or described or kpi.name)


def _evidence(session: Session, score: Score, history: pl.DataFrame, changed: pl.DataFrame, limits: pl.DataFrame) -> str:
    parts = [
        values.table(session, score, history, usual.notes(session, limits)),
        '<div class="columns">',
        why.table(session, score, changed),
        where.table(session, score),
        coming.table(session, score),
        "</div>",
        smart.table(session, score),
        definition.table(session, score),
    ]
    return "".join(parts)


def _to_the_workshop(session: Session, score: Score) -> None:
    if "workshop" in session.definitions.city.modules:
        _ = translator(session.locale)
        asked = session.query(draft=score.kpi.id)
        st.page_link("pages/office/workshop.py", label=_("Change this goal in the workshop"), icon=":material/edit:", query_params=asked)


def _no_values(session: Session) -> None:
    _ = translator(session.locale)
    layout.section(_("No value is known yet"))
    st.write(_("The history of this goal would be drawn here. It begins with the first file that holds its indicator."))


def _unknown(session: Session) -> None:
    _ = translator(session.locale)
    layout.section(_("There is no such goal"))
    st.write(_("The link names no goal, or one that the city no longer tracks. All goals are on the Overview."))
    st.page_link("pages/home/overview.py", label=_("All goals"), query_params=session.query())  # always there; the list may be off
