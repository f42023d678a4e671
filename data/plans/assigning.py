"""Who answers for actions, and the stages by which they are proved: given to many at once, by one decision.

A plan that comes from another system often has percentages alone. Without stages nothing of it can be proved, and without an area there is
nobody outside it who could accept what shows them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from data.access import Actor
from data.plans.deciding import Decision, next_version, require_told
from data.plans.ladder import Ladder
from data.plans.objects import PLAN
from data.problems import N_, Problem, Refused
from data.records.records import Records
from data.records.tables import decision, milestone, node
from data.records.writing import Row, Write


@dataclass(frozen=True)
class Assignment:
    """What one action gets: an area, a post, the stages of a ladder, days by the id of their stage. `line` is the row that says so."""

    node: int
    area: str | None = None
    owner: int | None = None
    ladder: Ladder | None = None
    due: Mapping[str, date] = field(default_factory=dict)
    line: int | None = None


def assign(records: Records, actor: Actor, told: Decision, wanted: Sequence[Assignment], at: datetime | None = None) -> int:
    """Record a decision and give by it what is wanted, all of it or nothing; returns how many actions changed.

    Raises Refused with every problem: stages that are there already, a part of the plan, a stage that is not there; NotAllowed, Gone.
    """
    require_told(told)
    with records.write(actor, at) as write:
        write.doing("change_plan", PLAN)
        parents = set(write.connection.execute(select(node.c.parent).where(node.c.plan == told.plan)).scalars())
        steps = _steps(write, told.plan)
        problems = [problem for each in wanted for problem in _problems(write, each, parents, steps.get(each.node, []))]
        if problems:
            raise Refused(problems)
        moved = [change for each in wanted for change in _give(write, each, steps.get(each.node, []))]
        if moved:
            next_version(write, told.plan, write.insert(decision, **vars(told)), moved)
        return len({change["node"] for change in moved})


def _steps(write: Write, plan_id: int) -> dict[int, list[Row]]:
    query = select(milestone).join(node, node.c.id == milestone.c.node).where(node.c.plan == plan_id).order_by(milestone.c.position)
    found: dict[int, list[Row]] = {}
    for row in write.connection.execute(query).mappings():
        found.setdefault(row["node"], []).append(dict(row))
    return found


def _problems(write: Write, each: Assignment, parents: set[int | None], steps: list[Row]) -> list[Problem]:
    key = write.row(node, each.node)["key"]
    if each.node in parents and (each.ladder or each.due):
        return [_problem(each, key, N_("{key} is a part of the plan, and stages are of actions"), N_("name the actions below it"))]
    if each.ladder and steps:
        return [_problem(each, key, N_("{key} has stages already"), N_("give their days alone, without a commitment type"))]
    known = [stage.id for stage in each.ladder.stages] if each.ladder else [row["stage"] for row in steps if row["stage"]]
    hint = N_("its stages are: {known}")
    return [
        _problem(each, key, N_("{key} has no stage {stage}"), hint, stage=stage, known=", ".join(known) or "-")
        for stage in each.due
        if stage not in known
    ]


def _give(write: Write, each: Assignment, steps: list[Row]) -> list[dict[str, Any]]:
    now = write.row(node, each.node)
    told = {"area": each.area, "owner": each.owner, "ladder": each.ladder.id if each.ladder else None}
    fields = {name: value for name, value in told.items() if value is not None and value != now[name]}
    if fields:
        write.update(node, each.node, now["version"], **fields)
    said = fields | ({"ladder": each.ladder.id} if each.ladder else {})  # also where the type was known, and its stages were not
    moved: list[dict[str, Any]] = [{"node": each.node, "field": name, "was": now[name], "is": value} for name, value in said.items()]
    if each.ladder:
        _begin(write, each.node, each.ladder, each.due)
        return moved
    return moved + _days(write, each, steps)


def _begin(write: Write, action: int, ladder: Ladder, due: Mapping[str, date]) -> None:
    """The stages of the ladder; no change of their own, because they follow from the commitment type."""
    rows = [
        {"node": action, "position": number, "name": stage.name, "stage": stage.id, "share": stage.share, "needs": stage.needs,
         "due": due.get(stage.id)}
        for number, stage in enumerate(ladder.stages)
    ]  # fmt: skip
    write.insert_all(milestone, rows)


def _days(write: Write, each: Assignment, steps: list[Row]) -> list[dict[str, Any]]:
    moved: list[dict[str, Any]] = []
    for row in steps:
        due = each.due.get(row["stage"], row["due"])
        if due != row["due"]:
            write.update(milestone, row["id"], row["version"], due=due)
            was = row["due"].isoformat() if row["due"] else None
            moved.append({"node": each.node, "field": "stage_due", "stage": row["stage"], "was": was, "is": due.isoformat()})
    return moved


def _problem(each: Assignment, key: str, message: str, hint: str, **values: object) -> Problem:
    return Problem(message, hint, line=each.line, key=key, values={"key": key, **values})
