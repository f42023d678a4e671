"""What whoever held a post before typed and never sent, for its new holder to read."""

from collections.abc import Mapping
from datetime import date
from html import escape
from typing import Any

import streamlit as st

from dashboards import formats, panel
from dashboards.plan.tables import table
from dashboards.session import Session
from dashboards.words import translator
from data.drafts import left

Row = Mapping[str, Any]


def show(session: Session) -> None:
    """A part that unfolds; nothing where nothing was left."""
    _ = translator(session.locale)
    rows = left(session.records, session.actor, date.today()) if session.actor else []
    if not rows:
        return
    titles = [(_("Action"), ""), (_("Typed by"), ""), (_("What was typed"), "")]
    cells = [[_action(session, row), escape(_typist(session, row)), escape(_typed(row))] for row in rows]
    with st.expander(_("What your predecessor typed and did not send")):
        panel.show(table(titles, [("", cells)], _("What your predecessor typed and did not send"), "quiet"), key="left_behind")


def _action(session: Session, row: Row) -> str:
    address = escape(session.address("action", node=str(row["node"])))
    return f'<a href="{address}">{escape(session.say(row["node_name"]))}</a>'


def _typist(session: Session, row: Row) -> str:
    return f"{row['name']}, {formats.moment(row['at'], session.locale)}"


def _typed(row: Row) -> str:
    """What differs from what the form began with."""
    typed, base = row["content"].get("typed", {}), row["content"].get("base", {})
    return " · ".join(str(value) for name, value in typed.items() if value is not None and value != base.get(name))
