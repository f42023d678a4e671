"""Who changed what, and when: every change of the records, the newest first, and whether their seal holds."""

from collections.abc import Hashable
from datetime import date
from html import escape

import polars as pl
import streamlit as st

from dashboards import downloads, formats, layout, panel
from dashboards import session as visit
from dashboards.administration import seal, wording
from dashboards.markdown import plain
from dashboards.plan import shown
from dashboards.plan.fields import DAYS
from dashboards.session import Session
from dashboards.words import translator
from data.records.log import Asked, Entry, Log, actors, read

ALL = ""
AT_ONCE = 50
"""Entries of a page."""
SHEET, NARROWED = "sheet", "log_narrowed"


def show(session: Session) -> None:
    """The seal, the filters, and the page that was asked for."""
    _ = translator(session.locale)
    seal.show(session)
    layout.section(_("Every change, the newest first"))
    asked = _asked(session)
    page = _page(asked)
    found = read(session.records, asked, (page - 1) * AT_ONCE, AT_ONCE)
    with session.controls:
        about = {_("Narrowed to"): _narrowed(session, asked) or _("nothing: every change")}
        downloads.offer(session, "log", lambda: frame(session, read(session.records, asked)), about)
    if not found.entries:
        st.write(_("No change fits what is asked for.") if found.total == 0 else _("There is no such page of the log."))
        return
    panel.show(_pages(session, found, page) + listed(session, found), key="log")
    layout.note(_("What people type and have not sent is not in the log."))


def listed(session: Session, found: Log, *, brief: bool = False) -> str:
    """The entries as an HTML list; `brief` leaves out who and when, as of what nobody has saved yet."""
    return f'<ul class="story">{"".join(_entry(session, each, found, brief=brief) for each in found.entries)}</ul>'


def frame(session: Session, found: Log) -> pl.DataFrame:
    """The entries to take away; the number is that of the link in the chain."""
    _ = translator(session.locale)
    rows = [
        (each.seq, f"{each.at:%Y-%m-%d %H:%M:%S}", each.actor, wording.action(session, each), wording.kind(session, each.object), each.row,
         "; ".join(wording.change(session, each, found.names)))
        for each in found.entries
    ]  # fmt: skip
    titles = [_("Number"), _("When (UTC)"), _("Who"), _("What was done"), _("Kind"), _("Row"), _("What changed")]
    kinds = [pl.Int64, pl.String, pl.String, pl.String, pl.String, pl.Int64, pl.String]
    return pl.DataFrame(rows, schema=dict(zip(titles, kinds, strict=True)), orient="row")


def _asked(session: Session) -> Asked:
    """The filters, folded into one control."""
    _ = translator(session.locale)
    people = _actors(session, shown.key(session))
    kinds = {name: formats.sentence(wording.kind(session, name)) for name in wording.OBJECTS}
    who, kind = visit.linked("who", people, ALL), visit.linked("kind", list(kinds), ALL)
    written = "MM/DD/YYYY" if session.locale == "en_US" else "DD/MM/YYYY"
    label = " · ".join(filter(None, [who, kinds.get(kind, "")])) or _("Person, kind, days")
    with session.controls, st.popover(plain(label), icon=":material/filter_list:"):
        st.selectbox(_("Who"), [ALL, *people], key="who", format_func=lambda name: name or _("all"))
        st.selectbox(_("Kind"), [ALL, *kinds], key="kind", format_func=lambda name: kinds.get(name) or _("all"))
        since, until = (
            st.date_input(title, None, min_value=DAYS[0], max_value=DAYS[1], format=written, key=key)
            for title, key in ((_("From"), "log_since"), (_("Until"), "log_until"))
        )
    return Asked(who or None, kind or None, since, until)


@st.cache_data(show_spinner=False, max_entries=8, hash_funcs=shown.BY_HOME)
def _actors(session: Session, stamp: Hashable) -> list[str]:  # noqa: ARG001 - what the cache goes by
    return actors(session.records)


def _page(asked: Asked) -> int:
    """The page that the address asks for, from 1 on; the first again where something else is asked for than in the run before."""
    if visit.left(NARROWED) not in (None, repr(asked)):
        st.query_params.pop(SHEET, None)
    visit.put(NARROWED, repr(asked))
    text = st.query_params.get(SHEET, "")
    return max(1, int(text)) if text.isascii() and text.isdecimal() and len(text) < 8 else 1


def _narrowed(session: Session, asked: Asked) -> str:
    _ = translator(session.locale)
    days = [formats.day(day, session.locale) if isinstance(day, date) else "" for day in (asked.since, asked.until)]
    told = [
        asked.actor or "",
        wording.kind(session, asked.kind) if asked.kind else "",
        _("from {day}", day=days[0]) if days[0] else "",
        _("until {day}", day=days[1]) if days[1] else "",
    ]
    return ", ".join(filter(None, told))


def _pages(session: Session, found: Log, page: int) -> str:
    """Which entries these are, with the ways to those before and after."""
    _, locale = translator(session.locale), session.locale
    first, last = (page - 1) * AT_ONCE + 1, (page - 1) * AT_ONCE + len(found.entries)
    told = {"first": formats.number(first, 0, locale), "last": formats.number(last, 0, locale)}
    said = _.ngettext("{n} change", "Changes {first} to {last} of {n}", found.total, n=formats.number(found.total, 0, locale), **told)
    kept = {key: st.query_params[key] for key in ("who", "kind") if key in st.query_params}
    links = [
        f'<a href="{escape(session.address("administration", part="log", **kept, sheet=str(other)))}">{escape(word)}</a>'
        for other, word, there in ((page - 1, _("Newer ones"), page > 1), (page + 1, _("Older ones"), last < found.total))
        if there
    ]
    return f'<p class="pages">{" · ".join([escape(said), *links])}</p>'


def _entry(session: Session, entry: Entry, found: Log, *, brief: bool) -> str:
    what = wording.change(session, entry, found.names)
    if brief:
        return f'<li class="brief"><div><p>{escape(what[0])}</p>{_lines(what[1:])}</div></li>'
    when, did = formats.moment(entry.at, session.locale), wording.action(session, entry)
    return f"<li><time>{escape(when)}</time><div><p><b>{escape(entry.actor)}</b> {escape(did)}</p>{_lines(what)}</div></li>"


def _lines(told: list[str]) -> str:
    return "".join(f'<span class="note">{escape(text)}</span>' for text in told)
