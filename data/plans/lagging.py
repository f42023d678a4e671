"""What the actions of a plan have not shown by a day: the stages that were missed, and when each was last reported."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl
from sqlalchemy import Select, func, select

from data.plans.judged import judged
from data.plans.past import Past, past
from data.records.records import Records, as_text, frame
from data.records.tables import milestone, node, progress


@dataclass(frozen=True, eq=False)
class Lagging:
    """Of every node of a plan; texts in several languages are Json text.

    stages     node, name, due: milestones that were due before the day, that nothing shows (judged.py), as many as `late` counts in
               Tree.proofs (reading.py)
    reports    node, day: the last day for which it was reported
    """

    stages: pl.DataFrame
    reports: pl.DataFrame


def lagging(records: Records, plan_id: int, day: date, *, live: bool = False) -> Lagging:
    """All of it from one state of the records, as it stood at the end of a day; `live`: what was written since counts too."""
    with records.read() as connection:
        then = past(connection, plan_id, None if live else day)
        return Lagging(frame(connection, _stages(then, plan_id, day)), frame(connection, _reports(then, plan_id)))


def _stages(then: Past, plan_id: int, day: date) -> Select[*tuple[Any, ...]]:
    steps, papers, nodes = then.of(milestone), judged(then, day), then.of(node)
    shown = select(papers.c.milestone).where(papers.c.shown == 1)
    query = select(steps.c.node, as_text(steps.c.name), steps.c.due).join(nodes, nodes.c.id == steps.c.node)
    missed = query.where(nodes.c.plan == plan_id, steps.c.due < day, steps.c.id.not_in(shown))
    return missed.order_by(steps.c.due, steps.c.id)


def _reports(then: Past, plan_id: int) -> Select[*tuple[Any, ...]]:
    query = select(progress.c.node, func.max(progress.c.day).label("day")).join(node, node.c.id == progress.c.node)
    return query.where(node.c.plan == plan_id, progress.c.day <= then.until).group_by(progress.c.node)
