"""The meeting page: one item, the way to the others, what is written down of it, and the end of the meeting."""

import streamlit as st

from dashboards import formats, layout
from dashboards.meetings.projected import follow_ups, held, matter, notes, opening, steps, subject
from dashboards.meetings.projected.subject import Subject
from dashboards.session import Session
from dashboards.words import translator
from data.periods import Month
from data.records.records import begun


def asked(session: Session) -> Subject | None:
    """The meeting and the item that the address names; None where there is no such meeting of this place."""
    return subject.of(session) if begun(session.home) else None


def heading(session: Session, about: Subject | None) -> None:
    """The item's name, and which item of which meeting it is."""
    _ = translator(session.locale)
    if about is None:
        layout.head(session, _("Meeting"), _("What is talked about, decided and asked for, one item at a time"), needs_facts=False)
        return
    month = formats.month_name(Month.parse(about.meeting["month"]), session.locale)
    told = _("Meeting of {day}, on {month}", day=formats.day(about.meeting["day"], session.locale), month=month)
    named = _("What was promised") if about.opens else about.known.title(about.item) if about.item else _("Meeting")
    layout.head(about.session, named, told, needs_facts=False)


def show(session: Session, about: Subject | None) -> None:
    """The page below its heading."""
    if about is None:
        _unknown(session)
        return
    held.said(about)
    if about.item is None and not about.opens:
        _no_items(about)
    else:
        steps.show(about)
        for part in (opening.show, steps.fold) if about.opens else (matter.show, notes.show, follow_ups.show, steps.fold):
            with st.container():  # a room for each, so that none moves when something is said above it
                part(about)
    held.show(about)


def _no_items(about: Subject) -> None:
    _ = about.words
    layout.section(_("Nothing is on the agenda"))
    st.write(_("Each item would be shown here by itself. The page of the month makes the agenda, and takes what people ask for."))


def _unknown(session: Session) -> None:
    _ = translator(session.locale)
    layout.section(_("There is no such meeting here"))
    st.write(_("The link names no meeting, or one of another place. The page of the month plans a meeting and leads to it."))
