"""What the list is narrowed by: whose, which area, what is overdue; the words in the address, and what they keep."""

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboards import session as visit
from dashboards.markdown import plain
from dashboards.meetings.follow_ups.known import Known, Row
from dashboards.plan import areas
from dashboards.words import N_
from kpis.meetings.promises import WAITING

ALL = ""
FILTERS = {"show": N_("Which"), "owner": N_("Owner"), "area": N_("Area")}


def chosen(known: Known) -> dict[str, str]:
    """Draws the controls, folded into one; returns what each filter asks for, "" for nothing."""
    _, kept = known.words, {}
    options = offered(known)
    asked = {key: visit.linked(key, names, ALL) for key, names in options.items()}
    label = " · ".join(options[key][value] for key, value in asked.items() if value) or _("Whose, area, overdue")
    with known.session.controls, st.popover(plain(label), icon=":material/filter_list:"):
        for key, names in options.items():
            named = {ALL: _("all"), **names}
            kept[key] = st.selectbox(_(FILTERS[key]), list(named), key=key, format_func=named.__getitem__)
    return kept


def offered(known: Known) -> dict[str, dict[str, str]]:
    """What each filter may ask for, and what it is called: only what some follow-up has."""
    _ = known.words
    mine = {"mine": _("mine")} if known.session.actor else {}
    return {
        "show": {**mine, "overdue": _("overdue"), "waiting": _("still open")},
        "owner": {str(owner): known.items.post(owner) for owner in sorted({row["owner"] for row in known.rows})},
        "area": {area: areas.name(known.session, area) for area in sorted({row["area"] for row in known.rows if row["area"]})},
    }


def left(known: Known, rows: Sequence[Row], asked: Mapping[str, str]) -> list[Row]:
    """The follow-ups that are what the filters ask for."""
    return [row for row in rows if _is(known, row, asked)]


def _is(known: Known, row: Row, asked: Mapping[str, str]) -> bool:
    shown = {
        ALL: lambda: True,
        "mine": lambda: known.mine(row),
        "overdue": lambda: known.state(row) == "overdue",
        "waiting": lambda: known.state(row) in WAITING,
    }
    return shown[asked["show"]]() and asked["owner"] in (ALL, str(row["owner"])) and asked["area"] in (ALL, row["area"])
