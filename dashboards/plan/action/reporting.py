"""The form in which an area says how far an action is."""

from datetime import date
from typing import Any

from dashboards.plan import form, vocabulary
from dashboards.plan.action import history
from dashboards.plan.action.subject import Subject
from dashboards.plan.fields import Field, Typed
from dashboards.plan.form import Form
from data.plans.reporting import Report, report


def show(about: Subject) -> None:
    """Draws nothing for whoever may not."""
    if about.leaf and about.may("report_progress"):
        form.fold(about.session, form_of(about))


def form_of(about: Subject, said_at: str = "") -> Form:
    """The form; what was done is said at another place of the page where `said_at` names one."""
    _, node = about.words, about.node
    offered = vocabulary.reported(node["status"], about.session.locale)
    fields = (
        Field("declared", _("Declared progress, in %"), "number", hint=_("0 to 100, as the area sees it. It proves nothing by itself.")),
        Field("status", _("Status"), "choice", offered, _("A decision cancels an action: the area proposes its removal.")),
        Field("said", _("What happened since the last report"), "text"),
        Field("reason", _("Why it is stopped, where it is"), "text"),
    )
    now = {"declared": node["declared"], "status": node["status"], "said": None, "reason": node["status_reason"]}
    changed = history.latest(about, "node", node["id"])
    return Form(
        f"action/{node['id']}/report",
        _("Report progress"),
        fields,
        now,
        node["version"],
        {_("Send the report"): _send(about)},
        ("declared", "status", "reason"),
        changed,
        said_at=said_at,
    )


def _send(about: Subject) -> Any:
    def send(typed: Typed, version: int, _file: Any) -> str:
        _ = about.words
        actor = about.session.actor
        assert actor is not None
        told = Report(about.node["id"], version, date.today(), typed["declared"], typed["status"], typed["said"], typed["reason"])
        report(about.session.records, actor, told)
        return _("The report is saved.")

    return send
