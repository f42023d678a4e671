"""people: who works with the plan: people, their roles, and the posts they hold, from a file; all of it or nothing

example: python -m data people people.csv
         python -m data people
"""

import argparse
from datetime import UTC, datetime
from pathlib import Path

from data import definitions, people, people_file
from data.command_line import Answer
from data.home import Home
from data.records.records import begun, records
from data.versions import login

EMPTY = {"people": [], "posts": [], "added": 0, "changed": 0, "problems": []}


def add(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("file", metavar="FILE", type=Path, nargs="?", help="CSV, TSV, XLSX, XLS or ODS; without it, lists who is there")


def run(told: argparse.Namespace) -> Answer:
    """Keeps the people of a file, and says who there is."""
    home, today = Home.here(), datetime.now(UTC).date()
    done = people_file.Done()
    if told.file is not None:
        name = home.short(told.file).encode(errors="replace").decode()
        entries = people_file.read(told.file, name, tuple(definitions.load(home).city.areas))
        held = records(home)
        done = people_file.keep(held, people.command_line(held, login(), today), entries, name, today)
    elif not begun(home):
        return Answer(EMPTY, "Nobody is known yet.")
    held = records(home)
    who = [_person(people.actor(held, row["id"], today), row["email"]) for row in people.people(held)]
    holds = [{"post": _name(post.name), "area": post.area, "holder": post.holder} for post in people.posts(held, today)]
    json = {**EMPTY, "people": who, "posts": holds, "added": done.people, "changed": done.changed + done.holdings + done.posts}
    return Answer(json, _listed(who, holds) if told.file is None else _said(done))


def _person(actor: people.Actor, email: str | None) -> dict[str, object]:
    roles = sorted(f"{role.role} ({role.area})" if role.area else role.role for role in actor.roles)
    return {"person": actor.name, "email": email, "roles": roles}


def _name(name: people.Words) -> str:
    return name if isinstance(name, str) else next(iter(name.values()))


def _said(done: people_file.Done) -> str:
    return f"Added: people {done.people}, posts {done.posts}. Changed: people {done.changed}. Posts taken or left: {done.holdings}."


def _listed(who: list[dict[str, object]], holds: list[dict[str, str | None]]) -> str:
    lines = [f"{row['person']}: {', '.join(map(str, row['roles'])) or 'no role'}" for row in who]  # type: ignore[arg-type]
    return "\n".join([*lines, *(f"{row['post']} ({row['area'] or 'no area'}): {row['holder'] or 'nobody'}" for row in holds)])
