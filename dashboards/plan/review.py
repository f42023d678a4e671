"""What waits for a reviewer: every piece of evidence that this person may judge, the longest waiting first, with its age."""

from html import escape
from typing import Any

import streamlit as st

from dashboards import formats, layout, panel
from dashboards.markdown import plain
from dashboards.plan import areas, doing, judging, papers
from dashboards.plan.action import files
from dashboards.plan.written import written
from dashboards.session import Session
from dashboards.words import translator
from data.plans.judged import overlong
from data.plans.vocabulary import JUDGED_WITHIN
from data.plans.waiting import waiting

Row = dict[str, Any]
AT_ONCE = 20
"""Pieces that are shown together; the next follow as these are judged."""


def show(session: Session) -> None:
    """The queue; whoever may judge nothing is told who may."""
    _ = translator(session.locale)
    layout.section(_("Awaiting review"))
    if session.actor is None:
        st.write(_("Evidence counts once somebody outside the area has accepted it. Whoever may do that finds here what waits for them."))
        return
    doing.said(judging.PLACE)
    rows = waiting(session.records, session.actor)
    st.write(sentence(session, rows))
    for row in rows[:AT_ONCE]:
        with st.container(border=True):
            panel.show(_about(session, row) + paper(session, row), key=f"waiting_{row['id']}")
            files.offer(session, [row])
            judging.show(session, row)


def link(session: Session) -> None:
    """The way to the queue, for whoever finds something in it."""
    rows = waiting(session.records, session.actor) if session.actor else []
    if rows:
        said, *late = _counted(session, rows)
        st.page_link("pages/plan/action.py", label=plain(said), icon=":material/fact_check:", query_params=session.query())
        for told in late:  # beside the link: a link's words are cut on a phone
            layout.note(told)


def sentence(session: Session, rows: list[Row]) -> str:
    """How many wait, and how long the oldest has."""
    _ = translator(session.locale)
    if not rows:
        return _("Nothing waits for you.")
    said = _counted(session, rows)
    if (oldest := _days(session, rows[0])) > 0:
        said.append(_("The oldest has waited for {age}.", age=formats.age(oldest, session.locale)))
    if len(rows) > AT_ONCE:
        said.append(_("The {n} that wait longest are shown.", n=AT_ONCE))
    return " ".join(said)


def _counted(session: Session, rows: list[Row]) -> list[str]:
    """How many wait, and how many of them for too long."""
    _ = translator(session.locale)
    said = [_.ngettext("{n} piece of evidence waits for you.", "{n} pieces of evidence wait for you.", len(rows), n=len(rows))]
    if n := sum(overlong(row["brought_at"], session.review_day) for row in rows):
        late = _.ngettext(
            "{n} has waited for more than {days} days, and no longer keeps its stage from being late.",
            "{n} have waited for more than {days} days, and no longer keep their stages from being late.",
            n, n=n, days=JUDGED_WITHIN,
        )  # fmt: skip
        said.append(late)
    return said


def paper(session: Session, piece: Row) -> str:
    """A piece of evidence as HTML: its title, which is a link where it is one, who brought it, when, and how long ago that was."""
    return (
        f'<p>{papers.titled(written(session, piece["title"]), piece["link"])}</p><span class="note">{escape(waited(session, piece))}</span>'
    )


def waited(session: Session, piece: Row) -> str:
    """Who brought it and when; its age at the review day, which evidence that was brought later does not have yet."""
    _, brought = translator(session.locale), piece["brought_at"].date()
    said = _("Brought by {name} on {day}", name=piece["brought_by_name"], day=formats.day(brought, session.locale))
    days = _days(session, piece)
    return _("{brought}; waits for {age}", brought=said, age=formats.age(days, session.locale)) if days > 0 else said


def _days(session: Session, piece: Row) -> int:
    return (session.review_day - piece["brought_at"].date()).days


def _about(session: Session, row: Row) -> str:
    """The stage and the action that it is evidence of."""
    address = escape(session.address("action", node=str(row["node"])))
    told = " · ".join(filter(None, [session.say(row["step"]), areas.name(session, row["area"])]))
    return f'<h3><a href="{address}">{escape(session.say(row["node_name"]))}</a></h3><p class="note">{escape(told)}</p>'
