"""A sheet that was sent back and cannot be read as one of ours: what is wrong with it, and what to send instead."""

import streamlit as st

from dashboards import formats, layout
from dashboards.markdown import plain
from dashboards.session import Session
from dashboards.words import translator
from data.problems import Refused


def say(session: Session, refused: Refused) -> None:
    """Nothing of it was taken, why, and the cure."""
    _ = translator(session.locale)
    st.error(plain(_("Nothing was saved, and nothing can be read of this file.")), icon=":material/error:")
    for problem in refused.problems:
        st.write(plain(f"{formats.sentence(_.problem(problem))}."))
    layout.note(_("Download the sheet again and fill that one in: it may come back as .xlsx, .xls or .ods."))
