"""plan-assign: gives actions an area, an owner, the stages of a commitment type and their days, from a table and by a decision

example: python -m data plan-assign actions.csv --plan mandate_2025 --why "Who answers, and how it is proved"
"""

import argparse
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import select

from data import definitions, people
from data.command_line import Answer, counted
from data.commands import decision
from data.home import Home
from data.ingest.names import Register
from data.plan_files import assignments
from data.plan_files.setting import setting
from data.plans.assigning import assign
from data.plans.ladder import ladders
from data.plans.reading import plans
from data.problems import N_, Problem, Refused
from data.records.records import Records, begun, records
from data.records.tables import node
from data.versions import login

EMPTY = {"plan": None, "actions": 0, "problems": []}


def add(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("file", metavar="FILE", type=Path, help="CSV, TSV, XLSX, XLS or ODS")
    parser.add_argument("--plan", metavar="KEY", required=True, help="the plan")
    decision.add(parser, "the reason of the decision", needed=True)


def run(told: argparse.Namespace) -> Answer:
    """Gives the actions of a file what it says."""
    home, today = Home.here(), datetime.now(UTC).date()
    name = home.short(told.file).encode(errors="replace").decode()
    held = records(home) if begun(home) else None
    found = {plan.key: plan for plan in plans(held)} if held else {}
    if held is None or told.plan not in found:
        values = {"key": told.plan, "known": ", ".join(found) or "-"}
        raise Refused([Problem(N_("there is no plan {key}"), N_("the plans are {known}"), key="--plan", values=values)])
    plan = found[told.plan]
    wanted = assignments.read(told.file, name, _known(home, held, plan.id, today))
    try:
        changed = assign(held, people.command_line(held, login(), today), decision.decision(told, plan.id, today), wanted)
    except Refused as refused:
        raise Refused([replace(problem, path=name) for problem in refused.problems]) from None
    return Answer({**EMPTY, "plan": plan.key, "actions": changed}, f"{counted(changed, 'action')} of {plan.key} changed.")


def _known(home: Home, held: Records, plan_id: int, today: date) -> assignments.Known:
    around = setting(definitions.load(home), held, today)
    with held.read() as connection:
        keys = {row.key: row.id for row in connection.execute(select(node.c.key, node.c.id).where(node.c.plan == plan_id))}
    return assignments.Known(keys, Register("area", around.areas, {}), around.posts, ladders(home))
