"""Evidence that waits for somebody outside the owning area: the queue of whoever judges it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from data.access import ALLOWED, Actor, may
from data.people import actor, roles
from data.plans.objects import of_node
from data.records.records import Records
from data.records.tables import evidence, milestone, node, person, plan

Row = dict[str, Any]


def waiting(records: Records, actor: Actor) -> list[Row]:
    """What this person may judge, as `queue` gives it."""
    return [row for row in queue(records) if may_judge(actor, row, row)]


def queue(records: Records) -> list[Row]:
    """Whatever waits, the longest waiting first.

    The columns of `evidence`, and of what it is about: step (name of the milestone), share, node, node_name, area, owner, plan,
    plan_name, place (of the plan), brought_by_name.
    """
    told = (
        milestone.c.name.label("step"), milestone.c.share, milestone.c.node, node.c.name.label("node_name"), node.c.area,
        node.c.owner, node.c.plan, plan.c.name.label("plan_name"), plan.c.place, person.c.name.label("brought_by_name"),
    )  # fmt: skip
    query = (
        select(evidence, *told)
        .join(milestone, milestone.c.id == evidence.c.milestone).join(node, node.c.id == milestone.c.node)
        .join(plan, plan.c.id == node.c.plan).join(person, person.c.id == evidence.c.brought_by)
        .where(evidence.c.state == "awaiting").order_by(evidence.c.brought_at, evidence.c.id)
    )  # fmt: skip
    with records.read() as connection:
        return [dict(row) for row in connection.execute(query).mappings()]


def judges(records: Records, day: date) -> list[Actor]:
    """Everybody who may judge evidence of some area on a day, in the order of their ids."""
    able = ALLOWED["judge_evidence"][0]
    return [actor(records, number, day) for number, held in sorted(roles(records).items()) if any(each.role in able for each in held)]


def who_judges(judges: Sequence[Actor], piece: Mapping[str, Any], action: Mapping[str, Any]) -> list[Actor]:
    """Who is to judge a piece of evidence: the reviewers who may; where no reviewer may, whoever else may."""
    able = [person for person in judges if may_judge(person, piece, action)]
    return [person for person in able if any(held.role == "reviewer" for held in person.roles)] or able


def may_judge(actor: Actor, piece: Mapping[str, Any], action: Mapping[str, Any]) -> bool:
    """Whether this person may judge a piece of evidence about an action, by its area and owner: never what they brought themselves."""
    return may(actor, "judge_evidence", of_node(action)) and piece["brought_by"] != actor.person
