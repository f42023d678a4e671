"""The button that makes reports from a page: what is said is gathered when it is opened, the file written when somebody asks for it."""

from collections.abc import Callable, Sequence

import streamlit as st

from dashboards.markdown import plain
from dashboards.reports.document import Document
from dashboards.session import Session
from dashboards.words import N_, translator
from data.problems import NotPossibleNow, Refused

NAMES: dict[str, str] = {
    "brief": N_("Brief for the mayor"),
    "preread": N_("Pre-read"),
    "minutes": N_("Minutes"),
    "slides": N_("Slides"),
    "council": N_("Report to the council"),
    "accountability": N_("Accountability report"),
    "goal": N_("Sheet of the goal"),
    "area": N_("Sheet of the area"),
    "study": N_("Sheet of the study"),
}
FORMS: dict[str, tuple[str, str]] = {
    "pdf": (N_("PDF, to print"), "application/pdf"),
    "pptx": (N_("PowerPoint, to edit"), "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    "html": (N_("HTML, to project without the panel"), "text/html"),
}
"""What each form is called, and what it is for a browser."""


def offer(session: Session, wanted: Sequence[str], subject: str | None = None) -> None:
    """Draw it for the kinds `wanted`, of the `subject` where they are of one thing; what cannot be made says why."""
    _ = translator(session.locale)
    choice = st.popover(_("Reports"), icon=":material/print:", key=f"{wanted[0]}_reports", on_change="rerun")
    if choice.open:
        with choice:
            for kind in wanted:
                _choose(session, kind, subject)


def _choose(session: Session, kind: str, subject: str | None) -> None:
    from dashboards.reports import kinds  # which knows all pages, among them the one that asks

    _ = translator(session.locale)
    st.markdown(f"**{plain(_(NAMES[kind]))}**")
    try:
        with st.spinner(_("What it says is being gathered")):
            document = kinds.KINDS[kind](session, subject)
    except NotPossibleNow as reason:
        st.write(plain(_.not_now(reason)))
        return
    except Refused as refused:
        st.write(plain(" ".join(_.problem(problem) for problem in refused.problems)))
        return
    for form, (label, mime) in FORMS.items():
        name = "-".join(filter(None, [session.place, kind, subject, str(session.month)]))
        st.download_button(
            _(label), _writer(document, form), f"{name}.{form}", mime, key=f"{kind}_{form}", on_click="ignore", width="stretch"
        )


def _writer(document: Document, form: str) -> Callable[[], bytes]:
    def written() -> bytes:
        from dashboards.reports import kinds

        return kinds.written(document, form)[0]

    return written
