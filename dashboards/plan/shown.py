"""Which plan a page is about, and that plan's truth on the review day: read and computed once for each state of the records."""

from collections.abc import Callable, Hashable
from datetime import date
from typing import Any

import polars as pl
import streamlit as st

from dashboards import layout, unknown
from dashboards import session as visit
from dashboards.kept import kept
from dashboards.session import Session
from dashboards.words import N_, translator
from data.plans.ledger import Ledger, ledger
from data.plans.reading import Plan, Tree, plans, tree
from data.records.columns import told
from kpis.plans.truth import Truth, truth

BY_HOME: dict[str | type[Any], Callable[[Any], Any]] = {Session: lambda session: (str(session.home.folder), session.today)}
"""A cache of something read from the records goes by the home, by the view that links lead to, and by `key`, whoever looks."""
KINDS = {
    "mandate": N_("mandate plan"),
    "strategic": N_("strategic plan"),
    "sector": N_("sector plan"),
    "territorial": N_("territorial plan"),
    "transversal": N_("transversal plan"),
    "annual": N_("annual operational plan"),
}


def asked(session: Session) -> Plan | None:
    """The plan that the page is about: the one chosen, or the first, which is the mandate plan; None where there is none.

    Draws the control to choose by where there are several.
    """
    known = {plan.key: plan for plan in _plans(session, session.records_state, until(session))}
    if not known:
        return None
    key = visit.linked("plan", list(known), next(iter(known)))
    if len(known) > 1:
        _, names = translator(session.locale), {plan.key: named(session, plan) for plan in known.values()}
        with session.controls:
            st.selectbox(_("Plan"), list(known), key="plan", format_func=names.__getitem__, label_visibility="collapsed")
    unknown.say(session, "plan")
    return known[key]


def named(session: Session, plan: Plan) -> str:
    """A plan by its name in the reader's language."""
    return session.say(plan.name)


def tree_of(session: Session, plan: Plan, day: date | None = None) -> Tree:
    """The plan as it stood at the end of a day, by default the review day; in the newest month as it stands now (`live`)."""
    return _tree(session, key(session), plan.id, day or session.review_day, live(session, day))


def truth_of(session: Session, plan: Plan, day: date | None = None) -> Truth:
    """The plan's truth line at every node on a day, by default the review day."""
    return _truth(session, key(session), plan.id, day or session.review_day, live(session, day))


def ledger_of(session: Session, plan: Plan) -> Ledger:
    """What was decided and what came of it, as known by the review day; in the newest month, everything."""
    return ledger(session.records, plan.id, until(session))


def changed(session: Session, plan: Plan, found: Ledger) -> dict[int, Any]:
    """The names of what the ledger's decisions changed, by the ids of the nodes."""
    nodes = {each["node"] for changes in found.changes.values() for each in changes} - {None}
    rows = tree_of(session, plan).nodes.filter(pl.col("id").is_in(list(nodes))).select("id", "name").iter_rows()
    return {node: told(name) for node, name in rows}


def live(session: Session, day: date | None = None) -> bool:
    """Whether what was written down since the review day counts already: whoever reports or accepts something sees what it did."""
    return session.newest and day in (None, session.review_day)


def until(session: Session) -> date | None:
    """The day on which what is read of the records is looked at; None: as it stands now."""
    return None if live(session) else session.review_day


def key(session: Session) -> Hashable:
    """Changes with every write to the records: what a cache of something read from them goes by."""
    return session.records.state


def name(session: Session, text: str | None) -> str:
    """A name as frames carry it, in the reader's language."""
    found = told(text)
    return session.say(found) if found else ""


def nothing_yet(session: Session) -> None:
    """What a page of the plan shows while there is no plan."""
    _ = translator(session.locale)
    layout.section(_("No plan yet"))
    st.write(_("Here you will see what the government promised, what is proved of it, and what it costs. No plan is in the records yet."))
    st.write(_("This command takes a plan in from a table; it tells first what it would do:"))
    st.code("python -m data plan FILE --dry-run", language="shell", width="content")


@kept(16, by=lambda session, stamp, day: (session.home.folder, session.today, stamp, day))
def _plans(session: Session, stamp: Hashable, day: date | None) -> list[Plan]:  # noqa: ARG001 - what is kept goes by it
    return plans(session.records, day)


@st.cache_resource(show_spinner=False, max_entries=32, hash_funcs=BY_HOME)
def _tree(session: Session, stamp: Hashable, plan_id: int, day: date, live: bool) -> Tree:  # noqa: ARG001 - what the cache goes by
    return tree(session.records, plan_id, day, live=live)


@st.cache_resource(show_spinner=False, max_entries=32, hash_funcs=BY_HOME)
def _truth(session: Session, stamp: Hashable, plan_id: int, day: date, live: bool) -> Truth:
    return truth(_tree(session, stamp, plan_id, day, live))
