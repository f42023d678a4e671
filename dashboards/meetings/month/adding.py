"""What somebody asks to talk about besides, found by a search or in their own words; and why an item is left out after all."""

from typing import Any

import streamlit as st

from dashboards import session as visit
from dashboards.markdown import plain
from dashboards.meetings import found
from dashboards.meetings.month.known import PLACE, Known
from dashboards.meetings.month.ordering import LEAVING
from dashboards.plan import doing, form, shown
from dashboards.plan.fields import Field, Typed
from dashboards.plan.form import Form
from data.meetings.agenda import Item, add_item, drop_item

Choices = dict[str, tuple[str, Item]]
MOST = 1000
"""Actions that can be chosen from the list; of more, those that need a decision are."""


def show(about: Known) -> None:
    """The box to search in or write into, and its button; emptied by what was added."""
    _, choices = about.words, offered(about)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            _("Add to the agenda"), list(choices), index=None, key=f"agenda_add_{len(about.rows)}", accept_new_options=True, width=520,
            format_func=lambda one: choices[one][0] if one in choices else str(one),
            placeholder=_("A goal, an action, a concern, or in your own words"),
        )  # fmt: skip
        if chosen:
            told = choices[chosen][1] if chosen in choices else Item("other", ("added",), title=str(chosen).strip())
            doing.press(about.session, _("Add it"), "agenda_add", lambda: _add(about, told), PLACE)


def offered(about: Known) -> Choices:
    """What can be added, by a short name of its own: what it is called, and the item."""
    return {**_goals(about), **_actions(about), **_raised(about), **_asked(about)}


def _goals(about: Known) -> Choices:
    _, session = about.words, about.session
    goal, kpis = _("Goal"), session.catalogue.kpis
    return {f"goal:{kpi.id}": (f"{session.say(kpi.name)} · {goal}", Item("goal", ("added",), goal=kpi.id)) for kpi in kpis}


def _actions(about: Known) -> Choices:
    """All of them; of too many, those that need a decision."""
    _, session = about.words, about.session
    action, nodes = _("Action"), {node: row for node, row in about.items.nodes.items() if row["leaf"]}
    if len(nodes) > MOST:
        pressing = {each.item.node for each in found.found(session, about.meeting["day"] if about.meeting else None)}
        nodes = {node: row for node, row in nodes.items() if node in pressing}
    return {
        f"action:{node}": (f"{row['key']} {shown.name(session, row['name'])} · {action}", Item("action", ("added",), node=node))
        for node, row in list(nodes.items())[:MOST]
    }


def _raised(about: Known) -> Choices:
    concern, rows = about.words("Concern"), about.items.concerns.values()
    still = [row for row in rows if row["state"] != "closed"]
    return {f"concern:{row['id']}": (f"{row['title']} · {concern}", Item("concern", ("added",), concern=row["id"])) for row in still}


def _asked(about: Known) -> Choices:
    asked, rows = about.words("Follow-up"), about.items.follow_ups.values()
    still = [row for row in rows if row["state"] == "open"]
    return {f"follow_up:{row['id']}": (f"{row['what']} · {asked}", Item("follow_up", ("added",), follow_up=row["id"])) for row in still}


def _add(about: Known, told: Item) -> str:
    _, session, meeting = about.words, about.session, about.meeting
    assert session.actor is not None
    assert meeting is not None
    add_item(session.records, session.actor, meeting["id"], told)
    return _("It is on the agenda, as the last item.")


def leaving(about: Known) -> None:
    """The form that asks why the item that was chosen is left out."""
    _, item = about.words, visit.left(LEAVING)
    row = next((row for row in about.rows if row["id"] == item and row["dropped"] is None), None)
    if row is None or not about.changes:
        return
    with st.container(border=True):
        name = about.items.title(row)
        heading = plain(_("Leave out: {name}", name=name))
        st.markdown(f"**{heading}**")
        sends = {_("Leave it out"): _leave(about, row["id"])}
        fields = (Field("why", _("Why it is not talked about")),)
        form.show(
            about.session, Form(f"agenda/leave/{row['id']}", "", fields, {"why": None}, row["version"], sends, in_a_row=True, said_at=PLACE)
        )
        if st.button(_("Let it stay"), key="agenda_stay", type="tertiary"):
            visit.put(LEAVING, None)
            visit.show_again()


def _leave(about: Known, item: int) -> Any:
    def send(typed: Typed, version: int, _file: Any) -> str:
        _, session = about.words, about.session
        assert session.actor is not None
        drop_item(session.records, session.actor, item, version, typed["why"] or "")
        visit.put(LEAVING, None)
        return _("It was left out, with the reason.")

    return send
