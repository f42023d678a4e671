"""The first lines of a file as they are written, and what was recognised in them."""

from html import escape

import streamlit as st

from dashboards import formats, layout, panel
from dashboards.markdown import plain
from dashboards.session import Session
from dashboards.words import translator
from data.proposal import Proposal

LINES, COLUMNS, LETTERS = 8, 7, 38


def show(session: Session, found: Proposal) -> None:
    """The lines as a small table with their numbers; the remarks below it."""
    _ = translator(session.locale)
    layout.section(_("What is in the file"))
    panel.show(_table(session, found), key="load_sample")
    said = [f"- {plain(formats.sentence(_(remark.message, **remark.values)))}" for remark in found.remarks]
    if said:
        st.markdown("\n".join(said))


def shown(text: str, letters: int = LETTERS) -> str:
    """A cell that is no longer than its room."""
    return text if len(text) <= letters else f"{text[: letters - 1]}…"


def _table(session: Session, found: Proposal) -> str:
    _ = translator(session.locale)
    rows = found.grid[:LINES]
    width = min(max((len(cells) for _line, cells in rows), default=0), COLUMNS)
    more = max((len(cells) for _line, cells in found.grid), default=0) - width
    body = "".join(
        f'<tr><th scope="row" class="number">{line}</th>'
        + "".join(f"<td>{escape(shown(cells[at]) if at < len(cells) else '')}</td>" for at in range(width))
        + "</tr>"
        for line, cells in rows
    )
    caption = escape(_("The first lines of the file"))
    further = escape(_.ngettext("{n} more column", "{n} more columns", more, n=more)) if more > 0 else ""
    return f'<table class="grid"><caption>{caption}</caption><tbody>{body}</tbody></table><p class="note">{further}</p>'
