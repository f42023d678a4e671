"""Roles, areas and changes of the records in words."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from dashboards import formats
from dashboards.administration import reviews_said
from dashboards.plan import areas, doing, shown, vocabulary
from dashboards.plan.action import history
from dashboards.practices.vocabulary import STRENGTHS
from dashboards.session import Session
from dashboards.words import N_, translator
from data.access import Role
from data.records.log import Entry, referred

ACTIONS = {
    **history.ACTIONS,
    **reviews_said.ACTIONS,
    "keep_people": N_("kept the people"),
    "make_plan": N_("made a plan"),
    "record_decision": N_("recorded a decision"),
    "record_outcome": N_("recorded a success or a failure"),
    "record_result": N_("recorded a result"),
}
OBJECTS = {
    **history.OBJECTS, **reviews_said.OBJECTS,
    "person": N_("person"), "role": N_("role"), "post": N_("post"), "holding": N_("who holds a post"), "plan": N_("plan"),
    "plan_file": N_("file of a plan"), "plan_link": N_("link between plans"), "plan_version": N_("version of a plan"),
    "progress": N_("report"), "decision": N_("decision"), "outcome": N_("success or failure"), "result": N_("result"),
}  # fmt: skip
COLUMNS = {
    **history.COLUMNS,
    "person": N_("person"), "email": N_("e-mail"), "role": N_("role"), "post": N_("post"), "plan": N_("plan"), "node": N_("action"),
    "milestone": N_("stage"), "decision": N_("decision"), "other": N_("other plan"), "kind": N_("kind"),
    "weights": N_("how its parts count"),
    "number": N_("version"), "day": N_("day"), "reason": N_("kind of reason"), "why": N_("why"), "body": N_("who decided"),
    "what": N_("what happened"), "lesson": N_("what was learnt"), "corrective": N_("what is done about it"), "succeeded": N_("success"),
    "criterion": N_("criterion"), "measured": N_("measured"), "expected": N_("expected"), "unit": N_("unit"), "period": N_("period"),
    "said": N_("what was said"), "format": N_("format"), "stage": N_("stage of its kind"), "judged_by": N_("judged by"),
    "brought_by": N_("brought by"), **reviews_said.COLUMNS,
}  # fmt: skip
"""Columns that people have a word for; the others are for machines."""
DAYS = ("starts", "ends", "first_starts", "first_ends", "due", "done_on", "day")
WORDS: dict[str, Mapping[str, str]] = {
    "role": doing.ROLES, "status": vocabulary.STATUSES, "state": {**history.STATES, **reviews_said.STATES}, "pdca": vocabulary.PDCA,
    "reason": vocabulary.REASONS, "criterion": vocabulary.CRITERIA, "weights": vocabulary.WEIGHTS,
    "strength": STRENGTHS, "kind": {**shown.KINDS, **vocabulary.LINKS},
}  # fmt: skip
Names = Mapping[tuple[str, int], Any]


def role(session: Session, held: Role) -> str:
    """editor of an area (Public works); an editor without an area is one of all."""
    _ = translator(session.locale)
    said = _(doing.ROLES[held.role]) if held.role in doing.ROLES else held.role
    where = areas.name(session, held.area) or (_("all areas") if held.role == "editor" else "")
    return f"{said} ({where})" if where else said


def roles(session: Session, held: Iterable[Role]) -> str:
    """All of one person."""
    _ = translator(session.locale)
    return ", ".join(sorted(role(session, each) for each in held)) or _("no role: reads only")


def action(session: Session, entry: Entry) -> str:
    """What somebody did: brought evidence."""
    _ = translator(session.locale)
    return _(ACTIONS[entry.action]) if entry.action in ACTIONS else entry.action


def kind(session: Session, name: str) -> str:
    """What a table's rows are called."""
    _ = translator(session.locale)
    return _(OBJECTS[name]) if name in OBJECTS else name


def change(session: Session, entry: Entry, names: Names) -> list[str]:
    """What changed: first which row, then column by column."""
    _, what = translator(session.locale), formats.sentence(kind(session, entry.object))
    if not entry.was:
        return [_("New: {what}", what=_whole(session, entry, entry.now, names))]
    if not entry.now:
        return [_("Removed: {what}", what=_whole(session, entry, entry.was, names))]
    called = _named(session, names, entry.object, entry.row)
    moved = [name for name in COLUMNS if entry.was.get(name) != entry.now.get(name)]
    said = [
        _("{what} from {was} to {now}", what=_(_column(entry, name)), was=_value(session, entry, name, entry.was.get(name), names),
          now=_value(session, entry, name, entry.now.get(name), names))
        for name in moved
    ]  # fmt: skip
    return [f"{what}: {called}", *map(formats.sentence, said)]


def _whole(session: Session, entry: Entry, row: Mapping[str, Any], names: Names) -> str:
    """person: Ada; of a row without a name, what it says: role: person Ada, role editor of an area, area Public works."""
    what = kind(session, entry.object)
    if (entry.object, entry.row) in names:
        return f"{what}: {_named(session, names, entry.object, entry.row)}"
    _ = translator(session.locale)
    told = [f"{_(_column(entry, name))} {_value(session, entry, name, row[name], names)}" for name in COLUMNS if row.get(name) is not None]
    return f"{what}: {', '.join(told)}" if told else what


def _column(entry: Entry, name: str) -> str:
    """What a column is called in the entry's table."""
    return reviews_said.OF_A_FOLLOW_UP.get(name, COLUMNS[name]) if entry.object == "follow_up" else COLUMNS[name]


def _value(session: Session, entry: Entry, column: str, told: Any, names: Names) -> str:
    _ = translator(session.locale)
    if told is None or told in ("", []):
        return _("nothing")
    table = referred(entry, column)
    if table:
        return _named(session, names, table, told)
    if column in WORDS and isinstance(told, str):
        return _(WORDS[column].get(told, told))
    return SAID[column](session, told) if column in SAID else history.plain(session, told)


def _day(session: Session, told: str) -> str:
    return formats.day(date.fromisoformat(told), session.locale)


def _place(session: Session, told: str) -> str:
    found = session.definitions.place.get(told)
    return session.say(found.name) if found else told


def _indicators(session: Session, told: list[str]) -> str:
    return ", ".join(session.say(session.indicator(name).name) if name in session.measured else name for name in told)


SAID: dict[str, Callable[[Session, Any], str]] = {
    "area": areas.name,
    "place": _place,
    "indicators": _indicators,
    **dict.fromkeys(DAYS, _day),
}


def _named(session: Session, names: Names, table: str, number: int) -> str:
    called = names.get((table, number))
    return session.say(called) if called else f"{kind(session, table)} {number}"
