"""The people as one table: out, filled in, and back, with every change shown before anything is saved."""

import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import streamlit as st

from dashboards import downloads, layout, panel
from dashboards.administration import log
from dashboards.markdown import plain
from dashboards.plan import doing
from dashboards.session import Session
from dashboards.words import translator
from data.people import holdings, people, posts, roles
from data.people_file import COLUMNS, Entry, keep, read, rehearse
from data.problems import NotPossibleNow, Problem, Refused
from data.records.log import Log

PLACE = "administration/table"
TYPES = ("csv", "tsv", "xlsx", "xls", "ods")


def show(session: Session) -> None:
    """The table to take away, the room for one that comes back, and what it would change."""
    _ = translator(session.locale)
    doing.said(PLACE)
    st.write(_("A row is one person in one role or post; a person has as many rows as it takes. Nobody is removed by being left out."))
    layout.note(_("The columns are {columns}; all but the first may be missing.", columns=", ".join(COLUMNS)))
    st.download_button(
        _("Download the table as it stands (XLSX)"),
        lambda: downloads.xlsx(frame(session), downloads.always(session), _("Data"), _("About")),
        f"{session.place}-people.xlsx",
        downloads.XLSX,
        key="people_download",
        icon=":material/download:",
        on_click="ignore",
    )
    sent = st.file_uploader(_("Send a table"), list(TYPES), key="people_file")
    if sent is not None:
        _tried(session, sent)


def frame(session: Session) -> pl.DataFrame:
    """Everybody in the columns of the table: a row for each role and each post held today, and one for each empty post."""
    today = date.today()
    posted = {post.id: post for post in posts(session.records, today)}
    held, held_posts = roles(session.records), holdings(session.records)
    rows: list[dict[str, Any]] = []
    for row in people(session.records):
        who = {"person": row["name"], "email": row["email"]}
        own = [{**who, "role": each.role, "area": each.area} for each in held.get(row["id"], [])]
        for each in held_posts:
            if each["person"] == row["id"] and posted[each["post"]].person == row["id"] and each["starts"] <= today:
                post = posted[each["post"]]
                days = {"starts": each["starts"], "ends": each["ends"]}
                own += [{**who, "area": post.area, "post": session.say(post.name), **days}] if not _over(each, today) else []
        rows += own or [who]
    rows += [{"person": "", "area": post.area, "post": session.say(post.name)} for post in posted.values() if post.person is None]
    kinds = {name: pl.Date if name in ("starts", "ends") else pl.String for name in COLUMNS}
    return pl.DataFrame(rows, schema=kinds)


def _over(row: Any, today: date) -> bool:
    return row["ends"] is not None and row["ends"] < today


def _tried(session: Session, sent: Any) -> None:
    """What the table would change, and the button that saves it, which is another one whenever the records or the file are."""
    _, actor = translator(session.locale), session.actor
    assert actor is not None
    try:
        entries = _entries(session, sent.name, sent.getvalue())
        found = rehearse(session.records, actor, entries, sent.name, date.today())
    except Refused as refused:
        _faults(session, refused.problems)
        return
    except NotPossibleNow as reason:
        st.error(plain(_(str(reason))), icon=":material/error:")
        return
    if not found.total:
        st.success(_("Everything in this table is already so: nothing would change."), icon=":material/check:")
        return
    layout.section(_.ngettext("{n} change, not saved yet", "{n} changes, not saved yet", found.total, n=found.total))
    panel.show(log.listed(session, Log(found.entries[: log.AT_ONCE], found.total, found.names), brief=True), key="people_changes")
    if found.total > log.AT_ONCE:
        layout.note(_("... and {n} more", n=found.total - log.AT_ONCE))
    key = f"people_save#{sent.file_id}#{session.records.state}"
    doing.press(session, _("Save these changes"), key, lambda: _kept(session, entries, sent.name), PLACE)


def _kept(session: Session, entries: Sequence[Entry], name: str) -> str:
    _ = translator(session.locale)
    assert session.actor is not None
    done = keep(session.records, session.actor, list(entries), name, date.today())
    told = {"people": done.people, "changed": done.changed, "posts": done.posts, "holdings": done.holdings}
    return _("Saved. New people: {people}; changed: {changed}; new posts: {posts}; posts taken or left: {holdings}.", **told)


def _entries(session: Session, name: str, content: bytes) -> list[Entry]:
    """Raises Refused with every problem."""
    with tempfile.TemporaryDirectory(prefix="mandato-people-") as folder:
        file = Path(folder) / f"people{Path(name).suffix.lower()[:10]}"
        file.write_bytes(content)
        return read(file, name, tuple(session.definitions.city.areas))


def _faults(session: Session, problems: Sequence[Problem]) -> None:
    """Every problem with its line, column and cure."""
    _ = translator(session.locale)
    st.error(_("Nothing was saved. This is wrong with the table:"), icon=":material/error:")
    for problem in problems[: layout.SHOWN_PROBLEMS]:
        place = [_("line {n}", n=problem.line) if problem.line else "", str(problem.column or "")]
        st.markdown(f"- **{plain(', '.join(filter(None, place)))}**: {plain(_.problem(problem))}")
    if len(problems) > layout.SHOWN_PROBLEMS:
        st.write(_("... and {n} more", n=len(problems) - layout.SHOWN_PROBLEMS))
