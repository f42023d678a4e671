"""The left side of every page: whose panel this is, the search box, and the menu."""

from collections.abc import Mapping, Sequence

import streamlit as st
from streamlit import Page

from dashboards import formats, search
from dashboards.markdown import plain
from dashboards.session import Session
from dashboards.words import translator
from data.periods import Month


def show(session: Session, menu: Mapping[str, Sequence[Page]]) -> None:
    """The city and its mandate, the search box, and the pages of the menu by section."""
    city = session.definitions.city
    _ = translator(session.locale)
    start, end = (formats.month_name(Month.of(day), session.locale) for day in (city.mandate.start, city.mandate.end))
    with st.sidebar:
        st.markdown(f"### {plain(session.say(city.name))}", anchors=False)
        st.caption(_("Mandate {start} – {end}", start=start, end=end))
        search.box(session)
        for section, pages in menu.items():
            _section(session, section, [page for page in pages if page.visibility == "visible"])


def _section(session: Session, title: str, pages: Sequence[Page]) -> None:
    if not pages:
        return
    with st.container(gap=None):
        st.caption(f"**{title}**")
        for page in pages:
            st.page_link(page, query_params=session.query())
