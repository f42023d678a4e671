"""Whether the meeting is on: who begins it, and who ends it."""

import streamlit as st

from dashboards import formats, layout, links
from dashboards.meetings.projected.subject import Subject
from dashboards.plan import doing
from data.meetings.meetings import end_meeting, start_meeting

PLACE = "meeting_held"


def said(about: Subject) -> None:
    """What the last button did, and in a line that the meeting is not on."""
    _, meeting = about.words, about.meeting
    doing.said(PLACE)
    if meeting["state"] == "planned":
        layout.note(_("The meeting has not begun: nothing can be written down yet."))
    elif meeting["state"] == "held":
        when = _ended(about)
        changed = _("The meeting ended on {when}. What is changed now is changed in its minutes.", when=when)
        layout.note(_("The meeting ended on {when}, and its month is closed.", when=when) if about.closed else changed)


def show(about: Subject) -> None:
    """The button that begins or ends it, for whoever may."""
    if not about.may("keep_meeting"):
        return
    _ = about.words
    if about.meeting["state"] == "planned":
        doing.press(about.session, _("Begin the meeting"), "meeting_begin", lambda: _begin(about), PLACE)
    elif about.meeting["state"] == "open":
        with st.popover(_("End the meeting"), icon=":material/flag:"):
            st.write(_("The notes stay as they are. Minutes and follow-ups are on the page of the month."))
            if st.button(_("End it now"), key="meeting_end", type="primary"):
                _end(about)


def _begin(about: Subject) -> str:
    _, meeting, actor = about.words, about.meeting, about.session.actor
    assert actor is not None
    start_meeting(about.session.records, actor, meeting["id"], meeting["version"], meeting["present"] or [], meeting["chair"])
    return _("The meeting is on.")


def _end(about: Subject) -> None:
    """And back to the page of the month, where there is one."""
    _, meeting, actor = about.words, about.meeting, about.session.actor
    assert actor is not None

    def end() -> str:
        end_meeting(about.session.records, actor, meeting["id"], meeting["version"])
        return _("The meeting has ended.")

    if done := doing.attempt_at(about.session, end, PLACE):
        doing.note(PLACE, done)
        links.follow(about.session.address("review"))
        doing.leave(PLACE, done)


def _ended(about: Subject) -> str:
    ended = about.meeting["ended_at"]
    return formats.moment(ended, about.session.locale) if ended else ""
