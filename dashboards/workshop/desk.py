"""The draft on the reader's desk, one for each goal and place: it stays while they look at other pages, until it is saved or given up."""

from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import TypeAdapter, ValidationError

from dashboards import session as visit
from dashboards.session import Session
from dashboards.words import Words, translator
from data.definitions import Definitions
from data.facts import Facts
from data.home import Home
from data.model import say
from data.problems import Problem
from kpis.workshop import parts
from kpis.workshop.draft import Draft, begun, opened, whole_file
from kpis.workshop.parts import Part, Place

STAMP, NOTE, FAULTS = "workshop_stamp", "workshop_note", "workshop_faults"
CHOICE = "draft"
"""What is worked on, as the address names it: `workshop?draft=robberies`."""
NEW, FILE = "new", "file:"
_FORM = TypeAdapter(Draft)


@dataclass(frozen=True)
class Bench:
    """Where the work is done; without a `session` the panel itself cannot be opened, and only files are mended."""

    home: Home
    definitions: Definitions
    facts: Facts | None
    place: str
    locale: str
    session: Session | None = None

    @classmethod
    def of(cls, session: Session) -> "Bench":
        return cls(session.home, session.definitions, session.held, session.place, session.locale, session)

    @property
    def words(self) -> Words:
        return translator(self.locale)


def subjects(home: Home) -> list[str]:
    """What can be worked on: every goal, and every file that can only be mended whole, which comes first."""
    broken = [f"{FILE}{home.short(path)}" for path in parts.unreadable(home)]
    return [*broken, *parts.goals(home)]


def troubled(bench: Bench, problems: Sequence[Problem]) -> list[str]:
    """The subjects that these problems are of, in the order of `subjects`: broken files, and goals in whose lines they stand."""
    files = {f"{FILE}{problem.path}" for problem in problems}
    goals = parts.goals(bench.home) if problems else {}
    found = [goal for goal, place in goals.items() if any(_stands_in(bench, part, problems) for part in _parts(bench, goal, place))]
    return [subject for subject in subjects(bench.home) if subject in files or subject in found]


def _parts(bench: Bench, goal: str, place: Place) -> list[Part]:
    """The goal's own lines, and what the place wants of it."""
    own = parts.of_place(bench.home, bench.place, goal)
    return [parts.of_goal(place), *([own] if own else [])]


def _stands_in(bench: Bench, part: Part, problems: Sequence[Problem]) -> bool:
    path, text = bench.home.short(part.path), part.shown.removesuffix("\n")
    return any(problem.path == path and part.line(problem.line, text) for problem in problems)


def name(bench: Bench, subject: str) -> str:
    """What a subject is called in a list."""
    _ = bench.words
    if subject == NEW:
        return _("A new goal")
    if subject.startswith(FILE):
        return _("The whole file {file}, which is broken", file=subject.removeprefix(FILE))
    kpi = bench.session and bench.session.catalogue.kpi.get(subject)
    return f"{say(kpi.name, bench.locale)} · {subject}" if kpi else subject


def lying(bench: Bench, subject: str) -> Draft | None:
    """The draft of a subject; one is opened where none lies there. None for a new goal that was not begun."""
    held = visit.left(_key(bench, subject))
    try:
        found = _FORM.validate_json(held) if isinstance(held, str) else None
    except ValidationError:
        found = None
    if found is not None and (found.changed or not found.moved()):
        return found
    if subject == NEW:
        return None
    return lay(bench, subject, fresh(bench, subject))


def fresh(bench: Bench, subject: str) -> Draft:
    """The subject as its files say it now."""
    if subject.startswith(FILE):
        return whole_file(bench.home.folder / subject.removeprefix(FILE))
    return opened(bench.home, subject, bench.place)


def begin(bench: Bench, text: str) -> None:
    """A new goal that begins with this text."""
    lay(bench, NEW, begun(bench.home, text, bench.place))


def lay(bench: Bench, subject: str, draft: Draft, *, typed: bool = False) -> Draft:
    """Keep the draft. What was typed into its text is there already; anything else is written into the text anew."""
    visit.put(_key(bench, subject), _FORM.dump_json(draft).decode())
    if not typed:
        visit.put(STAMP, stamp() + 1)
    return draft


def clear(bench: Bench, subject: str) -> None:
    """Give the draft up."""
    visit.put(_key(bench, subject), None)
    visit.put(STAMP, stamp() + 1)


def stamp() -> int:
    """Changes whenever a text was changed by something else than typing into it."""
    held = visit.left(STAMP)
    return held if isinstance(held, int) else 0


def _key(bench: Bench, subject: str) -> str:
    return f"workshop_draft_{subject}_{bench.place}"
