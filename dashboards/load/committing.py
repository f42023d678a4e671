"""The fourth step: what will be loaded in one sentence, and the button that does it, once however often it is pressed."""

import streamlit as st

from dashboards import forecasting, formats, layout
from dashboards.load.desk import Desk, keep
from dashboards.load.effect import Effect
from dashboards.load.plan import Plan
from dashboards.session import Session
from dashboards.words import Words, translator
from data import loads
from data.definition_edits import save, source_entry
from data.ingest.apart import Read


def show(session: Session, desk: Desk, plan: Plan, found: Read, would: Effect) -> None:
    """The sentence, what must be agreed to, and the button."""
    _ = translator(session.locale)
    layout.section(sentence(found, would, session.locale))
    if would.held:
        st.write(_("This very file was loaded before, in the same way. Loading it again changes nothing."))
        return
    agreed = _agreed(found, _)
    demo = _without_demo(session, _)
    label = _.ngettext("Load {n} row", "Load {n} rows", found.rows.height, n=formats.number(found.rows.height, 0, session.locale))
    if st.button(label, key="load_commit", type="primary", disabled=not agreed):
        with st.spinner(_("Loading: the facts are copied, changed, checked and put in force in one step")):
            _load(session, desk, plan, found, would, demo)
        st.rerun()


def sentence(found: Read, would: Effect, locale: str) -> str:
    """How much there is to load, and how much of it is news."""
    _ = translator(locale)

    def count(number: int) -> str:
        return formats.number(number, 0, locale)

    rows, aside = found.rows.height, found.refused.height
    said = _.ngettext("{n} row can be loaded", "{n} rows can be loaded", rows, n=count(rows))
    parts = _(
        "{new} new, {revised} revised, {unchanged} unchanged",
        new=count(would.new),
        revised=count(would.changed),
        unchanged=count(would.unchanged),
    )
    if not aside:
        return f"{said}: {parts}"
    refused = _.ngettext("{n} line is refused", "{n} lines are refused", aside, n=count(aside))
    return f"{said}: {parts}. {refused}"


def _agreed(found: Read, _: Words) -> bool:
    """Lines are left aside only when somebody says so."""
    aside = found.refused.height
    if not aside:
        return True
    label = _.ngettext(
        "Load the good rows and leave the refused line aside", "Load the good rows and leave the {n} refused lines aside", aside, n=aside
    )
    return st.checkbox(label, key="load_partial")


def _without_demo(session: Session, _: Words) -> bool:
    """The first own load can take the place of the invented city's."""
    held = session.held
    if held is None or not held.demo or held.own:
        return False
    return st.checkbox(_("Take the invented city's figures out first; what is shown below still counts them"), key="load_without_demo")


def _load(session: Session, desk: Desk, plan: Plan, found: Read, would: Effect, demo: bool) -> None:
    """Definitions first, then the facts: where the second fails, the same button finishes it."""
    known = session.definitions
    if plan.own:
        desk = keep(desk, replaces=plan.source.id)  # or a second try would save it under a second name
        known = save(session.home, source=source_entry(plan.source), places=plan.places, indicators=plan.indicators)
    if demo:
        loads.remove_demo(session.home, known)
    loads.apply(session.home, known, [(would.load, found.rows)])
    forecasting.begin(session.home)
    desk.file.unlink(missing_ok=True)
    keep(desk, step="done", load=would.load.id)
