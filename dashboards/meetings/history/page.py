"""The page below its heading: what to look for, and what was found, the newest first."""

import polars as pl
import streamlit as st

from dashboards import downloads, layout, panel
from dashboards.meetings.history.listing import KINDS, block, headline
from dashboards.meetings.items import Items
from dashboards.session import Session
from dashboards.words import translator
from data.meetings.history import Said, history, matching
from data.records.records import begun

LONGEST = 200
"""Letters of what is looked for."""


def show(session: Session) -> None:
    """Everything that was said about the place, or what of it bears the words asked for."""
    _ = translator(session.locale)
    told = history(session.records, session.place) if begun(session.home) else []
    if not told:
        layout.section(_("Nothing was said yet"))
        st.write(_("Here you will find whatever meetings decided and asked for, and what people worried about."))
        return
    found = _found(session, told)
    items = Items(session)
    with session.controls:
        downloads.offer(session, "history", lambda: _frame(session, items, found), {_("Found"): str(len(found))})
    panel.show(f"{headline(session, found, len(told))}{block(session, items, found)}", key="history_list")


def _found(session: Session, told: list[Said]) -> list[Said]:
    """What the two controls leave."""
    _ = translator(session.locale)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        words = st.text_input(_("Words to look for"), key="history_words", max_chars=LONGEST, width=420)
        names = {kind: _(word) for kind, word in KINDS.items()}
        kinds = st.pills(_("Kind"), list(KINDS), selection_mode="multi", key="history_kinds", format_func=names.__getitem__)
    return matching(told, words, kinds or tuple(KINDS))


def _frame(session: Session, items: Items, found: list[Said]) -> pl.DataFrame:
    _ = translator(session.locale)
    kinds = {kind: _(word) for kind, word in KINDS.items()}
    rows = [
        {_("Day"): said.day, _("Kind"): kinds[said.kind], _("What"): said.text, _("Goal"): items.goal(said.goal) if said.goal else None,
         _("Action"): items.action(said.node) if said.node else None}
        for said in found
    ]  # fmt: skip
    schema = {_("Day"): pl.Date, **dict.fromkeys((_("Kind"), _("What"), _("Goal"), _("Action")), pl.String)}
    return pl.DataFrame(rows, schema=schema)
