"""The way from one item to the next, and the list of all."""

from html import escape

import streamlit as st
from streamlit.components import v2

from dashboards import links, panel
from dashboards.meetings.projected.subject import Row, Subject
from dashboards.panel import FOLDER
from data.meetings.notes import notes

_steps = v2.component(
    "mandato_steps",
    css=(FOLDER / "steps" / "steps.css").read_text(encoding="utf-8"),
    js=(FOLDER / "steps" / "steps.js").read_text(encoding="utf-8"),
)


def show(about: Subject) -> None:
    """Back, n of m, next: by hand, by the arrows, and by the page keys of a clicker."""
    _ = about.words
    chosen = _steps(
        data={
            "label": _("Items of the meeting"),
            "count": _("First of all") if about.opens else _("{n} of {all}", n=about.number, all=len(about.items)),
            "words": {"back": _("Back"), "next": _("Next")},
            "back": about.beside(-1),
            "next": about.beside(1),
        },
        key="meeting_steps",
        on_link_change=_stay,
    )
    if chosen.link:
        links.follow(chosen.link)


def fold(about: Subject) -> None:
    """Every item by its name, leading to it; what was decided already has its word."""
    _ = about.words
    decided = {row["item"] for row in notes(about.session.records, about.meeting["id"]) if row["part"] == "decided" and row["text"].strip()}
    with st.expander(_("All items")):
        drawn = _first(about) + "".join(_entry(about, each, each["id"] in decided) for each in about.items)
        panel.show(f'<ol class="items">{drawn}</ol>', key="meeting_items")


def _first(about: Subject) -> str:
    """What the meeting opens with, which is no item and has no number."""
    if not about.opening:
        return ""
    _, here = about.words, ' aria-current="true"' if about.opens else ""
    name = escape(_("What was promised"))
    return f'<li class="first" value="0"><a href="{escape(about.opening)}"{here}>{name}</a></li>'


def _entry(about: Subject, item: Row, decided: bool) -> str:
    _ = about.words
    marks = [_("decided")] if decided else []
    marks += [] if item["kept"] else [_("if there is time")]
    note = f'<span class="note">{escape(", ".join(marks))}</span>' if marks else ""
    here = ' aria-current="true"' if item is about.item else ""
    return f'<li><a href="{escape(about.address(item))}"{here}>{escape(about.known.title(item))}</a>{note}</li>'


def _stay() -> None:
    """The component asks for a callback before it reports a link; there is nothing to do before the page runs again."""
