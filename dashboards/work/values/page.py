"""What a page places: the values that whoever acts owes to a review, and where they type them."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from dashboards import layout, panel
from dashboards.plan import doing
from dashboards.plan.tables import table
from dashboards.session import Session
from dashboards.words import translator
from dashboards.work.values import grid, known, saying, sheets, wording
from dashboards.work.values.difference import Desktop
from dashboards.work.values.known import Row

OPEN = ("owed", "draft", "returned", "sent")
"""The states in which an area may type: what was sent is then a draft again."""


def show(session: Session, review: Mapping[str, Any]) -> None:
    """The values that the areas of whoever acts owe to a review (a row of data.reviews.reviews); draws nothing for who may type none."""
    values = known.of(session, review)
    rows = {row["key"]: row for row in known.own(session, values.rows.values())}
    if not rows or session.actor is None:
        return
    _ = translator(session.locale)
    layout.section(_("Values"))
    free = {key: row for key, row in rows.items() if row["state"] in OPEN}
    rest = {key: row for key, row in rows.items() if key not in free}
    st.write(sentence(session, list(rows.values())))
    if review["state"] == "closed":
        st.write(_("The review is closed: no value is typed for it any more. A file can be loaded at any time."))
    else:
        _ask(Desktop(session, review, f"values/{review['id']}/{session.actor.person}", values), free, rest)
    _list(session, rest)


def sentence(session: Session, rows: list[Row]) -> str:
    """How many values are still owed, and how many were sent back."""
    _ = translator(session.locale)
    owed = sum(row["state"] in ("owed", "draft") for row in rows)
    back = sum(row["state"] == "returned" for row in rows)
    said = [_.ngettext("{n} value is still to be sent.", "{n} values are still to be sent.", owed, n=owed) if owed else ""]
    said.append(_.ngettext("{n} was sent back.", "{n} were sent back.", back, n=back) if back else "")
    return " ".join(filter(None, said)) or _("Every value has been sent or is known.")


def _ask(desktop: Desktop, free: Mapping[str, Row], rest: Mapping[str, Row]) -> None:
    session, _ = desktop.session, translator(desktop.session.locale)
    doing.said(desktop.form)
    doing.said(f"{desktop.form}#sent")
    if not free:
        return
    back = [row for row in free.values() if row["state"] == "returned"]
    if back:
        panel.show(questions(session, back), key=f"{desktop.form}#questions")
    here, away = st.tabs([_("Here in a table"), _("In a spreadsheet")])
    with here:
        grid.show(desktop, free)
    with away:
        sheets.show(desktop, free, rest)


def questions(session: Session, rows: list[Row]) -> str:
    """What the data office asks, beside the value that it is about, as HTML."""
    _ = translator(session.locale)
    titles = [(_("Sent back"), ""), (_("Value"), ""), (_("Question of the data office"), "")]
    told = [
        [
            saying.named(session, row),
            saying.typed(session, row),
            saying.text(row["question"]),
        ]
        for row in rows
    ]
    return table(titles, [("", told)], _("Values that were sent back"), "cells quiet")


def _list(session: Session, rows: Mapping[str, Row]) -> None:
    """What is validated, published or known: looked at, and typed no more."""
    if not rows:
        return
    _ = translator(session.locale)
    titles = [(_("Value"), ""), (_("Known or sent"), "number"), (_("State"), "")]
    told = [
        [
            saying.named(session, row),
            saying.value(session, row, row["known"], row["said"]) if row["state"] == "known" else saying.typed(session, row),
            wording.state(row["state"], session.locale),
        ]
        for row in rows.values()
    ]
    label = _.ngettext("{n} value is there already", "{n} values are there already", len(rows), n=len(rows))
    with st.expander(label):
        panel.show(table(titles, [("", told)], _("Values that are there already"), "cells quiet"), key="values_there")
