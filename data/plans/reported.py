"""What an area last said of each of its actions, and what it said before: read for those who report the next."""

from collections.abc import Collection, Mapping

from sqlalchemy import select

from data.plans.comparing import Held, Values
from data.records.records import Records, as_text
from data.records.tables import node
from data.records.trail import AT_ONCE, at_versions


def held(records: Records, plan_id: int, area: str) -> dict[int, Held]:
    """The actions of an area as they are now, by id, in the order of the document; what has something below it is no action."""
    below = node.alias()
    is_action = ~select(below.c.id).where(below.c.parent == node.c.id).exists()
    columns = (node.c.id, node.c.version, node.c.key, as_text(node.c.name), node.c.declared, node.c.status, node.c.status_reason)
    query = select(*columns).where(node.c.plan == plan_id, node.c.area == area, is_action).order_by(node.c.position, node.c.id)
    with records.read() as connection:
        rows = connection.execute(query).all()
    return {row.id: Held(row.id, row.version, row.key, row.name, Values(row.declared, row.status, None, row.status_reason)) for row in rows}


def as_it_was(records: Records, versions: Mapping[int, int]) -> dict[int, Values]:
    """What actions said at a version, by id; without those that never had it."""
    known = at_versions(records, node.name, versions)
    return {row: Values(was["declared"], was["status"], None, was["status_reason"]) for row, was in known.items()}


def areas(records: Records, ids: Collection[int]) -> dict[int, str | None]:
    """The area of each of some nodes, by id; without those that are not there."""
    asked = list(ids)
    found: dict[int, str | None] = {}
    with records.read() as connection:
        for start in range(0, len(asked), AT_ONCE):
            query = select(node.c.id, node.c.area).where(node.c.id.in_(asked[start : start + AT_ONCE]))
            found |= {row.id: row.area for row in connection.execute(query)}
    return found
