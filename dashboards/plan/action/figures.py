"""The figures that came with the plan from another system, as they were written there."""

from collections.abc import Hashable
from html import escape

import streamlit as st

from dashboards.plan import shown
from dashboards.plan.action.subject import Subject
from dashboards.plan.tables import NUMBER, Title, table
from dashboards.session import Session
from dashboards.words import Words
from data.plan_files.figures import Figures, figures


def block(about: Subject) -> str:
    """Each field as an HTML table, the latest row first; nothing where the plan came without figures of the action."""
    _, found = about.words, _figures(about.session, shown.key(about.session), about.plan.id).get(about.node["key"], ())
    if not found:
        return ""
    title = _("Figures that came with the plan")
    drawn = "".join(table(_titles(each, _), [("", [list(map(escape, row)) for row in _rows(each)])], each.field, "quiet") for each in found)
    numbered = _("The file numbers its columns, and does not say what they hold.")
    note = "" if all(each.indicators for each in found) else f'<p class="note">{escape(numbered)}</p>'
    return f"<section><h2>{escape(title)}</h2>{note}{drawn}</section>"


def _titles(found: Figures, _: Words) -> list[Title]:
    """What the file calls its columns; those of a table of indicators are always the same."""
    if found.indicators:
        return [(_("Date"), ""), (_("Indicator"), ""), (_("Objective"), NUMBER), (_("Value reached"), NUMBER)]
    return [(_("Date"), ""), *((name, NUMBER) for name in found.columns)]


def _rows(found: Figures) -> list[list[str]]:
    """The period first: it is what names a row."""
    return [[row[-1], *row[:-1]] for row in found.rows]


@st.cache_resource(show_spinner=False, max_entries=16, hash_funcs=shown.BY_HOME)
def _figures(session: Session, stamp: Hashable, plan: int) -> dict[str, tuple[Figures, ...]]:  # noqa: ARG001 - what the cache goes by
    return figures(session.records, plan)
