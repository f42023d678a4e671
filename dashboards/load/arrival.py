"""The first step: a file arrives, and the saved source that fits it is found."""

from pathlib import Path

import streamlit as st

from dashboards import layout
from dashboards.load import faults
from dashboards.load.desk import Desk, clear, keep, lay
from dashboards.session import Session
from dashboards.words import translator
from data.ingest.apart import fitting_apart
from data.ingest.readers import ENDINGS
from data.problems import Refused

FIND, OWN = "", "*"
"""Instead of a saved source: the one that fits, or a mapping of its own."""


def show(session: Session) -> None:
    """The choice of a mapping, and the room for the file."""
    _ = translator(session.locale)
    names = {FIND: _("Find the one that fits")} | {source.id: session.say(source.name) for source in session.definitions.sources}
    names[OWN] = _("A new mapping")
    most = st.get_option("server.maxUploadSize")
    asked = st.file_uploader(
        _("A file of figures: {endings}, up to {most} MB", endings=", ".join(sorted(ENDINGS)), most=most), key="load_file"
    )
    chosen = st.selectbox(_("Mapping: how the file is read"), list(names), key="load_source", format_func=names.__getitem__, width=420)
    layout.note(_("The file stays on this server, and counts only when you have seen what it would change."))
    if asked is not None:
        with st.spinner(_("Looking at the file")):
            _arrived(session, lay(session.home, asked.name, asked.getbuffer()), chosen)


def _arrived(session: Session, desk: Desk, chosen: str) -> None:
    """On to the check where it is known how the file is read, else to its mapping."""
    try:
        fits = [chosen] if chosen in session.definitions.source else [] if chosen == OWN else _fitting(session, desk)
    except Refused as refused:
        clear(desk)
        faults.whole(session, refused.problems)
        return
    desk = keep(desk, fits=tuple(fits), title=Path(desk.name).stem)
    if len(fits) == 1:
        keep(desk, source=fits[0], step="check")
    st.rerun()


def _fitting(session: Session, desk: Desk) -> list[str]:
    return fitting_apart([(desk.file, desk.name)], session.definitions) if session.definitions.sources else []
