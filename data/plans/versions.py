"""The versions that a plan went through, each with the decision that made it; one without a decision was made by a file that names none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from data.plans.past import past
from data.records.records import Records
from data.records.tables import decision, node, person, plan, plan_version
from data.records.writing import Write


@dataclass(frozen=True)
class Version:
    """A plan's version. The first has no decision, nor has one that a newer file made without naming one.

    `changes` are {node, field, was, is}, without a node where the whole plan was changed; `names` are the names of the nodes by id.
    """

    number: int
    at: datetime
    person: str
    day: date | None
    title: Any
    body: Any
    why: Any
    changes: list[dict[str, Any]]
    names: dict[int, Any]


def add_version(write: Write, plan_id: int, changes: Sequence[Mapping[str, Any]], decision_id: int | None = None) -> None:
    """The plan's next version. Raises Gone."""
    now = write.row(plan, plan_id)
    write.update(plan, plan_id, now["version"], number=now["number"] + 1)
    told = {"plan": plan_id, "number": now["number"] + 1, "decision": decision_id, "person": write.actor.person, "at": write.at}
    write.insert(plan_version, **told, changes=list(changes))


def versions(records: Records, plan_id: int, day: date | None = None) -> list[Version]:
    """Every version of a plan, the latest first: those that were in force by the end of a day, or all."""
    decided = (decision.c.day, decision.c.title, decision.c.body, decision.c.why)
    with records.read() as connection:
        then = past(connection, plan_id, day)
        query = (
            select(plan_version.c.number, plan_version.c.at, person.c.name, *decided, plan_version.c.changes)
            .join(person, person.c.id == plan_version.c.person).outerjoin(decision, decision.c.id == plan_version.c.decision)
            .where(plan_version.c.plan == plan_id, then.version_held()).order_by(plan_version.c.number.desc())
        )  # fmt: skip
        rows, nodes = connection.execute(query).all(), then.of(node)
        moved = {change["node"] for row in rows for change in row[-1]} - {None}
        named = connection.execute(select(nodes.c.id, nodes.c.name).where(nodes.c.id.in_(moved)))
        names: dict[int, Any] = {row.id: row.name for row in named}
    return [Version(*tuple(row), names={each["node"]: names.get(each["node"]) for each in row[-1]}) for row in rows]
