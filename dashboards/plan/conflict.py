"""Somebody else saved first: both versions side by side, and the choice between them."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import streamlit as st

from dashboards import panel
from dashboards.markdown import plain
from dashboards.plan import fields
from dashboards.plan.fields import Field
from dashboards.session import Session
from dashboards.words import translator


def chosen(
    session: Session, name: str, known: Sequence[Field], now: Mapping[str, Any], typed: Mapping[str, Any], changed: str
) -> str | None:
    """Draws both; returns "mine", "theirs" or "both" in the run in which the person chooses."""
    _ = translator(session.locale)
    told = _("Somebody else has saved a change since you opened this. Nothing of yours was saved and nothing of it is lost. Choose:")
    st.error(plain(told), icon=":material/sync_problem:")
    panel.show(table(session, known, now, typed, changed), key=f"{name}#versions")
    with st.container(horizontal=True):
        buttons = {
            "mine": st.button(_("Keep mine: send it on top of theirs"), key=f"{name}#mine"),
            "theirs": st.button(_("Take theirs, and give up mine"), key=f"{name}#theirs"),
            "both": st.button(_("Mix by hand"), key=f"{name}#both"),
        }
    return next((choice for choice, pressed in buttons.items() if pressed), None)


def beside(session: Session, name: str, known: Sequence[Field], now: Mapping[str, Any], typed: Mapping[str, Any], changed: str) -> None:
    """Somebody else's version, while the form holds the person's own."""
    panel.show(table(session, known, now, typed, changed), key=f"{name}#beside")


def table(session: Session, known: Sequence[Field], now: Mapping[str, Any], typed: Mapping[str, Any], changed: str) -> str:
    """Field by field, as HTML; what differs is marked, and said."""
    _ = translator(session.locale)
    titles = ("", _("As saved now"), _("As you typed it"))
    head = "".join(f'<th role="columnheader" scope="col">{escape(title)}</th>' for title in titles)
    rows = "".join(_row(session, each, now.get(each.name), typed.get(each.name), titles) for each in known if each.kind != "file")
    caption = changed or _("Both versions")
    return (
        f'<table role="table" class="values wide stacked wrapped versions"><caption>{escape(caption)}</caption>'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        f'<tbody role="rowgroup">{rows}</tbody></table>'
    )


def _row(session: Session, each: Field, now: Any, typed: Any, titles: tuple[str, str, str]) -> str:
    _ = translator(session.locale)
    differs = _("differs")
    mark = "" if now == typed else f' <span class="note">{escape(differs)}</span>'
    moved = "" if now == typed else ' class="moved"'
    cells = "".join(
        f'<td role="cell" data-name="{escape(title)}">{escape(fields.said(session, each, value))}</td>'
        for title, value in zip(titles[1:], (now, typed), strict=True)
    )
    return f'<tr role="row"{moved}><th role="rowheader" scope="row">{escape(each.label)}{mark}</th>{cells}</tr>'
