"""A promise written down in seconds, also on a phone: what, who, until when. `followups?new=1` opens it."""

from datetime import date, timedelta
from typing import Any

import streamlit as st

from dashboards import layout
from dashboards import session as visit
from dashboards.markdown import plain
from dashboards.meetings.follow_ups.known import Known
from dashboards.meetings.follow_ups.settling import PLACE
from dashboards.plan import form
from dashboards.plan.fields import Field, Typed, day
from dashboards.plan.form import NEW, Form
from data.access import Object, may
from data.meetings.follow_ups import FollowUp, ask
from data.problems import N_, Problem, Refused


def show(known: Known) -> None:
    """The form where the address asks for it, else the way to it; a sentence for whoever may not, nothing for whoever only reads."""
    _, session = known.words, known.session
    if session.actor is None:
        return
    wanted = st.query_params.get("new") == "1"
    if not may(session.actor, "ask_follow_up", Object("follow_up")):
        if wanted:
            layout.note(_("A follow-up is asked for by the data office, the mayor's office or a consultant."))
        return
    if not wanted:
        address = session.query(new="1")
        st.page_link("pages/meetings/follow_ups.py", label=_("Write down a promise"), icon=":material/add:", query_params=address)
    elif not known.posts:
        st.write(_("Somebody has to owe it, and no post is known yet. The page Administration adds posts and who holds them."))
    else:
        _about(known)
        form.show(session, _form(known))


def _form(known: Known) -> Form:
    _, session = known.words, known.session
    assert session.actor is not None
    owners = {post: known.items.post(post) for post in known.posts}
    own = next((post for post in owners if post in session.actor.posts), None)
    fields = (
        Field("what", _("What"), "line"),
        Field("owner", _("Who"), "choice", owners),
        Field("due", _("Until when"), "chips", days(known)),
        Field("other", _("Or on this day"), "day"),
    )
    now = {each.name: None for each in fields} | {"owner": own}
    goal, node = about(known)
    name = f"follow_up/new/{session.place}/{goal or ''}/{node or ''}"
    return Form(name, _("Write down a promise"), fields, now, NEW, {_("Save"): _asked(known)}, said_at=PLACE)


def days(known: Known) -> dict[str, str]:
    """The days that are one tap away, by what they are called; two that are the same day are one."""
    _ = known.words
    following = next_meeting(known)
    named = {
        known.day + timedelta(days=1): _("tomorrow"),
        known.day + timedelta(days=7): _("in a week"),
        known.day + timedelta(days=14): _("in two weeks"),
    }
    if following:
        named[following] = _("next meeting, {day}", day=known.date(following))
    return {each.isoformat(): word for each, word in sorted(named.items())}


def next_meeting(known: Known) -> date | None:
    """The first meeting that is planned for a day to come."""
    coming = [row["day"] for row in known.meetings.values() if row["state"] == "planned" and row["day"] > known.day]
    return min(coming, default=None)


def about(known: Known) -> tuple[str | None, int | None]:
    """The goal and the action that the address names, where they are there: `followups?new=1&goal=ID&node=ID`."""
    goal, node = st.query_params.get("goal", ""), visit.asked_id("node")
    return goal if goal in known.session.catalogue.kpi else None, node if node in known.items.nodes else None


def _about(known: Known) -> None:
    _, (goal, node) = known.words, about(known)
    names = [known.items.goal(goal)] if goal else []
    names += [known.items.action(node)] if node else []
    if names:
        st.write(plain(_("About: {names}", names=" · ".join(names))))


def _asked(known: Known) -> Any:
    def send(typed: Typed, _version: int, _file: Any) -> str:
        _, session, due = known.words, known.session, day(typed["other"]) or day(typed["due"])
        assert session.actor is not None
        _require(typed, due)
        assert due is not None
        goal, node = about(known)
        told = FollowUp(session.place, typed["what"], typed["owner"], due, goal=goal, node=node)
        ask(session.records, session.actor, told, known.day)
        return _("Written down: {what}, by {day}", what=typed["what"], day=known.date(due))

    return send


def _require(typed: Typed, due: date | None) -> None:
    """Raises Refused with everything that is not said yet."""
    asked = {
        "what": (typed["what"], Problem(N_("it does not say what is to be done"), N_("write it in one sentence"))),
        "owner": (typed["owner"], Problem(N_("nobody owes it yet"), N_("choose who"))),
        "due": (due, Problem(N_("it has no day yet"), N_("choose until when"))),
    }
    if missing := [problem for value, problem in asked.values() if not value]:
        raise Refused(missing)
