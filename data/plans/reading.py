"""A plan read back: one frame for its nodes, one for what is proved of each, one for the money of each, as they stood on a day (past.py).

Everything else that is read of one action alone lies in `action.py`.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl
from sqlalchemy import Select, and_, case, func, select

from data.plans.earlier import by_decision, changes, settled, statuses
from data.plans.judged import judged
from data.plans.past import Past, past
from data.plans.vocabulary import PHASES
from data.records.records import Records, as_text, frame
from data.records.tables import budget_line, milestone, node, plan, progress


@dataclass(frozen=True)
class Plan:
    """A plan without its nodes; columns as in data/records/tables.py."""

    id: int
    key: str
    name: Any
    kind: str
    place: str
    starts: date | None
    ends: date | None
    levels: list[dict[str, Any]]
    weights: str
    number: int
    source: dict[str, Any] | None
    version: int


@dataclass(frozen=True, eq=False)
class Tree:
    """A plan and what hangs on it, as it stood at the end of `day`: what was written down later is not in it.

    nodes       one row for each node in the document's order: the columns of NODE, `declared` and `status` as reported, and what was
                promised as decided, up to the day, also where somebody wrote that down later (earlier.py);
                what is Json in the table, such as the name, is its text here: `data.records.columns.told` reads it
    proofs      one row for each node with milestones: node, milestones, shares (their sum), proved, awaiting and done (sums of
                shares: accepted evidence; evidence that waits and none accepted; said to be done), open (milestones that nothing
                shows, also those said to be done: judged.py), late (those of them that were due before the day), next_due (the first
                day on which one that is not proved is due, also one that has passed), planned (sum of shares due up to the day;
                null where a milestone has no day)
    money       one row for each node, currency: node, currency, lines, budget (in force: of each line the modified amount, else the
                initial), cost (of each line the accrued amount, else the paid) and the sum of each phase; what no line has is null
    """

    plan: Plan
    day: date
    nodes: pl.DataFrame
    proofs: pl.DataFrame
    money: pl.DataFrame


NODE = (
    "id", "parent", "level", "position", "key", "name", "area", "owner", "ladder", "status", "status_text", "status_reason", "declared",
    "starts", "ends", "first_starts", "first_ends", "place", "latitude", "longitude", "work", "sdg", "goals", "weight", "beneficiaries",
    "left_out", "participation", "pdca", "pilot", "version",
)  # fmt: skip
"""Columns of a node that lists and sums need; descriptions and imported cells are read for one action at a time."""


def plans(records: Records, day: date | None = None) -> list[Plan]:
    """Every plan: mandate plans first, then by key; each as it stood at the end of a day, or as it stands now."""
    with records.read() as connection:
        ids = connection.execute(select(plan.c.id).order_by(plan.c.kind != "mandate", plan.c.key)).scalars().all()
        return [_plan(past(connection, number, day), number) for number in ids]


def tree(records: Records, plan_id: int, day: date, *, live: bool = False) -> Tree:
    """One plan as it stood at the end of a day, all of it from one state of the records; `live`: what was written since counts too."""
    with records.read() as connection:
        then = past(connection, plan_id, None if live else day)
        nodes, money = _nodes(then, plan_id), frame(connection, _money(then, plan_id))
        return Tree(_plan(then, plan_id), day, nodes, frame(connection, _proofs(then, plan_id, day)), money)


def _plan(then: Past, plan_id: int) -> Plan:
    held = then.of(plan)
    row = then.connection.execute(select(held).where(held.c.id == plan_id)).mappings().one()
    return Plan(**settled(dict(row), [] if then.moment is None else changes(then.connection, plan_id), then))


def _nodes(then: Past, plan_id: int) -> pl.DataFrame:
    held = then.of(node)
    columns = (as_text(held.c[name]) for name in NODE)
    nodes = frame(then.connection, select(*columns).where(held.c.plan == plan_id).order_by(held.c.position, held.c.id))
    if then.moment is None:
        return nodes
    reported, decided = frame(then.connection, _reported(plan_id, then.until)), changes(then.connection, plan_id)
    if decided:
        nodes = by_decision(nodes, decided, then)
    if reported.is_empty() and not decided:
        return nodes
    return _as_of(nodes, reported, statuses(decided, then.until), then.until)


def _reported(plan_id: int, day: date) -> Select[*tuple[Any, ...]]:
    """Of each node the reports for the last day up to `day` that has any; where none has, for the first day after it."""
    up_to, after = (func.max(case((progress.c.day <= day, progress.c.day))), func.min(case((progress.c.day > day, progress.c.day))))
    chosen = (
        select(progress.c.node, func.coalesce(up_to, after).label("day"))
        .join(node, node.c.id == progress.c.node).where(node.c.plan == plan_id).group_by(progress.c.node)
    ).subquery()  # fmt: skip
    told = (
        progress.c.node,
        progress.c.day,
        progress.c.at,
        progress.c.declared,
        progress.c.status,
        progress.c.was_declared,
        progress.c.was_status,
    )
    that_day = and_(progress.c.node == chosen.c.node, progress.c.day == chosen.c.day)
    return select(*told).join(chosen, that_day).order_by(progress.c.id)


def _as_of(nodes: pl.DataFrame, reported: pl.DataFrame, decided: pl.DataFrame, day: date) -> pl.DataFrame:
    """Nodes with what was last reported or decided up to the day; before the first of them, what held then.

    A decision goes before a report for the same day; of the first two that come for one later day, the one that was written first says
    what held before. `reported` in the order of writing, `decided` as `earlier.statuses` gives it.
    """
    before = reported.filter(pl.col("day") <= day).group_by("node").agg(pl.col("declared", "status", "day").last())
    after = reported.filter(pl.col("day") > day).group_by("node").agg(pl.col("was_declared", "was_status", "day", "at").first())
    names = {"was_declared": "declared", "was_status": "status", "day": "next", "at": "next_at"}
    after = after.rename(names).join(before, on="node", how="anti")
    known = pl.concat([before, after], how="diagonal").rename({"node": "id"}).with_columns(told=pl.lit(value=True))
    joined = nodes.join(known, on="id", how="left", suffix="_then", maintain_order="left")
    joined = joined.join(decided, on="id", how="left", maintain_order="left")
    same_day = (pl.col("decided_next") == pl.col("next")) & (pl.col("decided_at") <= pl.col("next_at"))
    first = pl.col("next").is_null() | (pl.col("decided_next") < pl.col("next")) | same_day
    status = (
        pl.when(pl.col("decided_on") >= pl.col("day").fill_null(pl.col("decided_on"))).then("decided")
        .when(pl.col("day").is_not_null()).then("status_then")
        .when(pl.col("decided_next").is_not_null() & first).then("undecided")
        .when("told").then("status_then")
        .otherwise("status")
    )  # fmt: skip
    declared = pl.when("told").then("declared_then").otherwise("declared")
    return joined.with_columns(status=status, declared=declared).select(nodes.columns)


def _proofs(then: Past, plan_id: int, day: date) -> Select[*tuple[Any, ...]]:
    """The milestones of each node, each with its evidence."""
    steps, papers = then.of(milestone), judged(then, day)
    accepted, waiting = func.coalesce(papers.c.accepted, 0), func.coalesce(papers.c.waits, 0)
    share, open_due = steps.c.share, case((accepted == 0, steps.c.due))
    due_share = case((steps.c.due <= day, share), else_=0.0)
    unshown = func.coalesce(papers.c.shown, 0) == 0
    return (
        select(
            steps.c.node, func.count().label("milestones"), func.sum(share).label("shares"),
            func.sum(share * accepted).label("proved"), func.sum(share * (1 - accepted) * waiting).label("awaiting"),
            func.sum(case((steps.c.done_on <= then.until, share), else_=0.0)).label("done"),
            func.sum(case((unshown, 1), else_=0)).label("open"),
            func.sum(case((and_(unshown, steps.c.due < day), 1), else_=0)).label("late"),
            func.min(open_due).label("next_due"),
            case((func.count() == func.count(steps.c.due), func.sum(due_share))).label("planned"),
        )
        .join(node, node.c.id == steps.c.node).outerjoin(papers, papers.c.milestone == steps.c.id)
        .where(node.c.plan == plan_id).group_by(steps.c.node)
    )  # fmt: skip


def _money(then: Past, plan_id: int) -> Select[*tuple[Any, ...]]:
    lines = then.of(budget_line)
    in_force, cost = func.coalesce(lines.c.modified, lines.c.initial), func.coalesce(lines.c.accrued, lines.c.paid)
    sums = {"budget": in_force, "cost": cost, **{phase: lines.c[phase] for phase in PHASES}}
    return (
        select(lines.c.node, lines.c.currency, func.count().label("lines"), *(func.sum(each).label(name) for name, each in sums.items()))
        .join(node, node.c.id == lines.c.node).where(node.c.plan == plan_id)
        .group_by(lines.c.node, lines.c.currency).order_by(lines.c.node, lines.c.currency)
    )  # fmt: skip
