"""A new concern, and the way to it from the page of what it is about. `concerns?new=1&goal=ID&node=ID&area=ID` opens the form."""

from typing import Any

import streamlit as st

from dashboards import session as visit
from dashboards.markdown import plain
from dashboards.meetings.concerns.known import Known
from dashboards.plan import areas, form
from dashboards.plan.fields import Field, Typed
from dashboards.plan.form import NEW, Form
from dashboards.session import Session
from dashboards.words import translator
from data.access import Object, may
from data.meetings.concerns import Concern, raise_concern

PLACE = "concerns"
"""Where the page says what was done."""
PAGE = "pages/meetings/concerns.py"


def link(session: Session, **about: str) -> None:
    """The way to the form, about a goal, a node or an area; nothing for whoever only reads, or in a city that holds no meetings here."""
    if may_raise(session) and "meetings" in session.definitions.city.modules:
        _ = translator(session.locale)
        st.page_link(PAGE, label=_("Raise a concern"), icon=":material/record_voice_over:", query_params=session.query(new="1", **about))


def may_raise(session: Session) -> bool:
    return session.actor is not None and may(session.actor, "raise_concern", Object("concern"))


def show(known: Known) -> None:
    """The form where the address asks for it, else the way to it; a sentence for whoever may not."""
    _, session = known.words, known.session
    if session.actor is None:
        st.write(_("Whoever is signed in may raise a concern."))
    elif not may_raise(session):
        st.write(_("A concern is raised by anybody who has a role in this panel; you have none yet."))
    elif st.query_params.get("new") != "1":
        link(session)
    else:
        form.show(session, _form(known))


def asked(known: Known) -> tuple[str | None, str | None, int | None]:
    """The area, goal and node that the address names, where they are there; the area is that of the goal or node, where none is named."""
    area, goal = (st.query_params.get(name, "") for name in ("area", "goal"))
    node = visit.asked_id("node")
    kpi, row = known.session.catalogue.kpi.get(goal), known.items.nodes.get(node or 0)
    of_it = area or (kpi.owner if kpi else "") or ((row["area"] or "") if row else "")
    return of_it if of_it in known.session.definitions.area else None, kpi.id if kpi else None, node if row else None


def _form(known: Known) -> Form:
    _, session = known.words, known.session
    area, goal, node = asked(known)
    names = [*([known.items.goal(goal)] if goal else []), *([known.items.action(node)] if node else [])]
    if names:
        st.write(plain(_("About: {names}", names=" · ".join(names))))
    fields = (
        Field("title", _("In a few words"), "line"),
        Field("area", _("Area that should answer"), "choice", {each: areas.name(session, each) for each in session.definitions.area}),
        Field("said", _("What worries you"), "text"),
    )
    name = f"concern/new/{session.place}/{area or ''}/{goal or ''}/{node or ''}"
    now = {"title": None, "area": area, "said": None}
    return Form(name, _("Raise a concern"), fields, now, NEW, {_("Raise it"): _raised(known, goal, node)}, said_at=PLACE)


def _raised(known: Known, goal: str | None, node: int | None) -> Any:
    def send(typed: Typed, _version: int, _file: Any) -> str:
        _, session = known.words, known.session
        assert session.actor is not None
        told = Concern(session.place, typed["title"] or "", typed["said"] or "", typed["area"], goal, node)
        raise_concern(session.records, session.actor, told, known.day)
        return _("It is raised, and stays open until you close it: {title}", title=typed["title"])

    return send
