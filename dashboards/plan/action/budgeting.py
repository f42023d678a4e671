"""The forms for the amounts of an action: one for each budget line, and one for a new line."""

from typing import Any

from dashboards import formats
from dashboards.plan import form
from dashboards.plan.action import history, money
from dashboards.plan.action.subject import Row, Subject
from dashboards.plan.fields import Field, Typed, in_language
from dashboards.plan.form import NEW, Form
from data.plans.money import Line, keep_line
from data.plans.vocabulary import PHASES


def show(about: Subject) -> None:
    """Draws nothing for whoever may not."""
    if not about.may("keep_budget"):
        return
    for line in about.found.lines:
        form.fold(about.session, _form(about, line))
    form.fold(about.session, _form(about, None))


def _form(about: Subject, line: Row | None) -> Form:
    _, node = about.words, about.node
    names = money.phases(about)
    fields = (
        Field("code", _("Code in the budget"), "line"),
        Field("name", _("Name of the line"), "line"),
        Field("source", _("Where the money comes from"), "line"),
        Field("year", _("Year"), "whole"),
        Field("currency", _("Currency"), "line"),
        *(Field(phase, formats.sentence(name), "number") for phase, name in names.items()),
    )
    now = {phase: line[phase] if line else None for phase in names}
    told = {name: (line or {}).get(name) for name in ("code", "year")}
    texts = {name: about.say((line or {}).get(name)) or None for name in ("name", "source")}
    now |= told | texts | {"currency": line["currency"] if line else about.session.definitions.city.currency}
    title = _("Change the budget line {code}", code=line["code"]) if line else _("Add a budget line")
    name = f"action/{node['id']}/line/{line['id'] if line else 'new'}/{about.session.language}"
    changed = history.latest(about, "budget_line", line["id"]) if line else ""
    sends, watched = {_("Save the amounts"): _send(about, line)}, tuple(now) if line else ()
    return Form(name, title, fields, now, line["version"] if line else NEW, sends, watched, changed)


def _send(about: Subject, line: Row | None) -> Any:
    def send(typed: Typed, version: int, _file: Any) -> str:
        _ = about.words
        actor, language = about.session.actor, about.session.language
        assert actor is not None
        amounts = {phase: typed.get(phase, (line or {}).get(phase)) for phase in PHASES}
        texts = {name: in_language((line or {}).get(name), typed[name], language) for name in ("name", "source")}
        told = Line(about.node["id"], typed["code"] or "", (typed["currency"] or "").upper(), amounts, **texts, year=typed["year"])
        keep_line(about.session.records, actor, told, line["id"] if line else None, version if line else None)
        return _("The budget line is saved.")

    return send
