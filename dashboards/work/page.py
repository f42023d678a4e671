"""The page below its heading: where the review stands, what I owe and where I do it, and for the data office who owes what."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from dashboards import layout, panel
from dashboards import session as visit
from dashboards.markdown import plain
from dashboards.plan import doing, review, unjudged
from dashboards.session import Session
from dashboards.words import Words, translator
from dashboards.work import analysing, listing, matrix, office, predecessor, reminders, reporting, standing, strip, values
from dashboards.work.known import Known, known, newest
from data.access import Actor
from kpis.reviews.owed import Duty, mine

AREA, NOBODY = "of", ""


def heading(session: Session) -> None:
    """What the page is for."""
    _ = translator(session.locale)
    layout.head(session, _("My work"), _("What you owe by the review of the month, and where you do it"), needs_facts=False)


def show(session: Session) -> None:
    """From the top down; whoever may do something finds it, everybody else a sentence."""
    found = known(session)
    panel.show(strip.block(session, found), key="phases")
    doing.said(office.PLACE)
    office.show(session, found)
    if found.over and not session.newest:
        _older(session)
        return
    reporting.show(session, found)
    analysing.show(session, found)
    _mine(session, found)
    parts = [_values, standing.show, _everybody]
    for part in parts if _owns(session.actor) else reversed(parts):
        part(session, found)


def _owns(actor: Actor | None) -> bool:
    """Whether they work for an area or in a post; for whoever does not, everybody's duties come before what they may type for others."""
    return actor is not None and bool(actor.areas or actor.posts)


def _values(session: Session, found: Known) -> None:
    if found.review:
        values.show(session, found.review)


def _older(session: Session) -> None:
    """Of a month that is over nobody owes anything any more: what is still open is owed by the newest."""
    _, last = translator(session.locale), newest(session)
    told = _("Nothing is owed by this review any more. What is still open is owed by the newest one.")
    address, there = escape(last.address("work")), escape(_("To the newest month"))
    panel.show(f'<p>{escape(told)}</p><p class="more"><a href="{address}">{there}</a></p>', key="older")


def _mine(session: Session, found: Known) -> None:
    _, actor = translator(session.locale), session.actor
    layout.section(_("What I owe"))
    if actor is None:
        st.write(_("Here stands what you owe once the panel knows who you are: choose yourself where place and language are chosen."))
        return
    own = mine(found.duties, actor)
    panel.show(f'<p class="headline">{escape(sentence(own, found, actor, _))}</p>{listing.block(session, own, found.day)}', key="mine")
    predecessor.show(session)
    review.link(session)


def sentence(own: Sequence[Duty], found: Known, actor: Actor, _: Words) -> str:
    """How much the person owes and how much of it is overdue; or that nothing is asked of them."""
    if not (own or _owns(actor)):
        return _("You answer for no area and hold no post: no value, report or evidence is asked of you.")
    if not own:
        return _("You owe nothing by this review.")
    count, over = sum(duty.count for duty in own), sum(duty.count for duty in own if duty.overdue(found.day))
    told = _.ngettext("You owe {n} thing by this review", "You owe {n} things by this review", count, n=count)
    late = _.ngettext("{n} of them is overdue", "{n} of them are overdue", over, n=over) if over else _("none is overdue")
    return f"{told}; {late}."


def _everybody(session: Session, found: Known) -> None:
    """Who owes what, what waits for the office, and one area's duties with the text that reminds of them."""
    _ = translator(session.locale)
    layout.section(_("Who owes what"))
    panel.show(matrix.block(session, found), key="who_owes")
    if told := unjudged.everywhere(newest(session)):
        st.write(plain(told))
    if found.review:
        values.waiting(session, found.review)
    owing = [area for area in session.definitions.area if any(duty.area == area for duty in found.duties)]
    if not owing:
        return
    asked = visit.linked(AREA, owing, NOBODY)
    names = {NOBODY: _("choose an area"), **{area: session.say(session.definitions.area[area]) for area in owing}}
    st.selectbox(_("What an area owes"), list(names), key=AREA, format_func=names.__getitem__, width=340)
    if asked:
        own = [duty for duty in found.duties if duty.area == asked]
        panel.show(f"<h2>{escape(names[asked])}</h2>{listing.block(session, own, found.day)}", key="of_area")
        reminders.show(session, found, asked)
