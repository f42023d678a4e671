"""rollback: back to the version before the one in force; with LOAD, takes out that one load and keeps the later ones

examples: python -m data rollback
          python -m data rollback 12     (the number or the id that `python -m data loads` shows)
"""

import argparse

from data import definitions
from data.command_line import Answer
from data.facts import current
from data.home import Home
from data.loads import Load
from data.problems import Problem, Refused
from data.rollback import rollback
from data.undone import undo

EMPTY = {"facts_version": None}


def add(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("load", nargs="?", metavar="LOAD", help="number or id of the one load to take out")


def run(told: argparse.Namespace) -> Answer:
    """Undoes the last change of the facts, or one load."""
    home = Home.here()
    if told.load is not None:
        return _without(home, told.load)
    undone = rollback(home)
    now = _nothing(undone.left) if undone.facts_version is None else f"version {undone.facts_version} is in force"
    json = {"facts_version": undone.facts_version, "undone": [load.id for load in undone.loads]}
    return Answer(json, _words(undone.loads, now))


def _without(home: Home, name: str) -> Answer:
    facts = current(home)
    chosen = [load for load in (facts.loads() if facts else []) if name in (load.id, str(load.number))]
    if not chosen:
        raise Refused([Problem("{name!r} is not a load that is held", "`python -m data loads` lists them", values={"name": name})])
    number = undo(home, definitions.load(home), chosen[0])
    now = f"version {number} is in force"
    if (left := current(home)) is None or not left.loads():
        now += ", and nothing is loaded any more: the pages are empty. `python -m data rollback` brings the load back."
    return Answer({"facts_version": number, "undone": [chosen[0].id]}, _words(chosen, now))


def _words(loads: list[Load] | tuple[Load, ...], now: str) -> str:
    undone = "; ".join(f"{load.source}: {', '.join(load.files)} ({load.known_on}, by {load.by})" for load in loads)
    return f"undone: {undone or 'no load'}\n{now}"


def _nothing(left: int | None) -> str:
    """Nothing is in force now, so that `rollback` itself cannot lead back; a backup of what is kept can."""
    said = (
        "nothing is loaded any more: the pages are empty.\n"
        "`python -m data restore DIR` puts a backup in force; `python -m data ingest` loads the files again."
    )
    if left is None:
        return said
    return (
        f"{said}\nVersion {left}, which was left, is still kept: `python -m data backup DIR --kept`, "
        f"then `python -m data restore DIR --version {left}`, puts it in force again."
    )
