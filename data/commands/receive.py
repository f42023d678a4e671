"""receive: takes in the closed months that cities signed and sent; each file by itself, whatever becomes of the others

example: python -m data receive aurora-2026-06.month.json bruma-2026-06.month.json
         python -m data receive aurora-2026-06.month.json --trust "3f2a 91cc 07be 5d10 88e4 6b7f c3a9 120d"
"""

import argparse
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from data import people
from data.command_line import Answer
from data.exchange.batch import Outcome, receive_all, unknown_fingerprints
from data.exchange.month_file import LARGEST
from data.home import Home
from data.problems import N_, Problem, cause
from data.records.records import records
from data.versions import login

EMPTY = {"received": []}
UNREADABLE = N_("this file cannot be read: {why}")


def add(parser: argparse.ArgumentParser) -> None:
    """Which files, and whom to trust."""
    parser.add_argument("file", metavar="FILE", type=Path, nargs="+", help="month files of any number of cities")
    parser.add_argument(
        "--trust", metavar="FINGERPRINT", action="append", default=[],
        help="trust the key of this fingerprint, which the city read to you; may be said several times",
    )  # fmt: skip


def run(told: argparse.Namespace) -> Answer:
    """Receives what it can; what is refused says why."""
    held = records(Home.here())
    actor = people.command_line(held, login(), datetime.now(UTC).date())
    files, problems = _read(told.file)
    outcomes = receive_all(held, actor, files, told.trust)
    problems += [each.problem for each in outcomes if each.problem]
    problems += unknown_fingerprints(outcomes, told.trust)
    json = {"received": [_row(each) for each in outcomes if each.done], "problems": [each.as_json() for each in problems]}
    return Answer(json, "\n".join(_said(each) for each in outcomes if each.done), tuple(problems), refused=bool(problems))


def _read(paths: Sequence[Path]) -> tuple[list[tuple[str, bytes]], list[Problem]]:
    """The beginning of each file, one byte more than a month file may have."""
    files, problems = list[tuple[str, bytes]](), list[Problem]()
    for path in paths:
        try:
            with path.open("rb") as file:
                files.append((str(path), file.read(LARGEST + 1)))
        except OSError as error:
            problems.append(Problem(UNREADABLE, N_("correct its name, or ask for it again"), str(path), values={"why": cause(error)}))
    return files, problems


def _row(each: Outcome) -> dict[str, object]:
    assert each.told
    told = each.told.content
    return {"file": each.name, "city": told.city, "month": told.month, "fingerprint": each.told.fingerprint, "done": each.done}


def _said(each: Outcome) -> str:
    assert each.told
    return f"{each.name}: {each.told.content.month} of {each.told.content.city}: {each.done}"
