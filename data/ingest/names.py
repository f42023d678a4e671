"""From what a file calls places and indicators to their ids."""

import difflib
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from data.ingest.fault import Fault
from data.model import Text
from data.problems import N_

TOTAL = re.compile(r"(sub|gran |grand )?total(es|s)?\b.*|suma\b.*|sum\b.*|overall|todos|todas|all", re.IGNORECASE)
MOST_HINTS = 200
"""Looking for a near name is slow: a file full of unknown names needs no hint at each."""


class Named(Protocol):
    """A place or an indicator."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> Text: ...


class Register:
    """Finds things by id, by the names a source gives them, or by their own name in any language."""

    def __init__(self, what: str, things: Iterable[Named], declared: Mapping[str, str], columns: Sequence[str] = ()) -> None:
        self.what, self.columns = what, columns
        self.hints = 0
        self.ids: dict[str, set[str]] = {}
        for thing in things:
            names = [thing.name] if isinstance(thing.name, str) else thing.name.values()
            for name in (thing.id, *names):
                self.ids.setdefault(_folded(name), set()).add(thing.id)
        # An id means its own thing, also where another thing has it for a name.
        self.exact = {found: found for known in self.ids.values() for found in known}
        self.ids |= {_folded(name): {found} for name, found in declared.items()}
        self.exact |= declared

    def find(self, text: str) -> str | Fault:
        """The id, or what is wrong with the name."""
        if not text:
            return Fault("no {what} is named", "write its id or its name", {"what": self.what})
        found = {self.exact[text]} if text in self.exact else self.ids.get(_folded(text), set())
        return next(iter(found)) if len(found) == 1 else self._fault(text, found)

    def _fault(self, text: str, found: set[str]) -> Fault:
        values = {"found": text[:80], "what": self.what, "ids": ", ".join(sorted(found))}
        if found:
            return Fault("{found!r} is the name of several: {ids}", "write the id, or declare it under `names`", values)
        if self.what == "place" and TOTAL.fullmatch(text):
            return Fault("{found!r} is a total, not a place: it would count everything twice", *self._without(text, values))
        hint = N_("write {near}, declare the name under `names`, or define the {what} first")
        return Fault("{found!r} is not a known {what}", hint, {**values, "near": self._near(text)})

    def _without(self, text: str, values: Mapping[str, str]) -> tuple[str, dict[str, str]]:
        """How a row is left out; of joined columns nobody knows which one holds the text."""
        if len(self.columns) != 1:
            return N_("declare the row under `leave_out`, or remove it; a place of its own is declared under `names`"), {**values}
        said = {part: json.dumps(one, ensure_ascii=False) for part, one in (("text", text), ("column", self.columns[0]))}
        hint = N_("declare `leave_out: {{{column}: [{text}]}}`, or remove the row; a place of its own is declared under `names`")
        return hint, {**values, **said}

    def _near(self, text: str) -> str:
        self.hints += 1
        near = difflib.get_close_matches(_folded(text), self.ids, 3) if self.hints <= MOST_HINTS else []
        return " or ".join(sorted({found for name in near for found in self.ids[name]})) or "a known id"


def _folded(name: str) -> str:
    """Upper and lower case, and the two ways to write an accent, are one name."""
    return unicodedata.normalize("NFC", name).strip().casefold()
