"""plan: import a plan, or a newer file of one that is there; all of it or nothing

example: python -m data plan plan.csv --dry-run
         python -m data plan board.xlsx --map board.yaml
         python -m data plan july.csv --plan mandate_2025 --why "As the council agreed in July"
"""

import argparse
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from data import definitions, people
from data.command_line import Answer, counted
from data.commands import decision
from data.home import Home
from data.located import near
from data.plan_files import gobierto_indicators
from data.plan_files.formats import FORMATS, read, read_by_map
from data.plan_files.headline import progress, statuses
from data.plan_files.kept import kept
from data.plan_files.plan_map import Said
from data.plan_files.saying import differences, said
from data.plan_files.setting import setting
from data.plans.adopting import adopt
from data.plans.deciding import Decision, require_told
from data.plans.difference import Difference
from data.plans.document import PlanDocument
from data.plans.ladder import ladders
from data.plans.renewing import compare, renew
from data.problems import N_, Problem, Refused
from data.records.records import Records, begun, records
from data.records.tables import node, plan
from data.versions import login

EMPTY: dict[str, Any] = {
    "format": None, "plan": None, "nodes": 0, "actions": 0, "milestones": 0, "levels": 0, "level_names": [], "added": 0, "changed": 0,
    "removed": 0, "progress": {"mean": None, "weighted": None, "finished_only": None}, "statuses": {}, "decision": None, "differences": [],
    "problems": [], "warnings": [],
}  # fmt: skip


def add(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("file", metavar="FILE", type=Path, help="CSV, TSV, XLSX, XLS or ODS")
    how = parser.add_mutually_exclusive_group()
    choices = ("auto", *FORMATS, gobierto_indicators.NAME)
    how.add_argument("--format", choices=choices, default="auto", help="the format of the file; without it, it is recognised")
    how.add_argument("--map", metavar="MAP.yaml", help="what the columns of any other table are")
    parser.add_argument("--plan", metavar="KEY", help="the plan that it is, or is to become; without it, what the file or its map says")
    parser.add_argument("--name", metavar="NAME", help="the name of the plan, where the file has none")
    decision.add(parser, "of a newer file: the reason of the decision that the new version names; without it, it names none")
    parser.add_argument("--dry-run", action="store_true", help="check the file, say what would change, and change nothing")


def run(told: argparse.Namespace) -> Answer:
    """Imports the plan of a file, or its newer state."""
    home, today = Home.here(), datetime.now(UTC).date()
    name = home.short(told.file).encode(errors="replace").decode()
    held = records(home) if begun(home) or not told.dry_run else None
    if told.format == gobierto_indicators.NAME:
        return _indicators(told, held, name, today)
    try:
        document = _read(told, home, held, name, today)
    except Refused:
        if told.format == "auto" and not told.map and gobierto_indicators.is_one(told.file, name):
            return _indicators(told, held, name, today)
        raise
    return _imported(told, held, document, name, today)


def _imported(told: argparse.Namespace, held: Records | None, document: PlanDocument, name: str, today: date) -> Answer:
    """Without records there is no plan yet, and a dry run makes none."""
    there, found = (None, Difference(document.nodes, (), (), document.nodes)) if held is None else compare(held, document)
    if held is not None and there is None and not told.plan:
        _require_new(held, document, name)
    decided = _decided(told, there, today)
    if held is None:
        return _answer(told, document, None, found, None)
    if not told.dry_run:
        actor = people.command_line(held, login(), today)
        if there is None:
            adopt(held, actor, document)
        else:
            found = renew(held, actor, there, document, today, decided=decided)
    return _answer(told, document, there, found, decided)


def _read(told: argparse.Namespace, home: Home, held: Records | None, name: str, today: date) -> PlanDocument:
    plan_said = Said(**{part: value for part, value in (("key", told.plan), ("name", told.name)) if value})
    known = definitions.load(home)
    around = setting(known, held, today, ladders(home))
    if told.map:
        found = read_by_map(told.file, name, around, Path(told.map), told.map, plan_said)
    else:
        found = read(told.file, name, around, told.format, plan_said)
    if found.place not in known.place:
        values = {"place": found.place, "near": near(found.place, known.place)}
        raise Refused([Problem("{place!r} is not a known place", "write {near}", told.map or name, key="place", values=values)])
    return found


def _decided(told: argparse.Namespace, there: int | None, today: date) -> Decision | None:
    """The decision that the file carries out, where one is named. Raises Refused where there is nothing to change yet, or no reason."""
    if not decision.asked(told):
        return None
    if there is None:
        hint = N_("leave --why, --reason, --decided and --day out; a newer file of it names its decision")
        raise Refused([Problem(N_("a decision changes a plan that is there, and this one is new"), hint, key="--why")])
    made = decision.decision(told, there, today)
    require_told(made)
    return made


def _require_new(held: Records, document: PlanDocument, name: str) -> None:
    """A newer file of a plan under another name would be a second plan beside it."""
    with held.read() as connection:
        rows = connection.execute(select(plan.c.key, node.c.key.label("node")).join(node, node.c.plan == plan.c.id)).all()
    keys = {entry.key for entry in document.nodes}
    shared: dict[str, int] = {}
    for row in rows:
        shared[row.key] = shared.get(row.key, 0) + (row.node in keys)
    near = max(shared, key=lambda key: shared[key], default=None)
    if near is not None and shared[near] * 2 > len(keys):
        values = {"count": shared[near], "near": near, "key": document.key}
        hint = N_("name it with --plan {near}, or with --plan {key} where it is another plan")
        raise Refused([Problem(N_("{count} of its nodes are in the plan {near}: is this a newer file of it?"), hint, name, values=values)])


def _indicators(told: argparse.Namespace, held: Records | None, name: str, today: date) -> Answer:
    if decision.asked(told):
        hint = N_("leave --why, --reason, --decided and --day out")
        raise Refused([Problem(N_("figures about a plan change nothing of it, so no decision makes them"), hint, name, key="--why")])
    if held is None:
        raise Refused([Problem(N_("there is no plan that these figures are about"), N_("import the plan first"), name)])
    found = kept(held, told.plan)
    linked = gobierto_indicators.read(told.file, name, found)
    if not told.dry_run:
        gobierto_indicators.keep(held, people.command_line(held, login(), today), found.plan["id"], linked)
    json = {**EMPTY, "format": gobierto_indicators.NAME, "plan": found.plan["key"], "nodes": linked.nodes, "rows": len(linked.file.rows)}
    words = f"{counted(len(linked.file.rows), 'row')} of figures about {counted(linked.nodes, 'node')} of the plan {found.plan['key']}."
    return Answer(json, words + (" Nothing was changed (--dry-run)." if told.dry_run else ""))


def _answer(told: argparse.Namespace, document: PlanDocument, there: int | None, found: Difference, decided: Decision | None) -> Answer:
    source = document.source or {}
    counts = statuses(document.nodes)
    json = {
        **EMPTY, "format": source.get("format"), "plan": document.key, "nodes": len(document.nodes), "actions": sum(counts.values()),
        "milestones": sum(len(entry.milestones) for entry in document.nodes), "levels": len(document.levels),
        "level_names": [level["one"] for level in document.levels], "added": len(found.added), "changed": len(found.changed),
        "removed": len(found.removed), "progress": progress(document.nodes, document.weights), "statuses": counts,
        "decision": decided.title if decided and found.moves else None,
        "differences": differences(found) if there is not None else [], "warnings": [each.as_json() for each in document.warnings],
    }  # fmt: skip
    return Answer(json, said(json, found, dry=told.dry_run, new=there is None, decided=decided is not None), document.warnings)
