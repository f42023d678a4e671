"""What the ledger is narrowed by: area, kind of reason and year; the words in the address, and what they keep."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dashboards import session as visit
from dashboards.markdown import plain
from dashboards.plan import vocabulary
from dashboards.plan.entries import Row
from dashboards.session import Session
from dashboards.words import N_, translator
from data.plans.ledger import Ledger

ALL = ""
FILTERS = {"area": N_("Area"), "reason": N_("Kind of reason"), "year": N_("Year")}


def chosen(session: Session, found: Ledger) -> dict[str, str]:
    """Draws the controls, folded into one; returns what each filter asks for, "" for nothing."""
    _, kept = translator(session.locale), {}
    options = offered(session, found)
    asked = {key: visit.linked(key, known, ALL) for key, known in options.items()}
    label = " · ".join(options[key][value] for key, value in asked.items() if value) or _("Area, reason, year")
    with session.controls, st.popover(plain(label), icon=":material/filter_list:"):
        for key, known in options.items():
            named = {ALL: _("all"), **known}
            kept[key] = st.selectbox(_(FILTERS[key]), list(named), key=key, format_func=named.__getitem__)
    return kept


def offered(session: Session, found: Ledger) -> dict[str, dict[str, str]]:
    """What each filter may ask for, and what it is called: only what some entry has."""
    rows = [*found.decisions, *found.outcomes]
    areas, reasons = {row["node_area"] for row in rows}, {row["reason"] for row in rows}
    words = vocabulary.options(vocabulary.REASONS, session.locale)
    return {
        "area": {area: session.say(name) for area, name in session.definitions.area.items() if area in areas},
        "reason": {reason: word for reason, word in words.items() if reason in reasons},
        "year": {str(year): str(year) for year in sorted({row["day"].year for row in rows}, reverse=True)},
    }


def left(found: Ledger, asked: Mapping[str, Any]) -> Ledger:
    """What the filters leave; a result has no day and no reason, so that only the area narrows results."""
    results = narrowed(found.results, {"area": asked["area"]})
    return Ledger(narrowed(found.decisions, asked), narrowed(found.outcomes, asked), results, found.changes)


def narrowed(rows: Sequence[Row], asked: Mapping[str, Any]) -> list[Row]:
    """The entries that are what the filters ask for."""
    return [row for row in rows if all(wanted in (ALL, _has(row, key)) for key, wanted in asked.items())]


def _has(row: Row, key: str) -> str | None:
    if key == "year":
        return str(row["day"].year)
    return row["node_area"] if key == "area" else row["reason"]
