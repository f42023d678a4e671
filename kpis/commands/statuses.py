"""what a month says: every goal's status with its reason, and every plan's truth line; a month that is closed keeps it

example: python -m kpis statuses --place my_city --month 2026-06 --json
"""

import argparse

from data.command_line import Answer
from data.definitions import load
from data.home import Home
from data.problems import Problem, Refused
from kpis.commands import arguments
from kpis.reviews.statuses import statuses

EMPTY = {"place": None, "month": None, "facts_version": None, "kpis": [], "plans": [], "missing": [], "follow_ups": {}, "concerns": {}}


def add(parser: argparse.ArgumentParser) -> None:
    """A place and a month."""
    parser.add_argument("--place", required=True, help="a place's id, as in data/places.yaml")
    parser.add_argument("--month", required=True, help="the month, as 2026-06")


def run(told: argparse.Namespace) -> Answer:
    """Judges the month; Refused where place or month do not exist."""
    home, problems = Home.here(), list[Problem]()
    month = arguments.month("--month", told.month, problems)
    problems += arguments.unknown("--place", "place", told.place, load(home).place)
    if problems or month is None:
        raise Refused(problems)
    found = statuses(home, told.place, month)
    goals = [f"{goal['status']}  {goal['id']}  {goal['reason']}" for goal in found["kpis"]]
    plans = [
        f"{plan['key']}: proved {plan['proved']}, declared {plan['declared']}, time used {plan['time_used']}" for plan in found["plans"]
    ]
    return Answer(found, "\n".join([*goals, *plans]))
