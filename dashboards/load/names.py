"""What a file calls places and indicators, matched to known ones; who is not known is chosen, added as new, or left out."""

from collections.abc import Sequence
from html import escape
from typing import Any

import streamlit as st

from dashboards import layout, panel
from dashboards.load import additions
from dashboards.load.desk import Desk, Given, keep
from dashboards.load.kinds import Kind
from dashboards.load.tables import table
from dashboards.markdown import plain
from dashboards.session import Session
from dashboards.words import N_, Words, translator
from data.definitions import Definitions
from data.proposal import Match, Proposal

NEW, OUT = "*new", "*out"
"""What an unknown name can be beside a known one; no id begins with a star."""
SINGLY = 6
"""Unknown names up to which each has its own choice on the page."""

HOW = {
    "known": N_("known by this name"),
    "likeness": N_("written a little differently"),
    "declared": N_("as decided here"),
    "": N_("not known yet"),
}


def undecided(found: Proposal, kind: Kind) -> list[Match]:
    """The names of which nobody has said yet what they are."""
    return [match for match in matches(found, kind) if match.id is None]


def matches(found: Proposal, kind: Kind) -> Sequence[Match]:
    """Every name of this kind in the file."""
    return found.places if kind.part == "places" else found.indicators


def show(session: Session, desk: Desk, found: Proposal, kind: Kind) -> None:
    """How many there are and are known, the choices that are open, and all of them as a folded table."""
    listed, left = matches(found, kind), left_out(desk, kind)
    if not listed and not left:
        return
    _, open_ones = translator(session.locale), undecided(found, kind)
    layout.section(_(kind.title))
    st.write(_counted(desk, listed, kind, _))
    if open_ones:
        _decide(session, desk, found, kind, open_ones)
    if left:
        _say_left_out(desk, kind, left, _)
    with st.expander(_("All names and what they are read as")):
        panel.show(_table(session, desk, listed, kind), key=f"load_names_{kind.part}")


def _counted(desk: Desk, listed: Sequence[Match], kind: Kind, _: Words) -> str:
    """100 places in the file: 3 known, 97 new, 0 to be decided."""
    new = sum(match.id in getattr(desk, kind.part) for match in listed)
    open_ones = sum(match.id is None for match in listed)
    parts = _("{known} known, {new} new, {open} to be decided", known=len(listed) - new - open_ones, new=new, open=open_ones)
    return f"{_.ngettext(*kind.count, len(listed), n=len(listed))}: {parts}."


def left_out(desk: Desk, kind: Kind) -> list[str]:
    """The names that were decided to be left out."""
    return desk.left_out.get(kind.part, [])


def _decide(session: Session, desk: Desk, found: Proposal, kind: Kind, open_ones: list[Match]) -> None:
    """A few unknown names have a choice each; of many, those that look like a known one, and the rest is decided at once."""
    _ = translator(session.locale)
    singly = open_ones if len(open_ones) <= SINGLY else [match for match in open_ones if match.near][:SINGLY]
    for match in singly:
        chosen = _choice(session, found, match, kind, _)
        if chosen is not None:
            decide(session, desk, found, kind, {match.text: chosen})
    rest = [match for match in open_ones if match not in singly] or open_ones
    if len(rest) > 1:
        count = len(rest)
        with st.container(horizontal=True):
            if st.button(_.ngettext(*kind.add_all, count, n=count), key=f"load_add_{kind.part}"):
                decide(session, desk, found, kind, {match.text: NEW for match in rest})
            if _can_leave_out(found, kind) and st.button(
                _.ngettext("Leave {n} out", "Leave all {n} out", count, n=count), key=f"load_out_{kind.part}"
            ):
                decide(session, desk, found, kind, {match.text: OUT for match in rest})


def _can_leave_out(found: Proposal, kind: Kind) -> bool:
    """Rows are left out by the text of one column; a name that is joined from several stands in none."""
    return len(found.source.columns.of(kind.role)) < 2


