"""The front door: who looks at which place and month, where they may go, and the page they asked for."""

import streamlit as st

from dashboards import layout, session, sidebar, unknown
from dashboards.words import Words, translator
from data.problems import NotPossibleNow, Refused

ALWAYS = ""


def menu(_: Words) -> dict[str, dict[st.Page, str]]:
    """Every page by its section, with the module it belongs to."""
    return {
        _("Home"): {
            st.Page("pages/home/overview.py", title=_("Overview"), url_path="overview", default=True): ALWAYS,
        },
        _("Goals"): {
            st.Page("pages/goals/goals.py", title=_("Goals"), url_path="goals"): "goals",
            st.Page("pages/goals/goal.py", title=_("Goal"), url_path="goal", visibility="hidden"): ALWAYS,
            st.Page("pages/goals/explorer.py", title=_("Explorer"), url_path="explorer"): "explorer",
        },
        _("Policy"): {
            st.Page("pages/policy/foresight.py", title=_("Foresight"), url_path="foresight"): "foresight",
        },
        _("Office"): {
            st.Page("pages/office/load.py", title=_("Load data"), url_path="load"): "load",
            st.Page("pages/office/quality.py", title=_("Quality"), url_path="quality"): "quality",
            st.Page("pages/home/glossary.py", title=_("Glossary"), url_path="glossary", visibility="hidden"): ALWAYS,
        },
    }


st.set_page_config(page_title="Mandato", page_icon="dashboards/icon.png", layout="wide")

with layout.faults_in_words():
    try:
        visit = session.start()
    except (Refused, NotPossibleNow):
        # The pages are there while a file is wrong: without them Streamlit would say that the one asked for does not exist.
        st.navigation({section: list(pages) for section, pages in menu(translator(session.language_asked())).items()}, position="hidden")
        raise
    modules = {ALWAYS, *visit.definitions.city.modules}
    every = menu(translator(visit.locale))
    in_use = {section: [page for page, module in pages.items() if module in modules] for section, pages in every.items()}
    asked = st.navigation(in_use, position="hidden")
    sidebar.show(visit, in_use)
    with visit.frame:
        layout.mending(visit)
        unknown.say(visit, "place", "month")
        asked.run()
