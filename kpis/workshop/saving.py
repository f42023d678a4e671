"""A draft becomes its files, all of it or nothing, with an entry of `changes:` in each goal that it changes; and the way back."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from data.definition_edits import exchange
from data.definition_swap import replaced
from data.definitions import Definitions
from data.facts import Facts
from data.home import Home
from data.problems import N_, NotPossibleNow, Problem, Refused
from data.yaml_file import parse
from data.yaml_text import appended, value_at, with_value, written
from kpis.record import Value
from kpis.workshop import parts
from kpis.workshop.draft import Draft, Trial, in_the_way, tried, unread
from kpis.workshop.parts import Part

RECORD = "changes"
LONGEST = 2000
"""Characters of a value that are recorded."""
OLDEST = 200
"""Times that something was replaced among which the way back is looked for."""


def save(home: Home, definitions: Definitions, draft: Draft, by: str, reason: str, on: date, facts: Facts | None) -> list[str]:
    """Writes the draft with its entry of `changes:`; returns the names of the files that changed.

    Raises Refused where who or why is not said, or the draft has problems, and NotPossibleNow where a file was changed by
    somebody else or cannot be written; then every file is as it was.
    """
    _require_a_reason(by, reason)
    if found := list(unread(draft)):
        raise Refused([said.problem for said in found])
    recorded = with_record(draft, by.strip(), reason.strip(), on)

    def prove() -> None:
        trial: Trial = tried(home, definitions, recorded, facts)
        if found := in_the_way(home, definitions, trial, facts):
            raise Refused([said.problem for said in found])

    exchange(home, recorded.files, recorded.opened, prove)
    return [home.short(path) for path, text in recorded.files.items() if text != recorded.opened[path]]


def with_record(draft: Draft, by: str, reason: str, on: date) -> Draft:
    """The draft with one entry more in the `changes:` of each goal that it changes. Raises Refused where that cannot be written."""
    entry = {"date": on.isoformat(), "by": by, "reason": reason}
    if draft.is_whole_file:
        return draft.with_text(0, _with_records(draft.parts[0], draft.texts[0], entry))
    fields = list(_fields(draft)) if not draft.is_new else []
    return draft.with_text(0, appended(draft.texts[0], (0, RECORD), {**entry, **({"fields": fields} if fields else {})}))


def before(home: Home, draft: Draft) -> Draft | None:
    """The draft with what the files said before the last change of this goal that was saved; None where none was kept.

    The entries of `changes:` stay: going back is a change too.
    """
    if not draft.goal:
        return None
    draft = _with_room(home, draft)
    folders = sorted(replaced(home).iterdir(), reverse=True)[:OLDEST] if replaced(home).is_dir() else []
    for folder in folders:
        kept = [_kept(home, folder, draft, part) for part in draft.parts]
        texts = [part.shown if text is None else text for part, text in zip(draft.parts, kept, strict=True)]
        if any(_plain(text) != _plain(part.shown) for part, text in zip(draft.parts, texts, strict=True)):
            return _without_room(replace(draft, texts=(_with_entries_of(texts[0], draft.parts[0].shown), *texts[1:])))
    return None


def _with_room(home: Home, draft: Draft) -> Draft:
    """The draft with room for what the place wants of the goal, where it wants nothing of its own any more: it may have, before."""
    room = parts.room_of_place(home, draft.place) if len(draft.parts) == 1 else None
    return replace(draft, parts=(*draft.parts, room), texts=(*draft.texts, room.shown)) if room else draft


def _without_room(draft: Draft) -> Draft:
    """The draft without the room, where nothing came into it."""
    held = [number for number, (part, text) in enumerate(zip(draft.parts, draft.texts, strict=True)) if part.shown or text]
    return replace(draft, parts=tuple(draft.parts[n] for n in held), texts=tuple(draft.texts[n] for n in held))


def _require_a_reason(by: str, reason: str) -> None:
    asked = (("reason", reason, N_("nobody has said why"), N_("write the reason")), ("by", by, N_("nobody has said who"), N_("write who")))
    if missing := [Problem(message, hint, key=key) for key, said, message, hint in asked if not said.strip()]:
        raise Refused(missing)


def _fields(draft: Draft) -> Iterator[dict[str, object]]:
    """Every key that says something else than it did: the goal's, then those of what the place wants of it."""
    for number, (part, now) in enumerate(zip(draft.parts, draft.values(), strict=True)):
        was = parse(part.shown, "").value if part.shown.strip() else None
        location: tuple[str | int, ...] = (0,) if number == 0 else (draft.goal,)
        place = {} if number == 0 else {"place": draft.place}
        for field in _differences(value_at(was, location), value_at(now, location)):
            yield {"key": field["key"], **place, "from": field["from"], "to": field["to"]}


