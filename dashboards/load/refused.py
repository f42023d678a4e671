"""The lines of a file that cannot be loaded: each with what is wrong and what to do, to look at and to take away."""

import polars as pl
import streamlit as st

from dashboards import layout
from dashboards.load import faults
from dashboards.session import Session
from dashboards.words import Words, translator
from data.ingest.apart import Read
from data.ingest.partial import TOLD
from data.ingest.refused_file import as_read
from data.sources import Source


def show(session: Session, found: Read, source: Source) -> None:
    """The list, and the file of the refused lines, which their source reads once they are mended."""
    if found.refused.is_empty():
        return
    _, lines = translator(session.locale), found.refused.height
    layout.section(_.ngettext("{n} line is refused", "{n} lines are refused", lines, n=lines))
    st.download_button(
        _("Download the refused lines with their reasons (CSV)"),
        lambda: as_read(table(found, _), source),
        _("refused") + ".csv",
        "text/csv",
        key="load_refused",
        icon=":material/download:",
        on_click="ignore",
    )
    faults.listed(session, found.problems)
    if found.more_problems:
        layout.note(_("... and {n} more", n=_.count(found.more_problems)))


def table(found: Read, _: Words) -> pl.DataFrame:
    """The refused lines as they were written, and after them their number, reason and cure in the reader's language."""
    said: dict[tuple[str | None, int | None], list[str]] = {}
    for problem in found.problems:
        texts = said.setdefault((problem.path, problem.line), [])
        texts += [text] if (text := _.problem(problem)) not in texts else []
    reasons = [
        ". ".join(said.get((name, line), [reason])) for name, line, reason in found.refused.select("file", "line", "reason").iter_rows()
    ]
    cells = found.refused.select(pl.exclude(TOLD))
    line, reason = (_unused(name, cells) for name in (_("Line"), _("What is wrong, and what to do")))
    return cells.with_columns(found.refused["line"].alias(line), pl.Series(reason, reasons))


def _unused(name: str, frame: pl.DataFrame) -> str:
    return f"{name} *" if name in frame.columns else name
