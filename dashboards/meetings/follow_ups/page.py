"""The page below its heading: the sentence, one follow-up where one is asked for, a new one, the list, reminders, and promises kept."""

from html import escape

import streamlit as st

from dashboards import downloads, layout, panel
from dashboards.meetings.follow_ups import asking, choice, handing, listing, rates, saying, settling
from dashboards.meetings.follow_ups.known import Known
from dashboards.plan import doing
from dashboards.session import Session


def show(session: Session) -> None:
    """Everything about the follow-ups of the place."""
    known = Known(session)
    if not known.rows:
        doing.said(settling.PLACE)
        asking.show(known)
        _nothing_yet(known)
        return
    asked = choice.chosen(known)
    rows = choice.left(known, known.rows, asked)
    with session.controls:
        about = {known.words("Measured on"): known.date(known.day)}
        downloads.offer(session, "follow-ups", lambda: listing.frame(known, rows), about)
    doing.said(settling.PLACE)
    _, one = known.words, settling.asked(known)
    if one is not None:
        settling.show(known, one)
    elif st.query_params.get("id"):
        layout.note(_("The link names a follow-up that is not there."))
    asking.show(known)
    panel.show(f'<p class="headline">{escape(saying.headline(known, rows))}</p>{_list(known, rows)}', key="followups_list")
    handing.show(known, rows)
    panel.show(rates.block(known, rows), key="followups_rates")


def _list(known: Known, rows: list[listing.Row]) -> str:
    _ = known.words
    said = escape(_("None is what you ask for: choose less."))
    return listing.block(known, rows) if rows else f"<p>{said}</p>"


def _nothing_yet(known: Known) -> None:
    _ = known.words
    layout.section(_("No follow-up yet"))
    st.write(_("Here you will see who does what by when: what a meeting or anybody who leads it asked for, until it is done."))
    if known.session.actor is None:
        st.write(_("Whoever is signed in as the data office, the mayor's office or a consultant writes the first one down."))
