"""close: closes a place's month: what it shows is frozen, and every later page and report of it shows it as it was

example: python -m data close --place aurora --month 2026-06
         python -m data close --place aurora --month 2026-06 --accept "The police values come with the next bulletin"
"""

import argparse
from datetime import UTC, datetime

from data import people
from data.command_line import Answer, month
from data.definitions import load
from data.home import Home
from data.located import near
from data.problems import Problem, Refused
from data.records.records import records
from data.snapshots.freezing import freeze
from data.snapshots.frozen import snapshots
from data.versions import login

EMPTY = {"snapshot": None}


def add(parser: argparse.ArgumentParser) -> None:
    """Which month, and why without what is missing."""
    parser.add_argument("--place", required=True, help="a place's id, as in data/places.yaml")
    parser.add_argument("--month", required=True, type=month, help="the month to close, as 2026-06")
    parser.add_argument("--accept", metavar="WHY", help="close it although values are missing, for this reason, which is kept")


def run(told: argparse.Namespace) -> Answer:
    """Closes the month; Refused where it is closed already, or values are missing and nobody accepts that."""
    home = Home.here()
    require_place(home, told.place)
    held = records(home)
    actor = people.command_line(held, login(), datetime.now(UTC).date())
    number = freeze(home, held, actor, told.place, told.month, accepted=told.accept)
    row = next(row for row in snapshots(held, told.place) if row["id"] == number)
    json = {"snapshot": row["folder"], "place": told.place, "month": str(told.month), "facts_version": row["facts_version"]}
    json |= {"missing": row["missing"], "accepted": row["accepted"]}
    return Answer({**json, "problems": []}, f"{told.month} of {told.place} is closed: {row['folder']}")


def require_place(home: Home, place: str) -> None:
    """Raises Refused where no place has this id."""
    known = list(load(home).place)
    if place not in known:
        values = {"place": place, "near": near(place, known)}
        raise Refused([Problem("{place!r} is not a known place", "write {near}", key="--place", values=values)])
