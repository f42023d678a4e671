"""every problem in every definition, with file, line and cure; and how each goal stands before the SMART gate

example: python -m kpis check
         python -m kpis check kpis/targets/my_city.yaml --json
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

from data.command_line import Answer, counted
from data.home import Home
from kpis.checking import check
from kpis.smart import LETTERS
from kpis.smart.achievable import NOT_YET
from kpis.smart.faults import Gated

EMPTY = {"ok": False, "definitions": 0, "targets": 0, "metrics": 0, "warnings": [], "widened": [], "smart": []}


def add(parser: argparse.ArgumentParser) -> None:
    """Files and folders of goals; none means the whole home."""
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="files or folders of goals; none checks the whole home")


def run(told: argparse.Namespace) -> Answer:
    """Refused where there are problems; warnings alone are fine, and so is a goal that the gate holds back."""
    found = check(Home.here(), told.paths)
    ok = not found.problems
    warnings = (*found.warnings, *found.unseen)
    json = {
        "ok": ok,
        "definitions": found.kpis,
        "targets": found.own_aims,
        "metrics": found.metrics,
        "problems": [problem.as_json() for problem in found.problems],
        "warnings": [warning.as_json() for warning in warnings],
        "widened": [wider.as_json() for wider in found.widened],
        "smart": [goal.as_json() for goal in found.smart],
    }
    warned = [f"warning: {warning}" for warning in warnings]
    faults = f"{counted(len(found.problems), 'problem')}, {counted(len(warnings), 'warning')}"
    read = f"{counted(found.kpis, 'goal')}, {counted(found.own_aims, 'target')} of places and {counted(found.metrics, 'metric')}"
    checked = f"{read} checked: {faults}"
    notes = [f"note: {wider}" for wider in found.widened]
    return Answer(json, "\n".join([*_gate(found.smart), *notes, *warned, checked]), found.problems, refused=not ok)


def _gate(smart: Sequence[Gated]) -> list[str]:
    """Each goal with its letters, then what fails; the last line counts those that may be published."""
    if not smart:
        return []
    lines = [line for goal in smart for line in _goal(goal)]
    ready = sum(goal.assessment.publishable for goal in smart)
    waiting = sum(any(found.reason and found.reason.sentence == NOT_YET for found in goal.assessment.unchecked) for goal in smart)
    cure = "compute them: `python -m kpis forecast --all`"
    ahead = [f"the chances of {counted(waiting, 'goal')} are not yet computed; {cure}"] if waiting else []
    return [*lines, f"{ready} of {counted(len(smart), 'goal')} ready to be published", *ahead, ""]


def _goal(goal: Gated) -> list[str]:
    told = goal.assessment
    scores = "  ".join("{} {}/{}".format(letter, *told.score(letter)) for letter in LETTERS)
    faults = [
        f"    {found.check.letter} {'held back' if found.check.hard else 'advice'}: {fault}"
        for found, fault in zip(told.open, goal.faults, strict=True)
    ]
    return [f"{scores}  {told.kpi.id}", *faults]
