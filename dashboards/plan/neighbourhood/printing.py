"""The button that makes the neighbourhood's page to print, when somebody asks for it."""

from collections.abc import Sequence

import streamlit as st

from dashboards.plan.neighbourhood.known import Known
from dashboards.plan.neighbourhood.measured import Figure
from dashboards.session import Session
from dashboards.words import translator


def offer(session: Session, found: Known, figures: Sequence[Figure]) -> None:
    """Draw it; the file is made after the click, in a tenth of a second or two."""

    def made() -> bytes:
        from dashboards.reports import neighbourhood, pdf  # Typst, for which no page should wait

        return pdf.one_page(lambda room: neighbourhood.report(session, found, figures, room), neighbourhood.rooms(found, figures))[0]

    _ = translator(session.locale)
    name, icon = f"{found.plan.place}-{found.district.id}-{session.month}.pdf", ":material/print:"
    st.download_button(_("One page (PDF)"), made, name, "application/pdf", key="neighbourhood_pdf", on_click="ignore", icon=icon)
