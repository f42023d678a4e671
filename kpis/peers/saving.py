"""Where groups of places are written from the panel: a new one, one that is changed or removed, and the way back.

They stand in `data/places.yaml` beside the places, of which nothing else is touched; who wrote, when and why goes into its `changes:`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from data.definition_edits import text_of
from data.definitions import Definitions, contradictions, read_part
from data.home import Home
from data.places import Group as Known
from data.places import Places
from data.problems import N_, Problem, Refused
from data.yaml_file import Document, parse
from data.yaml_text import appended, value_at, with_value
from kpis.saving import Draft, Shelf

FILE, KEY = "places", "groups"
GONE = N_("there is no such group any more"), N_("look at the groups that there are")
MEANWHILE = N_("somebody else changed this group meanwhile"), N_("open it again, and write down anew what is to change")
ASKED = ("name", "places", "why")
"""The keys of a group that a form asks for."""
Group = Mapping[str, Any]


def groups(home: Home) -> Shelf:
    """The file that holds them."""
    return Shelf(home, home.places.parent, "keep_group", "group", GONE)


def begun(home: Home, group: Group) -> Draft:
    """The file with a group more; what it says nothing of is not written."""
    opened = _opened(home)
    return Draft(home.places, appended(opened, (KEY,), {key: value for key, value in group.items() if value}), opened)


def changed(home: Home, group: Group, seen: Known) -> Draft:
    """The file with what is asked of the group of this id as it is told, all else as it was.

    Raises Refused where there is none, or it says something else by now than what was `seen` of it when the form was filled.
    """
    text = opened = _opened(home)
    number = _number(opened, seen)
    for key in ASKED:
        if value_at(parse(text, "").value, (KEY, number, key)) != (group.get(key) or None):
            text = with_value(text, (KEY, number, key), group.get(key) or None)
    return Draft(home.places, text, opened)


def without(home: Home, seen: Known) -> Draft:
    """The file without a group; the list of the others is written anew. Raises Refused as `changed`."""
    opened = _opened(home)
    number, held = _number(opened, seen), _held(opened)
    return Draft(home.places, _with_groups(opened, [*held[:number], *held[number + 1 :]]), opened)


def undone(home: Home) -> Draft:
    """The file with the groups as they were before one was last written, changed or removed. Raises Refused where none ever was."""
    opened, before = _opened(home), groups(home).earlier(FILE, KEY)
    if before is None:
        raise Refused([Problem(N_("no group was ever written, changed or removed here"), N_("there is nothing to bring back"))])
    return Draft(home.places, _with_groups(opened, before[0] or []), opened)


def prove(home: Home, definitions: Definitions, draft: Draft) -> None:
    """Raises Refused, with every fault, where the draft does not hold."""
    problems: list[Problem] = []
    told, document = read_part(Places, home.places, home, problems, draft.text)
    if told is not None:
        found = replace(definitions, places=told.places, traits=told.traits, groups=told.groups, sizes=told.sizes)
        nothing = Document("", None, {})
        problems += contradictions(found, nothing, document, nothing)
    if problems:
        raise Refused(problems)


def _opened(home: Home) -> str:
    return text_of(home.places) or ""


def _held(text: str) -> Sequence[Any]:
    return value_at(parse(text, "").value, (KEY,)) or ()


def _number(text: str, seen: Known) -> int:
    """Where a group stands in the list, as long as it is the one that was seen: whoever was faster is not undone unseen."""
    held = _held(text)
    found = next((number for number, each in enumerate(held) if isinstance(each, dict) and each.get("id") == seen.id), None)
    if found is None:
        raise Refused([Problem(*GONE)])
    if any(_told(held[found].get(key)) != _told(getattr(seen, key)) for key in ASKED):
        raise Refused([Problem(*MEANWHILE)])
    return found


def _told(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value or None


def _with_groups(text: str, held: Sequence[Any]) -> str:
    """With these groups and no others, each on a line of its own."""
    emptied = with_value(text, (KEY,), None)
    return with_value(emptied, (KEY,), list(held)) if held else emptied