def _choice(session: Session, found: Proposal, match: Match, kind: Kind, _: Words) -> str | None:
    names = known_names(session, session.definitions, kind)
    decisions = [NEW, OUT] if _can_leave_out(found, kind) else [NEW]
    options = [*match.near, *decisions, *(name for name in names if name not in match.near)]
    words = {NEW: _(kind.new), OUT: _("Leave it out"), **names}
    rows = _.ngettext("{n} row", "{n} rows", match.rows, n=match.rows)
    label = _("{name} ({rows}) is", name=match.text, rows=rows)
    with st.container(gap="xsmall"):
        st.markdown(plain(label))
        return st.selectbox(
            label,
            options,
            index=None,
            key=f"load_name_{kind.part}_{match.text}",
            format_func=lambda option: words.get(option) or str(option),
            placeholder=_("Choose"),
            label_visibility="collapsed",  # a widget reads its label out as it is written, and shows it as markup
            width=420,
        )


def known_names(session: Session, known: Definitions, kind: Kind) -> dict[str, str]:
    """The names of what is known, by id."""
    things: Any = known.places if kind.part == "places" else known.indicators
    return {thing.id: session.say(thing.name) for thing in things}


def decide(session: Session, desk: Desk, found: Proposal, kind: Kind, chosen: dict[str, str]) -> None:
    """Keep what names are decided to be, and look at the file again."""
    given = {**desk.given, kind.part: dict(desk.given.get(kind.part, {}))}
    new, left = dict(getattr(desk, kind.part)), [*left_out(desk, kind)]
    said = additions.shared(session, desk, found, kind)
    for match in matches(found, kind):
        choice = chosen.get(match.text)
        if choice == NEW:
            given[kind.part][match.text] = additions.add(session, kind, match, new, said)
        elif choice == OUT:
            given, left = _without(given, found, kind, match.text), [*left, match.text]
        elif choice is not None:
            given[kind.part][match.text] = choice
    shared = {**desk.shared, kind.part: said} if new else desk.shared
    keep(desk, given=given, left_out={**desk.left_out, kind.part: left}, shared=shared, **{kind.part: new})
    st.rerun()


def _without(given: Given, found: Proposal, kind: Kind, text: str) -> Given:
    """Rows with this name are not read; in a wide file it is the column that is not."""
    column = next((guess.name for guess in found.guesses if guess.role == kind.role), None)
    if found.kind == kind.part or column is None:
        return {**given, "roles": {**given.get("roles", {}), text: "not_read"}}
    out = given.get("leave_out", {})
    return {**given, "leave_out": {**out, column: [*out.get(column, []), text]}}


def _say_left_out(desk: Desk, kind: Kind, left: list[str], _: Words) -> None:
    layout.note(_("Left out: {names}", names=", ".join(left[:10]) + (" ..." if len(left) > 10 else "")))
    if st.button(_("Take them in again"), key=f"load_back_{kind.part}", type="tertiary"):
        given = dict(desk.given)
        given["roles"] = {name: role for name, role in given.get("roles", {}).items() if name not in left}
        given["leave_out"] = {column: [text for text in texts if text not in left] for column, texts in given.get("leave_out", {}).items()}
        keep(desk, given=given, left_out={**desk.left_out, kind.part: []})
        st.rerun()


def _table(session: Session, desk: Desk, listed: Sequence[Match], kind: Kind) -> str:
    _ = translator(session.locale)
    titles = [_("In the file"), _("Is"), _("How it is known"), _("Rows")]
    return table(titles, [_row(session, desk, match, kind) for match in listed])


def _row(session: Session, desk: Desk, match: Match, kind: Kind) -> list[str]:
    _, new = translator(session.locale), getattr(desk, kind.part)
    known = {**known_names(session, session.definitions, kind), **{name: entry["name"] for name, entry in new.items()}}
    how = _(kind.new) if match.id in new else _(HOW[match.how])
    return [escape(text) for text in (match.text, known.get(match.id or "", "–"), how, str(match.rows))]
