"""The second step: how the file is to be read, proposed from what is in it, asked where only a person can know."""

import streamlit as st

from dashboards import layout
from dashboards.load import additions, columns, faults, names, questions, sample
from dashboards.load.desk import Desk, Given, keep
from dashboards.load.kinds import KINDS
from dashboards.load.plan import proposal
from dashboards.session import Session
from dashboards.words import Words, translator
from data.proposal import Proposal
from data.sources import Source


def show(session: Session, desk: Desk) -> None:
    """What was recognised, what is asked, what each column and name means, and what the mapping is called."""
    saved = [source for source in desk.fits if source in session.definitions.source]
    if saved and not desk.given and not desk.replaces:
        _saved_ones(session, desk, saved)
    _ = translator(session.locale)
    with st.spinner(_("Looking at the file")):
        found = proposal(session, desk)
    if found.problems:
        faults.whole(session, found.problems)
        questions.show(session, desk, found, only=questions.OPENING)
        return
    sample.show(session, found)
    questions.show(session, desk, found)
    columns.show(session, desk, found)
    for kind in KINDS:
        names.show(session, desk, found, kind)
        additions.show(session, desk, kind)
    _finish(session, desk, found)


def again(session: Session, desk: Desk) -> None:
    """Back from the check to the mapping: one that was saved is changed from what it says."""
    saved = session.definitions.source.get(desk.source)
    if saved is None:
        keep(desk, step="map", source="")
    else:
        keep(desk, step="map", source="", replaces=saved.id, title=session.say(saved.name), given=declared(saved))


def changeable(session: Session, desk: Desk) -> bool:
    """Whether the steps can show all that the saved mapping says: what they cannot would be lost without a word."""
    saved = session.definitions.source.get(desk.source)
    if saved is None:
        return True
    twice = len(dict(_roles(saved))) < len(_roles(saved))
    return not (twice or saved.true or saved.false or saved.fill_down or saved.names.segments)


def declared(source: Source) -> Given:
    """What a saved source says, as a person would declare it for a proposal."""
    plain = ("sheet", "encoding", "delimiter", "decimal", "thousands", "date_format", "fiscal_year_starts", "header_row", "header_rows")
    plain += ("rows_below_header", "footnotes", "unit", "nulls", "leave_out")
    said = source.model_dump(include=set(plain), exclude_defaults=True)
    said |= {part: str(value) for part, value in source.all if value is not None}
    known = {part: dict(getattr(source.names, part)) for part in ("places", "indicators")}
    for part, ids in known.items():
        ids |= (getattr(source.wide, part) if source.wide else None) or {}
    return {**said, "roles": dict(_roles(source)), **{part: ids for part, ids in known.items() if ids}}


def _roles(source: Source) -> list[tuple[str, str]]:
    """Each column with what it holds; in a proposal a column holds one thing."""
    single = [(column, part) for part, _ in source.columns if part != "segments" for column in source.columns.of(part)]
    segments = [(column, "segment") for column in source.columns.segments.values()]
    return [*single, *segments, *((column, "wide") for column in (source.wide.columns if source.wide else ()))]


def _saved_ones(session: Session, desk: Desk, saved: list[str]) -> None:
    """Where several saved sources fit, one of them is chosen, or a new mapping made."""
    _ = translator(session.locale)
    layout.section(_("Saved mappings that fit this file"))
    with st.container(horizontal=True):
        for source in saved:
            if st.button(session.say(session.definitions.source[source].name), key=f"load_use_{source}"):
                keep(desk, source=source, step="check")
                st.rerun()
    layout.note(_("Or make a new one:"))


def _finish(session: Session, desk: Desk, found: Proposal) -> None:
    """The mapping's name, and on to the check once nothing is open."""
    _ = translator(session.locale)
    layout.section(_("Save the mapping and check the file"))
    title = st.text_input(
        _("Name of the mapping; files like this one are read by it from now on"), desk.title, key="load_title", max_chars=80, width=420
    )
    left = _left(session, desk, found, _)
    if left:
        layout.note(_("Still open: {what}", what="; ".join(left)))
    if st.button(_("Check the file"), key="load_check", type="primary", disabled=bool(left)):
        keep(desk, step="check", title=(title or "").strip() or desk.title)
        st.rerun()


def _left(session: Session, desk: Desk, found: Proposal, _: Words) -> list[str]:
    """What somebody still has to say."""
    questions_left, names_left = len(found.open), sum(len(names.undecided(found, kind)) for kind in KINDS)
    left = []
    if questions_left:
        left.append(_.ngettext("{n} question", "{n} questions", questions_left, n=questions_left))
    if names_left:
        left.append(_.ngettext("{n} unknown name", "{n} unknown names", names_left, n=names_left))
    asked = [(kind, additions.unanswered(session, desk, kind)) for kind in KINDS]
    left += [_.ngettext(*kind.unanswered, count, n=count) for kind, count in asked if count]
    if lacking := additions.without_unit(session, desk):
        left.append(_.ngettext("{n} indicator without a unit", "{n} indicators without a unit", lacking, n=lacking))
    return left
