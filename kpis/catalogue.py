"""Every goal of a home, found by its id, with what each place wants of it."""

from collections.abc import Hashable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from data.definitions import Definitions, stamp
from data.home import Home
from data.problems import Problem, Refused
from kpis.definition import Aim, Kpi
from kpis.definition_files import goal_files, merged, read_goals
from kpis.rules import RULES


@dataclass(frozen=True, eq=False)
class Catalogue:
    """The KPIs in file and line order. One reading is one object: caches go by it."""

    kpis: tuple[Kpi, ...]
    own_aims: dict[tuple[str, str], Aim]

    @cached_property
    def kpi(self) -> dict[str, Kpi]:
        return {kpi.id: kpi for kpi in self.kpis}

    def aim(self, kpi: str, place: str) -> Aim:
        """What a place wants of a KPI: each part that the place gives itself, and the KPI's own for the rest."""
        return merged(self.kpi[kpi], self.own_aims.get((kpi, place)))


def load(home: Home, definitions: Definitions) -> Catalogue:
    """The home's goals, read again only when a file has changed. Raises Refused with every problem of every file."""
    files = tuple(goal_files(home))
    return _load(home, definitions, files, stamp(*files))


@lru_cache(maxsize=4)
def _load(home: Home, definitions: Definitions, files: tuple[Path, ...], _stamp: tuple[Hashable, ...]) -> Catalogue:
    problems: list[Problem] = []
    written = read_goals(home, definitions, files, problems)
    for rule in RULES:
        problems += rule(written)
    if problems:
        raise Refused(problems)
    kpis = tuple(goal.kpi for goal in written.goals)
    return Catalogue(kpis, {(own.kpi, own.place): own.aim for own in written.own_aims})
