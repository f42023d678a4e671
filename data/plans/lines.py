"""What a plan's money is made of, read for its pages: its budget lines, and what stands in the way of its works."""

import polars as pl
from sqlalchemy import select

from data.plans.vocabulary import PHASES
from data.records.records import Records, as_text
from data.records.tables import budget_line, node

LINE = ("id", "node", "code", "name", "year", "source", "currency", *PHASES)


def lines(records: Records, plan_id: int) -> pl.DataFrame:
    """Every budget line of a plan, in the order of its nodes: the columns of LINE; names and sources as Json text, null where unknown."""
    asked = (as_text(budget_line.c[name]) for name in LINE)
    return records.frame(
        select(*asked)
        .join(node, node.c.id == budget_line.c.node)
        .where(node.c.plan == plan_id)
        .order_by(node.c.position, node.c.id, budget_line.c.year, budget_line.c.code, budget_line.c.id)
    )


def limits(records: Records, plan_id: int) -> pl.DataFrame:
    """What stands in the way of each node that says so: id, limits (Json text)."""
    asked = (node.c.id, as_text(node.c.limits))
    return records.frame(select(*asked).where(node.c.plan == plan_id, node.c.limits.is_not(None)).order_by(node.c.position, node.c.id))
