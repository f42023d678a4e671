"""Who changed what, in words: the audit trail of an action, its stages, evidence and money."""

from datetime import date
from html import escape
from typing import Any

from dashboards import formats
from dashboards.plan import vocabulary
from dashboards.plan.action.subject import Subject
from dashboards.session import Session
from dashboards.words import N_, translator
from data.records.trail import Change

ACTIONS = {
    "import_plan": N_("took it into the plan"),
    "change_plan": N_("changed what is promised"),
    "describe_action": N_("described it"),
    "report_progress": N_("reported progress"),
    "bring_evidence": N_("brought evidence"),
    "judge_evidence": N_("judged evidence"),
    "keep_budget": N_("wrote a budget line"),
}
OBJECTS = {"node": N_("action"), "milestone": N_("stage"), "evidence": N_("evidence"), "budget_line": N_("budget line")}
COLUMNS = {
    "name": N_("name"), "description": N_("description"), "area": N_("area"), "owner": N_("owner"), "ladder": N_("kind of promise"),
    "status": N_("status"), "status_text": N_("status as imported"), "status_reason": N_("reason of the status"),
    "declared": N_("declared progress"),
    "starts": N_("start"), "ends": N_("end"), "place": N_("neighbourhood"), "latitude": N_("latitude"), "longitude": N_("longitude"),
    "work": N_("key work"), "limits": N_("what stands in the way"), "sdg": N_("SDGs"), "goals": N_("goals"),
    "serves": N_("links to other plans"),
    "weight": N_("weight"), "beneficiaries": N_("beneficiaries"), "left_out": N_("why it does not count"), "parent": N_("part of"),
    "participation": N_("participation"), "pdca": N_("improvement cycle"), "pilot": N_("pilot"), "key": N_("number"), "share": N_("share"),
    "needs": N_("evidence it asks for"), "due": N_("due"), "done_on": N_("reached on"), "title": N_("title"), "link": N_("link"),
    "file_name": N_("file"), "state": N_("state"), "note": N_("note"), "code": N_("code"), "year": N_("year"), "source": N_("source"),
    "currency": N_("currency"), "initial": N_("initial budget"), "modified": N_("modified budget"), "reserved": N_("reserved"),
    "committed": N_("committed"), "accrued": N_("accrued"), "paid": N_("paid"),
}  # fmt: skip
"""What people call a column; the others are for machines and are not shown."""
STATES = {"awaiting": N_("awaiting review"), "accepted": N_("accepted"), "returned": N_("sent back")}


def table(about: Subject) -> str:
    """The changes as an HTML list, the latest first."""
    return f'<ul class="story">{"".join(_entry(about, change) for change in about.history)}</ul>'


def latest(about: Subject, kind: str, row_id: int) -> str:
    """Who changed a row last and when, in one sentence; "" where nothing is known of it."""
    change = next((change for change in about.history if (change.object, change.row) == (kind, row_id)), None)
    if change is None:
        return ""
    _ = about.words
    when = formats.moment(change.at, about.session.locale)
    return _("Saved by {name} on {when}", name=change.actor, when=when)


def sentences(about: Subject, change: Change) -> list[str]:
    """What changed, column by column; of a row that is new or gone only what it is."""
    _ = about.words
    known = {name: pair for name, pair in change.changes.items() if name in COLUMNS}
    if "id" in change.changes and change.changes["id"][1] is None:
        return [_("{what} removed", what=formats.sentence(_(OBJECTS[change.object])))]
    if "id" in change.changes:
        name = change.changes.get("name", change.changes.get("title", (None, None)))[1]
        return [_("new {what}: {name}", what=_(OBJECTS[change.object]), name=about.say(name))]
    return [
        _("{what} from {was} to {now}", what=_(COLUMNS[column]), was=value(about, column, was), now=value(about, column, now))
        for column, (was, now) in known.items()
    ]


def value(about: Subject, column: str, told: Any) -> str:
    """What a column holds, in words."""
    _, locale = about.words, about.session.locale
    if told is None or told == "" or told == []:
        return _("nothing")
    words = {"status": vocabulary.STATUSES, "state": STATES, "pdca": vocabulary.PDCA}.get(column)
    if words:
        return _(words.get(told) or str(told))
    if column in ("area", "place", "owner"):
        return {"area": about.area, "place": about.place, "owner": about.post}[column](told) or str(told)
    if column in ("serves", "goals"):
        named = about.linked(told) if column == "serves" else about.goals(told)
        return ", ".join(named.values())
    if column in ("starts", "ends", "due", "done_on"):
        return formats.day(told if isinstance(told, date) else date.fromisoformat(told), locale)
    return plain(about.session, told)


def plain(session: Session, told: Any) -> str:
    """A number, a text, a list or yes and no, in the reader's language."""
    _, locale = translator(session.locale), session.locale
    if isinstance(told, bool):
        return _("yes") if told else _("no")
    if isinstance(told, int | float):
        return formats.number(told, 0 if told == int(told) else 2, locale)
    if isinstance(told, list):
        return ", ".join(str(each) for each in told)
    if isinstance(told, dict) and set(told) <= set(vocabulary.PARTICIPATION_PHASES):
        levels = vocabulary.PARTICIPATION_LEVELS
        return ", ".join(f"{_(vocabulary.PARTICIPATION_PHASES[phase])}: {_(levels[level])}" for phase, level in told.items())
    return session.say(told)


def _entry(about: Subject, change: Change) -> str:
    _, when = about.words, formats.moment(change.at, about.session.locale)
    action = _(ACTIONS[change.action]) if change.action in ACTIONS else change.action
    said = "".join(f'<span class="note">{escape(text)}</span>' for text in sentences(about, change))
    return f"<li><time>{escape(when)}</time><div><p><b>{escape(change.actor)}</b> {escape(action)}</p>{said}</div></li>"
