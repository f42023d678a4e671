"""Who stands in for whom: the list, and the form of whoever holds a post, edits its area, or keeps all posts."""

from collections.abc import Mapping
from datetime import date
from html import escape
from typing import Any

import streamlit as st

from dashboards import formats, layout, panel
from dashboards.markdown import plain
from dashboards.plan import areas, doing, form
from dashboards.plan.fields import Field, Typed, day
from dashboards.plan.form import NEW, Form
from dashboards.plan.tables import table
from dashboards.session import Session
from dashboards.words import translator
from dashboards.work.known import Known
from data.access import Actor, Object, may
from data.people import PEOPLE, Post, by_own_right, people, posts
from data.problems import N_, Problem, Refused
from data.reviews.stand_ins import end_stand_in, name_stand_in, stand_ins

PLACE = "work/stand_ins"
Row = Mapping[str, Any]


def show(session: Session, found: Known) -> None:
    """Nothing for whoever answers for no post."""
    own = named_by(session)
    if not own:
        return
    _ = translator(session.locale)
    layout.section(_("Stand-ins and handing over"))
    doing.said(PLACE)
    rows = [row for row in stand_ins(session.records, date.today()) if row["post"] in own]
    if rows:
        panel.show(_list(session, rows), key="stand_ins")
    for row in rows:
        label = _("{person} is done standing in for {post}", person=row["person_name"], post=session.say(row["post_name"]))
        doing.press(session, label, f"end_{row['id']}", _ended(session, row), PLACE)
    form.fold(session, _form(session, own))
    _hand_over(session, found, own)


def named_by(session: Session) -> dict[int, Post]:
    """The posts for which the actor may name a stand-in."""
    actor = session.actor
    if actor is None:
        return {}
    today = date.today()
    own = by_own_right(session.records, actor, today)
    return {post.id: post for post in posts(session.records, today) if may(own, "name_stand_in", Object("post", post.area, post.id))}


def _list(session: Session, rows: list[Row]) -> str:
    _, locale = translator(session.locale), session.locale
    titles = [(_("Post"), ""), (_("Stood in for by"), ""), (_("From"), ""), (_("Until"), "")]
    cells = [
        [escape(session.say(row["post_name"])), escape(row["person_name"]),
         *(escape(formats.day(row[end], locale)) for end in ("starts", "ends"))]
        for row in rows
    ]  # fmt: skip
    return table(titles, [("", cells)], _("Who stands in for whom, today and later"), narrow=True)


def _form(session: Session, own: Mapping[int, Post]) -> Form:
    _ = translator(session.locale)
    known = {row["id"]: row["name"] for row in people(session.records)}
    called = {number: _called(session, post) for number, post in own.items()}
    hint = _("They may do what the post's holder does as an editor of its area, and nothing else")
    fields = (
        Field("post", _("For which post"), "choice", called, needed=True),
        Field("person", _("Who stands in"), "choice", known, hint),
        Field("starts", _("From"), "day"),
        Field("ends", _("Until"), "day"),
    )

    def send(typed: Typed, _version: int, _file: Any) -> str:
        assert session.actor is not None
        starts, ends = day(typed["starts"]), day(typed["ends"])
        if typed["person"] is None or starts is None or ends is None:
            raise Refused([Problem(N_("it does not say who stands in, and from when until when"), N_("choose somebody, and both days"))])
        name_stand_in(session.records, session.actor, typed["post"], typed["person"], starts, ends)
        told = {"person": known[typed["person"]], "post": called[typed["post"]]}
        return _("{person} stands in for {post} until {day}.", **told, day=formats.day(ends, session.locale))

    now = {"post": next(iter(own)), "person": None, "starts": date.today().isoformat(), "ends": None}
    return Form("stand_in", _("Name a stand-in"), fields, now, NEW, {_("Name them"): send}, said_at=PLACE)


def _called(session: Session, post: Post) -> str:
    return " · ".join(filter(None, [session.say(post.name), areas.name(session, post.area)]))


def _ended(session: Session, row: Row) -> Any:
    """Today was the last day; where it had not begun, it never will."""

    def act() -> str:
        _, today = translator(session.locale), date.today()
        assert session.actor is not None
        end_stand_in(session.records, session.actor, row["id"], row["version"], min(today, row["ends"]))
        return _("{person} no longer stands in after today.", person=row["person_name"])

    return act


def _hand_over(session: Session, found: Known, own: Mapping[int, Post]) -> None:
    """What goes over to a successor: it hangs on the post, so nothing has to be copied; the office writes down who takes the post."""
    _, actor = translator(session.locale), session.actor
    assert actor is not None
    over = [number for number in own if _hands_over(actor, number)]
    open_now = {number: sum(duty.count for duty in found.duties if duty.owner == number) for number in over}
    lines = [_owes(session, own[number], n) for number, n in open_now.items() if n]
    with st.expander(_("Hand a post over")):
        st.write(_("A post keeps its promises when people change: actions, follow-ups and values stay with the post and its area."))
        st.markdown("\n".join(f"- {plain(line)}" for line in lines) or plain(_("No post owes anything by this review.")))
        if may(actor, "keep_people", PEOPLE):
            told = _("Write down who takes the post")
            query = session.query(part="posts")
            st.page_link("pages/office/administration.py", label=told, icon=":material/swap_horiz:", query_params=query)
        else:
            st.write(_("The data office writes down who takes the post, and from which day on."))


def _hands_over(actor: Actor, post: int) -> bool:
    return post in actor.posts or may(actor, "keep_people", PEOPLE)


def _owes(session: Session, post: Post, count: int) -> str:
    _ = translator(session.locale)
    told = {"post": _called(session, post), "n": count}
    return _.ngettext("{post}: {n} thing owed by this review.", "{post}: {n} things owed by this review.", count, **told)
