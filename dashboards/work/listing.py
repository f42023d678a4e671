"""What is owed as tables: what was sent back first, then by how pressing it is, each with one link to where it is done."""

from collections.abc import Sequence
from datetime import date, timedelta
from html import escape

from dashboards import formats
from dashboards.plan.area.duties import until
from dashboards.plan.tables import NUMBER, table
from dashboards.session import Session
from dashboards.words import N_, Words, translator
from data.access import Object, may
from kpis.reviews.owed import Duty, Text

SOON = timedelta(days=7)
AT_ONCE = 8
"""Rows of a group that are in sight; the others unfold."""

KINDS = {
    "value": N_("Value"),
    "report": N_("Report"),
    "evidence": N_("Evidence"),
    "analysis": N_("Analysis"),
    "risk": N_("Risk"),
    "follow_up": N_("Follow-up"),
    "concern": N_("Concern"),
    "measure": N_("Corrective measure"),
}
MANY = {
    "value": N_("Values"),
    "report": N_("Reports"),
    "evidence": N_("Evidence"),
    "analysis": N_("Analyses"),
    "risk": N_("Risks"),
    "follow_up": N_("Follow-ups"),
    "concern": N_("Concerns"),
    "measure": N_("Corrective measures"),
}
"""What the kinds are called, of one and of many."""
TEXTS = {"analysis": "write_analysis", "risk": "weigh_risk"}
"""The kinds that are written of goals, and what leave is asked for."""
STATES = {
    ("value", "owed"): N_("not typed yet"),
    ("value", "draft"): N_("typed, not sent"),
    ("value", "returned"): N_("sent back"),
    ("report", "never"): N_("never reported"),
    ("report", "old"): N_("not reported since the review before"),
    ("evidence", "due"): N_("nothing shows that the stage was reached"),
    ("evidence", "unproved"): N_("said to be reached, and nothing shows it"),
    ("evidence", "returned"): N_("sent back, to be brought again"),
    ("analysis", "open"): N_("what moved it, and why"),
    ("risk", "open"): N_("what could keep the target from being met, and what is done about it"),
    ("follow_up", "open"): N_("promised"),
    ("concern", "open"): N_("waits for an answer"),
    ("measure", "open"): N_("still to be taken"),
}
"""What is asked, by kind and state."""


def block(session: Session, duties: Sequence[Duty], day: date) -> str:
    """The groups that hold something, as HTML; "" where nothing is owed."""
    _ = translator(session.locale)
    return "".join(_group(session, name, rows, day, _) for name, rows in groups(duties, day, _) if rows)


def groups(duties: Sequence[Duty], day: date, _: Words) -> list[tuple[str, list[Duty]]]:
    """Each duty once: sent back; overdue; within a week; later; without a day."""
    back = [duty for duty in duties if duty.state == "returned"]
    rest = [duty for duty in duties if duty.state != "returned"]
    over = [duty for duty in rest if duty.overdue(day)]
    ahead = [duty for duty in rest if duty.due and duty.due >= day]
    soon = [duty for duty in ahead if duty.due and duty.due <= day + SOON]
    return [
        (_("Sent back"), back), (_("Overdue"), over), (_("Within a week"), soon),
        (_("Later"), [duty for duty in ahead if duty not in soon]), (_("Without a day"), [duty for duty in rest if duty.due is None]),
    ]  # fmt: skip


def said(session: Session, text: Text) -> str:
    """A name in the reader's language."""
    return session.say(text if isinstance(text, str) else dict(text))


def asked(duty: Duty, _: Words) -> str:
    """The kind of a duty, and what is asked; how many there are, where it stands for several."""
    kind = _(KINDS[duty.kind]) if duty.count == 1 else _.ngettext("{n} value", "{n} values", duty.count, n=duty.count)
    return f"{kind}: {_(STATES[duty.kind, duty.state])}"


def _group(session: Session, name: str, rows: list[Duty], day: date, _: Words) -> str:
    titles = [(_("What"), ""), (_("What is asked"), ""), (_("Day"), NUMBER), (_("How long"), NUMBER)]
    drawn = [_row(session, duty, day, _) for duty in rows]
    first, more = table(titles, [("", drawn[:AT_ONCE])], name, "owed"), ""
    if len(rows) > AT_ONCE:
        left = sum(duty.count for duty in rows[AT_ONCE:])
        told = escape(_.ngettext("{n} more", "{n} more", left, n=left))
        more = f"<details><summary>{told}</summary>{table(titles, [('', drawn[AT_ONCE:])], name, 'owed')}</details>"
    return f'<div class="owed-head"><h3>{escape(name)}: {sum(duty.count for duty in rows)}</h3></div>{first}{more}'


def _row(session: Session, duty: Duty, day: date, _: Words) -> list[str]:
    when = formats.day(duty.due, session.locale) if duty.due else formats.NOTHING
    far = until((duty.due - day).days, session.locale) if duty.due else ""
    link, name = address(session, duty), escape(said(session, duty.name))
    name = f'<a href="{escape(link)}">{name}</a>' if link else name
    part = f'<span class="note">{escape(said(session, duty.part_of))}</span>' if duty.part_of else ""
    note = f'<span class="note">{escape(duty.said)}</span>' if duty.said else ""
    return [name + part, f"{escape(asked(duty, _))}{note}{_here(session, duty, _)}", escape(when), escape(far)]


def address(session: Session, duty: Duty) -> str:
    """Where the duty is done; "" for values, which are typed on this very page."""
    if duty.kind == "value":
        return ""
    if duty.kind in TEXTS:
        return session.address("goal", kpi=str(duty.what))
    if duty.kind in ("follow_up", "concern"):
        return session.address({"follow_up": "followups", "concern": "concerns"}[duty.kind], id=str(duty.what))
    return session.address("action", node=str(duty.node)) if duty.node else session.address("accountability")


def _here(session: Session, duty: Duty, _: Words) -> str:
    """The way to the form on this page, for whoever may report the action, or write of the goal."""
    actor = session.actor
    if actor and duty.kind == "report" and may(actor, "report_progress", Object("node", duty.area)):
        link, told = session.address("work", report=str(duty.node)), _("Report it here")
    elif actor and duty.kind in TEXTS and may(actor, TEXTS[duty.kind], Object(duty.kind, duty.area)):
        link, told = session.address("work", goal=str(duty.what)), _("Write it here")
    else:
        return ""
    link, told = escape(link), escape(told)
    return f' <a href="{link}">{told}</a>'
