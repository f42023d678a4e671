"""A new policy, written down by whoever keeps them: its name, the problem it answers, its days, and what carries it out."""

import re
import unicodedata
from typing import Any

from dashboards.assessments.known import Known
from dashboards.plan import areas, form, shown
from dashboards.plan.fields import Field, Typed, day
from dashboards.plan.form import NEW, Form
from data.assessments.policies import Policy, add_policy

PLACE = "assessments"
"""Where the page says what was done."""


def show(known: Known) -> None:
    """The form, folded; nothing for whoever may not."""
    if known.may("keep_policy"):
        form.fold(known.session, _form(known))


def kept_fields(known: Known) -> tuple[Field, ...]:
    """What only whoever keeps the policies changes."""
    _, session = known.words, known.session
    posts = {number: known.items.post(number) for number in known.items.posts}
    return (
        Field("starts", _("It begins on"), "day"),
        Field("ends", _("It ends on"), "day"),
        Field("area", _("Area"), "choice", {each: areas.name(session, each) for each in session.definitions.area}),
        Field("owner", _("Owner"), "choice", posts),
    )


def linked_fields(known: Known) -> tuple[Field, ...]:
    """Which parts of plans carry it out, and in which goals it should show."""
    _, session = known.words, known.session
    nodes = {number: f"{row['key']} {shown.name(session, row['name'])}" for number, row in known.items.nodes.items()}
    goals = {kpi.id: session.say(kpi.name) for kpi in session.catalogue.kpis}
    return (
        Field("nodes", _("Parts of plans that carry it out"), "choices", nodes),
        Field("goals", _("Goals in which it should show"), "choices", goals),
    )


def key_of(name: str) -> str:
    """A key for a policy from its name: Menos fugas -> menos_fugas."""
    plain = unicodedata.normalize("NFD", name.casefold()).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")
    return words if words[:1].isalpha() else f"policy_{words}".rstrip("_")


def _form(known: Known) -> Form:
    _ = known.words
    fields = (
        Field("name", _("Name of the policy"), "line"),
        Field("problem", _("The problem that it answers"), "text"),
        *kept_fields(known),
        *linked_fields(known),
    )
    now: dict[str, Any] = {each.name: [] if each.kind == "choices" else None for each in fields}
    return Form("policy/new", _("Write a new policy down"), fields, now, NEW, {_("Add the policy"): _add(known)}, said_at=PLACE)


def _add(known: Known) -> Any:
    def send(typed: Typed, _version: int, _file: Any) -> str:
        _, session = known.words, known.session
        assert session.actor is not None
        name = typed["name"] or ""
        told = Policy(
            known.place, key_of(name)[:80], name, typed["problem"] or "", {}, day(typed["starts"]), day(typed["ends"]), typed["area"],
            typed["owner"], tuple(typed["nodes"]), tuple(typed["goals"]),
        )  # fmt: skip
        add_policy(session.records, session.actor, told)
        return _("The policy is written down: {name}", name=name)

    return send
