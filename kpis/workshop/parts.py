"""The part of a file that somebody looks at and changes: one goal, what one place wants of it, or the whole file where it is broken.

A part is lines of the file as they stand there, less the margin before them, so that what is not changed is written back as it was.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from data.definition_edits import text_of
from data.home import Home
from data.ids import id_of
from data.problems import NotPossibleNow, Refused
from data.yaml_file import Document, parse
from data.yaml_text import value_at
from kpis.definition_files import goal_files

FIRST_LINE = "kpis:\n"
"""What a new file of goals begins with."""
MARK = "\ufeff"
"""Stands unseen before the text of a file that some editors wrote."""


@dataclass(frozen=True)
class Part:
    """Lines `first` to `stop` (from 0, without the last) of a file, less `margin` columns.

    `opened` is the file as it was read, None where there is none yet, and `base` what the part is put into; `lead` are empty
    lines that part it from what stands above.
    """

    path: Path
    opened: str | None
    base: str
    first: int
    stop: int
    margin: int = 0
    lead: int = 0

    @property
    def shown(self) -> str:
        """The part as it was opened; "" for a new goal."""
        cut = [_less(line, self.margin) for line in _lines(self.base)[self.first : self.stop]]
        return "".join(f"{line}\n" for line in cut) if self.margin or self.stop < len(_lines(self.base)) else "\n".join(cut)

    @property
    def standing(self) -> str:
        """The lines as they stand in the file, with their margin."""
        return "\n".join(_lines(self.base)[self.first : self.stop])

    def in_file(self, text: str) -> str:
        """The whole file with this text in the place of the part, its line ends as they were."""
        lines, said = _lines(self.base), text.replace("\r\n", "\n")
        own = _lines(said.removesuffix("\n")) if said or self.lead else []
        new = [*[""] * self.lead, *(f"{' ' * self.margin}{line}" if line.strip() else line for line in own)]
        whole = "\n".join([*lines[: self.first], *new, *lines[self.stop :]])
        if self.stop >= len(lines):
            whole = whole if whole.endswith("\n") else f"{whole}\n"
        opened = self.opened or ""
        return (MARK if opened.startswith(MARK) else "") + (whole.replace("\n", "\r\n") if "\r\n" in opened else whole)

    def line(self, number: int | None, text: str) -> int | None:
        """The line of the text that is this line (from 1) of the file; None where it stands outside the part."""
        if number is None:
            return None
        found = number - self.first - self.lead
        return found if 1 <= found <= max(len(_lines(text)), 1) else None


@dataclass(frozen=True)
class Place:
    """Where a goal stands: its file, and its number in the list `kpis`."""

    path: Path
    index: int


def read(path: Path) -> str | None:
    """A file of definitions; None where there is none. Raises NotPossibleNow where it cannot be read."""
    try:
        return text_of(path)
    except (OSError, UnicodeDecodeError):
        raise NotPossibleNow("{file} cannot be read as UTF-8 text; save it as UTF-8 first", file=path.name) from None


def goals(home: Home) -> dict[str, Place]:
    """Every goal that can be found by its id, also where it is not valid."""
    found: dict[str, Place] = {}
    for path in _definition_files(home):
        for index, value in enumerate(_listed(path)):
            name = value.get("id") if isinstance(value, dict) else None
            if isinstance(name, str):
                found.setdefault(name, Place(path, index))
    return found


def unreadable(home: Home) -> list[Path]:
    """Files of goals and targets that are no YAML, or that hold no list of goals: they can only be mended whole."""
    return [path for path in goal_files(home) if _is_unreadable(path, targets=path.parent == home.targets)]


def of_goal(place: Place) -> Part:
    """The lines of one goal; the whole file where they cannot be told apart."""
    text = read(place.path) or ""
    document = _parsed(_base(text))
    return (document and stretch_of(place.path, text, document, place.index)) or whole(place.path)


def stretch_of(path: Path, text: str, document: Document, index: int) -> Part | None:
    """The lines of the goal with this number in a file's text, read as this document; None where they cannot be told apart."""
    line, _column = document.mark(("kpis", index))
    lines = _lines(_base(text))
    if line is None or not re.match(r" *- ", lines[line - 1]):
        return None
    dash = len(lines[line - 1]) - len(lines[line - 1].lstrip())
    part = _stretch(path, text, line - 1, dash)
    return part if _says(part, [value_at(document.value, ("kpis", index))]) else None


