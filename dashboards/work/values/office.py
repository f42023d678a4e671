"""The data office's side: who owes what, what waits with what is odd about it, and what can be published."""

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any

import streamlit as st

from dashboards import forecasting, formats, layout, panel
from dashboards.markdown import plain
from dashboards.plan import areas, doing
from dashboards.plan.tables import NUMBER, table
from dashboards.session import Session
from dashboards.words import translator
from dashboards.work.values import known, saying, wording
from dashboards.work.values.known import Known, Row
from data.access import Object, may
from data.reviews.publishing import Published, publish
from data.reviews.values import send_back, validate, withdraw
from kpis.reviews.values_owed import STATES, counts

AT_ONCE = 20
"""Values that are shown together, the odd ones first; the next follow as these are judged."""
PLACE = "values office"


def waiting(session: Session, review: Mapping[str, Any]) -> None:
    """Who owes what, by area, and what waits for the data office; draws nothing for whoever may not validate."""
    if session.actor is None or not may(session.actor, "validate_value", Object("sent_value")):
        return
    _, values = translator(session.locale), known.of(session, review)
    layout.section(_("Values by area"))
    doing.said(PLACE)
    panel.show(by_area(session, values), key="values_by_area")
    if review["state"] == "closed":
        return
    _waiting(session, review, values)
    _publishing(session, review, values)


def by_area(session: Session, values: Known) -> str:
    """The counts of each area in each state, as HTML."""
    _ = translator(session.locale)
    titles = [(_("Area"), ""), *((formats.sentence(wording.state(state, session.locale)), NUMBER) for state in STATES)]
    rows = [
        [escape(areas.name(session, row["area"])), *(formats.number(row[state], 0, session.locale) for state in STATES)]
        for row in counts(values.owed).iter_rows(named=True)
    ]
    if not rows:
        nobody = escape(_("No area owes a value to this review."))
        return f"<p>{nobody}</p>"
    return table(titles, [("", rows)], _("Values of each area by how far they have come"))


def in_order(values: Known) -> list[Row]:
    """What waits to be validated, what looks odd first, then the longest waiting."""
    rows = [row for row in values.rows.values() if row["state"] == "sent"]
    return sorted(rows, key=lambda row: (row["key"] not in values.odd, row["typed_at"]))


def _waiting(session: Session, review: Mapping[str, Any], values: Known) -> None:
    _, rows = translator(session.locale), in_order(values)
    layout.section(_("Values that wait for you"))
    if not rows:
        st.write(_("No value waits to be validated."))
        return
    plain_ones = [row for row in rows if row["key"] not in values.odd]
    st.write(_.ngettext("{n} value waits.", "{n} values wait.", len(rows), n=len(rows)))
    if plain_ones:
        count = len(plain_ones)
        label = _.ngettext("Validate {n} value that looks as usual", "Validate {n} values that look as usual", count, n=count)
        if st.button(label, key="values_all", type="primary"):
            _validate(session, review, plain_ones)
    chosen = [row for row in rows[:AT_ONCE] if _chosen(session, values, row)]
    if len(rows) > AT_ONCE:
        layout.note(_("{n} are shown; the next follow as these are judged.", n=AT_ONCE))
    _judge(session, review, chosen)


def _chosen(session: Session, values: Known, row: Row) -> bool:
    _ = translator(session.locale)
    with st.container(border=True):
        panel.show(about(session, values, row), key=f"value_{row['key']}")
        label = _("Choose {name}", name=f"{known.name(session, row)}, {known.where(session, row)}")
        return st.checkbox(plain(label), key=f"value_chosen_{row['key']}#{row['version']}")


def about(session: Session, values: Known, row: Row) -> str:
    """A value beside the ones before it, what is odd about it, and who says so, as HTML."""
    _, odd = translator(session.locale), saying.odd(session, values.odd.get(row["key"], []))
    before = _("before: {last}; a year before: {ago}", last=saying.amount(session, row, row["last"]),
               ago=saying.amount(session, row, row["year_ago"]))  # fmt: skip
    made = saying.made_of(session, row["numerator"], row["denominator"])
    asked = _("You had asked: {question}", question=row["question"])
    where = f"{areas.name(session, row['area'])} · {known.where(session, row)} · {_period(session, row)}"
    who = _("typed by {name} on {when}", name=row["typed_by_name"], when=formats.moment(row["typed_at"], session.locale))
    parts = [
        f"<h3>{escape(known.name(session, row))}</h3>",
        f'<p class="note">{escape(where)}</p>',
        f"<p><b>{escape(saying.amount(session, row, row['value']))}</b> {saying.drawing(session, values, row)}</p>",
        f'<p class="note">{escape(made)}</p>' if made else "",
        f'<p class="note">{escape(before)}</p>',
        f'<p class="signal">{escape(odd)}</p>' if odd else "",
        f"<p>{escape(row['said'])}</p>" if row["said"] else "",
        f'<p class="note">{escape(asked)}</p>' if row["question"] else "",
        f'<p class="note">{escape(who)}</p>',
    ]
    return "".join(parts)


