"""verify: reads every row of every version, and checks every checksum, everything that must hold of the rows, and the folder

example: python -m data verify --json
"""

import argparse

from data.command_line import Answer, counted
from data.home import Home
from data.verification import verify

EMPTY = {"ok": False, "checked": []}


def add(parser: argparse.ArgumentParser) -> None:
    """It takes nothing."""


def run(_told: argparse.Namespace) -> Answer:
    """Checks the facts; a damaged file is answered with exit code 1."""
    checked, problems = verify(Home.here())
    json = {"ok": not problems, "checked": checked, "problems": [problem.as_json() for problem in problems]}
    words = "\n".join([*checked, counted(len(problems), "problem") if problems else "everything is in order"])
    return Answer(json, words, tuple(problems), refused=bool(problems))
