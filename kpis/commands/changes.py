"""which goals changed their status between two months, or between two days' knowledge, and the main reason for each

example: python -m kpis changes --place my_city --from 2026-05 --to 2026-06
         python -m kpis changes --place my_city --from 2026-05 --to 2026-05 --as-known-from 2026-06-10 --json
"""

import argparse
from collections.abc import Sequence
from dataclasses import replace

from data.command_line import Answer, counted
from data.definitions import load
from data.facts import current
from data.home import Home
from data.model import say
from data.periods import written
from data.problems import NotPossibleNow, Problem, Refused
from kpis import catalogue
from kpis.commands import arguments
from kpis.moves import Move, Reading, moves
from kpis.score import Score

EMPTY = {"place": None, "from": None, "to": None, "facts_version": None, "goals": 0, "moves": []}


def add(parser: argparse.ArgumentParser) -> None:
    """A place, two months, and for each the day whose knowledge counts."""
    parser.add_argument("--place", required=True, help="a place's id, as in data/places.yaml")
    parser.add_argument("--from", required=True, dest="before", metavar="MONTH", help="the earlier month, as 2026-05")
    parser.add_argument("--to", required=True, dest="after", metavar="MONTH", help="the later month, as 2026-06; it may be the same one")
    parser.add_argument("--as-known-from", metavar="DATE", help="leave out of the earlier month what was loaded after this day")
    parser.add_argument("--as-known-to", metavar="DATE", help="leave out of the later month what was loaded after this day")


def run(told: argparse.Namespace) -> Answer:
    """Compares the two; Refused where place, month or day do not exist."""
    before, after = _readings(told)
    found, goals = moves(before, after), len(after.catalogue.kpis)
    json = {
        "place": told.place,
        "from": {"month": str(before.month), "as_known": before.as_known},
        "to": {"month": str(after.month), "as_known": after.as_known},
        "facts_version": after.facts.version,
        "goals": goals,
        "moves": [_json(move) for move in found],
    }
    return Answer(json, _words(found, goals))


def _readings(told: argparse.Namespace) -> tuple[Reading, Reading]:
    home = Home.here()
    definitions = load(home)
    goals = catalogue.load(home, definitions)
    problems: list[Problem] = arguments.unknown("--place", "place", told.place, definitions.place)
    first, last = arguments.month("--from", told.before, problems), arguments.month("--to", told.after, problems)
    known_first = arguments.day("--as-known-from", told.as_known_from, problems)
    known_last = arguments.day("--as-known-to", told.as_known_to, problems)
    if problems or first is None or last is None:
        raise Refused(problems)
    facts = current(home)
    if facts is None:
        raise NotPossibleNow("no facts are loaded yet; load a file with `python -m data ingest`")
    before = Reading(facts, goals, definitions, told.place, first, known_first)
    return before, replace(before, month=last, as_known=known_last)


def _json(move: Move) -> dict[str, object]:
    score = _either(move)
    return {
        "id": score.kpi.id,
        "from": move.before and _side(move.before),
        "to": move.after and _side(move.after),
        "why": move.why,
        "reason": str(move.reason),
    }


def _side(score: Score) -> dict[str, object]:
    return {
        "status": score.status,
        "value": score.value,
        "period": score.period and written(score.period, score.frequency),
        "due": score.due,
        "target": score.aim.target and score.aim.target.value,
    }


def _words(found: Sequence[Move], goals: int) -> str:
    said = f"{len(found)} of {counted(goals, 'goal')} moved"
    return "\n".join([*(_line(move) for move in found), said])


def _line(move: Move) -> str:
    before, after = (score.status if score else "-" for score in (move.before, move.after))
    return f"{say(_either(move).kpi.name, 'en')}: {before} -> {after}; {move.reason}"


def _either(move: Move) -> Score:
    score = move.after or move.before
    assert score is not None
    return score
