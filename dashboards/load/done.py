"""After the load: what it did, where to see it, and the way back."""

import polars as pl
import streamlit as st

from dashboards import formats, layout
from dashboards.load import history
from dashboards.load.desk import Desk, clear
from dashboards.markdown import plain
from dashboards.session import Session
from dashboards.words import translator
from data.loads import Load
from data.periods import Month

SHOWN = 8
"""Places of a load that its link to the Explorer draws."""
GOALS = 4
"""Goals of a load that are linked to."""


def show(session: Session, desk: Desk) -> None:
    """The outcome as the facts themselves hold it."""
    _ = translator(session.locale)
    found = next((load for load in (session.held.loads() if session.held else []) if load.id == desk.load), None)
    if found is None:
        layout.section(_("This load has been undone"))
        st.write(_("The figures are as they were before it."))
    else:
        _outcome(session, found)
    with st.container(horizontal=True):
        if st.button(_("Load another file"), key="load_next"):
            clear(desk)
            st.rerun()
        if found is not None:
            history.undo_button(session, found)


def _outcome(session: Session, load: Load) -> None:
    _ = translator(session.locale)
    layout.section(_("Load {number} is in force", number=load.number))
    st.write(history.counted(load, session.locale))
    if load.rows_new + load.rows_revised == 0:
        st.write(_("Nothing new: all of it was known already."))
    version = session.held.version if session.held else 0
    layout.note(_("Facts version {version}. Where to see it:", version=formats.number(version, 0, session.locale)))
    with st.container(horizontal=True, vertical_alignment="center"):
        for page, label, asked in _links(session, load):
            st.page_link(page, label=label, query_params=asked)


def _links(session: Session, load: Load) -> list[tuple[str, str, dict[str, str]]]:
    """The pages that show what was loaded, as far as they are in use: the Overview, the Explorer, and its goals."""
    _, modules = translator(session.locale), session.definitions.city.modules
    rows = session.facts.observations(segment=None).filter(load=load.number)
    links = [("pages/home/overview.py", _("Overview"), session.query())]
    if "explorer" in modules:
        links.append(("pages/goals/explorer.py", _("Explorer"), session.query(**_touched(session, rows))))
    moved = set(rows.filter(place=session.place)["indicator"])
    goals = [kpi for kpi in session.catalogue.kpis if moved & session.catalogue.sources(kpi)][:GOALS]
    return links + [("pages/goals/goal.py", plain(session.say(kpi.name)), session.query(kpi=kpi.id)) for kpi in goals]


def _touched(session: Session, rows: pl.DataFrame) -> dict[str, str]:
    """The first indicator and places of the load, as the Explorer's address names them; the place in view where it is one of them."""
    if rows.is_empty():
        return {}
    touched, known = set(rows["indicator"]), session.definitions
    indicator = next(one.id for one in known.indicators if one.id in touched)
    touched = set(rows.filter(indicator=indicator)["place"])
    places = [place.id for place in known.places if place.id in touched]
    first = session.place if session.place in touched else places[0]
    month = Month.of(rows.filter(place=first)["period"].max())  # type: ignore[arg-type]
    shown = [first, *(place for place in places if place != first)][:SHOWN]
    return {"place": first, "month": str(month), "indicators": indicator, "places": ",".join(shown)}
