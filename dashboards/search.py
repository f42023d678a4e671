"""One search box that finds any goal, indicator and place, and goes there."""

from collections.abc import Iterator

import streamlit as st

from dashboards import session as visit
from dashboards.session import Session
from dashboards.words import Words, translator

KEY, FOUND = "search", "found"
GOAL, EXPLORER, OVERVIEW = "pages/goals/goal.py", "pages/goals/explorer.py", "pages/home/overview.py"


def box(session: Session) -> None:
    """The box. What was chosen is taken out of it at once, so that going back does not send the reader there again."""
    _ = translator(session.locale)
    names = dict(_names(session, _))
    st.selectbox(
        _("Find a goal, indicator or place"),
        list(names),
        index=None,
        key=KEY,
        format_func=names.__getitem__,
        placeholder=_("Find a goal, indicator or place"),
        label_visibility="collapsed",
        on_change=_remember,
    )
    if found := visit.take(FOUND):
        _go(session, str(found))


def _remember() -> None:
    visit.put(FOUND, visit.take(KEY))


def _go(session: Session, found: str) -> None:
    kind, _colon, name = found.partition(":")
    if kind == "goal":
        st.switch_page(GOAL, query_params=session.query(kpi=name))
    if kind == "indicator":
        st.switch_page(EXPLORER, query_params=session.query(indicators=name))
    st.switch_page(OVERVIEW, query_params=session.query(place=name))


def _names(session: Session, _: Words) -> Iterator[tuple[str, str]]:
    goal, indicator, place = _("Goal"), _("Indicator"), _("Place")
    if "goals" in session.definitions.city.modules:
        yield from ((f"goal:{kpi.id}", f"{session.say(kpi.name)} · {goal}") for kpi in session.catalogue.kpis)
    if "explorer" in session.definitions.city.modules:
        yield from ((f"indicator:{it}", f"{session.say(session.indicator(it).name)} · {indicator}") for it in session.measured)
    yield from ((f"place:{it.id}", f"{session.say(it.name)} · {place}") for it in session.definitions.places)
