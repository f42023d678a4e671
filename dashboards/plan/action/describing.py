"""The form for what describes an action and promises nothing: what stands in its way, what is tried out, whom it serves and how."""

from collections.abc import Hashable
from typing import Any

import streamlit as st

from dashboards.plan import form, shown, vocabulary
from dashboards.plan.action import history
from dashboards.plan.action.subject import Subject
from dashboards.plan.fields import Field, Typed, in_language
from dashboards.plan.form import Form
from dashboards.session import Session
from data.plans.deciding import describe
from data.plans.linking import servable
from data.plans.vocabulary import PARTICIPATION_PHASES
from data.problems import N_, Problem, Refused

SDGS = tuple(str(number) for number in range(1, 18))
TEXTS = ("description", "limits", "pilot")
LISTS = ("sdg", "goals", "serves")


def show(about: Subject) -> None:
    """Draws nothing for whoever may not."""
    if about.may("describe_action"):
        form.fold(about.session, form_of(about))


def form_of(about: Subject) -> Form:
    """The form; what a save refuses is said by it."""
    _, node, locale = about.words, about.node, about.session.locale
    levels = vocabulary.options(vocabulary.PARTICIPATION_LEVELS, locale)
    phases = vocabulary.options(vocabulary.PARTICIPATION_PHASES, locale)
    fields = (
        Field("description", _("Description"), "text"),
        Field("limits", _("What stands in the way"), "text"),
        Field("pilot", _("What is tried out, where it is a pilot"), "text"),
        Field("pdca", _("Improvement cycle"), "choice", vocabulary.options(vocabulary.PDCA, locale)),
        *(Field(phase, _("Residents' part: {phase}", phase=phases[phase].lower()), "choice", levels) for phase in PARTICIPATION_PHASES),
        *_lists(about),
    )
    name = f"action/{node['id']}/describe/{about.session.language}"
    sends, watched = {_("Save the description"): _send(about)}, tuple(each.name for each in fields)
    now = {each: value for each, value in _now(about).items() if each in watched}
    return Form(name, _("Describe it"), fields, now, node["version"], sends, watched, history.latest(about, "node", node["id"]))


def _lists(about: Subject) -> list[Field]:
    """What is chosen from lists; where there is no other plan, none of its parts."""
    _, node, session = about.words, about.node, about.session
    numbers = dict.fromkeys([*SDGS, *map(str, node["sdg"] or ())])
    goals = about.goals([*(kpi.id for kpi in session.catalogue.kpis), *(node["goals"] or ())])
    parts = {**_servable(session, shown.key(session), about.plan.id, session.language), **about.linked(node["serves"] or ())}
    fields = [
        Field("sdg", _("Sustainable Development Goals"), "choices", {number: number for number in numbers}),
        Field("goals", _("Goals it is meant to move"), "choices", goals),
    ]
    return [*fields, Field("serves", _("Parts of other plans that it serves"), "choices", parts)] if parts else fields


@st.cache_resource(show_spinner=False, max_entries=32, hash_funcs=shown.BY_HOME)
def _servable(session: Session, stamp: Hashable, plan: int, language: str) -> dict[int, str]:  # noqa: ARG001 - what the cache goes by
    """Parts of other plans by their ids: number, name, plan."""
    rows = servable(session.records, plan)
    return {row["id"]: f"{row['key']} {session.say(row['name'])} ({session.say(row['plan_name'])})" for row in rows}


def _now(about: Subject) -> dict[str, Any]:
    node, told = about.node, about.node["participation"] or {}
    texts = {name: about.say(node[name]) or None for name in TEXTS}
    levels = {phase: told.get(phase) for phase in PARTICIPATION_PHASES}
    return {**texts, "pdca": node["pdca"], **levels, "sdg": [str(number) for number in node["sdg"] or ()],
            "goals": list(node["goals"] or ()), "serves": list(node["serves"] or ())}  # fmt: skip


def _send(about: Subject) -> Any:
    def send(typed: Typed, version: int, _file: Any) -> str:
        _ = about.words
        actor, node, now = about.session.actor, about.node, _now(about)
        assert actor is not None
        _require_goals(about, typed["goals"])
        changes: dict[str, Any] = {name: in_language(node[name], typed[name], about.session.language) for name in TEXTS}
        levels = {phase: typed[phase] for phase in PARTICIPATION_PHASES if typed[phase]}
        changes |= {"pdca": typed["pdca"], "participation": levels or None}
        changes |= {name: typed[name] or None for name in LISTS if name in typed and typed[name] != now[name]}
        describe(about.session.records, actor, node["id"], version, **{k: v for k, v in changes.items() if v != node[k]})
        return _("The description is saved.")

    return send


def _require_goals(about: Subject, goals: list[str]) -> None:
    """A goal may have gone since a draft named it. Raises Refused for one that the action did not have before."""
    gone = [goal for goal in goals if goal not in about.session.catalogue.kpi and goal not in (about.node["goals"] or ())]
    if gone:
        hint = N_("choose one that there is")
        raise Refused([Problem(N_("there is no goal {goal}"), hint, key="goals", values={"goal": goal}) for goal in gone])
