"""Writing an index from the panel: a new one, one that is changed, removed or brought back. Only the office may save; anybody may try."""

from collections.abc import Mapping
from datetime import date
from html import escape
from typing import Any

import streamlit as st

from dashboards import layout, panel
from dashboards import session as visit
from dashboards.index import fields, known, shape, trying
from dashboards.index.keys import keys
from dashboards.markdown import plain
from dashboards.plan import doing
from dashboards.plan import fields as forms
from dashboards.plan.fields import Typed
from dashboards.session import Session
from dashboards.words import translator
from data.access import Object, may
from data.problems import Refused
from kpis.index.reading import Written
from kpis.index.saving import indices
from kpis.saving import Draft

PAGE, PLACE = "pages/compare/index.py", "index"
TRIED = "index_tried"
"""The text that was tried: its ranks and the room to save it stand below the form while the form says the same."""


def is_new() -> bool:
    """Whether the address asks for a new index: `index?new=1`."""
    return st.query_params.get("new") == "1"


def is_changed() -> bool:
    """Whether it asks for the form of one that is there: `index?index=ID&change=1`."""
    return st.query_params.get("change") == "1"


def said(_session: Session) -> None:
    """What was saved in the run before."""
    doing.said_if_any(PLACE)


def ways(session: Session, written: Written | None) -> str:
    """To the forms of the index that is shown and of a new one, as HTML; none in a closed month."""
    if session.beside is not None:
        return ""
    _ = translator(session.locale)
    to_change = {_("Change or remove this index"): {"index": written.recipe.index, "change": "1"}} if written and session.held else {}
    return _links(session, {**to_change, _("New index"): {"new": "1"}})


def begin(session: Session) -> None:
    """The form of a new index."""
    if session.held is None:
        layout.nothing_yet(session)
        return
    _ = translator(session.locale)
    _back(session, _("Back to the indices"))
    _form(session, None)


def change(session: Session, written: Written) -> None:
    """Changing and removing an index; only words where it is built in a way that no form asks for."""
    _ = translator(session.locale)
    name = written.recipe.index
    _back(session, _("Back to the index"), index=name)
    if shape.can_be_asked(written.recipe):
        _form(session, written)
    else:
        file = f"`{session.home.short(written.path)}`"
        st.write(
            _(
                "This index reads a table, has more levels than a form asks for, or gives them weights of their own: "
                "change it in its file, {file}.",
                file=file,
            )
        )
    _remove(session, name, session.say(written.recipe.name) if written.recipe.name else name)


def may_save(session: Session) -> bool:
    return session.actor is not None and may(session.actor, "keep_index", Object("index"))


def _back(session: Session, label: str, **asked: str) -> None:
    panel.show(_links(session, {label: asked}), key="index_back")


def _links(session: Session, views: Mapping[str, Mapping[str, str]]) -> str:
    """Links to other views of the same page. (Streamlit's own leaves the browser's address as it was; the next run goes by that.)"""
    links = (f'<a href="{escape(session.address("index", **asked))}">{escape(label)}</a>' for label, asked in views.items())
    return f'<p class="onward">{"".join(links)}</p>'


def _form(session: Session, written: Written | None) -> None:
    """The form, the ranks that it would give, and the room to save it."""
    _, recipe = translator(session.locale), written.recipe if written else None
    name = recipe.index if recipe else ""
    if not may_save(session):
        layout.note(_("Anybody may try an index here; only the data office saves it."))
    typed, _file = forms.ask(session, fields.fields(session), fields.filled(recipe), f"index/{name}")
    rows = {each: _row(session, written, each) for each in typed["indicators"] or ()}
    if lacking := fields.missing(typed, rows, _):
        layout.note(_("Still to be said: {what}.", what=", ".join(lacking)))
        return
    try:
        draft = _draft(session, written, keys(session, typed, rows, written, _taken(session)))
        trying.proved(session, draft)
    except Refused as refused:
        layout.unsaved(refused.problems, _)
        return
    if st.button(_("Try it"), key=f"index_try_{name}", type="secondary"):
        visit.put(TRIED, draft.text)
    if visit.left(TRIED) == draft.text and trying.show(session, draft):
        _save(session, draft)


