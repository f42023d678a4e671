"""What an owner takes along: the calendar file, and the reminder to be copied or opened in a mail program. Nothing is sent from here."""

from collections.abc import Sequence
from functools import partial
from html import escape

import streamlit as st

from dashboards import layout, panel
from dashboards.meetings.follow_ups import calendar
from dashboards.meetings.follow_ups.known import Known, Row
from dashboards.meetings.follow_ups.letter import Letter, letters

ALL, KEY = 0, "reminded"
"""Everybody's, in the choice of an owner."""


def show(known: Known, rows: Sequence[Row]) -> None:
    """Draws nothing where nothing is owed."""
    _ = known.words
    found = {letter.owner: letter for letter in letters(known, rows)}
    if not found:
        return
    with st.expander(_("Reminders and calendar")):
        names = {ALL: _("everybody"), **{owner: known.items.post(owner) for owner in found}}
        owner = st.selectbox(_("Of whom"), list(names), key=KEY, format_func=lambda each: names.get(each, str(each)), width=420)
        chosen = [row for letter in found.values() if owner in (ALL, letter.owner) for row in letter.rows]
        label, made = _("Calendar file (iCalendar)"), partial(calendar.calendar, known, chosen)
        name = f"{known.session.place}-follow-ups.ics"
        st.download_button(label, made, name, calendar.MEDIA, icon=":material/event:", key="promises_ics", on_click="ignore")
        layout.note(_("A phone or a mail program takes it in: each follow-up on its day, with an alarm the day before."))
        if owner in found:
            _letter(known, found[owner])


def _letter(known: Known, letter: Letter) -> None:
    _ = known.words
    st.code(f"{letter.subject}\n\n{letter.text}", language=None, wrap_lines=True)
    to = letter.to or _("no address is known")
    said = escape(_("Open it as an e-mail"))
    panel.show(f'<p><a href="{escape(letter.link)}" target="_blank">{said}</a> ({escape(to)})</p>', key="promises_letter")
