"""The loads so far, newest first: who brought which file when, what it changed, and the way back for each, or when it was undone."""

from html import escape

import streamlit as st

from dashboards import forecasting, formats, layout, panel
from dashboards.load import faults
from dashboards.load.tables import table
from dashboards.markdown import plain
from dashboards.session import Session
from dashboards.words import translator
from data.loads import Load
from data.problems import NotPossibleNow
from data.undone import UndoneLoad, undo, undone_loads

PAGE, ASKED = "pages/office/load.py", "undo"
SHOWN = 20


def show(session: Session) -> None:
    """The list; what it would hold, where it is empty."""
    _ = translator(session.locale)
    loads = session.held.loads() if session.held else []
    own, undone = [load for load in loads if not load.demo], undone_loads(session.home, loads)
    listed = sorted([*own, *undone], key=lambda load: load.loaded_at, reverse=True)
    layout.section(_("Loads so far"))
    if listed:
        panel.show(_table(session, listed[:SHOWN]), key="load_history")
    else:
        st.write(_("Every file that is loaded will stand here, with who brought it, what it changed, and a way to undo it."))
    if len(listed) > SHOWN:
        layout.note(
            _("{n} older ones: this command lists them all: {command}", n=_.count(len(listed) - SHOWN), command="python -m data loads")
        )
    if undone:
        files = ", ".join(session.home.short(path) for path in (session.home.sources, session.home.places, session.home.indicators))
        layout.note(_("Undoing takes out figures alone: mappings, places and indicators saved with a load stay in {files}.", files=files))
    if len(own) < len(loads):
        layout.note(_("The invented city is not listed; this command takes it out: {command}", command="python -m data demo --remove"))


def counted(load: Load, locale: str) -> str:
    """What a load changed: 400 new, 12 revised, 0 unchanged."""
    new, revised, unchanged = (formats.number(n, 0, locale) for n in (load.rows_new, load.rows_revised, load.rows_unchanged))
    _ = translator(locale)
    return _("{new} new, {revised} revised, {unchanged} unchanged", new=new, revised=revised, unchanged=unchanged)


def asked(session: Session) -> Load | None:
    """The load that the address asks to undo; None where it names none that is held."""
    number = st.query_params.get(ASKED, "")
    return next((load for load in (session.held.loads() if session.held else []) if str(load.number) == number), None)


def undo_button(session: Session, load: Load) -> None:
    """The way to the question whether to undo it."""
    _ = translator(session.locale)
    if st.button(_("Undo this load"), key="load_undo"):
        st.switch_page(PAGE, query_params=session.query(**{ASKED: str(load.number)}))


def confirm(session: Session) -> None:
    """Asks once more, and takes the load out."""
    _, load = translator(session.locale), asked(session)
    assert load is not None
    layout.section(_("Undo load {number}?", number=load.number))
    st.markdown(f"**{plain(', '.join(load.files))}** · {counted(load, session.locale)} · {plain(_who(session, load))}")
    st.write(_("Its rows are taken out, and the values that they had replaced are in force again. Later loads stay."))
    with st.container(horizontal=True):
        if st.button(_("Undo this load"), key="undo_yes", type="primary"):
            try:
                undo(session.home, session.definitions, load)
            except NotPossibleNow as reason:
                faults.not_now(session, reason)
                return
            forecasting.begin(session.home)
            st.switch_page(PAGE, query_params=session.query())
        if st.button(_("Keep it"), key="undo_no"):
            st.switch_page(PAGE, query_params=session.query())


def _who(session: Session, load: Load) -> str:
    _ = translator(session.locale)
    return _("{day}, by {name}", day=formats.day(load.loaded_at.date(), session.locale), name=load.by)


def _table(session: Session, loads: list[Load]) -> str:
    _ = translator(session.locale)
    titles = [_("Load"), _("File"), _("Mapping"), _("Loaded"), _("Rows"), ""]
    return table(titles, [_row(session, load) for load in loads], numbered=True)


def _row(session: Session, load: Load) -> list[str]:
    _, source = translator(session.locale), session.definitions.source.get(load.source)
    files = load.files[0] if len(load.files) == 1 else _.ngettext("{n} file", "{n} files", len(load.files), n=len(load.files))
    said = [
        str(load.number),
        files,
        session.say(source.name) if source else load.source,
        _who(session, load),
        counted(load, session.locale),
    ]
    if isinstance(load, UndoneLoad):
        return [*map(escape, said), escape(_("Undone {day}", day=formats.day(load.undone_at.date(), session.locale)))]
    address, name = session.address("load", **{ASKED: str(load.number)}), _("Undo load {number}", number=load.number)
    undo = escape(_("Undo"))
    return [*map(escape, said), f'<a href="{escape(address)}" aria-label="{escape(name)}">{undo}</a>']
