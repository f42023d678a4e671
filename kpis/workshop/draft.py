"""A goal as somebody is writing it, and what that would make of the home's definitions: problems at the lines in view, and a catalogue."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from data.definitions import Definitions
from data.facts import Facts
from data.home import Home
from data.problems import N_, Problem, Refused
from data.yaml_file import parse
from data.yaml_text import value_at
from kpis.catalogue import Catalogue, as_written
from kpis.checking import faults
from kpis.definition_files import Written, goal_files, read_goals
from kpis.rules import WARNINGS, broken
from kpis.widths import widened
from kpis.workshop import parts
from kpis.workshop.parts import Part

NO_GOAL = (
    N_("no goal stands here any more"),
    N_("write it again, beginning with `- id:`, or give up these changes; a goal given up for good is taken out of its file by hand"),
)
"""The reason for a change is written into the goal: without one there is no place for it."""


@dataclass(frozen=True)
class Draft:
    """Texts in the place of parts of files: a goal's, then what the place wants of it, where it wants something of its own.

    `goal` is the id under which it was opened: "" for a new one, and where a whole file is mended.
    """

    goal: str
    place: str
    parts: tuple[Part, ...]
    texts: tuple[str, ...]
    is_new: bool = False

    @property
    def files(self) -> dict[Path, str]:
        """The whole files as they would be."""
        return {part.path: part.in_file(text) for part, text in zip(self.parts, self.texts, strict=True)}

    @property
    def opened(self) -> dict[Path, str | None]:
        """The whole files as they were."""
        return {part.path: part.opened for part in self.parts}

    @property
    def is_whole_file(self) -> bool:
        return not self.goal and not self.is_new

    @property
    def changed(self) -> bool:
        """Whether anything is written that the files do not say."""
        return self.is_new or any(part.shown != text for part, text in zip(self.parts, self.texts, strict=True))

    @property
    def id(self) -> str:
        """The goal's id as it is written now; "" where it cannot be read."""
        found = self.values()[0]
        return str(value_at(found, (0, "id")) or "") if not self.is_whole_file else ""

    def values(self) -> list[object]:
        """What each text says; None where it is no YAML."""
        return [_value(text) for text in self.texts]

    def with_text(self, number: int, text: str) -> "Draft":
        """The draft with another text for one of its parts."""
        return replace(self, texts=tuple(text if n == number else held for n, held in enumerate(self.texts)))

    def moved(self) -> dict[Path, str | None]:
        """What files say now that somebody else has changed since they were opened."""
        now = {part.path: parts.read(part.path) for part in self.parts}
        return {part.path: now[part.path] for part in self.parts if now[part.path] != part.opened}


@dataclass(frozen=True)
class Said:
    """A problem at a line (from 1) of a draft's text, or elsewhere: then `part` is None and the problem names its file and line."""

    part: int | None
    problem: Problem


@dataclass(frozen=True)
class Trial:
    """What a draft would make of the definitions. `catalogue` is None where it cannot be judged."""

    problems: tuple[Said, ...]
    warnings: tuple[Said, ...]
    written: Written
    catalogue: Catalogue | None

    @property
    def own(self) -> tuple[Said, ...]:
        """The problems in the texts in view."""
        return tuple(said for said in self.problems if said.part is not None)

    @property
    def elsewhere(self) -> tuple[Said, ...]:
        return tuple(said for said in self.problems if said.part is None)


def opened(home: Home, goal: str, place: str) -> Draft:
    """A goal and what a place wants of it, as their files say it now; the whole file where its lines cannot be told apart."""
    part = parts.of_goal(parts.goals(home)[goal])
    if not part.margin and part.first == 0 and part.stop == len(part.base.split("\n")):
        return whole_file(part.path)
    own = parts.of_place(home, place, goal)
    found = (part, own) if own else (part,)
    return Draft(goal, place, found, tuple(one.shown for one in found))


