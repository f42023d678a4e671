"""The form for what describes an action and promises nothing: what stands in its way, what is tried out, whom it serves and how."""

from typing import Any

from dashboards.plan import form, vocabulary
from dashboards.plan.action import history
from dashboards.plan.action.subject import Subject
from dashboards.plan.fields import Field, Typed, in_language
from dashboards.plan.form import Form
from data.plans.deciding import describe
from data.plans.vocabulary import PARTICIPATION_PHASES

SDGS = tuple(str(number) for number in range(1, 18))
TEXTS = ("description", "limits", "pilot")


def show(about: Subject) -> None:
    """Draws nothing for whoever may not."""
    if about.may("describe_action"):
        form.fold(about.session, _form(about))


def _form(about: Subject) -> Form:
    _, node, locale = about.words, about.node, about.session.locale
    levels = vocabulary.options(vocabulary.PARTICIPATION_LEVELS, locale)
    phases = vocabulary.options(vocabulary.PARTICIPATION_PHASES, locale)
    goals = {kpi.id: about.session.say(kpi.name) for kpi in about.session.catalogue.kpis}
    serves = list(dict.fromkeys([*SDGS, *map(str, node["sdg"] or [])]))
    fields = (
        Field("description", _("Description"), "text"),
        Field("limits", _("What stands in the way"), "text"),
        Field("pilot", _("What is tried out, where it is a pilot"), "text"),
        Field("pdca", _("Improvement cycle"), "choice", vocabulary.options(vocabulary.PDCA, locale)),
        *(Field(phase, _("Residents' part: {phase}", phase=phases[phase].lower()), "choice", levels) for phase in PARTICIPATION_PHASES),
        Field("sdg", _("Sustainable Development Goals"), "choices", {number: number for number in serves}),
        Field("goals", _("Goals it is meant to move"), "choices", goals),
    )
    name = f"action/{node['id']}/describe/{about.session.language}"
    sends, watched = {_("Save the description"): _send(about)}, tuple(each.name for each in fields)
    changed = history.latest(about, "node", node["id"])
    return Form(name, _("Describe it"), fields, _now(about), node["version"], sends, watched, changed)


def _now(about: Subject) -> dict[str, Any]:
    node, told = about.node, about.node["participation"] or {}
    texts = {name: about.say(node[name]) or None for name in TEXTS}
    known = [goal for goal in node["goals"] or [] if goal in about.session.catalogue.kpi]
    lists = {"sdg": [str(number) for number in node["sdg"] or []], "goals": known}
    return {**texts, "pdca": node["pdca"], **{phase: told.get(phase) for phase in PARTICIPATION_PHASES}, **lists}


def _send(about: Subject) -> Any:
    def send(typed: Typed, version: int, _file: Any) -> str:
        _ = about.words
        actor, node = about.session.actor, about.node
        assert actor is not None
        changes: dict[str, Any] = {name: in_language(node[name], typed[name], about.session.language) for name in TEXTS}
        levels = {phase: typed[phase] for phase in PARTICIPATION_PHASES if typed[phase]}
        changes |= {"pdca": typed["pdca"], "participation": levels or None, "sdg": typed["sdg"] or None, "goals": typed["goals"] or None}
        describe(about.session.records, actor, node["id"], version, **{k: v for k, v in changes.items() if v != node[k]})
        return _("The description is saved.")

    return send
