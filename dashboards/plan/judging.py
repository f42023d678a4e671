"""The form in which somebody outside an area accepts its evidence, or sends it back."""

from typing import Any

from dashboards.plan import form
from dashboards.plan.fields import Field, Typed
from dashboards.plan.form import NEW, Form
from dashboards.session import Session
from dashboards.words import translator
from data.plans.evidence import judge

Row = dict[str, Any]
PLACE = "judged"
"""Where the page says what became of it: the form is gone once it is judged."""


def show(session: Session, piece: Row) -> None:
    """A note and two buttons; the paper itself is shown by whoever calls."""
    _ = translator(session.locale)
    fields = (Field("note", _("Note; what is missing, where you send it back"), "line"),)
    sends = {
        _("Accept"): _judge(session, piece, "accepted"),
        _("Send back with the note"): _judge(session, piece, "returned"),
    }
    form.show(session, Form(f"judge/{piece['id']}", "", fields, {"note": None}, NEW, sends, in_a_row=True, said_at=PLACE))


def _judge(session: Session, piece: Row, state: str) -> Any:
    def send(typed: Typed, _version: int, _file: Any) -> str:
        _, actor = translator(session.locale), session.actor
        assert actor is not None
        judge(session.records, actor, piece["id"], piece["version"], state, typed["note"] or "")
        return _("Accepted: it counts as proved.") if state == "accepted" else _("Sent back to the area, with your note.")

    return send