def _differences(was: Any, now: Any) -> Iterator[dict[str, object]]:
    old, new = dict(_leaves(was)), dict(_leaves(now))
    for key in dict.fromkeys([*old, *new]):
        if old.get(key) != new.get(key):
            yield {"key": key, "from": old.get(key), "to": new.get(key)}


def _leaves(value: Any, key: str = "") -> Iterator[tuple[str, Value]]:
    if isinstance(value, dict) and value:
        for name, inner in value.items():
            if key or name != RECORD:
                yield from _leaves(inner, f"{key}.{name}" if key else str(name))
    elif key:
        yield key, _recorded(value)


def _recorded(value: Any) -> Value:
    """A value as it is recorded: a list, or a group without keys, as it is written."""
    if value is None or isinstance(value, bool | int | float):
        return value
    return (value if isinstance(value, str) else written(value))[:LONGEST]


def _with_records(part: Part, text: str, entry: Mapping[str, Any]) -> str:
    """A file that was mended whole: each goal whose lines are not as they were has an entry; from the last up, for lines above stay."""
    document = parse(text, "")
    listed = value_at(document.value, ("kpis",))
    old = _old_goals(part.base)
    for index in reversed(range(len(listed) if isinstance(listed, list) else 0)):
        goal = parts.stretch_of(part.path, text, document, index)
        if goal is None or goal.standing in part.base or not isinstance(listed[index], dict):
            continue
        fields = list(_differences(old.get(_id(listed[index]), listed[index]), listed[index]))
        text = goal.in_file(appended(goal.shown, (0, RECORD), {**entry, **({"fields": fields} if fields else {})}))
    return text


def _old_goals(text: str) -> dict[str, Any]:
    try:
        listed = value_at(parse(text, "").value, ("kpis",))
    except Refused:
        return {}
    return {_id(goal): goal for goal in listed if isinstance(goal, dict)} if isinstance(listed, list) else {}


def _id(goal: Mapping[str, Any]) -> str:
    """In a broken file it may be a list or a group."""
    return str(goal.get("id"))


def _kept(home: Home, folder: Path, draft: Draft, part: Part) -> str | None:
    """What a part said in a file that was kept aside; None where that file was not replaced then, or did not hold it."""
    path = folder / part.path.relative_to(home.folder)
    try:
        text = parts.read(path)
    except NotPossibleNow:
        return None
    if text is None:
        return None
    if part.shown and parts.says_the_same(part, text):
        return part.shown
    if part.path.parent == home.targets:
        found = parts.of_place(Home(folder), draft.place, draft.goal)
    else:
        place = parts.goals(Home(folder)).get(draft.goal)
        found = parts.of_goal(place) if place else None
    return found.shown if found else None


def _plain(text: str) -> str:
    """A text without its entries of `changes:`."""
    try:
        return with_value(text, (0, RECORD), None)
    except Refused:
        return text


def _with_entries_of(text: str, now: str) -> str:
    """An older text with the entries that it did not have yet."""
    entries = value_at(parse(now, "").value, (0, RECORD)) or []
    held = value_at(parse(text, "").value, (0, RECORD)) or []
    for entry in entries[len(held) :]:
        text = appended(text, (0, RECORD), entry)
    return text
