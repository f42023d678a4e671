"""The posts, and who holds each between which days; and the forms that make one and hand one over."""

from collections.abc import Mapping
from datetime import date
from html import escape
from typing import Any

import streamlit as st

from dashboards import formats, layout, panel
from dashboards import session as visit
from dashboards.plan import areas, doing, form
from dashboards.plan.fields import Field, Typed, day
from dashboards.plan.form import NEW, Form
from dashboards.plan.tables import Group, table
from dashboards.session import Session
from dashboards.words import N_, translator
from data.people import Post, add_post, holdings, leave_post, people, posts, take_post
from data.problems import Problem, Refused

KEY, PLACE = "post", "administration/posts"
NONE = ""
Row = Mapping[str, Any]


def show(session: Session) -> None:
    """A sentence, the post that is to be handed over, the form for a new one, and the list by area."""
    _ = translator(session.locale)
    found, held = posts(session.records, date.today()), holdings(session.records)
    panel.show(f'<p class="headline">{escape(_sentence(session, found))}</p>', key="posts_sentence")
    doing.said(PLACE)
    chosen = _chosen(session, found)
    if chosen:
        _change(session, chosen, [row for row in held if row["post"] == chosen.id])
    form.fold(session, _new(session))
    if found:
        panel.show(_list(session, found, held), key="posts_list")


def _sentence(session: Session, found: list[Post]) -> str:
    _, empty = translator(session.locale), sum(post.holder is None for post in found)
    if not found:
        return _("No post is written down yet. A post owns promises, and keeps them when people change.")
    said = _.ngettext("{n} post is written down.", "{n} posts are written down.", len(found), n=len(found))
    nobody = _.ngettext("Nobody holds {n} of them today.", "Nobody holds {n} of them today.", empty, n=empty)
    every = _("Somebody holds each of them.")
    return f"{said} {nobody if empty else every}"


def _chosen(session: Session, found: list[Post]) -> Post | None:
    _, known = translator(session.locale), {str(post.id): post for post in found}
    asked = visit.linked(KEY, list(known), NONE)
    names = {NONE: _("choose a post"), **{number: session.say(post.name) for number, post in known.items()}}
    st.selectbox(_("Hand over a post"), list(names), key=KEY, format_func=names.__getitem__, width=340)
    return known.get(asked)


def _change(session: Session, post: Post, held: list[Row]) -> None:
    """Who held it, the form that hands it over, and the last day of whoever holds it without an end."""
    _ = translator(session.locale)
    with st.container(border=True):
        layout.section(session.say(post.name))
        panel.show(_history(session, held), key="post_history")
        form.show(session, _handed_over(session, post))
        for row in held:
            if row["ends"] is None:
                form.show(session, _left(session, row))


def _history(session: Session, held: list[Row]) -> str:
    _ = translator(session.locale)
    if not held:
        none = _("Nobody has held it so far.")
        return f"<p>{escape(none)}</p>"
    titles = [(_("Held by"), ""), (_("From"), ""), (_("Until"), "")]
    rows = [[escape(row["name"]), escape(formats.day(row["starts"], session.locale)), escape(_until(session, row))] for row in held]
    return table(titles, [("", rows)], _("Who held it, the latest first"), narrow=True)


def _until(session: Session, row: Row) -> str:
    _ = translator(session.locale)
    return formats.day(row["ends"], session.locale) if row["ends"] else _("open")


def _handed_over(session: Session, post: Post) -> Form:
    _ = translator(session.locale)
    known = {row["id"]: row["name"] for row in people(session.records)}
    fields = (
        Field("person", _("To"), "choice", known),
        Field("starts", _("From"), "day", hint=_("Whoever holds it without an end leaves it on the day before")),
        Field("ends", _("Until, where it is known"), "day"),
    )

    def send(typed: Typed, _version: int, _file: Any) -> str:
        assert session.actor is not None
        if typed["person"] is None:
            raise Refused([Problem(N_("nobody is chosen"), N_("choose who takes it"))])
        starts = day(typed["starts"]) or date.today()
        take_post(session.records, session.actor, post.id, typed["person"], starts, day(typed["ends"]))
        told = {"name": known[typed["person"]], "post": session.say(post.name), "day": formats.day(starts, session.locale)}
        return _("{name} holds {post} from {day} on.", **told)

    now = {"person": None, "starts": date.today().isoformat(), "ends": None}
    return Form(f"post/{post.id}/handed", "", fields, now, NEW, {_("Hand it over"): send}, in_a_row=True, said_at=PLACE)


def _left(session: Session, row: Row) -> Form:
    _ = translator(session.locale)
    fields = (Field("ends", _("Last day of {name}", name=row["name"]), "day", hint=_("From the day after on, nobody holds it")),)

    def send(typed: Typed, version: int, _file: Any) -> str:
        assert session.actor is not None
        ends = day(typed["ends"]) or date.today()
        leave_post(session.records, session.actor, row["id"], version, ends)
        return _("The last day of {name} is {day}.", name=row["name"], day=formats.day(ends, session.locale))

    sends = {_("Save the last day"): send}
    return Form(f"holding/{row['id']}", "", fields, {"ends": None}, row["version"], sends, watched=("ends",), in_a_row=True, said_at=PLACE)


def _new(session: Session) -> Form:
    _ = translator(session.locale)
    known = {area: session.say(name) for area, name in session.definitions.area.items()}
    fields = (Field("name", _("Name of the post"), needed=True), Field("area", _("Area"), "choice", known))

    def send(typed: Typed, _version: int, _file: Any) -> str:
        assert session.actor is not None
        add_post(session.records, session.actor, typed["name"] or "", typed["area"])
        return _("The post {name} is made; nobody holds it yet.", name=typed["name"])

    return Form("post/new", _("Make a post"), fields, {"name": None, "area": None}, NEW, {_("Make it"): send}, said_at=PLACE)


def _list(session: Session, found: list[Post], held: list[Row]) -> str:
    """By area; the first of its holdings that runs today says since when."""
    _, today = translator(session.locale), date.today()
    running = {row["post"]: row for row in held if row["starts"] <= today and (row["ends"] is None or row["ends"] >= today)}
    by_area: dict[str | None, list[list[str]]] = {}
    for post in found:
        by_area.setdefault(post.area, []).append(_row(session, post, running.get(post.id)))
    groups: list[Group] = [(areas.name(session, area) or _("Of no area"), rows) for area, rows in by_area.items()]
    titles = [(_("Post"), ""), (_("Held by"), ""), (_("From"), ""), (_("Until"), "")]
    return table(titles, sorted(groups, key=lambda group: group[0]), _("Posts by area, and who holds each today"))


def _row(session: Session, post: Post, row: Row | None) -> list[str]:
    _ = translator(session.locale)
    address = escape(session.address("administration", part="posts", post=str(post.id)))
    name = f'<a href="{address}">{escape(session.say(post.name))}</a>'
    if row is None:
        nobody = _("nobody")
        return [name, f"<b>{escape(nobody)}</b>", "", ""]
    return [name, escape(row["name"]), escape(formats.day(row["starts"], session.locale)), escape(_until(session, row))]
