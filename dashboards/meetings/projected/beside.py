"""Two people wrote the same part at once: both texts side by side, until somebody makes one of them."""

from collections.abc import Callable
from html import escape

import streamlit as st

from dashboards import formats, layout, panel
from dashboards import session as visit
from dashboards.meetings.projected import saving
from dashboards.meetings.projected.subject import Row, Subject
from dashboards.meetings.vocabulary import PARTS
from dashboards.plan import doing
from data.meetings.notes import take_note
from data.meetings.vocabulary import NOTE_PARTS

PLACE = "meeting_beside"


def show(about: Subject, several: dict[str, list[Row]]) -> None:
    """Each part that has several texts, the person's own first."""
    doing.said(PLACE)
    for part in NOTE_PARTS:
        if part in several:
            _show(about, part, several[part])


def _show(about: Subject, part: str, rows: list[Row]) -> None:
    _, own = about.words, saving.own(about.session, rows)
    layout.section(_("Two texts: {part}", part=_(PARTS[part])))
    panel.show(f'<div class="beside">{"".join(_text(about, row, own) for row in rows)}</div>', key=f"meeting_beside_{part}")
    seen = _seen(f"seen {PLACE} {part}", {row["id"]: row["version"] for row in rows})
    with st.container(horizontal=True):
        for row in rows:
            label = _("Keep mine") if _is_mine(about, row) else _("Keep the text of {name}", name=row["name"])
            _button(about, label, row, seen, row["text"])
        whole = "\n\n".join(row["text"] for row in rows)
        _button(about, _("Make one text of both"), own or rows[0], seen, whole, whole=True)


def _seen(key: str, now: dict[int, int]) -> dict[int, int]:
    """The versions as the reader last saw them, which a button that was pressed speaks of; from now on, those of now."""
    before = visit.left(key)
    visit.put(key, now)
    return before if isinstance(before, dict) else now


def _text(about: Subject, row: Row, own: Row | None) -> str:
    """A text, who wrote it and when, and whether it is the one that stands in the reader's editor."""
    _ = about.words
    told = [row["name"], formats.moment(row["at"], about.session.locale), *([_("in your editor")] if row is own else [])]
    return f'<div><p class="written">{escape(row["text"])}</p><span class="note">{escape(" · ".join(told))}</span></div>'


def _button(about: Subject, label: str, row: Row, seen: dict[int, int], text: str, *, whole: bool = False) -> None:
    kind = "whole" if whole else "take"
    doing.press(about.session, label, f"meeting_{kind}_{row['id']}", _take(about, row["id"], seen, text), PLACE)


def _take(about: Subject, note: int, seen: dict[int, int], text: str) -> Callable[[], str]:
    def take() -> str:
        _, actor = about.words, about.session.actor
        assert actor is not None
        take_note(about.session.records, actor, note, seen, text)
        return _("There is one text again.")

    return take


def _is_mine(about: Subject, row: Row) -> bool:
    return about.session.actor is not None and row["person"] == about.session.actor.person
