"""The page below its heading: which goal, its form and its text, the Smart Rule, the last year by it, and saving it."""

import streamlit as st

from dashboards import layout, outlooks
from dashboards import session as visit
from dashboards.markdown import plain
from dashboards.session import Session
from dashboards.words import translator
from dashboards.workshop import beginning, conflict, desk, editor, form, saving, smart, year
from dashboards.workshop.desk import CHOICE, NEW, Bench
from kpis.workshop.draft import Draft, Trial, tried


def show(session: Session) -> None:
    """A goal at a time; a draft that is not saved stays where it is."""
    bench = Bench.of(session)
    subject = _chosen(session, bench)
    draft = desk.lying(bench, subject)
    if draft is None:
        beginning.show(session, bench)
        return
    saving.said(bench)
    if conflict.shown(bench, subject, draft):
        return
    trial = tried(session.home, session.definitions, draft, session.held)
    _work(session, bench, subject, draft, trial)
    if not draft.is_whole_file:
        _judged(session, draft, trial)
    saving.show(bench, subject, draft, trial)


def _chosen(session: Session, bench: Bench) -> str:
    """Where a file is broken, that is what is opened, unless something else is asked for."""
    _ = translator(session.locale)
    options = [*desk.subjects(bench.home), NEW]
    first = next(iter(desk.troubled(bench, session.problems)), options[0])
    subject = visit.linked(CHOICE, options, first)
    st.selectbox(_("Goal"), options, key=CHOICE, format_func=lambda option: desk.name(bench, option), width=520)
    return subject


def _work(session: Session, bench: Bench, subject: str, draft: Draft, trial: Trial) -> None:
    """Form and text side by side; a file that is mended whole has its text alone."""
    _ = translator(session.locale)
    if draft.is_whole_file:
        _text(bench, subject, draft, trial)
        return
    left, right = st.columns(2, gap="medium")
    with left:
        layout.section(_("Form"))
        form.show(session, bench, subject, draft)
    with right:
        layout.section(_("YAML"))
        _text(bench, subject, draft, trial)


def _text(bench: Bench, subject: str, draft: Draft, trial: Trial) -> None:
    editor.show(bench, subject, draft, trial)
    if trial.elsewhere:
        _ = bench.words
        st.warning(_("There are problems in other files or goals too:"), icon=":material/build:")
        layout.problems([said.problem for said in trial.elsewhere], bench.words)


def _judged(session: Session, draft: Draft, trial: Trial) -> None:
    """What the goal would be, as far as it can be judged."""
    _ = translator(session.locale)
    layout.section(_("The last year by this definition"))
    if trial.catalogue is None:
        layout.note(_("It is shown as soon as there is no problem left."))
        return
    if session.held is None:
        layout.note(_("No figures are loaded yet: what the last year would have been is shown with the first file."))
    else:
        year.show(session, draft, trial.catalogue)
    layout.section(_("Smart Rule"))
    smart.show(session, draft, trial)
    if not outlooks.ready(session):
        layout.note(plain(_("The forecasts are being computed; they appear here in a moment.")))
