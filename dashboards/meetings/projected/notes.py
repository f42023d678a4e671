"""The notes of an item: an editor that keeps what is typed a second after the last key, and what others write, a few seconds after them."""

import hashlib
from html import escape

import streamlit as st
from streamlit.components import v2

from dashboards import formats, panel
from dashboards import session as visit
from dashboards.meetings.projected import beside, follow_ups, saving
from dashboards.meetings.projected.subject import Row, Subject
from dashboards.meetings.vocabulary import PARTS
from dashboards.panel import FOLDER
from data.meetings.meetings import meetings
from data.meetings.notes import notes
from data.meetings.vocabulary import NOTE_PARTS
from data.reviews.reviews import is_closed

LOOK_AGAIN = 3.0
"""Seconds after which the page shows what others wrote."""
KEY = "meeting_notes"

_editor = v2.component(
    "mandato_notes",
    css=(FOLDER / "notes" / "notes.css").read_text(encoding="utf-8"),
    js=(FOLDER / "notes" / "notes.js").read_text(encoding="utf-8"),
)


@st.fragment(run_every=LOOK_AGAIN)
def show(about: Subject) -> None:
    """Everything that others may change while the page stands: the notes, and the follow-ups of the item."""
    assert about.item is not None
    if _moved_on(about):
        visit.show_again()
    written = [row for row in notes(about.session.records, about.meeting["id"]) if row["item"] == about.item["id"]]
    parts = {part: [row for row in written if row["part"] == part] for part in NOTE_PARTS}
    if about.may("write_note") and about.meeting["state"] != "planned":
        _edit(about, about.item, parts)
        beside.show(about, {part: rows for part, rows in parts.items() if len(rows) > 1})
    else:
        panel.show(read(about, parts), key="meeting_read")
    panel.show(follow_ups.block(about, about.item), key="meeting_follow_ups")


def read(about: Subject, parts: dict[str, list[Row]]) -> str:
    """The notes for whoever watches, as HTML."""
    _, locale = about.words, about.session.locale
    rows = [(part, row) for part, several in parts.items() for row in several if row["text"].strip()]
    if not rows:
        nothing = _("Nothing is written down of it yet.")
        return f'<p class="note">{escape(nothing)}</p>'
    told = "".join(
        f'<dt>{escape(_(PARTS[part]))}</dt><dd class="written">{escape(row["text"])}'
        f'<span class="note">{escape(row["name"])}, {escape(formats.moment(row["at"], locale))}</span></dd>'
        for part, row in rows
    )
    return f'<dl class="definition projected">{told}</dl>'


def _edit(about: Subject, item: Row, parts: dict[str, list[Row]]) -> None:
    session, meeting = about.session, about.meeting["id"]
    assert session.actor is not None
    _editor(
        data={
            "item": item["id"],
            "writer": session.actor.person,
            "home": hashlib.sha256(str(session.home.folder).encode()).hexdigest()[:12],
            "locale": session.locale.replace("_", "-"),
            "parts": [_part(about, part, saving.own(session, rows)) for part, rows in parts.items()],
            "kept": saving.kept(),
            "words": _words(about),
        },
        key=KEY,
        on_typed_change=lambda: saving.keep(session, meeting, getattr(visit.left(KEY), "typed", None)),
    )


def _part(about: Subject, part: str, row: Row | None) -> dict[str, object]:
    _, word = about.words, PARTS[part]
    told = {"text": row["text"], "note": row["id"], "version": row["version"]} if row else {"text": "", "note": None, "version": None}
    return {"part": part, "label": _(word), **told}


def _words(about: Subject) -> dict[str, str]:
    """What the editor says by itself."""
    _ = about.words
    return {
        "idle": _("What you type is saved by itself."),
        "saved": _("Saved {time}"),
        "unsaved": _("Not saved yet"),
        "back": _("Not saved yet: this was left in the browser, and is brought back."),
    }


def _moved_on(about: Subject) -> bool:
    """Whether somebody began or ended the meeting, or closed or opened its month, since the page was drawn."""
    session = about.session
    now = next((row["state"] for row in meetings(session.records, session.place) if row["id"] == about.meeting["id"]), None)
    return now is not None and (now, is_closed(session.records, session.place, session.month)) != (about.meeting["state"], about.closed)