def _judge(session: Session, review: Mapping[str, Any], chosen: Sequence[Row]) -> None:
    _, count = translator(session.locale), len(chosen)
    if not chosen:
        layout.note(_("Choose values to validate them, or to send them back with a question."))
        return
    question = st.text_area(_("Question for the area"), key="values_question", help=_("Needed where values are sent back"))
    with st.container(horizontal=True):
        agreed = st.button(_.ngettext("Validate {n} value", "Validate {n} values", count, n=count), key="values_agree", type="primary")
        back = st.button(_.ngettext("Send {n} value back", "Send {n} values back", count, n=count), key="values_back")
    if agreed:
        _validate(session, review, chosen)
    if back:
        _send_back(session, review, chosen, question)


def _validate(session: Session, review: Mapping[str, Any], rows: Sequence[Row]) -> None:
    _, actor = translator(session.locale), session.actor
    assert actor is not None

    def act() -> str:
        validate(session.records, actor, review["id"], _seen(rows))
        return _.ngettext("{n} value is validated.", "{n} values are validated.", len(rows), n=len(rows))

    _do(session, act)


def _send_back(session: Session, review: Mapping[str, Any], rows: Sequence[Row], question: str) -> None:
    _, actor = translator(session.locale), session.actor
    assert actor is not None

    def act() -> str:
        send_back(session.records, actor, review["id"], _seen(rows), question)
        return _.ngettext("{n} value went back to its area.", "{n} values went back to their areas.", len(rows), n=len(rows))

    _do(session, act)


def _publishing(session: Session, review: Mapping[str, Any], values: Known) -> None:
    rows = [row for row in values.rows.values() if row["state"] == "validated"]
    if not rows:
        return
    _, count = translator(session.locale), len(rows)
    layout.section(_("Validated values"))
    if any(row["publishing"] for row in rows):
        st.warning(plain(_("A publication was stopped before its end. Publish again: that finishes it.")), icon=":material/sync_problem:")
    titles = [(_("Value"), ""), (_("Validated"), NUMBER)]
    told = [[saying.named(session, row), saying.typed(session, row)] for row in rows]
    panel.show(table(titles, [("", told)], _("Values that wait to be published"), "cells quiet"), key="values_validated")
    with st.container(horizontal=True):
        label = _.ngettext("Publish {n} value", "Publish {n} values", count, n=count)
        published = st.button(label, key="values_publish", type="primary")
        withdrawn = st.button(_("Take the validation back"), key="values_withdraw")
    if published:
        _publish(session, review)
    if withdrawn:
        _withdraw(session, review, rows)


def _publish(session: Session, review: Mapping[str, Any]) -> None:
    _, actor = translator(session.locale), session.actor
    assert actor is not None

    def act() -> str:
        done = publish(session.home, session.records, actor, session.definitions, review["id"])
        forecasting.begin(session.home)
        return " ".join(_result(session, each) for each in done)

    with st.spinner(_("Publishing: the facts are copied, changed, checked and put in force in one step")):
        _do(session, act)


def _result(session: Session, done: Published) -> str:
    """What a publication did, in a sentence."""
    _ = translator(session.locale)
    told = {name: formats.number(getattr(done, name), 0, session.locale) for name in ("new", "revised", "unchanged")}
    return _("Load {load} is in force: {new} new, {revised} revised, {unchanged} unchanged.", load=done.load, **told)


def _withdraw(session: Session, review: Mapping[str, Any], rows: Sequence[Row]) -> None:
    _, actor = translator(session.locale), session.actor
    assert actor is not None

    def act() -> str:
        withdraw(session.records, actor, session.definitions, review["id"], _seen(rows))
        return _.ngettext("{n} value waits for you again.", "{n} values wait for you again.", len(rows), n=len(rows))

    _do(session, act)


def _do(session: Session, act: Callable[[], str]) -> None:
    """What it did, or that somebody was faster, is said in the next run."""
    if done := doing.attempt_at(session, act, PLACE):
        doing.leave(PLACE, done)


def _seen(rows: Sequence[Row]) -> dict[int, int]:
    return {row["id"]: row["version"] for row in rows}


def _period(session: Session, row: Row) -> str:
    return formats.period(row["period"], known.frequency(session, row), session.locale)
