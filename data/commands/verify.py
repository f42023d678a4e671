"""verify: reads every row of facts and records, and checks every checksum, the audit chain, closed months, and all that must hold

example: python -m data verify --json
"""

import argparse

from data.command_line import Answer, counted
from data.home import Home
from data.records import verification
from data.snapshots.checking import verify as closed_months
from data.verification import verify

EMPTY = {"ok": False, "checked": []}


def add(parser: argparse.ArgumentParser) -> None:
    """It takes nothing."""


def run(_told: argparse.Namespace) -> Answer:
    """Checks the facts, the records and the closed months; damage is answered with exit code 1."""
    parts = [room(Home.here()) for room in (verify, verification.verify, closed_months)]
    checked, problems = [line for said, _ in parts for line in said], [problem for _, found in parts for problem in found]
    json = {"ok": not problems, "checked": checked, "problems": [problem.as_json() for problem in problems]}
    words = "\n".join([*checked, counted(len(problems), "problem") if problems else "everything is in order"])
    return Answer(json, words, tuple(problems), refused=bool(problems))
