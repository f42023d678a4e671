"""The form for a decision about an action; whoever may change the plan also changes by it what was promised."""

from typing import Any

from dashboards.plan import decision_form, form, vocabulary
from dashboards.plan.action import history
from dashboards.plan.action.subject import Subject
from dashboards.plan.fields import Field, Typed, day, plain
from dashboards.plan.form import Form
from data.plans.deciding import change, decide, decide_and_change
from data.plans.vocabulary import STOPPED

PROMISED = ("area", "owner", "starts", "ends", "weight", "status", "left_out")


def show(about: Subject) -> None:
    """Draws nothing for whoever may not."""
    if about.may("record_decision"):
        form.fold(about.session, _form(about))


def _form(about: Subject) -> Form:
    _, node = about.words, about.node
    changes = about.may("change_plan")
    fields = (
        *(_recorded(about) if changes else ()),
        *decision_form.fields(about.session),
        *(_promised(about) if changes else ()),
    )
    now = decision_form.begun(fields)
    if changes:
        now |= {name: plain(node[name]) for name in PROMISED}
    title = _("Record a decision, and change by it what is promised") if changes else _("Record a decision")
    return Form(
        f"action/{node['id']}/decide", title, fields, now, node["version"], {_("Save the decision"): _send(about)},
        PROMISED if changes else (), history.latest(about, "node", node["id"]),
    )  # fmt: skip


def _recorded(about: Subject) -> tuple[Field, ...]:
    """To change what is promised by a decision that stands in the records already."""
    _ = about.words
    known = {row["id"]: about.say(row["title"]) for row in about.found.decisions}
    label, hint = _("By a decision already recorded"), _("Then only the changes below count")
    return (Field("decision", label, "choice", known, hint),) if known else ()


def _promised(about: Subject) -> tuple[Field, ...]:
    _ = about.words
    statuses = vocabulary.options(vocabulary.STATUSES, about.session.locale)
    areas = {area: about.area(area) for area in (*about.session.definitions.area, *filter(None, [about.node["area"]]))}
    return (
        Field("area", _("Area"), "choice", areas),
        Field("owner", _("Owner"), "choice", {post: about.post(post) for post in about.posts}),
        Field("starts", _("It begins on"), "day"),
        Field("ends", _("It ends on"), "day"),
        Field("weight", _("Weight"), "number"),
        Field("status", _("Status"), "choice", statuses, _("Cancelled: it no longer counts, and the reason above is kept")),
        Field("left_out", _("Why it does not count in the plan, where it does not"), "line"),
    )


def _send(about: Subject) -> Any:
    def send(typed: Typed, version: int, _file: Any) -> str:
        _ = about.words
        actor, node, records = about.session.actor, about.node, about.session.records
        assert actor is not None
        changes = _changes(about, typed)
        if typed.get("decision") and changes:
            change(records, actor, node["id"], version, typed["decision"], **changes)
            return _("The plan is changed, by the decision recorded before.")
        told = decision_form.told(typed, node["plan"], node["id"])
        if changes:
            decide_and_change(records, actor, told, version, **changes)
            return _("The decision is recorded, and the plan is changed by it.")
        decide(records, actor, told)
        return _("The decision is recorded.")

    return send


def _changes(about: Subject, typed: Typed) -> dict[str, Any]:
    """What is to be otherwise; a status that stops the action takes the decision's reason along."""
    told = {name: day(typed[name]) if name in ("starts", "ends") else typed[name] for name in PROMISED if name in typed}
    moved = {name: value for name, value in told.items() if value != about.node[name]}
    if "status" in moved:
        moved["status_reason"] = typed["why"] if moved["status"] in STOPPED else None
    return moved
