"""The definitions in force: those on disk, or while a file there is broken the last valid ones that this process has read.

A slip in one file must not take the panel from everybody; it is said beside what still holds, with file and line.
"""

from dataclasses import dataclass

from data import definitions
from data.definitions import Definitions
from data.home import Home
from data.problems import Problem, Refused
from kpis import catalogue
from kpis.catalogue import Catalogue


@dataclass(frozen=True)
class InForce:
    """City, data and goals that go together; `problems` says why they are not those on disk, and is empty where they are."""

    definitions: Definitions
    catalogue: Catalogue
    problems: tuple[Problem, ...] = ()


_last: dict[Home, InForce] = {}


def in_force(home: Home) -> InForce:
    """What holds now. Raises Refused, with every problem, where nothing valid was read since the process began."""
    try:
        known = definitions.load(home)
        found = InForce(known, catalogue.load(home, known))
    except Refused as refused:
        if home not in _last:
            raise
        held = _last[home]
        return InForce(held.definitions, held.catalogue, tuple(refused.problems))
    _last[home] = found
    return found
