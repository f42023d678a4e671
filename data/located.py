"""What is wrong at a place of a definition file, said with its line and column, and with the known names that are near."""

from collections.abc import Callable, Iterable
from difflib import get_close_matches

from data.problems import N_, Problem
from data.yaml_file import Document


def twice(ids: Iterable[str], where: Callable[[int], tuple], document: Document) -> list[Problem]:
    """A problem for each id that was given before; `where` turns its number into its location in the document."""
    first: dict[str, int] = {}
    problems = []
    for index, name in enumerate(ids):
        if name in first:
            problems.append(at(document, where(index), "the id {name!r} is given twice", "rename one of them", name=name))
        first.setdefault(name, index)
    return problems


def at(document: Document, location: tuple, message: str, hint: str, **values: object) -> Problem:
    """A problem at a location of a document, such as ("indicators", 3, "theme")."""
    line, column = document.mark(location)
    key = ".".join(str(part + 1) if isinstance(part, int) else str(part) for part in location)
    return Problem(message, hint, document.path, line, column, key or None, values)


def unknown(document: Document, location: tuple, what: str, name: str, known: Iterable[str]) -> Problem:
    """A problem for an id that nothing defines; the hint names the near ones."""
    message, hint = N_("{name!r} is not a known {what}"), N_("write {near}, or define it first")
    return at(document, location, message, hint, name=name, what=what, near=near(name, known))


def near(name: str, known: Iterable[str]) -> str:
    """The known ids that look most like a name, for a hint."""
    return ", ".join(get_close_matches(name, list(known), 3)) or "one that is defined"
