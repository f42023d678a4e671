"""Groups of places written from the panel: a new one, one that is changed or removed. Only the office may save; anybody may look."""

from collections.abc import Callable
from datetime import date
from html import escape
from typing import Any

import streamlit as st

from dashboards import layout, panel
from dashboards import session as visit
from dashboards.peers import sets
from dashboards.plan import doing
from dashboards.plan import fields as forms
from dashboards.plan.fields import Field, Typed
from dashboards.session import Session
from dashboards.words import LANGUAGES, translator
from data.access import Object, may
from data.ids import id_of
from data.places import Group
from kpis.peers import saving
from kpis.peers.groups import PeerSet
from kpis.saving import Draft

PAGE, PLACE, KEY, NEW = "pages/compare/peers.py", "groups", "group", "new"


def asked() -> str:
    """The group whose form the address asks for, as in `peers?group=ports`; `new` for a new one, "" for none."""
    return st.query_params.get(KEY, "")


def links(session: Session, peers: PeerSet | None) -> None:
    """The ways to a new group and to the one that is chosen; none in a closed month, nor for whoever may not save."""
    doing.said_if_any(PLACE)
    if session.beside is not None or not may_save(session):
        return
    _ = translator(session.locale)
    ways = [(NEW, _("New group of cities"))]
    if peers is not None and peers.kind == "group":
        ways.append((peers.id.removeprefix("group:"), _("Change or remove this group")))
    panel.show(f"<p>{' · '.join(_link(session, label, **{KEY: name}) for name, label in ways)}</p>", key="group_links")


def form(session: Session) -> None:
    """A group's name, its places and why they stand together, with the room to save; below it undoing and removing."""
    _, held = translator(session.locale), {group.id: group for group in session.definitions.groups}
    doing.said(PLACE)
    back = _link(session, _("Back to the peers"))
    panel.show(f"<p>{back}</p>", key="group_back")
    group = held.get(asked())
    if group is None and asked() != NEW:
        layout.note(_("There is no group {group!r}.", group=asked()))
        return
    layout.section(session.say(group.name) if group else _("New group of cities"))
    seen = _seen(group)
    _write(session, seen, set(held))
    _undo_or_remove(session, seen)


def may_save(session: Session) -> bool:
    return session.actor is not None and may(session.actor, "keep_group", Object("group"))


def _link(session: Session, label: str, **told: str) -> str:
    return f'<a href="{escape(session.address("peers", **told))}">{escape(label)}</a>'


def _seen(group: Group | None) -> Group | None:
    """The group as it was when its form was filled, which is what is held against the file when it is saved."""
    if group is None:
        return None
    key = f"group/{group.id}"
    if visit.left(f"{key}#places") is None:  # the form is not drawn yet
        visit.put(f"{key}/seen", group)
    seen = visit.left(f"{key}/seen")
    return seen if isinstance(seen, Group) else group


def _write(session: Session, group: Group | None, taken: set[str]) -> None:
    _ = translator(session.locale)
    name = group.id if group else NEW
    typed, _file = forms.ask(session, _fields(session), _filled(group), f"group/{name}")
    if not may_save(session):
        st.write(_("Only the data office saves groups. Choose above whom you act as."))
        return
    reason = st.text_area(_("Reason for the change"), key=f"group_reason_{name}", height=90)
    if not st.button(_("Save the group"), key=f"group_save_{name}", type="primary"):
        return
    told = _told(typed, group, taken)
    if told is None:
        layout.note(_("A group needs a name, and at least one place."))
        return

    def write() -> Draft:
        return saving.changed(session.home, told, group) if group else saving.begun(session.home, told)

    if _attempt(session, write, reason, _("The group is saved.")):
        st.switch_page(PAGE, query_params=session.query(**{sets.KEY: f"group:{told['id']}"}))


def _undo_or_remove(session: Session, group: Group | None) -> None:
    _ = translator(session.locale)
    if not may_save(session):
        return
    layout.section(_("Undo or remove"))
    name = group.id if group else NEW
    reason = st.text_input(_("Why it is undone or removed"), key=f"group_why_{name}", width=520)
    with st.container(horizontal=True):
        back = st.button(_("Bring back the groups as they were before the last change"), key=f"group_undo_{name}")
        gone = group is not None and st.button(_("Remove the group"), key=f"group_remove_{name}")
    done = (back and _attempt(session, lambda: saving.undone(session.home), reason, _("The groups are as they were."))) or (
        gone
        and group is not None
        and _attempt(session, lambda: saving.without(session.home, group), reason, _("The group is removed; it can be brought back."))
    )
    if done:
        st.switch_page(PAGE, query_params=session.query(**{KEY: NEW}))


def _attempt(session: Session, make: Callable[[], Draft], reason: str, done: str) -> bool:
    return bool(doing.attempt_at(session, lambda: _kept(session, make(), reason, done), PLACE))


def _kept(session: Session, draft: Draft, reason: str, done: str) -> str:
    assert session.actor is not None
    home = session.home
    saving.groups(home).save(session.actor, draft, reason, date.today(), lambda recorded: saving.prove(home, session.definitions, recorded))
    doing.note(PLACE, done)
    return done


def _fields(session: Session) -> list[Field]:
    _ = translator(session.locale)
    places = {place.id: session.say(place.name) for place in session.definitions.places if place.kind in ("city", "district")}
    name, why = _("Name of the group"), _("Why they stand together")
    names = [Field(f"name_{language}", f"{name} · {own}") for language, own in LANGUAGES.items()]
    whys = [Field(f"why_{language}", f"{why} · {own}", "text") for language, own in LANGUAGES.items()]
    return [*names, Field("places", _("Places"), "choices", places, needed=True), *whys]


def _filled(group: Group | None) -> Typed:
    if group is None:
        return {}
    said = {f"{key}_{language}": _in(text, language) for key, text in (("name", group.name), ("why", group.why)) for language in LANGUAGES}
    return {**said, "places": list(group.places)}


def _in(text: Any, language: str) -> str | None:
    """A text that is the same in every language stands under each."""
    return text.get(language) if isinstance(text, dict) else text


def _told(typed: Typed, group: Group | None, taken: set[str]) -> dict[str, Any] | None:
    """The group as its file would write it; None where it lacks a name or a place."""
    name, why = (_text(typed, key, before) for key, before in (("name", group and group.name), ("why", group and group.why)))
    if not name or not typed["places"]:
        return None
    known = group.id if group else id_of(name if isinstance(name, str) else next(iter(name.values())), taken | {NEW})
    return {"id": known, "name": name, "places": list(typed["places"]), "why": why}


def _text(typed: Typed, key: str, before: Any) -> Any:
    """One text where it is the same in every language; languages that no form asks for stay."""
    said = {language: typed[f"{key}_{language}"] for language in LANGUAGES if typed[f"{key}_{language}"]}
    others = {language: text for language, text in before.items() if language not in LANGUAGES} if isinstance(before, dict) else {}
    if len(said) == len(LANGUAGES) and len(set(said.values())) == 1 and not others:
        return next(iter(said.values()))
    return {**said, **others} or None
