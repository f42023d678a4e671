"""loads: every load that is held, newest first: who brought it, when it became known, what it changed

example: python -m data loads --json
"""

import argparse
from dataclasses import asdict

from data.command_line import Answer
from data.facts import current
from data.home import Home
from data.loads import Load


def add(parser: argparse.ArgumentParser) -> None:
    """It takes nothing."""


def run(_told: argparse.Namespace) -> Answer:
    """Lists the loads of the version in force."""
    facts = current(Home.here())
    loads = facts.loads() if facts else []
    return Answer({"loads": [asdict(load) for load in loads]}, "\n".join(map(_line, loads)) or "nothing is loaded yet")


def _line(load: Load) -> str:
    counts = f"{load.rows_new:,} new, {load.rows_unchanged:,} unchanged, {load.rows_revised:,} revised"
    return f"{load.number:>5}  {load.known_on}  {load.source}: {', '.join(load.files)}  {counts}  by {load.by}  {load.id}"
