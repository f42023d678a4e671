"""The form for what a policy is: its problem, its theory of change, what carries it out; its days too for whoever keeps the policies."""

from typing import Any

from dashboards.assessments.known import Known, Row
from dashboards.assessments.planning import kept_fields, linked_fields
from dashboards.assessments.vocabulary import STEPS
from dashboards.plan import form
from dashboards.plan.fields import Field, Typed, day, in_language, plain
from dashboards.plan.form import Form
from dashboards.policy.places import PLACE
from data.assessments.policies import KEPT, describe_policy, keep_policy

TEXTS = ("name", "problem")
DAYS = ("starts", "ends")


def show(known: Known, policy: Row) -> None:
    """Draws nothing for whoever may not."""
    if known.may("describe_policy", policy):
        form.fold(known.session, _form(known, _today(known, policy)))


def _today(known: Known, policy: Row) -> Row:
    return next((row for row in known.today.policies if row["id"] == policy["id"]), policy)


def _form(known: Known, policy: Row) -> Form:
    _, keeps = known.words, known.may("keep_policy", policy)
    fields = (
        Field("name", _("Name of the policy"), "line"), Field("problem", _("The problem that it answers"), "text"),
        *(Field(step, _(word), "text") for step, word in STEPS.items()),
        *(kept_fields(known) if keeps else ()), *linked_fields(known),
    )  # fmt: skip
    now: dict[str, Any] = {name: known.say(policy[name]) or None for name in TEXTS}
    now |= {step: known.say(policy["theory"].get(step)) or None for step in STEPS}
    now |= {name: plain(policy[name]) for name in KEPT if keeps} | {name: list(policy[name]) for name in ("nodes", "goals")}
    name, watched = f"policy/{policy['id']}/describe/{known.session.language}", tuple(each.name for each in fields)
    return Form(
        name, _("Describe it"), fields, now, policy["version"], {_("Save the policy"): _send(known, policy)}, watched, said_at=PLACE
    )


def _send(known: Known, policy: Row) -> Any:
    def send(typed: Typed, version: int, _file: Any) -> str:
        _, session = known.words, known.session
        assert session.actor is not None
        language, theory = session.language, policy["theory"]
        told: dict[str, Any] = {name: in_language(policy[name], typed[name], language) for name in TEXTS}
        steps = {step: in_language(theory.get(step), typed[step], language) for step in STEPS}
        told |= {"theory": {step: text for step, text in steps.items() if text}, "nodes": typed["nodes"], "goals": typed["goals"]}
        told |= {name: day(typed[name]) if name in DAYS else typed[name] for name in KEPT if name in typed}
        changes = {name: value for name, value in told.items() if value != policy[name]}
        verb = keep_policy if set(changes) & set(KEPT) else describe_policy
        verb(session.records, session.actor, policy["id"], version, **changes)
        return _("The policy is saved.")

    return send
