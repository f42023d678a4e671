"""How the month ends: what is still missing is accepted with a reason, and everything is frozen as it was shown; or opened again."""

from collections.abc import Hashable
from datetime import date
from html import escape
from typing import Any

import streamlit as st

from dashboards import formats, layout, panel, scores
from dashboards.meetings.month import signed
from dashboards.meetings.month.known import PLACE, Known
from dashboards.plan import areas, form
from dashboards.plan.fields import Field, Typed
from dashboards.plan.form import NEW, Form
from dashboards.plan.tables import table
from dashboards.session import Session
from dashboards.work.values import known as values
from dashboards.work.values import wording
from data.access import may
from data.problems import N_, Problem, Refused
from data.reviews.reviews import REVIEW
from data.snapshots.freezing import freeze
from data.snapshots.reopening import reopen
from kpis.reviews.missing import missing

LISTED = 20
"""Missing values named on the page; the snapshot keeps all."""
UNSAID = N_("it does not say why the month is closed without the values that are missing")
Missing = list[dict[str, Any]]


def show(about: Known) -> None:
    """How the month was closed, or the form that closes it, for whoever may."""
    actor = about.session.actor
    keeps = actor is not None and may(actor, "keep_review", REVIEW)
    if about.closed:
        panel.show(f"<p>{escape(told(about))}</p>", key="month_closed")
        if keeps:
            signed.offer(about)
            form.fold(about.session, _reopening(about))
    elif keeps:
        _close(about)


def told(about: Known) -> str:
    """When and by whom the month was closed, and why without all its values, where some were missing."""
    _, session, snapshot = about.words, about.session, about.session.snapshot
    if snapshot is None:
        return ""
    said = [_("{name} closed the month on {day}.", name=snapshot["by"], day=formats.day_of(snapshot["at"], session.locale))]
    if lacked := len(snapshot["missing"]):
        why = snapshot["accepted"] or ""
        said.append(_.ngettext("{n} value was missing: {why}", "{n} values were missing: {why}", lacked, n=lacked, why=why))
    return " ".join(said)


def _close(about: Known) -> None:
    """Folded until the meeting is over."""
    _, lacks = about.words, _missing(about.session, about.session.records_state)
    fields = (Field("accepted", _("Why the month is closed without them"), "text"),) if lacks else ()
    label, title = _("Close the month"), "" if about.over else _("Close the month")
    asked = Form(f"close/{about.review['id']}", title, fields, {"accepted": None} if lacks else {}, NEW, {label: _freeze(about, lacks)},
                 said_at=PLACE)  # fmt: skip
    if about.over:
        layout.section(label)
    panel.show(_lacking(about, lacks), key="month_missing")
    if about.over:
        form.show(about.session, asked)
    else:
        form.fold(about.session, asked)


@st.cache_resource(show_spinner=False, max_entries=16, hash_funcs=scores.KEYED)
def _missing(session: Session, stamp: Hashable) -> Missing:  # noqa: ARG001 - what the cache goes by
    return missing(session.held, session.records, session.catalogue, session.definitions, session.place, session.month)


def _lacking(about: Known, lacks: Missing) -> str:
    """What is missing, as HTML, on demand."""
    _, session = about.words, about.session
    if not lacks:
        none = _("No value that is owed is missing.")
        return f'<p class="note">{escape(none)}</p>'
    said = _.ngettext("{n} value that is owed is missing", "{n} values that are owed are missing", len(lacks), n=len(lacks))
    titles = [(_("Indicator"), ""), (_("Place"), ""), (_("Period"), ""), (_("Area"), ""), (_("State"), "")]
    rows = [[*named(session, each), escape(wording.state(each["state"], session.locale))] for each in lacks[:LISTED]]
    more = _("The first {n} are listed.", n=LISTED) if len(lacks) > LISTED else ""
    note = f'<p class="note">{escape(more)}</p>' if more else ""
    return f"<details><summary>{escape(said)}</summary>{table(titles, [('', rows)], said)}{note}</details>"


def named(session: Session, lacked: dict[str, Any]) -> list[str]:
    """A missing value as HTML cells; what is defined no more, though somebody typed it, by its id."""
    period = formats.period(date.fromisoformat(lacked["period"]), values.frequency(session, lacked), session.locale)
    names = (values.name(session, lacked), values.where(session, lacked), period, areas.name(session, lacked["area"]))
    return [escape(name) for name in names]


def _freeze(about: Known, lacks: Missing) -> Any:
    def send(typed: Typed, _version: int, _file: Any) -> str:
        _, session = about.words, about.session
        assert session.actor is not None
        if lacks and not (typed.get("accepted") or "").strip():
            raise Refused([Problem(UNSAID, N_("write the reason, or close the month when they are there"), column="accepted")])
        with st.spinner(_("The month is being closed")):
            freeze(session.home, session.records, session.actor, session.place, session.month, lacks, typed.get("accepted"))
        return _("The month is closed: from now on its pages show it as it is now.")

    return send


def _reopening(about: Known) -> Form:
    _ = about.words
    fields = (Field("why", _("Why the month is opened again")),)
    sends = {_("Open it again"): _reopen(about)}
    return Form(f"reopen/{about.review['id']}", _("Open the month again"), fields, {"why": None}, NEW, sends, said_at=PLACE)


def _reopen(about: Known) -> Any:
    def send(typed: Typed, _version: int, _file: Any) -> str:
        _, session = about.words, about.session
        assert session.actor is not None
        reopen(session.records, session.actor, session.place, session.month, typed["why"] or "")
        return _("The month is open again; its snapshot stays, with the reason.")

    return send
