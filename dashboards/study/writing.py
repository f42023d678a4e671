"""Writing a study from the panel: a new one, one that is changed, removed or brought back. Only the office may save; anybody may try."""

from datetime import date
from html import escape
from typing import Any

import streamlit as st

from dashboards import layout, panel
from dashboards import session as visit
from dashboards.markdown import plain
from dashboards.plan import doing
from dashboards.plan import fields as forms
from dashboards.session import Session
from dashboards.study import fields, known, trying
from dashboards.words import translator
from data.access import Object, may
from data.problems import Refused
from kpis.impact.saving import studies
from kpis.impact.study import Study
from kpis.saving import Draft

PAGE, PLACE = "pages/policy/study.py", "study"
TRIED = "study_tried"
"""The text that was tried: its finding and the room to save it stand below the form while the form says the same."""


def is_new() -> bool:
    """Whether the address asks for a new study: `study?new=1`."""
    return st.query_params.get("new") == "1"


def is_changed() -> bool:
    """Whether it asks for the form of one that is there: `study?study=ID&change=1`."""
    return st.query_params.get("change") == "1"


def said(_session: Session) -> None:
    """What was saved in the run before."""
    doing.said(PLACE)


def link(session: Session) -> None:
    """The way to a new study, and for the office back to those that were removed."""
    _ = translator(session.locale)
    if session.beside is None:
        st.page_link(PAGE, label=_("New study"), icon=":material/add:", query_params=session.query(new="1"))
        _bring_back(session)


def begin(session: Session) -> None:
    """The form of a new study."""
    _ = translator(session.locale)
    if session.held is None:
        layout.nothing_yet(session)
        return
    _written(session, None)


def to_change(session: Session, study: Study) -> None:
    """The way to the form of a study; none in a closed month."""
    if session.beside is None and session.held is not None:
        _ = translator(session.locale)
        _on_this_page(session, _("Change or remove this study"), study=study.study, change="1")


def change(session: Session, study: Study) -> None:
    """Changing and removing a study; only words where it reads a table."""
    _ = translator(session.locale)
    _on_this_page(session, _("Back to the study"), study=study.study)
    if study.indicator is None:
        st.write(_("This study reads a table: change it in its file, {file}.", file=f"`kpis/studies/{study.study}.yaml`"))
    else:
        _written(session, study)
    _remove(session, study)


def _on_this_page(session: Session, label: str, **asked: str) -> None:
    """A link to another view of the same page. (Streamlit's own leaves the browser's address as it was; the next run goes by that.)"""
    panel.show(f'<p><a href="{escape(session.address("study", **asked))}">{escape(label)}</a></p>', key="study_other_view")


def may_save(session: Session) -> bool:
    return session.actor is not None and may(session.actor, "keep_study", Object("study"))


def _written(session: Session, study: Study | None) -> None:
    """The form, what the study would say, and the room to save it."""
    _, name = translator(session.locale), study.study if study else ""
    typed, _file = forms.ask(session, fields.fields(session), fields.filled(study), f"study/{name}")
    told = fields.keys(typed, study, known.ids(session))
    if lacking := fields.missing(told, _):
        layout.note(_("Still to be said: {what}.", what=", ".join(lacking)))
        return
    try:
        draft = trying.proposed(session, _draft(session, study, told))
    except Refused as refused:
        layout.problems(refused.problems, _)
        return
    if st.button(_("Try it"), key=f"study_try_{name}", type="secondary"):
        visit.put(TRIED, draft.text)
    if visit.left(TRIED) == draft.text:
        trying.show(session, draft)
        _save(session, draft, study)


def _draft(session: Session, study: Study | None, told: dict[str, Any]) -> Draft:
    shelf = studies(session.home)
    return shelf.begun(told["study"], told) if study is None else shelf.changed(study.study, told)


def _save(session: Session, draft: Draft, study: Study | None) -> None:
    """Why, and the button; for whoever may not, who may."""
    _ = translator(session.locale)
    layout.section(_("Save"))
    if not may_save(session):
        st.write(_("Only the data office saves studies. Choose above whom you act as."))
        return
    name = study.study if study else ""
    reason = st.text_area(_("Why"), key=f"study_reason_{name}", height=90)
    if st.button(_("Save the study"), key=f"study_save_{name}", type="primary") and doing.attempt_at(
        session, lambda: _kept(session, draft, reason), PLACE
    ):
        st.switch_page(PAGE, query_params=session.query(study=draft.path.stem))


def _kept(session: Session, draft: Draft, reason: str) -> str:
    _ = translator(session.locale)
    assert session.actor is not None
    studies(session.home).save(session.actor, draft, reason, date.today(), lambda recorded: known.prove(session, recorded))
    done = _("Saved in {file}.", file=session.home.short(draft.path))
    doing.note(PLACE, done)
    return done


def _remove(session: Session, study: Study) -> None:
    """The way back to what the file said before, and removing it."""
    _ = translator(session.locale)
    if not may_save(session):
        return
    layout.section(_("Undo or remove"))
    reason = st.text_input(_("Why it is undone or removed"), key=f"study_why_{study.study}", width=520)
    with st.container(horizontal=True):
        earlier = studies(session.home).before(study.study)
        back = earlier is not None and st.button(_("Bring back what the file said before"), key=f"study_undo_{study.study}")
        gone = st.button(_("Remove the study"), key=f"study_remove_{study.study}")
    if back and earlier is not None:
        draft = studies(session.home).with_text(study.study, earlier)
        if doing.attempt_at(session, lambda: _kept(session, draft, reason), PLACE):
            st.rerun()
    if gone and doing.attempt_at(session, lambda: _gone(session, study, reason), PLACE):
        st.switch_page("pages/policy/impact.py", query_params=session.query())


def _gone(session: Session, study: Study, reason: str) -> str:
    _ = translator(session.locale)
    assert session.actor is not None
    studies(session.home).remove(session.actor, study.study, reason, date.today())
    done = _("Removed: {study}. It can be brought back below.", study=study.study)
    doing.note(PLACE, done)
    return done


def _bring_back(session: Session) -> None:
    """Studies that were removed, for the office."""
    _, gone = translator(session.locale), studies(session.home).removed() if may_save(session) else []
    if not gone:
        return
    with st.expander(_("Studies that were removed")):
        for study in gone:
            earlier = studies(session.home).before(study)
            if earlier is not None and st.button(plain(_("Bring back {study}", study=study)), key=f"study_back_{study}"):
                draft = studies(session.home).with_text(study, earlier)
                if doing.attempt_at(session, lambda draft=draft: _kept(session, draft, _("brought back")), PLACE):
                    st.rerun()
