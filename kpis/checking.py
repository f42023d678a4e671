"""Everything wrong, and everything odd, in what a home has written down: city, data and goals."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from data.definitions import Definitions, load
from data.facts import Facts, current
from data.home import Home
from data.plans import ladder
from data.problems import N_, NotPossibleNow, Problem, Refused
from kpis.appraisals import reading as appraisals
from kpis.baselines import unlike_their_series, without_a_reason
from kpis.definition_files import Written, goal_files, read_goals
from kpis.foresight import register
from kpis.impact import studies
from kpis.index import indices
from kpis.rules import WARNINGS, broken
from kpis.smart.faults import Gated, gated
from kpis.widths import widened

UNSEEN = N_("no facts are loaded: {baselines} baselines were not held against their series, and no goal is ready to be published")


@dataclass(frozen=True)
class Checked:
    """How many KPIs, places' own aims and metrics were read, and what is wrong or odd with them; warnings refuse nothing.

    `smart` is how the city's own goals stand before the SMART gate, and `widened` says whose bands are wider than they were written;
    both are empty where there are problems, which come first. `unseen` says what was not looked at because no facts are loaded.
    """

    kpis: int
    own_aims: int
    metrics: int
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    smart: tuple[Gated, ...] = ()
    widened: tuple[Problem, ...] = ()
    unseen: tuple[Problem, ...] = ()


def check(home: Home, paths: Sequence[Path] = ()) -> Checked:
    """Checks the whole home, or only these files and folders of goals beside what the home defines.

    Goals lean on the city, places and indicators, so problems there come first and alone.
    """
    problems: list[Problem] = [_missing(path) for path in paths if not path.exists()]
    try:
        definitions = load(home)
    except Refused as refused:
        return Checked(0, 0, 0, (*problems, *refused.problems), ())
    asked = _goal_files_in(home, paths)
    files = list(dict.fromkeys([*goal_files(home), *asked]))
    written = read_goals(home, definitions, files, problems)
    facts = _facts(home)
    problems += [*faults(written, facts), *register.problems(home, definitions), *ladder.problems(home)]
    problems += appraisals.problems(home, definitions)
    wrong, odd_ones = _of_studies(home, definitions)
    problems += [*wrong, *_of_indices(home, definitions)]
    warnings = [*(warning for rule in WARNINGS for warning in rule(written)), *odd_ones]
    read = {home.short(path) for path in asked}
    goals, aims, metrics = (sum(one.document.path in read for one in every) for every in (written.goals, written.own_aims, written.metrics))
    names = read | _named(home, paths)
    mine, odd = (tuple(found for found in every if found.path in names) for every in (problems, warnings))
    checked = Checked(goals, aims, metrics, mine, odd)
    return checked if problems else _looked_at(checked, written, names, facts, home)


def _looked_at(checked: Checked, written: Written, names: set[str], facts: Facts | None, home: Home) -> Checked:
    """What is said of definitions that hold: whose bands are widened, and how they stand before the gate."""
    told = [(found, proved) for found, proved in widened(written, facts) if found.path in names]
    if flawed := tuple(found for found, proved in told if not proved):
        return replace(checked, problems=flawed)
    smart, unseen = gated(written, names, facts, home), () if facts else _unseen(written, names)
    return replace(checked, smart=smart, widened=tuple(found for found, _ in told), unseen=unseen)


def faults(written: Written, facts: Facts | None) -> list[Problem]:
    """What is wrong with goals that could be read: by the rules, and beside the facts where some are loaded."""
    return [*broken(written), *(unlike_their_series(written, facts) if facts else [])]


def _of_studies(home: Home, definitions: Definitions) -> tuple[Sequence[Problem], Sequence[Problem]]:
    """What is wrong and what is odd with the home's studies, once its goals hold; their figures are looked at where they are estimated."""
    try:
        found = studies.read(home, definitions)
    except Refused:
        return (), ()
    if not found.written:
        return found.problems, ()
    from kpis.impact.registered import unregistered  # The records take as long to import as all of the check, and few homes have studies.

    return found.problems, unregistered(home, found, definitions)


def _of_indices(home: Home, definitions: Definitions) -> Sequence[Problem]:
    """What is wrong with the home's indices, once its goals hold; their figures are looked at where they are reckoned."""
    try:
        return indices.read(home, definitions).problems
    except Refused:
        return ()


def _beside_goals(home: Home) -> list[Path]:
    """The files of a home that are read with its goals, whatever was asked for, and are none themselves."""
    return [home.trends, home.ladders, *appraisals.files(home), *studies.files(home), *indices.files(home)]


def _named(home: Home, paths: Sequence[Path]) -> set[str]:
    """What was asked for by name, as problems name it; trends and ladders are part of the home and of the folder they lie in."""
    own = [path for path in _beside_goals(home) if not paths or any(path.is_relative_to(asked.resolve()) for asked in paths)]
    return {str(path) for path in paths} | {home.short(path) for path in own}


def _facts(home: Home) -> Facts | None:
    """What is loaded; nothing where it cannot be read now, for definitions can be checked all the same."""
    try:
        return current(home)
    except NotPossibleNow:
        return None


def _unseen(written: Written, names: set[str]) -> tuple[Problem, ...]:
    baselines = sum(goal.document.path in names for goal in without_a_reason(written))
    hint = N_("load them and check again: `python -m data ingest FILE`")
    return (Problem(UNSEEN, hint, values={"baselines": baselines}),) if baselines else ()


def _missing(path: Path) -> Problem:
    return Problem("this file or folder is missing", "correct its name", str(path))


def _goal_files_in(home: Home, paths: Sequence[Path]) -> list[Path]:
    own = [home.city, home.places, home.indicators, home.sources, *_beside_goals(home)]
    asked = [file for path in paths for file in (sorted(path.rglob("*.yaml")) if path.is_dir() else [path]) if path.exists()]
    return [path for path in (file.resolve() for file in asked) if path not in own] if paths else goal_files(home)