def _row(session: Session, written: Written | None, indicator: str) -> Typed:
    """What is asked of one indicator, under its name."""
    recipe = written.recipe if written else None
    name = recipe.index if recipe else ""
    st.markdown(f"**{plain(session.say(session.indicator(indicator).name))}**")
    begun = fields.filled_of(session, recipe, indicator)
    return forms.ask(session, fields.of_indicator(session), begun, f"index/{name}/{indicator}")[0]


def _draft(session: Session, written: Written | None, told: dict[str, Any]) -> Draft:
    shelf = indices(session.home)
    return shelf.begun(told["index"], told) if written is None else shelf.changed(written.path.stem, told)


def _taken(session: Session) -> set[str]:
    """The ids, and the files, that are there: one that is broken has its file too."""
    return {one.recipe.index for one in known.indices(session).written} | {path.stem for path in session.home.indices.glob("*.yaml")}


def _save(session: Session, draft: Draft) -> None:
    """Why, and the button; for whoever may not, who may."""
    _, name = translator(session.locale), draft.path.stem
    layout.section(_("Save"))
    if not may_save(session):
        st.write(_("Only the data office saves indices. Choose above whom you act as."))
        return
    reason = st.text_area(_("Why"), key=f"index_reason_{name}", height=90)
    if st.button(_("Save the index"), key=f"index_save_{name}", type="primary") and doing.attempt_at(
        session, lambda: _kept(session, draft, reason), PLACE
    ):
        st.switch_page(PAGE, query_params=session.query(index=name))


def _kept(session: Session, draft: Draft, reason: str) -> str:
    _ = translator(session.locale)
    assert session.actor is not None
    indices(session.home).save(session.actor, draft, reason, date.today(), lambda recorded: _prove(session, recorded))
    if written := known.indices(session).find(draft.path.stem):
        known.settle(session, written)  # else the page that follows would be shown again when it is there, and lose what is said on it
    done = _("Saved in {file}.", file=session.home.short(draft.path))
    doing.note(PLACE, done)
    return done


def _prove(session: Session, draft: Draft) -> None:
    trying.proved(session, draft)


def _remove(session: Session, name: str, title: str) -> None:
    """The way back to what the file said before, and removing it."""
    _ = translator(session.locale)
    if not may_save(session):
        return
    layout.section(_("Undo or remove"))
    reason = st.text_input(_("Why it is undone or removed"), key=f"index_why_{name}", width=520)
    with st.container(horizontal=True):
        earlier = indices(session.home).before(name)
        back = earlier is not None and st.button(_("Bring back what the file said before"), key=f"index_undo_{name}")
        gone = st.button(_("Remove the index"), key=f"index_remove_{name}")
    if back and earlier is not None:
        draft = indices(session.home).with_text(name, earlier)
        if doing.attempt_at(session, lambda: _kept(session, draft, reason), PLACE):
            st.rerun()
    if gone and doing.attempt_at(session, lambda: _gone(session, name, title, reason), PLACE):
        st.switch_page(PAGE, query_params=session.query())


def _gone(session: Session, name: str, title: str, reason: str) -> str:
    _ = translator(session.locale)
    assert session.actor is not None
    indices(session.home).remove(session.actor, name, reason, date.today())
    done = _("Removed: {index}. It can be brought back below.", index=title)
    doing.note(PLACE, done)
    return done


def bring_back(session: Session) -> None:
    """Indices that were removed, for the office; none in a closed month."""
    if session.beside is not None:
        return
    _, gone = translator(session.locale), indices(session.home).removed() if may_save(session) else []
    if not gone:
        return
    with st.expander(_("Indices that were removed")):
        for name in gone:
            earlier = indices(session.home).before(name)
            if earlier is not None and st.button(plain(_("Bring back {index}", index=name)), key=f"index_back_{name}"):
                draft = indices(session.home).with_text(name, earlier)
                if doing.attempt_at(session, lambda draft=draft: _kept(session, draft, _("brought back")), PLACE):
                    st.rerun()
