"""The front door: who looks at which place and month, where they may go, and the page they asked for."""

import streamlit as st

from dashboards import layout, menu, session, sidebar, unknown, workshop
from data.problems import NotPossibleNow, Refused

st.set_page_config(page_title="Mandato", page_icon=layout.ICON, layout="wide")

with layout.faults_in_words():
    try:
        visit = session.start()
    except (Refused, NotPossibleNow):
        # The pages are there while a file is wrong: without them Streamlit would say that the one asked for does not exist.
        asked = st.navigation(menu.offered(session.language_asked(), None), position="hidden")
        if not workshop.mend(asked.url_path, session.language_asked()):
            raise
        st.stop()
    in_use = menu.offered(visit.locale, {menu.ALWAYS, *visit.definitions.city.modules})
    asked = st.navigation(in_use, position="hidden")
    visit = session.enter(visit, asked.url_path)
    sidebar.show(visit, in_use, asked)
    with visit.frame:
        layout.mending(visit)
        unknown.say(visit, "place", "month")
        asked.run()
