"""The forms for what came of an action: a success or a failure with its lesson, and a result that was measured."""

from typing import Any

from dashboards.plan import doing, form, vocabulary
from dashboards.plan.action.subject import Subject
from dashboards.plan.fields import Field, Typed
from dashboards.plan.form import NEW, Form
from dashboards.plan.outcome_form import closed, outcome
from data.plans.outcomes import Result, record_result


def show(about: Subject) -> None:
    """Draws nothing for whoever may not."""
    _ = about.words
    if about.may("record_outcome"):
        where = f"closed {about.node['id']}"
        doing.said(where)
        for row in about.found.outcomes:
            if row["corrective"] and not row["done_on"]:
                label = _("The measure was taken today: {title}", title=about.say(row["title"]))
                doing.press(about.session, label, f"close_{row['id']}", closed(about.session, row), where)
        owners = {post: about.post(post) for post in about.posts}
        form.fold(about.session, outcome(about.session, _("Record a success or a failure"), owners, about.node["plan"], about.node["id"]))
    if about.may("record_result"):
        form.fold(about.session, _result(about))


def _result(about: Subject) -> Form:
    _ = about.words
    fields = (
        Field("name", _("What was measured"), "line"),
        Field("criterion", _("Criterion"), "choice", vocabulary.options(vocabulary.CRITERIA, about.session.locale), needed=True),
        Field("measured", _("Measured"), "number"),
        Field("expected", _("Expected"), "number"),
        Field("unit", _("Unit"), "line"),
        Field("period", _("Period"), "line"),
        Field("source", _("Source"), "line"),
        Field("said", _("What it says"), "text"),
    )
    now = {each.name: None for each in fields} | {"criterion": "effectiveness"}
    return Form(f"action/{about.node['id']}/result", _("Record a result"), fields, now, NEW, {_("Record the result"): _measure(about)})


def _measure(about: Subject) -> Any:
    def send(typed: Typed, _version: int, _file: Any) -> str:
        _ = about.words
        actor = about.session.actor
        assert actor is not None
        record_result(about.session.records, actor, Result(about.node["id"], **{**typed, "name": typed["name"] or ""}))
        return _("The result is recorded.")

    return send
