"""The page below its heading: how far the review is, the meeting, its agenda, and how the month ends."""

from collections.abc import Mapping
from html import escape
from typing import Any

import streamlit as st

from dashboards import formats, layout, outlooks, panel
from dashboards.meetings import clock, found, opening
from dashboards.meetings.month import adding, closing, known, listing, making, ordering, planning
from dashboards.meetings.month.known import PLACE, Known, Row
from dashboards.meetings.opening import Promised
from dashboards.plan import doing
from dashboards.reports import button
from dashboards.session import Session
from dashboards.words import Words, translator
from dashboards.work import strip
from dashboards.work.known import Known as Phases
from dashboards.work.known import reviewed
from data.access import may
from data.records.records import begun
from data.reviews.reviews import REVIEW, open_review
from kpis.reviews.cycle import phases

REPORTS = ("preread", "minutes", "slides")
"""Before the meeting, after it, and during it."""


def heading(session: Session) -> None:
    """The month, and what the page is for."""
    _ = translator(session.locale)
    month = formats.month_name(session.month, session.locale)
    title = _("Review of {month}", month=month)
    layout.head(session, title, _("What the month's meeting talks about, decides and asks for"), needs_facts=False)


def show(session: Session) -> None:
    """The month's review; where nobody has begun it, how it begins."""
    doing.said(PLACE)
    about = known.of(session) if begun(session.home) else None
    panel.show(_phases(session, about.review if about else None), key="month_phases")
    if following := _being_collected(session):
        panel.show(following, key="month_following")
    if about is None:
        _not_begun(session)
        return
    panel.show(_state(about), key="month_state")
    _who(about)
    planning.show(about)
    if about.meeting is not None:
        with session.controls:
            button.offer(session, REPORTS, str(about.meeting["id"]))
        making.show(about)
        _promised(about, about.meeting)
        _agenda(about)
    closing.show(about)
    if not found.ready(session):
        outlooks.watch(session)


def _promised(about: Known, meeting: Row) -> None:
    """What the meeting opens with: what earlier ones asked for, and what became of it."""
    _ = about.words
    if told := opening.listed(Promised(about.session, meeting)):
        layout.section(_("What was promised"))
        panel.show(told, key="month_promised")


def _being_collected(session: Session) -> str:
    """The way to the review that runs, where it is of a month that cannot be chosen before it has a figure, as HTML."""
    _, following = translator(session.locale), session.month.plus(1)
    if reviewed(session, clock.today(session)) != following:
        return ""
    told = _("The values of {month} are being collected: that is on My work.", month=formats.month_name(following, session.locale))
    return f'<p class="note"><a href="{escape(session.address("work"))}">{escape(told)}</a></p>'


def _agenda(about: Known) -> None:
    _ = about.words
    layout.section(_("Agenda"))
    if not about.rows:
        st.write(_("Nothing is on the agenda yet. This needs a decision:") if about.changes else _("Nothing is on the agenda yet."))
    adding.leaving(about)
    if about.rows:
        ordering.show(about)
    if about.changes:
        adding.show(about)
    panel.show(listing.not_on_it(about), key="month_found")


def _not_begun(session: Session) -> None:
    _, month = translator(session.locale), formats.month_name(session.month, session.locale)
    layout.section(_("The review of {month} has not begun", month=month))
    st.write(_("Here you will see its phases, the meeting with an agenda made of what needs a decision, and how the month was closed."))
    actor = session.actor
    if actor is None:
        _say_who(_)
    elif may(actor, "keep_review", REVIEW):
        label = _("Begin the review of {month}", month=month)
        doing.press(session, label, "open_review", lambda: _begun(session, month), PLACE)
    else:
        st.write(_("The data office begins it."))


def _begun(session: Session, month: str) -> str:
    _, actor = translator(session.locale), session.actor
    assert actor is not None
    open_review(session.records, actor, session.place, session.month)
    return _("The review of {month} has begun.", month=month)


def _who(about: Known) -> None:
    """Why the reader can only read, where that is so."""
    _ = about.words
    if about.closed:
        layout.note(_("The month is closed: what was written stays as it is. The data office opens it again with a reason."))
    elif about.session.actor is None:
        _say_who(_)
    elif not about.may:
        layout.note(_("You only read here: the data office, the mayor's office and the consultant prepare and lead the meeting."))


def _say_who(_: Words) -> None:
    layout.note(
        _("Choose yourself where place and language are chosen. Until there is sign-in, that works only at the panel's own machine.")
    )


def _state(about: Known) -> str:
    """Where the meeting stands, as HTML."""
    return f'<p class="headline">{escape(_meeting(about))}</p>'


def _meeting(about: Known) -> str:
    _, meeting = about.words, about.meeting
    if meeting is None:
        return _("No meeting is planned yet.")
    day = formats.day(meeting["day"], about.session.locale)
    if meeting["state"] == "held":
        return _("The meeting was held on {day}.", day=day)
    return _("The meeting of {day} is on.", day=day) if meeting["state"] == "open" else _("The meeting is planned for {day}.", day=day)


def _phases(session: Session, review: Mapping[str, Any] | None) -> str:
    """The four phases of the month, as HTML."""
    steps = phases(session.month, session.definitions.city.cycle)
    return strip.block(session, Phases(session.month, clock.today(session), steps, review, []))
