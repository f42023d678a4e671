"""reopen: opens a closed month again, for a reason; what was frozen stays beside it

example: python -m data reopen --place aurora --month 2026-06 --why "The police sent a corrected series"
"""

import argparse
from datetime import UTC, datetime

from data import people
from data.command_line import Answer, month
from data.commands.close import require_place
from data.home import Home
from data.records.records import records
from data.snapshots.frozen import snapshots
from data.snapshots.reopening import reopen
from data.versions import login

EMPTY = {"snapshot": None}


def add(parser: argparse.ArgumentParser) -> None:
    """Which month, and why."""
    parser.add_argument("--place", required=True, help="a place's id, as in data/places.yaml")
    parser.add_argument("--month", required=True, type=month, help="the month to open again, as 2026-06")
    parser.add_argument("--why", metavar="WORDS", required=True, help="the reason, which is kept")


def run(told: argparse.Namespace) -> Answer:
    """Opens the month; Refused where it is not closed."""
    home = Home.here()
    require_place(home, told.place)
    held = records(home)
    actor = people.command_line(held, login(), datetime.now(UTC).date())
    number = reopen(held, actor, told.place, told.month, told.why)
    row = next(row for row in snapshots(held, told.place) if row["id"] == number)
    json = {"snapshot": row["folder"], "place": told.place, "month": str(told.month), "why": row["reopened_why"], "problems": []}
    return Answer(json, f"{told.month} of {told.place} is open again; {row['folder']} stays")
