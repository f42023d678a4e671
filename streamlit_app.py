"""The front door: who looks at which place and month, where they may go, and the page they asked for."""

import streamlit as st

from dashboards import layout, session, sidebar, unknown
from dashboards.words import translator

st.set_page_config(page_title="Mandato", page_icon="dashboards/icon.png", layout="wide")

with layout.faults_in_words():
    visit = session.start()
    _ = translator(visit.locale)
    always, modules = "", {"", *visit.definitions.city.modules}
    menu = {
        _("Home"): {
            st.Page("pages/home/overview.py", title=_("Overview"), url_path="overview", default=True): always,
        },
        _("Goals"): {
            st.Page("pages/goals/goals.py", title=_("Goals"), url_path="goals"): "goals",
            st.Page("pages/goals/goal.py", title=_("Goal"), url_path="goal", visibility="hidden"): always,
            st.Page("pages/goals/explorer.py", title=_("Explorer"), url_path="explorer"): "explorer",
        },
        _("Office"): {
            st.Page("pages/office/load.py", title=_("Load data"), url_path="load"): "load",
            st.Page("pages/office/quality.py", title=_("Quality"), url_path="quality"): "quality",
            st.Page("pages/home/glossary.py", title=_("Glossary"), url_path="glossary", visibility="hidden"): always,
        },
    }
    in_use = {section: [page for page, module in pages.items() if module in modules] for section, pages in menu.items()}
    asked = st.navigation(in_use, position="hidden")
    sidebar.show(visit, in_use)
    with visit.frame:
        unknown.say(visit, "place", "month")
        asked.run()
