"""The form for a success or a failure with its lesson, of an action or of the whole plan; and the button that says a measure was taken."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from dashboards.plan import vocabulary
from dashboards.plan.fields import Field, Typed, day
from dashboards.plan.form import NEW, Form
from dashboards.session import Session
from dashboards.words import translator
from data.plans.outcomes import Outcome, close_outcome, record_outcome


def outcome(session: Session, title: str, owners: Mapping[int, str], plan: int, node: int | None = None) -> Form:
    """`owners` are the posts by their names; without a `node` it is about the whole plan."""
    _ = translator(session.locale)
    fields = (
        Field("kind", _("Success or failure"), "choice", {"failure": _("a failure"), "success": _("a success")}, needed=True),
        Field("title", _("In a few words"), "line"),
        Field("day", _("On"), "day"),
        Field("reason", _("Kind of reason"), "choice", vocabulary.options(vocabulary.REASONS, session.locale)),
        Field("what", _("What happened"), "text"),
        Field("lesson", _("What was learnt"), "text"),
        Field("corrective", _("What is done about it"), "text", hint=_("A failure needs it, with who owes it and by when")),
        Field("owner", _("Who owes it"), "choice", owners),
        Field("due", _("Until"), "day"),
    )
    now = {each.name: None for each in fields} | {"kind": "failure", "day": date.today().isoformat()}
    name = f"action/{node}/outcome" if node else f"plan/{plan}/outcome"
    return Form(name, title, fields, now, NEW, {_("Record it"): _recorded(session, plan, node)})


def closed(session: Session, row: Mapping[str, Any]) -> Callable[[], str]:
    """What says that the measure after a failure was taken today."""

    def act() -> str:
        _ = translator(session.locale)
        assert session.actor is not None
        close_outcome(session.records, session.actor, row["id"], row["version"], date.today())
        return _("The measure is recorded as taken.")

    return act


def _recorded(session: Session, plan: int, node: int | None) -> Callable[[Typed, int, Any], str]:
    def send(typed: Typed, _version: int, _file: Any) -> str:
        _ = translator(session.locale)
        assert session.actor is not None
        told = Outcome(
            plan, day(typed["day"]) or date.today(), typed["kind"] == "success", typed["title"] or "", typed["reason"] or "",
            typed["what"] or "", typed["lesson"] or "", node, typed["corrective"], typed["owner"], day(typed["due"]),
        )  # fmt: skip
        record_outcome(session.records, session.actor, told)
        return _("It is recorded.")

    return send
