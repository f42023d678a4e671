"""The table in which an area reports many actions at once: typed, or pasted from a spreadsheet."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl
import streamlit as st

from dashboards import layout
from dashboards import session as visit
from dashboards.plan import shown
from dashboards.plan.area import desk as desks
from dashboards.plan.area import difference, wording
from dashboards.plan.area.desk import Cells, Desk
from dashboards.plan.area.difference import Proposed
from dashboards.session import Session
from dashboards.words import translator
from data.plans.comparing import FIELDS, Held, compare
from data.plans.vocabulary import REPORTED

HEIGHT, ROW, HEAD = 520, 35, 38
"""Pixels: of the table at most, of a row and of the header."""


def show(session: Session, form: str, held: Mapping[int, Held]) -> None:
    """The table, what it would change, and the buttons; `form` names the draft."""
    _, words = translator(session.locale), wording.of(session.locale)
    desk = desks.settled(session, form, held, words.statuses)
    with st.container():  # always there, so that the table below keeps its place
        if desk.since and desk.touched:
            layout.note(_("You typed some of this on {when} and did not send it. It was kept; nobody else sees it.", when=desk.since))
    desk = desks.keep(session, form, desk, _edited(session, form, desk, held))
    if not desk.touched:
        layout.note(_("Type into the white cells, or paste a block of cells from a spreadsheet. Nothing is saved before you have seen it."))
        return
    said, faults = desks.values(desk, wording.statuses(session.locale))
    changes = compare(said, {node: desk.rows[node].base for node in said}, held)
    left = difference.show(session, form, Proposed.of(held, changes, faults))
    if left is not None:
        desks.leave_only(session, form, desk, left)
        visit.show_again()
    if st.button(_("Throw away what I typed"), key=f"{form}#throw", type="tertiary"):
        desks.leave_only(session, form, desk, set())
        visit.show_again()


def _edited(session: Session, form: str, desk: Desk, held: Mapping[int, Held]) -> dict[int, Cells]:
    """The cells as they are now, by action."""
    _ = translator(session.locale)
    edited = st.data_editor(
        _frame(session, desk, held),
        key=desks.widget(form, desk),
        column_config=columns(session, desk),
        disabled=["key", "name"],
        hide_index=True,
        num_rows="fixed",
        placeholder="",
        height=min(HEIGHT, HEAD + ROW * len(desk.rows)),
        alt=_("Table of the area's actions, to be filled in"),
    )
    rows = zip(desk.rows.items(), edited.select(FIELDS).iter_rows(named=True), strict=True)
    return {node: {**_texts(cells), "status": status(row.start["status"], cells["status"])} for (node, row), cells in rows}


def status(before: str, chosen: Sequence[str] | None) -> str:
    """What a cell of status says: what was chosen beside the status that it was filled with takes its place.

    What is on no list is left as it is: whoever reads the cells names it, with its row and its cure.
    """
    texts = [text.strip() for text in chosen or ()]
    return ", ".join([text for text in texts if text != before] or texts)


def _texts(cells: Mapping[str, Any]) -> Cells:
    return {name: "" if cells[name] is None else str(cells[name]) for name in FIELDS}


def columns(session: Session, desk: Desk) -> dict[str, Any]:
    """How each column is shown. A column of one choice would drop, unsaid, what is pasted and not on its list; this one takes it in.

    A status that an action has, or that was typed in another language, stays one of the choices.
    """
    words = wording.of(session.locale)
    options = [words.statuses[status] for status in REPORTED]
    options += sorted({row.start["status"] for row in desk.rows.values()} - {"", *options})
    text, titles = st.column_config.TextColumn, words.titles
    return {
        "key": text(titles["key"], width=64, pinned=True),
        "name": text(titles["name"], width=246, pinned=True),
        "declared": text(titles["declared"], width=110, alignment="right"),
        "status": st.column_config.MultiselectColumn(titles["status"], options=options, accept_new_options=True, width=150),
        "said": text(titles["said"], width=250),
        "reason": text(titles["reason"], width=160),
    }


def _frame(session: Session, desk: Desk, held: Mapping[int, Held]) -> pl.DataFrame:
    """What the table is filled with; the same in every run until it is filled anew."""
    rows = [
        {
            "key": held[node].key,
            "name": shown.name(session, held[node].name),
            **{name: row.start[name] or None for name in FIELDS},
            "status": [row.start["status"]] if row.start["status"] else None,
        }
        for node, row in desk.rows.items()
    ]
    return pl.DataFrame(rows, schema={**dict.fromkeys(("key", "name", *FIELDS), pl.String()), "status": pl.List(pl.String)})
