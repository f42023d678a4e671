"""What may be written on this page: a corrective measure was taken, and a decision or an outcome that is about the whole plan."""

from typing import Any

from dashboards.plan import decision_form, doing, form
from dashboards.plan.entries import Entries, Row
from dashboards.plan.fields import Typed
from dashboards.plan.form import NEW, Form
from dashboards.plan.outcome_form import closed, outcome
from data.access import Object, may
from data.plans.deciding import decide
from data.plans.reading import Plan

PLACE = "accountability"
"""Where the page says what was done."""


def show(entries: Entries, plan: Plan, owed: list[Row]) -> None:
    """Draws nothing for whoever only reads. `owed` are failures whose corrective measure nobody has taken yet."""
    _, actor = entries.words, entries.session.actor
    if actor is None:
        return
    doing.said(PLACE)
    for row in owed:
        if may(actor, "record_outcome", Object("node", row["node_area"])):
            label = _("The measure was taken today: {title}", title=entries.say(row["title"]))
            doing.press(entries.session, label, f"close_{row['id']}", closed(entries.session, row), PLACE)
    if may(actor, "record_decision", Object("plan")):
        form.fold(entries.session, _decision(entries, plan))
    if may(actor, "record_outcome", Object("plan")):
        owners = {post: entries.post(post) for post in entries.posts}
        form.fold(entries.session, outcome(entries.session, _("Record a success or a failure of the plan"), owners, plan.id))


def _decision(entries: Entries, plan: Plan) -> Form:
    _ = entries.words
    fields, name = decision_form.fields(entries.session), f"plan/{plan.id}/decision"
    sends = {_("Record it"): _decided(entries, plan)}
    return Form(name, _("Record a decision about the plan"), fields, decision_form.begun(fields), NEW, sends)


def _decided(entries: Entries, plan: Plan) -> Any:
    def send(typed: Typed, _version: int, _file: Any) -> str:
        _ = entries.words
        assert entries.session.actor is not None
        decide(entries.session.records, entries.session.actor, decision_form.told(typed, plan.id))
        return _("It is recorded.")

    return send
