"""loads: every load that is held, newest first: who brought it, when it became known, what it changed; then those that were undone

example: python -m data loads --json
"""

import argparse
from dataclasses import asdict

from data.command_line import Answer
from data.facts import current
from data.home import Home
from data.loads import Load
from data.undone import undone_loads


def add(parser: argparse.ArgumentParser) -> None:
    """It takes nothing."""


def run(_told: argparse.Namespace) -> Answer:
    """Lists the loads of the version in force, and those that were undone."""
    home = Home.here()
    facts = current(home)
    loads = facts.loads() if facts else []
    undone = undone_loads(home, loads)
    lines = [*map(_line, loads), *(f"{_line(load)}  undone {load.undone_at:%Y-%m-%d %H:%M} UTC" for load in undone)]
    json = {"loads": [asdict(load) for load in loads], "undone": [asdict(load) for load in undone]}
    return Answer(json, "\n".join(lines) or "nothing is loaded yet")


def _line(load: Load) -> str:
    counts = f"{load.rows_new:,} new, {load.rows_unchanged:,} unchanged, {load.rows_revised:,} revised"
    return f"{load.number:>5}  {load.known_on}  {load.source}: {', '.join(load.files)}  {counts}  by {load.by}  {load.id}"
