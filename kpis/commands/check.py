"""every problem in every definition, with file, line and cure

example: python -m kpis check
         python -m kpis check kpis/targets/my_city.yaml --json
"""

import argparse
from pathlib import Path

from data.command_line import Answer, counted
from data.home import Home
from kpis.checking import check

EMPTY = {"ok": False, "definitions": 0, "targets": 0, "warnings": []}


def add(parser: argparse.ArgumentParser) -> None:
    """Files and folders of goals; none means the whole home."""
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="files or folders of goals; none checks the whole home")


def run(told: argparse.Namespace) -> Answer:
    """Refused where there are problems; warnings alone are fine."""
    found = check(Home.here(), told.paths)
    ok = not found.problems
    json = {
        "ok": ok,
        "definitions": found.kpis,
        "targets": found.own_aims,
        "problems": [problem.as_json() for problem in found.problems],
        "warnings": [warning.as_json() for warning in found.warnings],
    }
    warned = [f"warning: {warning}" for warning in found.warnings]
    faults = f"{counted(len(found.problems), 'problem')}, {counted(len(warned), 'warning')}"
    checked = f"{counted(found.kpis, 'goal')} and {counted(found.own_aims, 'target')} of places checked: {faults}"
    return Answer(json, "\n".join([*warned, checked]), found.problems, refused=not ok)
