"""the places most like one by their context (residents, income, rain ...), never by how well they do, with the reason for each

example: python -m kpis peers --place villa_quimera
         python -m kpis peers --place villa_quimera --n 5 --json
"""

import argparse
from collections.abc import Mapping
from typing import Any

from data import definitions as definition_files
from data.command_line import Answer
from data.definitions import Definitions
from data.facts import current
from data.home import Home
from data.model import say
from data.problems import Problem, Refused
from kpis.commands import arguments
from kpis.peers.choosing import FIFTEEN, nearest
from kpis.peers.neighbours import Neighbours

EMPTY: dict[str, Any] = {"place": None, "variables": [], "peers": [], "method": None, "stability": {}, "left_out": [], "not_used": []}


def add(parser: argparse.ArgumentParser) -> None:
    """A place, and how many."""
    parser.add_argument("--place", required=True, metavar="P", help="the place whose peers are asked for; of a district, other districts")
    parser.add_argument("--n", type=int, default=FIFTEEN, metavar="N", help=f"how many; {FIFTEEN} unless it is said")


def run(told: argparse.Namespace) -> Answer:
    """Refused where the place is not known, or nothing tells what it is like."""
    home = Home.here()
    found = definition_files.load(home)
    problems = arguments.unknown("--place", "place", told.place, found.place)
    if told.n < 1:
        problems.append(Problem("{count} peers cannot be chosen", "ask for 1 or more", key="--n", values={"count": told.n}))
    if problems:
        raise Refused(problems)
    facts = current(home) if any(trait.indicator for trait in found.traits) else None
    chosen = nearest(found, facts, told.place, count=told.n)
    return Answer(as_json(chosen), _said(chosen, found))


def as_json(found: Neighbours) -> dict[str, Any]:
    """The keys of the command."""
    peers = [
        {
            "place": each.place,
            "distance": each.distance,
            "reason": str(each.reason),
            "like": list(each.like),
            "unlike": list(each.unlike),
        }
        for each in found.nearest
    ]
    return {
        "place": found.place,
        "variables": list(found.variables),
        "peers": peers,
        "method": found.method,
        "stability": dict(found.stability),
        "left_out": list(found.left_out),
        "not_used": list(found.not_used),
    }


def _said(found: Neighbours, definitions: Definitions) -> str:
    names: Mapping[str, str] = {each.id: say(each.name, "en") for each in definitions.places}
    lines = [f"{each.distance:.2f}  {names[each.place]}: {each.reason}" for each in found.nearest]
    lines += [f"left out, too little is known of it: {names[place]}" for place in found.left_out]
    lines += [f"not used, unknown of it or the same everywhere: {variable}" for variable in found.not_used]
    least = min(found.stability.items(), key=lambda item: item[1], default=None)
    if least is not None:
        lines.append(f"{least[1]:.0%} of them at the least stay when one variable is left out ({least[0]})")
    return "\n".join(lines)
