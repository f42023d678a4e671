"""Everything wrong, and everything odd, in what a home has written down: city, data and goals."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from data.definitions import load
from data.home import Home
from data.problems import Problem, Refused
from kpis.definition_files import goal_files, read_goals
from kpis.rules import RULES, WARNINGS


@dataclass(frozen=True)
class Checked:
    """How many KPIs and places' own aims were read, and what is wrong or odd with them; warnings refuse nothing."""

    kpis: int
    own_aims: int
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


def check(home: Home, paths: Sequence[Path] = ()) -> Checked:
    """Checks the whole home, or only these files and folders of goals beside what the home defines.

    Goals lean on the city, places and indicators, so problems there come first and alone.
    """
    problems: list[Problem] = [_missing(path) for path in paths if not path.exists()]
    try:
        definitions = load(home)
    except Refused as refused:
        return Checked(0, 0, (*problems, *refused.problems), ())
    asked = _goal_files_in(home, paths)
    files = list(dict.fromkeys([*goal_files(home), *asked]))
    written = read_goals(home, definitions, files, problems)
    problems += [problem for rule in RULES for problem in rule(written)]
    warnings = [warning for rule in WARNINGS for warning in rule(written)]
    names = {home.short(path) for path in asked}
    kpis = sum(goal.document.path in names for goal in written.goals)
    own_aims = sum(own.document.path in names for own in written.own_aims)
    names |= {str(path) for path in paths}
    mine, odd = (tuple(found for found in every if found.path in names) for every in (problems, warnings))
    return Checked(kpis, own_aims, mine, odd)


def _missing(path: Path) -> Problem:
    return Problem("this file or folder is missing", "correct its name", str(path))


def _goal_files_in(home: Home, paths: Sequence[Path]) -> list[Path]:
    own = [home.city, home.places, home.indicators, home.sources]
    asked = [file for path in paths for file in (sorted(path.rglob("*.yaml")) if path.is_dir() else [path]) if path.exists()]
    return [path for path in (file.resolve() for file in asked) if path not in own] if paths else goal_files(home)
