"""One concern: its conversation, and the next step for whoever may make it."""

from collections.abc import Callable
from datetime import date, datetime
from html import escape
from typing import Any

import streamlit as st

from dashboards import formats, layout, panel
from dashboards import session as visit
from dashboards.meetings.concerns import conversation, raising
from dashboards.meetings.concerns.known import STATES, Known, Row
from dashboards.plan import areas, form
from dashboards.plan.fields import Field, Typed
from dashboards.plan.form import Form
from data.access import Actor
from data.meetings.concerns import FROM, answer, close, decide
from data.records.records import Records

Verb = Callable[[Records, Actor, int, int, str, date, datetime | None], int]


def asked(known: Known) -> Row | None:
    """The concern that the address names: `concerns?id=ID`; None where there is no such one."""
    return known.items.concerns.get(visit.asked_id("id") or 0)


def show(known: Known, row: Row) -> None:
    """What worries, what was said, and the forms."""
    _, session = known.words, known.session
    with st.container(border=True, key=f"concern_{row['id']}"):
        panel.show(_what(known, row) + conversation.conversation(known, row), key="concern_what")
        _forms(known, row)
        st.page_link(raising.PAGE, label=_("All concerns"), icon=":material/arrow_back:", query_params=session.query())


def _what(known: Known, row: Row) -> str:
    _ = known.words
    state = f"{formats.sentence(_(STATES[row['state']]))}, {formats.age(known.age(row), known.session.locale)}"
    told = " · ".join(filter(None, [escape(state), areas.link(known.session, row["area"]), known.items.links(row)]))
    return f'<h2>{escape(row["title"])}</h2><p class="count">{told}</p>'


def _forms(known: Known, row: Row) -> None:
    """The steps that may come next; whoever may make none is told who may."""
    _ = known.words
    if row["state"] == "closed":
        return
    steps = {
        "answer_concern": (_("Answer it"), _("What the area answers"), _("Send the answer"), answer, "answer"),
        "decide_concern": (_("Decide on it"), _("What is done about it"), _("Record the decision"), decide, "decision"),
        "close_concern": (_("Close it"), _("How it was settled"), _("Close the concern"), close, "settled"),
    }
    mine = [action for action in steps if known.may(action, row) and row["state"] in FROM[action]]
    for action in mine:
        title, label, button, verb, column = steps[action]
        form.fold(known.session, _form(known, row, title, Field("text", label, "text"), button, verb, column))
    if "close_concern" not in mine:
        layout.note(_("Only {name}, who raised it, closes it.", name=known.person(row["raised_by"])))
    if row["state"] == "raised" and "answer_concern" not in mine:
        layout.note(_("The area that it is about answers it, or the data office, the mayor's office or a consultant."))


def _form(known: Known, row: Row, title: str, field: Field, button: str, verb: Verb, column: str) -> Form:
    def send(typed: Typed, version: int, _file: Any) -> str:
        _, session = known.words, known.session
        assert session.actor is not None
        verb(session.records, session.actor, row["id"], version, typed["text"] or "", known.day, None)
        return _("It is written down: {title}", title=row["title"])

    name = f"concern/{row['id']}/{column}"
    return Form(name, title, (field,), {"text": row[column]}, row["version"], {button: send}, ("text",), said_at=raising.PLACE)
