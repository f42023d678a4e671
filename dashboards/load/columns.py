"""What each column of a file seems to hold, and why; any of them can be said to hold something else."""

from html import escape

import streamlit as st

from dashboards import panel
from dashboards.load.desk import Desk, keep
from dashboards.load.sample import shown
from dashboards.load.tables import table
from dashboards.session import Session
from dashboards.words import N_, Words, translator
from data.proposal import Guess, Proposal

ROLES = {
    "place": N_("the place"),
    "indicator": N_("the indicator"),
    "period": N_("the period"),
    "value": N_("the value"),
    "numerator": N_("the numerator"),
    "denominator": N_("the denominator"),
    "segment": N_("a segment, such as sex or age"),
    "wide": N_("values"),
    "not_read": N_("nothing: it is not read"),
}
WIDE = {"indicators": N_("the values of an indicator"), "periods": N_("the values of a period"), "places": N_("the values of a place")}
UNFOLDED = 6
"""Columns of a file that are listed without being asked for."""


def show(session: Session, desk: Desk, found: Proposal) -> None:
    """The columns as a table, folded where there are many, and the way to change one."""
    if not found.guesses:
        return
    _ = translator(session.locale)
    count = len(found.guesses)
    title = _.ngettext("{n} column, and what it holds", "{n} columns, and what they hold", count, n=count)
    with st.expander(title, expanded=count <= UNFOLDED):
        panel.show(_table(found, _), key="load_columns")
        _change(desk, found, _)


def _change(desk: Desk, found: Proposal, _: Words) -> None:
    names = [guess.name for guess in found.guesses]
    with st.form("load_column", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        column = st.selectbox(_("Column"), names, key="load_column_name", index=None, placeholder=_("Choose"), width=320)
        role = st.selectbox(
            _("It holds"),
            list(ROLES),
            key="load_column_role",
            index=None,
            format_func=lambda name: _(ROLES[name]),
            placeholder=_("Choose"),
            width=260,
        )
        pressed = st.form_submit_button(_("Change the column"), key="load_column_set")
    if pressed and column and role:
        keep(desk, given={**desk.given, "roles": {**desk.given.get("roles", {}), column: role}})
        st.rerun()


def _table(found: Proposal, _: Words) -> str:
    return table(
        [_("Column"), _("First values"), _("It holds"), _("Because")],
        [_row(guess, WIDE.get(found.kind or "", ROLES["wide"]), _) for guess in found.guesses],
    )


def _row(guess: Guess, wide: str, _: Words) -> list[str]:
    values = ", ".join(shown(text, 20) for text in guess.examples[:3])
    role = wide if guess.role == "wide" else ROLES[guess.role]
    return [escape(text) for text in (guess.name, values, _(role), _(guess.why, **guess.values))]
