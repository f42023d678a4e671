"""How plans stand to one another: an annual plan implements the mandate plan, a district's is part of it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import or_, select

from data.access import Actor
from data.plans.objects import PLAN
from data.plans.past import past
from data.plans.vocabulary import LINKS
from data.problems import N_, Problem, Refused
from data.records.records import Records
from data.records.tables import node, plan, plan_link
from data.records.writing import FIRST


@dataclass(frozen=True)
class Link:
    """`plan` stands to `other` as `kind` says: it implements it, is part of it, is aligned with it, continues it. Ids, keys and names."""

    id: int
    kind: str
    plan: int
    plan_key: str
    plan_name: Any
    other: int
    other_key: str
    other_name: Any


def link(records: Records, actor: Actor, plan_id: int, other_id: int, kind: str, at: datetime | None = None) -> int:
    """Say how a plan stands to another; returns the link's id. Raises Refused, NotAllowed, Gone."""
    if kind not in LINKS:
        values = {"found": kind, "known": ", ".join(LINKS)}
        raise Refused([Problem(N_("{found} is no kind of link"), N_("write one of: {known}"), values=values)])
    if plan_id == other_id:
        raise Refused([Problem(N_("a plan cannot be linked to itself"), N_("name another plan"))])
    with records.write(actor, at) as write:
        write.doing("change_plan", PLAN)
        for number in (plan_id, other_id):
            write.row(plan, number)
        same = (plan_link.c.plan == plan_id, plan_link.c.other == other_id, plan_link.c.kind == kind)
        if write.connection.execute(select(plan_link.c.id).where(*same)).first():
            raise Refused([Problem(N_("these plans are linked like this already"), N_("nothing is left to do"))])
        return write.insert(plan_link, plan=plan_id, other=other_id, kind=kind)


def unlink(records: Records, actor: Actor, link_id: int, at: datetime | None = None) -> None:
    """Take a link back. Raises NotAllowed, Gone."""
    with records.write(actor, at) as write:
        write.doing("change_plan", PLAN)
        write.delete(plan_link, link_id, FIRST)


def servable(records: Records, plan_id: int) -> list[dict[str, Any]]:
    """Nodes that those of a plan may serve: of the plans that it is linked with, or of all others where it is linked with none.

    Each with its id, key, name and plan_name, in the order of their plans.
    """
    there = {other for found in links(records, plan_id) for other in (found.plan, found.other)} - {plan_id}
    query = select(node.c.id, node.c.key, node.c.name, plan.c.name.label("plan_name")).join(plan, plan.c.id == node.c.plan)
    chosen = node.c.plan.in_(there) if there else node.c.plan != plan_id
    with records.read() as connection:
        found = connection.execute(query.where(chosen).order_by(plan.c.key, node.c.position, node.c.id)).mappings()
        return [dict(row) for row in found]


def links(records: Records, plan_id: int, day: date | None = None) -> list[Link]:
    """The links of a plan at the end of a day or now, those from it first, then those to it."""
    with records.read() as connection:
        then = past(connection, plan_id, day)
        here, there, held = then.of(plan).alias("here"), then.of(plan).alias("there"), then.of(plan_link)
        query = (
            select(held.c.id, held.c.kind, here.c.id, here.c.key, here.c.name, there.c.id, there.c.key, there.c.name)
            .join(here, here.c.id == held.c.plan).join(there, there.c.id == held.c.other)
            .where(or_(held.c.plan == plan_id, held.c.other == plan_id))
            .order_by(held.c.plan != plan_id, held.c.id)
        )  # fmt: skip
        return [Link(*row) for row in connection.execute(query)]
