"""The pages there are, by the sections of the menu."""

from copy import copy

import streamlit as st

from dashboards.links import PAGES
from dashboards.words import translator

ALWAYS = ""
"""The module of a page that every city has."""


def offered(locale: str, modules: set[str] | None) -> dict[str, list[st.Page]]:
    """The pages of these modules, or all, by their section; a run uses up the page that it shows, so each run gets copies."""
    every = _every(locale).items()
    return {section: [copy(page) for page, module in pages.items() if modules is None or module in modules] for section, pages in every}


@st.cache_resource(show_spinner=False)
def _every(locale: str) -> dict[str, dict[st.Page, str]]:
    """Every page by its section, with the module it belongs to; made once, for each of them is looked up on the disk."""
    _ = translator(locale)
    return {
        _("Home"): {
            st.Page(PAGES["overview"], title=_("Overview"), url_path="overview", default=True): ALWAYS,
        },
        _("Goals"): {
            st.Page(PAGES["goals"], title=_("Goals"), url_path="goals"): "goals",
            st.Page(PAGES["goal"], title=_("Goal"), url_path="goal", visibility="hidden"): ALWAYS,
            st.Page(PAGES["explorer"], title=_("Explorer"), url_path="explorer"): "explorer",
        },
        _("Policy"): {
            st.Page(PAGES["foresight"], title=_("Foresight"), url_path="foresight"): "foresight",
        },
        _("Office"): {
            st.Page(PAGES["load"], title=_("Load data"), url_path="load"): "load",
            st.Page(PAGES["quality"], title=_("Quality"), url_path="quality"): "quality",
            st.Page(PAGES["workshop"], title=_("KPI workshop"), url_path="workshop"): "workshop",
            st.Page(PAGES["glossary"], title=_("Glossary"), url_path="glossary", visibility="hidden"): ALWAYS,
        },
    }
