"""One follow-up in full, and what may be done about it: say that it is done, move its day, drop it, open it again."""

from collections.abc import Callable
from html import escape
from typing import Any

import streamlit as st

from dashboards import layout, panel
from dashboards.meetings import promised
from dashboards.meetings.follow_ups import listing, saying, story
from dashboards.meetings.follow_ups.known import Known, Row
from dashboards.plan import areas, doing, form, papers
from dashboards.plan.fields import Field, Typed, day
from dashboards.plan.form import Form
from data.access import may
from data.meetings.follow_ups import about, done, drop, open_again, postpone

PLACE = "followups"
"""Where the page says what was done."""


def asked(known: Known, name: str = "id") -> Row | None:
    """The follow-up that the address names: `followups?id=ID`, or by another `name`; None where there is no such one."""
    number = st.query_params.get(name, "")
    return known.items.follow_ups.get(int(number)) if number.isascii() and number.isdecimal() and len(number) < 10 else None


def show(known: Known, row: Row) -> None:
    """What it is, its forms, and its history."""
    _, session = known.words, known.session
    with st.container(border=True, key=f"follow_up_{row['id']}"):
        settle(known, row)
        with st.expander(_("What became of it")):
            panel.show(story.story(known, row), key="follow_up_story")
        st.page_link("pages/meetings/follow_ups.py", label=_("All follow-ups"), icon=":material/arrow_back:", query_params=session.query())


def settle(known: Known, row: Row) -> None:
    """What it is, and its forms."""
    panel.show(_what(known, row), key="follow_up_what")
    _forms(known, row)


def _what(known: Known, row: Row) -> str:
    _ = known.words
    state = f"{saying.group(known.state(row), known)}, {promised.when(row, known.day, known.session.locale)}"
    told = [
        (_("State"), escape(state)),
        (_("Owner"), " · ".join(filter(None, [escape(known.owner(row)), areas.link(known.session, row["area"])]))),
        (_("Due on"), escape("; ".join(filter(None, [known.date(row["due"]), listing.moved(known, row)])))),
        (_("Evidence asked for"), escape(row["evidence"] or "")),
        (_("About"), listing.source(known, row)),
        (_("What shows it"), papers.titled(row["shown"] or "", row["link"])),
        (_("Why it was dropped"), escape(row["dropped"] or "")),
    ]
    items = "".join(f"<dt>{escape(term)}</dt><dd>{said}</dd>" for term, said in told if said)
    return f'<h2>{escape(row["what"])}</h2><dl class="definition">{items}</dl>'


def _forms(known: Known, row: Row) -> None:
    """Draws nothing for whoever only reads; whoever may not is told who may."""
    _, actor = known.words, known.session.actor
    if actor is None:
        layout.note(_("Whoever is signed in and answers for it says here that it is done."))
        return
    does, asks = (may(actor, action, about(row)) for action in ("do_follow_up", "ask_follow_up"))
    if row["state"] != "open":
        if does if row["state"] == "done" else asks:
            doing.press(known.session, _("Open it again"), f"open_again_{row['id']}", _opened(known, row), PLACE)
        return
    if does:
        form.fold(known.session, _done(known, row))
    if asks:
        form.fold(known.session, _postponed(known, row))
        form.fold(known.session, _dropped(known, row))
    if not does:
        layout.note(_("Its owner, the area that answers for it, the data office, the mayor's office or a consultant say that it is done."))


def _done(known: Known, row: Row) -> Form:
    _ = known.words
    fields = (
        Field("shown", _("What shows it"), "text", hint=row["evidence"]),
        Field("link", _("Link, if there is one"), "line"),
        Field("day", _("Done on"), "day"),
    )
    now = {"shown": None, "link": None, "day": known.day.isoformat()}
    return _form(known, row, "done", _("It is done"), fields, now, _("Say that it is done"), _send_done)


def _postponed(known: Known, row: Row) -> Form:
    _ = known.words
    fields = (
        Field("due", _("Another day"), "day", hint=_("The day first promised stays in sight, and the promise is kept or not by it.")),
    )
    return _form(known, row, "postpone", _("Move its day"), fields, {"due": row["due"].isoformat()}, _("Move the day"), _send_postponed)


def _dropped(known: Known, row: Row) -> Form:
    _ = known.words
    fields = (Field("why", _("Why nobody does it any more"), "text"),)
    return _form(known, row, "drop", _("Drop it with a reason"), fields, {"why": None}, _("Drop it"), _send_dropped)


Send = Callable[[Known, Row, Typed, int], str]


def _form(known: Known, row: Row, name: str, title: str, fields: tuple[Field, ...], now: dict[str, Any], label: str, send: Send) -> Form:
    def call(typed: Typed, version: int, _file: Any) -> str:
        return send(known, row, typed, version)

    return Form(f"follow_up/{row['id']}/{name}", title, fields, now, row["version"], {label: call}, said_at=PLACE)


def _send_done(known: Known, row: Row, typed: Typed, version: int) -> str:
    _, session = known.words, known.session
    assert session.actor is not None
    done(session.records, session.actor, row["id"], version, day(typed["day"]) or known.day, typed["shown"] or "", typed["link"])
    return _("It is done: {what}", what=row["what"])


def _send_postponed(known: Known, row: Row, typed: Typed, version: int) -> str:
    _, session = known.words, known.session
    assert session.actor is not None
    due = day(typed["due"]) or row["due"]
    postpone(session.records, session.actor, row["id"], version, due)
    return _("It is due on {day} now: {what}", day=known.date(due), what=row["what"])


def _send_dropped(known: Known, row: Row, typed: Typed, version: int) -> str:
    _, session = known.words, known.session
    assert session.actor is not None
    drop(session.records, session.actor, row["id"], version, typed["why"] or "")
    return _("It is dropped: {what}", what=row["what"])


def _opened(known: Known, row: Row) -> Callable[[], str]:
    def act() -> str:
        _, session = known.words, known.session
        assert session.actor is not None
        open_again(session.records, session.actor, row["id"], row["version"])
        return _("It is open again: {what}", what=row["what"])

    return act
