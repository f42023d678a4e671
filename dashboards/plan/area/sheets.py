"""The area's sheet out to a spreadsheet program and back, with every cell that would change shown before anything is saved."""

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from dashboards import downloads, layout, unread
from dashboards import session as visit
from dashboards.plan import shown
from dashboards.plan.area import difference, wording
from dashboards.plan.area.difference import Proposed
from dashboards.session import Session
from dashboards.words import translator
from data.plans.comparing import Held, Values, compare
from data.plans.reported import areas, as_it_was
from data.plans.sheet import Received, read_apart, understand, write
from data.problems import Refused


def show(session: Session, form: str, area: str, held: Mapping[int, Held]) -> None:
    """The button that downloads, the room for the sheet that comes back, and what it would change."""
    _ = translator(session.locale)
    layout.note(
        _("Download the sheet, fill in its white cells, and send it back here. Nothing is saved before you have seen every change.")
    )
    names = {node: shown.name(session, action.name) for node, action in held.items()}
    st.download_button(
        _("Download my sheet (XLSX)"),
        lambda: write(list(held.values()), names, wording.of(session.locale)),
        f"{session.place}-{area}-{session.month}.xlsx",
        downloads.XLSX,
        key=f"{form}#download",
        icon=":material/download:",
        on_click="ignore",
    )
    sent = st.file_uploader(_("Send the sheet back"), ["xlsx", "xls", "ods"], key=f"{form}#sheet")
    if sent is not None:
        _compared(session, form, held, sent)


def _compared(session: Session, form: str, held: Mapping[int, Held], sent: Any) -> None:
    try:
        received = _received(session, held, sent.name, sent.getvalue())
    except Refused as refused:
        unread.say(session, refused)
        return
    older = {node: version for node, version in received.versions.items() if version != held[node].version}
    before = as_it_was(session.records, older) if older else {}
    begun: dict[int, Values] = {node: before.get(node, held[node].values) for node in received.values}
    nodes = {line: node for node, line in received.rows.items()}
    found = [(nodes.get(each.problem.line or 0), each) for each in received.found]
    changes = compare(received.values, begun, held)
    if difference.show(session, f"{form}#sent", Proposed.of(held, changes, found, received.rows)) is not None:
        visit.show_again()  # the sheet stays: what was saved of it no longer differs


def _received(session: Session, held: Mapping[int, Held], name: str, content: bytes) -> Received:
    """Raises Refused where it is no sheet of ours."""
    with tempfile.TemporaryDirectory(prefix="mandato-sheet-") as folder:
        file = Path(folder) / f"sheet{Path(name).suffix.lower()[:10]}"
        file.write_bytes(content)
        sheet = read_apart(file, name, wording.known(session.locale))
    ids = {int(line.cells["id"]) for line in sheet.lines if line.cells["id"].isdecimal() and len(line.cells["id"]) < 10}
    return understand(sheet, held, areas(session.records, ids - held.keys()))
