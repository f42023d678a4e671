"""Which area owns what is written about: asked of the row itself, in the transaction that is going to change it."""

from collections.abc import Mapping
from typing import Any

from data.access import Object
from data.problems import N_, Problem, Refused
from data.records.tables import evidence, milestone, node, plan
from data.records.writing import Row, Write

PLAN = Object("plan")


def of_node(row: Mapping[str, Any]) -> Object:
    return Object("node", row["area"], row["owner"])


def node_of(write: Write, milestone_id: int) -> Row:
    """The action that a milestone belongs to. Raises Gone."""
    return write.row(node, write.row(milestone, milestone_id)["node"])


def milestone_of(write: Write, evidence_id: int) -> tuple[Row, Row]:
    """A piece of evidence and the action that it is about. Raises Gone."""
    found = write.row(evidence, evidence_id)
    return found, node_of(write, found["milestone"])


def require_in_plan(write: Write, node_id: int | None, plan_id: int) -> None:
    """What is said of a plan names a node of that plan, or none. Raises Refused, Gone."""
    if node_id is not None and write.row(node, node_id)["plan"] != write.row(plan, plan_id)["id"]:
        raise Refused([Problem(N_("this action is part of another plan"), N_("name one of this plan"))])


def part(row: Row, names: tuple[str, ...]) -> dict[str, Any]:
    """Some columns of a row."""
    return {name: row[name] for name in names}