def of_place(home: Home, place: str, goal: str) -> Part | None:
    """The lines of what a place wants of a goal; None where it wants nothing of its own, or where they cannot be told apart."""
    path = home.targets / f"{place}.yaml"
    text = read(path)
    document = _parsed(_base(text)) if text else None
    value = value_at(document.value, ("targets", goal)) if document else None
    if text is None or value is None:
        return None
    key = re.compile(rf"( *)[\"']?{re.escape(goal)}[\"']?:")
    for number, line in enumerate(_lines(_base(text))):
        found = key.match(line)
        part = _stretch(path, text, number, len(found[1])) if found else None
        if part and _says(part, {goal: value}):
            return part
    return None


def says_the_same(part: Part, text: str) -> bool:
    """Whether these very lines are a stretch of another state of the file too; to know that it need not be parsed."""
    base = _base(text)
    before = base.find(f"\n{part.standing}\n")
    return before >= 0 and _stretch(part.path, text, base.count("\n", 0, before + 1), part.margin).standing == part.standing


def room_of_place(home: Home, place: str) -> Part | None:
    """Room for what a place wants of one goal more, after the last one of its file; None where it has none that can be told apart."""
    text = read(home.targets / f"{place}.yaml")
    document = _parsed(_base(text)) if text else None
    listed = value_at(document.value, ("targets",)) if document else None
    found = [part for name in (listed if isinstance(listed, dict) else ()) if (part := of_place(home, place, str(name)))]
    last = max(found, key=lambda part: part.stop, default=None)
    return replace(last, first=last.stop) if last and last.margin else None


def whole(path: Path) -> Part:
    """The whole file."""
    text = read(path)
    base = _base(text or "")
    return Part(path, text, base, 0, len(_lines(base)))


def new(home: Home) -> Part:
    """Room for a new goal at the end of the last file of goals that has room, else in a file of its own."""
    for path in reversed(_definition_files(home)):
        count = len(_listed(path))
        part = of_goal(Place(path, count - 1)) if count else None
        if part and part.margin + part.first:
            spaced = count > 1 and not _lines(part.base)[part.first - 1].strip()
            return Part(path, part.opened, part.base, part.stop, part.stop, part.margin, int(spaced))
    path = home.definitions / f"{id_of('goals', {path.stem for path in _definition_files(home)})}.yaml"
    return Part(path, None, FIRST_LINE, 1, 1, 2)


def _definition_files(home: Home) -> list[Path]:
    return [path for path in goal_files(home) if path.parent == home.definitions]


def _listed(path: Path) -> list[object]:
    try:
        document = _parsed(_base(read(path) or ""))
    except NotPossibleNow:
        return []
    held = value_at(document.value, ("kpis",)) if document else None
    return held if isinstance(held, list) else []


def _is_unreadable(path: Path, *, targets: bool) -> bool:
    try:
        document = _parsed(_base(read(path) or ""))
    except NotPossibleNow:
        return False  # nothing can be shown of it either
    if document is None or not isinstance(document.value, dict):
        return True
    return not isinstance(document.value.get("targets"), dict) if targets else not _listed(path) and not document.value.get("metrics")


@lru_cache(maxsize=64)
def _parsed(text: str) -> Document | None:
    try:
        return parse(text, "")
    except Refused:
        return None


def _stretch(path: Path, text: str, first: int, margin: int) -> Part:
    """From a line to the last one that is further in than its margin."""
    base = _base(text)
    inner = list(_inner(_lines(base), first, margin))
    return Part(path, text, base, first, max(inner, default=first) + 1, margin)


def _inner(lines: list[str], first: int, margin: int) -> Iterator[int]:
    for number in range(first + 1, len(lines)):
        line = lines[number]
        further = len(line) - len(line.lstrip()) > margin
        if line.strip() and further:
            yield number
        elif line.strip() and not line.lstrip().startswith("#"):
            return


def _says(part: Part, value: object) -> bool:
    document = _parsed(part.shown)
    return document is not None and document.value == value


def _lines(text: str) -> list[str]:
    return text.split("\n")


def _base(text: str) -> str:
    """A file's text as it is looked at."""
    return text.removeprefix(MARK).replace("\r\n", "\n")


def _less(line: str, margin: int) -> str:
    return line[min(margin, len(line) - len(line.lstrip())) :]
