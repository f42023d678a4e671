"""What a plan's money is made of, read for its pages: its budget lines, and what stands in the way of its works."""

from datetime import date

import polars as pl
from sqlalchemy import select

from data.plans.past import past
from data.plans.vocabulary import PHASES
from data.records.records import Records, as_text, frame
from data.records.tables import budget_line, node

LINE = ("id", "node", "code", "name", "year", "source", "currency", *PHASES)


def lines(records: Records, plan_id: int, day: date | None = None) -> pl.DataFrame:
    """Every budget line of a plan, in the order of its nodes: the columns of LINE; names and sources as Json text, null where unknown.

    As they stood at the end of a day, or as they stand now.
    """
    with records.read() as connection:
        then = past(connection, plan_id, day)
        held, nodes = then.of(budget_line), then.of(node)
        asked = (as_text(held.c[name]) for name in LINE)
        query = select(*asked).join(nodes, nodes.c.id == held.c.node).where(nodes.c.plan == plan_id)
        return frame(connection, query.order_by(nodes.c.position, nodes.c.id, held.c.year, held.c.code, held.c.id))


def limits(records: Records, plan_id: int, day: date | None = None) -> pl.DataFrame:
    """What stands in the way of each node that says so, at the end of a day or now: id, limits (Json text)."""
    with records.read() as connection:
        nodes = past(connection, plan_id, day).of(node)
        query = select(nodes.c.id, as_text(nodes.c.limits)).where(nodes.c.plan == plan_id, nodes.c.limits.is_not(None))
        return frame(connection, query.order_by(nodes.c.position, nodes.c.id))
