"""Everybody, with what they may do and the posts they hold; and the forms that add and change them."""

from collections.abc import Mapping
from datetime import date
from html import escape
from typing import Any

import streamlit as st

from dashboards import layout, panel
from dashboards import session as visit
from dashboards.administration import wording
from dashboards.markdown import plain
from dashboards.plan import doing, form, vocabulary
from dashboards.plan.fields import Field, Typed
from dashboards.plan.form import NEW, Form
from dashboards.plan.tables import table
from dashboards.session import Session
from dashboards.words import translator
from data.access import Role
from data.people import add_person, change_person, give_role, people, posts, roles, take_role

KEY, PLACE = "person", "administration/people"
NOBODY = ""
Row = Mapping[str, Any]


def show(session: Session) -> None:
    """A sentence, the person who is to be changed, the form for a new one, and the list."""
    _ = translator(session.locale)
    known, held = people(session.records), roles(session.records)
    panel.show(f'<p class="headline">{escape(_sentence(session, known, held))}</p>', key="people_sentence")
    doing.said(PLACE)
    chosen = _chosen(session, known)
    if chosen:
        _change(session, chosen, held.get(chosen["id"], []))
    form.fold(session, _new(session))
    panel.show(_list(session, known, held), key="people_list")


def _sentence(session: Session, known: list[Row], held: Mapping[int, list[Role]]) -> str:
    _, without = translator(session.locale), sum(row["id"] not in held for row in known)
    said = _.ngettext("{n} person is known here.", "{n} people are known here.", len(known), n=len(known))
    only = _.ngettext("{n} has no role and only reads.", "{n} have no role and only read.", without, n=without)
    return f"{said} {only}" if without else said


def _chosen(session: Session, known: list[Row]) -> Row | None:
    _, rows = translator(session.locale), {str(row["id"]): row for row in known}
    asked = visit.linked(KEY, list(rows), NOBODY)
    names = {NOBODY: _("choose a person"), **{number: _who(row) for number, row in rows.items()}}
    st.selectbox(_("Change a person"), list(names), key=KEY, format_func=names.__getitem__, width=340)
    return rows.get(asked)


def _who(row: Row) -> str:
    return f"{row['name']} · {row['email']}" if row["email"] else row["name"]


def _change(session: Session, row: Row, held: list[Role]) -> None:
    """Name and e-mail, a role more, and each role with the button that takes it away."""
    _ = translator(session.locale)
    with st.container(border=True):
        layout.section(row["name"])
        form.show(session, _named(session, row))
        may = _("What this person may do")
        st.markdown(f"**{plain(may)}**")
        if not held:
            st.write(_("No role yet: this person only reads."))
        with st.container(horizontal=True):
            for each in sorted(held, key=lambda one: (one.role, one.area or "")):
                label = _("Take away: {role}", role=wording.role(session, each))
                doing.press(session, label, f"take_{row['id']}_{each.role}_{each.area}", _taken(session, row, each), PLACE)
        form.show(session, _role(session, row))


def _named(session: Session, row: Row) -> Form:
    _ = translator(session.locale)
    fields = (Field("name", _("Name"), needed=True), Field("email", _("E-mail")))

    def send(typed: Typed, version: int, _file: Any) -> str:
        assert session.actor is not None
        change_person(session.records, session.actor, row["id"], version, name=typed["name"] or "", email=typed["email"])
        return _("{name} is saved.", name=typed["name"])

    now = {"name": row["name"], "email": row["email"]}
    sends = {_("Save name and e-mail"): send}
    return Form(f"person/{row['id']}", "", fields, now, row["version"], sends, watched=("name", "email"), in_a_row=True, said_at=PLACE)


def _role(session: Session, row: Row) -> Form:
    _ = translator(session.locale)

    def send(typed: Typed, version: int, _file: Any) -> str:
        assert session.actor is not None
        given = Role(typed["role"], typed["area"])
        give_role(session.records, session.actor, row["id"], version, given)
        return _("{name} is now: {role}.", name=row["name"], role=wording.role(session, given))

    now = {"role": "editor", "area": None}
    return Form(
        f"person/{row['id']}/role",
        "",
        _role_fields(session),
        now,
        row["version"],
        {_("Give this role"): send},
        in_a_row=True,
        said_at=PLACE,
    )


def _taken(session: Session, row: Row, held: Role) -> Any:
    def act() -> str:
        _ = translator(session.locale)
        assert session.actor is not None
        take_role(session.records, session.actor, row["id"], row["version"], held)
        return _("{name} is no longer: {role}.", name=row["name"], role=wording.role(session, held))

    return act


def _new(session: Session) -> Form:
    _ = translator(session.locale)
    role, area = _role_fields(session, needed=False)
    fields = (Field("name", _("Name"), needed=True), Field("email", _("E-mail")), role, area)

    def send(typed: Typed, _version: int, _file: Any) -> str:
        assert session.actor is not None
        given = (Role(typed["role"], typed["area"]),) if typed["role"] else ()
        add_person(session.records, session.actor, typed["name"] or "", typed["email"], given)
        return _("{name} is added.", name=typed["name"])

    return Form("person/new", _("Add a person"), fields, dict.fromkeys(each.name for each in fields), NEW, {_("Add"): send}, said_at=PLACE)


def _role_fields(session: Session, *, needed: bool = True) -> tuple[Field, Field]:
    """A role, and the area it is of; what each may do stands in the documentation of the records."""
    _ = translator(session.locale)
    known = {area: session.say(name) for area, name in session.definitions.area.items()}
    words = vocabulary.options(doing.ROLES, session.locale)
    return Field("role", _("Role"), "choice", words, needed=needed), Field(
        "area", _("In the area"), "choice", known, hint=_("Without an area the role holds in all of them")
    )


def _list(session: Session, known: list[Row], held: Mapping[int, list[Role]]) -> str:
    _ = translator(session.locale)
    holds: dict[int, list[str]] = {}
    for post in posts(session.records, date.today()):
        if post.person is not None:
            holds.setdefault(post.person, []).append(session.say(post.name))
    titles = [(_("Name"), ""), (_("E-mail"), ""), (_("What they may do"), ""), (_("Posts held today"), "")]
    rows = [
        [_link(session, row), escape(row["email"] or ""), escape(wording.roles(session, held.get(row["id"], []))),
         escape(", ".join(holds.get(row["id"], [])))]
        for row in known
    ]  # fmt: skip
    return table(titles, [("", rows)], _("Everybody, by name"))


def _link(session: Session, row: Row) -> str:
    address = escape(session.address("administration", part="people", person=str(row["id"])))
    return f'<a href="{address}">{escape(row["name"])}</a>'
