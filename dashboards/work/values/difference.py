"""What would be saved of the values that somebody typed, cell by cell, before anything is; and the buttons that save it and send it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import polars as pl
import streamlit as st

from dashboards import panel
from dashboards.markdown import plain
from dashboards.plan import doing
from dashboards.plan.tables import table
from dashboards.session import Session
from dashboards.words import NN_, Words, translator
from dashboards.work.values import known, saying
from dashboards.work.values.known import Known, Row
from dashboards.work.values.proposal import Proposal, Proposed
from data.access import Actor
from data.problems import Problem
from data.records.records import Records
from data.records.together import together
from data.records.writing import Stale
from data.reviews.values import send, type_values, withdraw
from kpis.reviews.warnings import warnings


@dataclass(frozen=True)
class Desktop:
    """Where values are typed: the review, the name of the form, and what is known."""

    session: Session
    review: Mapping[str, Any]
    form: str
    known: Known


def show(desktop: Desktop, proposed: Proposed, drafts: Sequence[Row] = ()) -> set[str] | None:
    """Draws it; `drafts` were saved before and go along when all is sent. In the run of a save: keys of what was left out; else None."""
    _ = translator(desktop.session.locale)
    fresh = [each for each in proposed.good if not each.stale]
    stale = [each for each in proposed.good if each.stale]
    _say_faults(proposed, _)
    if fresh:
        panel.show(_changes(desktop, fresh), key=f"{desktop.form}#difference")
    chosen = fresh + _chosen(desktop, stale)
    pressed = _pressed(desktop, chosen, drafts, len(proposed.broken))
    if pressed is None or not _saved(desktop, chosen, drafts if pressed == "send" else (), sending=pressed == "send"):
        return None
    left = {each.row["key"] for each in proposed.good} - {each.row["key"] for each in chosen}
    return left | proposed.broken


def _pressed(desktop: Desktop, chosen: Sequence[Proposal], drafts: Sequence[Row], broken: int) -> str | None:
    _ = translator(desktop.session.locale)
    going = len({each.row["key"] for each in chosen if not each.empties} | {row["key"] for row in drafts})
    with st.container(horizontal=True):
        label = _.ngettext("Send {n} value to the data office", "Send {n} values to the data office", going, n=going)
        if broken:
            one, many = NN_("{save}; {n} row with a problem is left out", "{save}; {n} rows with a problem are left out")
            label = _.ngettext(one, many, broken, save=label, n=broken)
        sent = going and st.button(plain(label), key=f"{desktop.form}#send", type="primary")
        kept = chosen and st.button(_("Save as a draft"), key=f"{desktop.form}#save")
    return "send" if sent else "save" if kept else None


def _saved(desktop: Desktop, chosen: Sequence[Proposal], drafts: Sequence[Row], *, sending: bool) -> bool:
    session, _ = desktop.session, translator(desktop.session.locale)

    def act() -> str:
        with together(session.records, _actor(session)) as whole:  # where sending is refused, nothing was saved either
            kept = _save(desktop, whole, chosen)
            if sending:
                return _send(desktop, whole, {row["id"]: row["version"] for row in drafts} | kept)
        return _.ngettext("Saved: {n} value as a draft.", "Saved: {n} values as drafts.", len(chosen), n=len(chosen))

    try:
        done = doing.attempt(session, act)
    except Stale:
        told = _("Nothing was sent: somebody else changed one of these values meanwhile. Look at both versions, and send again.")
        st.error(plain(told), icon=":material/sync_problem:")
        return False
    if done:
        doing.note(desktop.form, done)
    return done is not None


def _save(desktop: Desktop, records: Records, chosen: Sequence[Proposal]) -> dict[int, int]:
    """The versions of the drafts that were kept, by id; drafts that were emptied go."""
    session, review = desktop.session, desktop.review["id"]
    typed = [each.typed for each in chosen if not each.empties]
    kept = type_values(records, _actor(session), session.definitions, review, typed) if typed else {}
    if emptied := {each.row["id"]: each.row["version"] for each in chosen if each.empties}:
        withdraw(records, _actor(session), session.definitions, review, emptied)
    return kept


def _actor(session: Session) -> Actor:
    assert session.actor is not None  # whoever only reads has no button to press
    return session.actor


def _send(desktop: Desktop, records: Records, going: dict[int, int]) -> str:
    session, _ = desktop.session, translator(desktop.session.locale)
    send(records, _actor(session), session.definitions, desktop.review["id"], going)
    one, many = NN_("Sent: {n} value waits for the data office.", "Sent: {n} values wait for the data office.")
    return _.ngettext(one, many, len(going), n=len(going))


def _say_faults(proposed: Proposed, _: Words) -> None:
    if not proposed.faults:
        return
    st.error(plain(_("These are left out until they are corrected:")), icon=":material/error:")
    for problem in proposed.faults:
        st.write(plain(told(problem, _)))


def told(problem: Problem, _: Words) -> str:
    """What is wrong with which value, and its cure: it is called by its name, or by its row and column in a sheet."""
    where = [problem.key or "", _("row {n}", n=problem.line) if problem.line else "", str(problem.column or "")]
    return ": ".join(filter(None, [" · ".join(filter(None, where)), _.problem(problem)]))


def _changes(desktop: Desktop, changes: Sequence[Proposal]) -> str:
    session, _ = desktop.session, translator(desktop.session.locale)
    odd = looks_odd(desktop, changes)
    titles = [(_("Value"), ""), (_("Was"), ""), (_("Will be"), ""), (_("What looks odd"), "")]
    rows = [
        [
            saying.named(session, each.row),
            f'<span class="was">{saying.typed(session, each.row)}</span>',
            f'<span class="is">{saying.value(session, each.row, each.value, each.said, each.parts)}</span>',
            escape(odd.get(each.row["key"], "")),
        ]
        for each in changes
    ]
    title, caption = escape(_("What would be saved")), _("Values that would change")
    return f"<h3>{title}</h3>" + table(titles, [("", rows)], caption, "cells quiet")


def looks_odd(desktop: Desktop, changes: Sequence[Proposal]) -> dict[str, str]:
    """By key what looks odd in values that are not saved yet, in words."""
    session, said = desktop.session, {each.row["key"]: each.value for each in changes}
    columns = desktop.known.owed.schema
    rows = [{**{name: each.row[name] for name in columns}, "value": said[each.row["key"]], "state": "draft"} for each in changes]
    found = warnings(pl.DataFrame(rows, schema=columns), desktop.known.held, session.definitions)
    keys = {
        (row["place"], row["indicator"], row["segment"], row["period"]): each.row["key"] for row, each in zip(rows, changes, strict=True)
    }
    return {keys[key]: saying.odd(session, reasons) for key, reasons in found.items()}


def _chosen(desktop: Desktop, stale: Sequence[Proposal]) -> list[Proposal]:
    """What others changed since it was typed, both versions side by side; those that the reader sends all the same."""
    if not stale:
        return []
    session, _ = desktop.session, translator(desktop.session.locale)
    told = _("Somebody else changed these values since you began. They are left out unless you choose yours.")
    st.error(plain(told), icon=":material/sync_problem:")
    titles = [(_("Value"), ""), (_("Saved meanwhile"), ""), (_("Yours"), "")]
    rows = [
        [
            saying.named(session, each.row),
            saying.typed(session, each.row),
            f'<span class="is">{saying.value(session, each.row, each.value, each.said, each.parts)}</span>',
        ]
        for each in stale
    ]
    panel.show(table(titles, [("", rows)], _("Both versions"), "cells quiet"), key=f"{desktop.form}#both")
    return [each for each in stale if _takes_mine(desktop, each)]


def _takes_mine(desktop: Desktop, each: Proposal) -> bool:
    """Asked anew for each version."""
    session, _ = desktop.session, translator(desktop.session.locale)
    told = saying.amount(session, each.row, each.value)
    label = _("Send mine on top of theirs: {name}", name=f"{known.name(session, each.row)}, {told}")
    return st.checkbox(plain(label), key=f"{desktop.form}#mine#{each.row['key']}#{each.row['version']}")
