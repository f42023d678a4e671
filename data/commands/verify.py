"""verify: reads every row of the facts and of the records, and checks every checksum, the audit chain, and all that must hold

example: python -m data verify --json
"""

import argparse

from data.command_line import Answer, counted
from data.home import Home
from data.records import verification
from data.verification import verify

EMPTY = {"ok": False, "checked": []}


def add(parser: argparse.ArgumentParser) -> None:
    """It takes nothing."""


def run(_told: argparse.Namespace) -> Answer:
    """Checks the facts and the records; damage is answered with exit code 1."""
    facts, records = verify(Home.here()), verification.verify(Home.here())
    checked, problems = [*facts[0], *records[0]], [*facts[1], *records[1]]
    json = {"ok": not problems, "checked": checked, "problems": [problem.as_json() for problem in problems]}
    words = "\n".join([*checked, counted(len(problems), "problem") if problems else "everything is in order"])
    return Answer(json, words, tuple(problems), refused=bool(problems))
