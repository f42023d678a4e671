"""What is asked of a decision, about an action or the whole plan, and the decision that was typed."""

from datetime import date
from typing import Any

from dashboards.plan import vocabulary
from dashboards.plan.fields import Field, Typed, day
from dashboards.session import Session
from dashboards.words import translator
from data.plans.deciding import Decision


def fields(session: Session) -> tuple[Field, ...]:
    """In the order in which they are asked."""
    _ = translator(session.locale)
    return (
        Field("title", _("What was decided"), "line"),
        Field("day", _("On"), "day"),
        Field("body", _("Who decided"), "line", hint=_("For example: Council, Mayor")),
        Field("reason", _("Kind of reason"), "choice", vocabulary.options(vocabulary.REASONS, session.locale)),
        Field("why", _("Why"), "text"),
        Field("link", _("Link to the minutes"), "line"),
    )


def begun(asked: tuple[Field, ...]) -> dict[str, Any]:
    """What a form with these fields begins with: nothing, and today."""
    return {each.name: None for each in asked} | {"day": date.today().isoformat()}


def told(typed: Typed, plan: int, node: int | None = None) -> Decision:
    """Without a `node` it is about the whole plan; what is missing in it is refused when it is recorded."""
    return Decision(
        plan, day(typed["day"]) or date.today(), typed["title"] or "", typed["reason"] or "", typed["why"] or "", node,
        typed["body"], typed["link"],
    )  # fmt: skip
