"""Somebody else has changed the file since it was opened: both texts, and a choice between them."""

import streamlit as st

from dashboards import layout
from dashboards import session as visit
from dashboards.markdown import plain
from dashboards.workshop import desk
from dashboards.workshop.desk import FAULTS, NEW, Bench
from kpis.workshop.draft import Draft, begun


def shown(bench: Bench, subject: str, draft: Draft) -> bool:
    """Whether there is such a conflict; then nothing else is shown until it is settled."""
    moved = draft.moved()
    if not moved:
        return False
    visit.put(FAULTS, None)  # it is said here, with both texts
    _ = bench.words
    names = ", ".join(bench.home.short(path) for path in moved)
    said = _("Somebody has changed {files} since you opened it. Nothing was saved. Here are both texts.", files=names)
    st.error(plain(said), icon=":material/sync_problem:")
    theirs = None if subject == NEW or subject not in desk.subjects(bench.home) else desk.fresh(bench, subject)
    left, right = st.columns(2, gap="medium")
    with left:
        layout.section(_("What the file says now"))
        now = "".join(theirs.texts) if theirs else _("The file holds other goals; yours can still be added.")
        st.code(now, language="yaml", wrap_lines=True)
        st.button(_("Take the file's, and give up mine"), key="workshop_take_theirs", on_click=desk.clear, args=(bench, subject))
    with right:
        layout.section(_("What you have written"))
        st.code("".join(draft.texts), language="yaml", wrap_lines=True)
        _go_on(bench, subject, draft, theirs)
    return True


def _go_on(bench: Bench, subject: str, draft: Draft, theirs: Draft | None) -> None:
    _ = bench.words
    if _fits(draft, theirs):
        label = _("Go on with mine, on top of the file as it is now")
        st.button(label, key="workshop_keep_mine", on_click=_keep, args=(bench, subject, draft, theirs))
    else:
        layout.note(_("The files have no place for all of it any more: copy what you want to keep before you give it up."))


def _fits(draft: Draft, theirs: Draft | None) -> bool:
    """Whether each of the reader's texts has a part of the files as they are now."""
    if theirs is None:
        return len(draft.parts) == 1
    return len(draft.parts) <= len(theirs.parts) and draft.is_whole_file == theirs.is_whole_file


def _keep(bench: Bench, subject: str, draft: Draft, theirs: Draft | None) -> None:
    """The reader's own texts, in the file as it is now."""
    if theirs is None:
        desk.lay(bench, subject, begun(bench.home, draft.texts[0], bench.place))
        return
    for number, text in enumerate(draft.texts):
        theirs = theirs.with_text(number, text)
    desk.lay(bench, subject, theirs)
