"""What was found, as a sentence and a table."""

from collections.abc import Sequence
from html import escape

from dashboards import formats
from dashboards.meetings.items import Items
from dashboards.plan.tables import table
from dashboards.session import Session
from dashboards.words import N_, translator
from data.meetings.history import Said

KINDS = {"decision": N_("Decision"), "follow_up": N_("Follow-up"), "concern": N_("Concern")}
"""What each kind is called."""
MOST = 200
"""Rows that are shown; the download holds all."""


def headline(session: Session, found: Sequence[Said], all_of_it: int) -> str:
    """How many were found, as HTML."""
    _ = translator(session.locale)
    said = _.ngettext("{n} of {all} was found.", "{n} of {all} were found.", len(found), n=len(found), all=_.count(all_of_it))
    return f'<p class="headline">{escape(said)}</p>'


def block(session: Session, items: Items, found: Sequence[Said]) -> str:
    """The table as HTML; "" where nothing was found."""
    if not found:
        return ""
    _ = translator(session.locale)
    titles = [(_("What"), ""), (_("Kind"), ""), (_("About"), ""), (_("Day"), "")]
    rows = [_row(session, items, said) for said in found[:MOST]]
    if len(found) > MOST:
        rows.append([escape(_("The first {n} are shown; the download holds all.", n=_.count(MOST)))])
    return table(titles, [("", rows)], _("What was said, the newest first"), "promises")


def _row(session: Session, items: Items, said: Said) -> list[str]:
    word = translator(session.locale)(KINDS[said.kind])
    page, asked = where(said)
    link = f'<a href="{escape(session.address(page, **asked))}">{escape(said.text)}</a>'
    return [link, escape(word), items.links({"goal": said.goal, "node": said.node}), escape(formats.day(said.day, session.locale))]


def where(said: Said) -> tuple[str, dict[str, str]]:
    """The page on which it stands whole, by its address, and what that is asked for."""
    if said.kind == "decision":
        return "meeting", {"meeting": str(said.meeting), "item": str(said.row)}
    return "followups" if said.kind == "follow_up" else "concerns", {"id": str(said.row)}
