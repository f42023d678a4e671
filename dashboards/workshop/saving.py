"""Saving a draft with who and why, giving it up, and the way back to what the file said before."""

from datetime import date

import streamlit as st

from dashboards import layout
from dashboards import session as visit
from dashboards.markdown import plain
from dashboards.words import NN_
from dashboards.workshop import desk, editor
from dashboards.workshop.desk import CHOICE, FAULTS, NEW, Bench
from data.definitions import load
from data.problems import NotPossibleNow, Refused
from kpis.workshop.draft import Draft, Trial, in_the_way
from kpis.workshop.saving import before, save

SAVED, BACK = "workshop_saved", "workshop_back"
BY, REASON, NAME = "workshop_by", "workshop_reason", "workshop_name"
"""Who and why, as they are asked for; who, as it is remembered while it is not asked for."""


def said(bench: Bench) -> None:
    """What was saved in the run before."""
    _ = bench.words
    if files := visit.take(SAVED):
        st.success(_("Saved in {files}. It is in force.", files=plain(str(files))), icon=":material/check:")


def show(bench: Bench, subject: str, draft: Draft, trial: Trial) -> None:
    """What stands in the way, or who and why, and the button."""
    _ = bench.words
    layout.section(_("Save"))
    if not draft.changed:
        st.write(_("Nothing is changed."))
        _way_back(bench, subject, draft)
        return
    if blocking := in_the_way(bench.home, bench.definitions, trial, bench.facts):
        one, many = NN_("{n} problem stands in the way: mend it first.", "{n} problems stand in the way: mend them first.")
        st.write(_.ngettext(one, many, len(blocking), n=len(blocking)))
    else:
        _form(bench, subject)
    st.button(_("Give up these changes"), key="workshop_discard", type="tertiary", on_click=_give_up, args=(bench, subject))


def _form(bench: Bench, subject: str) -> None:
    _ = bench.words
    if visit.left(BACK) == subject:
        st.info(_("This is what the file said before. Say why it is brought back, and save it."), icon=":material/undo:")
    if visit.left(BY) is None:
        visit.put(BY, visit.left(NAME) or "")
    with st.form("workshop_save", border=False):
        st.text_input(_("Who changes it"), key=BY, width=340)
        st.text_area(_("Why"), key=REASON, height=90, placeholder=_("As the council decided on ..."))
        st.form_submit_button(_("Save into the file"), key="workshop_commit", type="primary", on_click=_save, args=(bench, subject))
    for fault in _faults():
        st.error(plain(fault), icon=":material/error:")
    layout.note(_("The reason is written into the goal's own file, under changes."))


def _save(bench: Bench, subject: str) -> None:
    """Where it is refused the draft stays as it is, and so do who and why."""
    draft = editor.typed(bench, subject)
    if draft is None:
        return
    by, reason = str(visit.left(BY) or ""), str(visit.left(REASON) or "")
    try:
        files = save(bench.home, load(bench.home), draft, by, reason, date.today(), bench.facts)
    except Refused as refused:
        visit.put(FAULTS, [bench.words.problem(problem) for problem in refused.problems])
        return
    except NotPossibleNow as fault:
        visit.put(FAULTS, [bench.words.not_now(fault)])
        return
    _give_up(bench, subject)
    visit.put(NAME, by)
    visit.put(REASON, "")
    visit.put(SAVED, ", ".join(files))
    if subject == NEW:
        visit.put(CHOICE, draft.id)


def _faults() -> list[str]:
    """Said once."""
    found = visit.take(FAULTS)
    return found if isinstance(found, list) else []


def _give_up(bench: Bench, subject: str) -> None:
    desk.clear(bench, subject)
    visit.put(BACK, None)


def _way_back(bench: Bench, subject: str, draft: Draft) -> None:
    _ = bench.words
    older, label = before(bench.home, draft), _("Undo: bring back what the file said before")
    if older:
        st.button(label, key="workshop_undo", icon=":material/undo:", on_click=_bring_back, args=(bench, subject, older))


def _bring_back(bench: Bench, subject: str, older: Draft) -> None:
    desk.lay(bench, subject, older)
    visit.put(BACK, subject)
