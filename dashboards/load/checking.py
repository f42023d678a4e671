"""The third step: what would be loaded, what is refused and why, and what would change on the panel."""

import streamlit as st

from dashboards import layout
from dashboards.load import committing, faults, picture, preview, refused
from dashboards.load.desk import Desk
from dashboards.load.effect import effect
from dashboards.load.plan import plan_of, reading
from dashboards.session import Session
from dashboards.words import Words, translator
from data.ingest.apart import Read
from data.problems import Refused


def show(session: Session, desk: Desk) -> None:
    """The counts and the button first, then what stands behind them."""
    _ = translator(session.locale)
    try:
        plan = plan_of(session, desk)
    except Refused as said:
        faults.whole(session, said.problems)
        return
    with st.spinner(_("Reading the file")):
        told = reading(session, desk, plan)
    if told.found is None:
        faults.whole(session, told.problems)
        return
    with st.spinner(_("Looking at what it would change")):
        would = effect(session, desk, plan, told.found)
    layout.note(_("Read by the mapping “{name}”", name=session.say(plan.source.name)))
    committing.show(session, desk, plan, told.found, would)
    _say_unread(told.found, _)
    refused.show(session, told.found, plan.source)
    picture.show(session, plan, would)
    layout.section(_("The first rows as they will be loaded"))
    preview.show(session, plan.known, told.found.rows)


def _say_unread(found: Read, _: Words) -> None:
    """A column that nobody named may be the new month."""
    if found.unread:
        names = ", ".join(found.unread[:8]) + (" ..." if len(found.unread) > 8 else "")
        layout.note(_("Columns that the mapping does not name, and that are not read: {names}", names=names))
    if found.left_out:
        said = _.ngettext(
            "{n} line is left out, as the mapping says.", "{n} lines are left out, as the mapping says.", found.left_out, n=found.left_out
        )
        layout.note(said)
