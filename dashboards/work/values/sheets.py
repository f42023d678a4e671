"""The sheet of values out to a spreadsheet program and back, with every cell that would change shown before anything is saved."""

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from dashboards import downloads, formats, layout, unread
from dashboards import session as visit
from dashboards.session import Session
from dashboards.words import translator
from dashboards.work.values import difference, known, wording
from dashboards.work.values.desk import FIELDS, NUMBERS
from dashboards.work.values.difference import Desktop
from dashboards.work.values.known import Row
from dashboards.work.values.proposal import Gathering, Proposed, Where, same
from data.model import say
from data.periods import Month
from data.plans.comparing import tidy
from data.plans.sheet import Line, Sheet, read
from data.problems import Problem, Refused
from data.reviews import sheet as sheets
from data.reviews.values import TYPED, as_it_was


def show(desktop: Desktop, rows: Mapping[str, Row], locked: Mapping[str, Row]) -> None:
    """The button that downloads, the room for the sheet that comes back, and what it would change; `locked` are known already."""
    session, review, form = desktop.session, desktop.review, desktop.form
    _ = translator(session.locale)
    layout.note(
        _("Download the sheet, fill in its white cells, and send it back here. Nothing is saved before you have seen every change.")
    )
    st.download_button(
        _("Download my sheet (XLSX)"),
        lambda: sheets.write(list(told(session, {**rows, **locked}, set(locked)).values()), wording.of(session.locale)),
        f"{review['place']}-{review['month']}.xlsx",
        downloads.XLSX,
        key=f"{form}#download",
        icon=":material/download:",
        on_click="ignore",
    )
    sent = st.file_uploader(_("Send the sheet back"), ["xlsx", "xls", "ods"], key=f"{form}#sheet")
    if sent is not None:
        _compared(desktop, rows, locked, sent)


def told(session: Session, rows: Mapping[str, Row], locked: set[str]) -> dict[str, sheets.Row]:
    """Values as the sheet has them, in the reader's language."""
    return {
        key: sheets.Row(
            key,
            row["version"] or 0,
            known.name(session, row),
            known.where(session, row),
            _unit(session, row),
            formats.period(row["period"], known.frequency(session, row), session.locale),
            wording.state(row["state"], session.locale),
            row["last"],
            row["known"] if row["state"] == "known" else row["value"],
            row["numerator"],
            row["denominator"],
            row["said"] or "",
            row["question"] or "",
            key in locked,
            known.computed(session, row),
        )
        for key, row in rows.items()
    }


def proposed(desktop: Desktop, rows: Mapping[str, Row], locked: Mapping[str, Row], sheet: Sheet) -> Proposed:
    """What a sheet that came back says otherwise than it went out, or than it stands now."""
    session = desktop.session
    gathering = Gathering(session, Month.parse(desktop.review["month"]))
    problems: list[Problem] = list(sheet.faults)
    came = [each for each in sheets.lines(sheet, told(session, {**rows, **locked}, set(locked)), problems) if not each[1].locked]
    went_out = _went_out(session, rows, [(row.key, version) for _line, row, version in came])
    for line, row, version in came:
        was = went_out[row.key]
        if row.version != version and _untouched(line, was):
            continue
        where, cells = Where(path=sheet.file, line=line.number, columns=sheet.wording.titles), _cells(line)
        gathering.take(rows[row.key], cells, version, where, valued=not _says(line, "value", was["value"]))
    done = gathering.done()
    return Proposed(done.good, (*problems, *done.faults), done.broken)


def _went_out(session: Session, rows: Mapping[str, Row], versions: Sequence[tuple[str, int]]) -> dict[str, Mapping[str, Any]]:
    """What stood in the sheet by the keys of values, also of those that somebody changed since."""
    older = {rows[key]["id"]: version for key, version in versions if version and version != (rows[key]["version"] or 0)}
    before: Mapping[int, Mapping[str, Any]] = as_it_was(session.records, older)
    nothing: Mapping[str, Any] = dict.fromkeys(TYPED)
    return {
        key: rows[key] if version == (rows[key]["version"] or 0) else before.get(rows[key]["id"], nothing) if version else nothing
        for key, version in versions
    }


def _untouched(line: Line, was: Mapping[str, Any]) -> bool:
    """What somebody else changed meanwhile is not undone by a row in which nobody wrote."""
    numbers = [name for name in NUMBERS if name in line.cells]
    return all(_says(line, name, was[name]) for name in numbers) and tidy(line.cells["said"]) == tidy(was["said"])


def _says(line: Line, name: str, value: float | None) -> bool:
    """Whether a cell holds this number; an empty one holds none."""
    found = line.numbers.get(name)
    return same(found, value) and (found is not None or not line.cells[name])


def _cells(line: Line) -> dict[str, str | float]:
    """The cells as a file keeps them, numbers as such."""
    return {name: line.numbers.get(name, line.cells[name]) for name in FIELDS if name in line.cells}


def _compared(desktop: Desktop, rows: Mapping[str, Row], locked: Mapping[str, Row], sent: Any) -> None:
    _ = translator(desktop.session.locale)
    try:
        sheet = _read(desktop.session, sent.name, sent.getvalue())
    except Refused as refused:
        unread.say(desktop.session, refused)
        return
    found = proposed(desktop, rows, locked, sheet)
    if not (found.good or found.faults):
        st.write(_("Nothing of this differs from what the records say."))
    away = Desktop(desktop.session, desktop.review, f"{desktop.form}#sent", desktop.known)
    if difference.show(away, found) is not None:
        visit.show_again()  # the sheet stays: what was saved of it no longer differs


def _read(session: Session, name: str, content: bytes) -> Sheet:
    """Raises Refused where it is no sheet of ours."""
    with tempfile.TemporaryDirectory(prefix="mandato-values-") as folder:
        file = Path(folder) / f"sheet{Path(name).suffix.lower()[:10]}"
        file.write_bytes(content)
        return read(file, name, wording.known(session.locale))


def _unit(session: Session, row: Row) -> str:
    indicator = session.definitions.indicator.get(row["indicator"])
    return say(indicator.unit, session.locale) if indicator else ""
