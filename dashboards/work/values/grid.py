"""The table in which an area types its values: cell by cell, or pasted from a spreadsheet."""

from collections.abc import Mapping
from typing import Any

import polars as pl
import streamlit as st

from dashboards import formats, layout
from dashboards import session as visit
from dashboards.session import Session
from dashboards.words import translator
from dashboards.work.values import desk as desks
from dashboards.work.values import difference, known, saying, wording
from dashboards.work.values.desk import FIELDS, NUMBERS, Cells, Desk, Line
from dashboards.work.values.difference import Desktop
from dashboards.work.values.known import Row
from dashboards.work.values.proposal import Gathering, Proposed, Where
from data.periods import Month
from data.reviews.parts import PARTS

HEIGHT, ROW, HEAD = 520, 35, 38
"""Pixels: of the table at most, of a row and of the header."""
SHOWN = ("last", "period", "question", "state")


def show(desktop: Desktop, rows: Mapping[str, Row]) -> None:
    """The table of values that may be typed, what it would change, and the buttons."""
    session, form = desktop.session, desktop.form
    _, desk = translator(session.locale), desks.settled(session, form, rows)
    with st.container():  # always there, so that the table below keeps its place
        if desk.since and desk.touched:
            layout.note(_("You typed some of this on {when} and did not save it. It was kept; nobody else sees it.", when=desk.since))
    desk = desks.keep(session, form, desk, _edited(session, form, desk, rows))
    drafts = [row for key, row in rows.items() if row["state"] == "draft" and key not in desk.touched]
    if not desk.touched:
        layout.note(_("Type into the cells, or paste a block of cells from a spreadsheet. Nothing is saved before you have seen it."))
    left = difference.show(desktop, proposed(desktop, desk, rows), drafts)
    if left is not None:
        desks.leave_only(session, form, desk, left)
        visit.show_again()
    if desk.touched and st.button(_("Throw away what I typed"), key=f"{form}#throw", type="tertiary"):
        desks.leave_only(session, form, desk, set())
        visit.show_again()


def proposed(desktop: Desktop, desk: Desk, rows: Mapping[str, Row]) -> Proposed:
    """What the touched lines say."""
    session = desktop.session
    gathering = Gathering(session, Month.parse(desktop.review["month"]))
    for key, line in desk.touched.items():
        told = Where(f"{known.name(session, rows[key])} · {known.where(session, rows[key])}")
        gathering.take(rows[key], _cells(line, rows[key]), line.version, told, valued=line.cells["value"] != line.clean["value"])
    return gathering.done()


def _cells(line: Line, row: Row) -> dict[str, str | float]:
    """What a line says: the very numbers of the row, where nobody typed others."""
    same = [name for name in NUMBERS if line.cells[name] == line.clean[name] and row[name] is not None]
    exact = {name: row[name] for name in same} if line.version == (row["version"] or 0) else {}
    return {**line.cells, **exact}


def _edited(session: Session, form: str, desk: Desk, rows: Mapping[str, Row]) -> dict[str, Cells]:
    """The cells as they are now, by key."""
    _ = translator(session.locale)
    edited = st.data_editor(
        _frame(session, desk, rows),
        key=desks.widget(form, desk),
        column_config=_columns(session, parts=any(known.computed(session, row) for row in rows.values())),
        disabled=["name", *SHOWN],
        hide_index=True,
        num_rows="fixed",
        placeholder="",
        height=min(HEIGHT, HEAD + ROW * len(desk.lines)),
        alt=_("Table of the values that are owed, to be filled in"),
    )
    cells = edited.select(FIELDS).fill_null("").iter_rows(named=True)
    return {key: {name: str(text) for name, text in told.items()} for key, told in zip(desk.lines, cells, strict=True)}


def _columns(session: Session, *, parts: bool) -> dict[str, Any]:
    """Those of numerator and denominator are there where values that are owed have them."""
    titles, text = wording.of(session.locale).titles, st.column_config.TextColumn
    return {
        "name": text(titles["indicator"], width=200, pinned=True),
        "period": text(titles["period"], width=96),
        "last": text(titles["last"], width=110, alignment="right"),
        "value": text(titles["value"], width=110, alignment="right"),
        **{name: text(titles[name], width=110, alignment="right") if parts else None for name in PARTS},
        "said": text(titles["said"], width=230),
        "question": text(titles["question"], width=140),
        "state": text(titles["state"], width=90),
    }


def _frame(session: Session, desk: Desk, rows: Mapping[str, Row]) -> pl.DataFrame:
    """What the table is filled with, the cells to type in first, for phones; the same in every run until it is filled anew."""
    told = [
        {
            "name": f"{known.name(session, rows[key])} · {known.where(session, rows[key])}",
            **{name: line.start[name] or None for name in FIELDS},
            "last": saying.figure(session, rows[key], rows[key]["last"]),
            "period": formats.short_period(rows[key]["period"], known.frequency(session, rows[key]), session.locale),
            "question": rows[key]["question"],
            "state": wording.state(rows[key]["state"], session.locale),
        }
        for key, line in desk.lines.items()
    ]
    return pl.DataFrame(told, schema=dict.fromkeys(("name", *FIELDS, *SHOWN), pl.String))
