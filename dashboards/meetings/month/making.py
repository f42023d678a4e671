"""The buttons that make the agenda of what needs a decision, and begin the meeting."""

from dataclasses import replace

import streamlit as st

from dashboards import links
from dashboards.markdown import plain
from dashboards.meetings import found
from dashboards.meetings.month.known import PLACE, Known
from dashboards.plan import doing
from data.meetings.agenda import Item, as_item, make_agenda
from data.meetings.meetings import start_meeting
from kpis.headline import MOST_DECISIONS

LISTED = 40
"""Items put on an agenda at once: a meeting reads no more; whatever else was found is listed below it."""


def show(about: Known) -> None:
    """What the reader may do with the meeting in hand now."""
    meeting, _, session = about.meeting, about.words, about.session
    assert meeting is not None
    with st.container(horizontal=True):
        if about.changes and found.ready(session):
            label = _("Look for what is new") if about.rows else _("Make the agenda")
            doing.press(session, label, "make_agenda", lambda: _make(about), PLACE)
        if about.changes and meeting["state"] == "planned":
            _start(about)
        elif "meeting" in links.PAGES:
            label = _("Go to the meeting") if meeting["state"] == "open" else _("What the meeting wrote down")
            asked = session.query(meeting=str(meeting["id"]))
            st.page_link(links.PAGES["meeting"], label=plain(label), icon=":material/co_present:", query_params=asked)


def to_be_put(about: Known) -> list[Item]:
    """What was found and is not on the agenda, as many of it kept as there is room among those to be talked about."""
    assert about.meeting is not None
    there = {as_item(row).about for row in about.rows}
    room = MOST_DECISIONS - sum(row["kept"] and row["dropped"] is None for row in about.rows)
    every = found.found(about.session, about.meeting["day"])[:LISTED]
    new = [each.item for each in every if each.item.about not in there]
    return [replace(item, kept=number < room) for number, item in enumerate(new)]


def _make(about: Known) -> str:
    _, session, meeting = about.words, about.session, about.meeting
    assert session.actor is not None
    assert meeting is not None
    count = make_agenda(session.records, session.actor, meeting["id"], to_be_put(about))
    if not count:
        return _("Nothing new needs a decision.")
    return _.ngettext("{n} item was put on the agenda.", "{n} items were put on the agenda.", count, n=count)


def _start(about: Known) -> None:
    """Begins the meeting, and goes to the page on which it is held."""
    _, session, meeting = about.words, about.session, about.meeting
    assert session.actor is not None
    assert meeting is not None
    if not st.button(_("Begin the meeting"), key="start_meeting", type="primary"):
        return
    actor, asked = session.actor, (meeting["present"] or [], meeting["chair"])

    def start() -> str:
        start_meeting(session.records, actor, meeting["id"], meeting["version"], *asked)
        return _("The meeting is on.")

    done = doing.attempt_at(session, start, PLACE)
    if done and "meeting" in links.PAGES:
        links.follow(session.address("meeting", meeting=str(meeting["id"])))
    if done:
        doing.leave(PLACE, done)