def whole_file(path: Path) -> Draft:
    """A file that can only be mended whole."""
    part = parts.whole(path)
    return Draft("", "", (part,), (part.shown,))


def begun(home: Home, text: str, place: str) -> Draft:
    """A new goal that begins with this text."""
    return Draft("", place, (parts.new(home),), (text,), is_new=True)


def tried(home: Home, definitions: Definitions, draft: Draft, facts: Facts | None) -> Trial:
    """The draft before the same rules as `python -m kpis check`."""
    misread: list[Problem] = []
    written = _written(home, definitions, draft.files, misread)
    unread_texts = list(unread(draft))
    catalogue = None if misread or unread_texts or broken(written) else as_written(written)
    wrong = _wrong(written, misread, facts)
    odd = [warning for rule in WARNINGS for warning in rule(written)]
    hidden = {home.short(draft.parts[said.part].path) for said in unread_texts if said.part is not None}
    said = (as_said(home, draft, problem) for problem in wrong if problem.path not in hidden)
    return Trial((*unread_texts, *said), tuple(as_said(home, draft, warning) for warning in odd), written, catalogue)


def in_the_way(home: Home, definitions: Definitions, trial: Trial, facts: Facts | None) -> tuple[Said, ...]:
    """The problems for which a draft cannot be saved: those in view, and those elsewhere that were not there before it."""
    if not trial.elsewhere:
        return trial.own
    known = {_alike(problem) for problem in problems_as_saved(home, definitions, facts)}
    return (*trial.own, *(said for said in trial.elsewhere if _alike(said.problem) not in known))


def problems_as_saved(home: Home, definitions: Definitions, facts: Facts | None) -> list[Problem]:
    """What is wrong with the goals as their files say it now."""
    problems: list[Problem] = []
    written = _written(home, definitions, {}, problems)
    return _wrong(written, problems, facts)


def as_said(home: Home, draft: Draft, problem: Problem) -> Said:
    """A problem of a file at its line in view, where it stands there."""
    for number, (part, text) in enumerate(zip(draft.parts, draft.texts, strict=True)):
        line = part.line(problem.line, text)
        if home.short(part.path) == problem.path and (line is not None or problem.line is None):
            return Said(number, replace(problem, path=None, line=line or 1, key=_key(problem.key, draft)))
    return Said(None, problem)


def _wrong(written: Written, unread: Sequence[Problem], facts: Facts | None) -> list[Problem]:
    """As `kpis check` has it: what becomes of bands that are widened is looked at in goals that hold."""
    found = [*unread, *faults(written, facts)]
    return found or [flaw for flaw, proved in widened(written, facts) if not proved]


def unread(draft: Draft) -> Iterator[Said]:
    """What keeps a text from being read as a goal, at its own line: in the file an open quote or bracket would be found far below."""
    for number, text in enumerate(draft.texts):
        try:
            value = parse(text, "").value
        except Refused as refused:
            yield from (Said(number, replace(problem, path=None)) for problem in refused.problems)
        else:
            if number == 0 and not draft.is_whole_file and not isinstance(value_at(value, (0,)), dict):
                yield Said(number, Problem(*NO_GOAL, line=1))


def _value(text: str) -> object:
    try:
        return parse(text, "").value
    except Refused:
        return None


def _written(home: Home, definitions: Definitions, files: Mapping[Path, str], problems: list[Problem]) -> Written:
    names = list(dict.fromkeys([*goal_files(home), *files]))
    return read_goals(home, definitions, names, problems, files)


def _key(key: str | None, draft: Draft) -> str | None:
    """`kpis.4.target.value` of a file is `target.value` of a goal."""
    if key is None or draft.is_whole_file:
        return key
    return ".".join(key.split(".")[2:]) or None


def _alike(problem: Problem) -> tuple[object, ...]:
    """Problems are the same where they say the same of the same file, on whatever line."""
    said = problem.as_json()
    return problem.path, (problem.key or "").rpartition(".")[2], said["message"]
