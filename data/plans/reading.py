"""A plan read back: one frame for its nodes, one for what is proved of each, one for the money of each, as they stood on a day.

Everything else that is read of one action alone lies in `action.py`.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import polars as pl
from sqlalchemy import Connection, Select, Subquery, and_, case, func, or_, select

from data.plans.earlier import changes, statuses, undone
from data.plans.vocabulary import PHASES
from data.records.records import Records, as_text, frame
from data.records.tables import budget_line, evidence, milestone, node, plan, progress


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
    """A plan's nodes and what hangs on them, as they stood at the end of `day`.

    nodes       one row for each node in the document's order: the columns of NODE, `declared` and `status` as reported, and what was
                promised as decided, up to the day (earlier.py);
                what is Json in the table, such as the name, is its text here: `data.records.columns.told` reads it
    proofs      one row for each node with milestones: node, milestones, shares (their sum), proved, awaiting and done (sums of
                shares: accepted evidence; evidence that waits and none accepted; said to be done), open (milestones without accepted or
                waiting evidence that nobody says were reached), late (those of them that were due before the day), next_due (the first
                day on which one that is not proved is due, also one that has passed), planned (sum of shares due up to the day;
                null where a milestone has no day)
    money       one row for each node, currency: node, currency, lines, budget (in force: of each line the modified amount, else the
                initial) and the sum of each phase; a phase that no line has is null
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


def plans(records: Records) -> list[Plan]:
    """Every plan: mandate plans first, then by key."""
    with records.read() as connection:
        rows = connection.execute(select(plan).order_by(plan.c.kind != "mandate", plan.c.key)).mappings().all()
    return [Plan(**row) for row in rows]


def tree(records: Records, plan_id: int, day: date, *, live: bool = False) -> Tree:
    """One plan as it stood at the end of a day, all of it from one state of the records; `live`: what was written since counts too."""
    with records.read() as connection:
        found = Plan(**connection.execute(select(plan).where(plan.c.id == plan_id)).mappings().one())
        nodes = _nodes(connection, plan_id, None if live else day)
        return Tree(found, day, nodes, frame(connection, _proofs(plan_id, day, live=live)), frame(connection, _money(plan_id)))


def moment_after(day: date) -> datetime:
    """The first moment that is no longer of the day."""
    return datetime.combine(day + timedelta(days=1), time(), UTC)


def _nodes(connection: Connection, plan_id: int, day: date | None) -> pl.DataFrame:
    columns = (as_text(node.c[name]) for name in NODE)
    nodes = frame(connection, select(*columns).where(node.c.plan == plan_id).order_by(node.c.position, node.c.id))
    if day is None:
        return nodes
    reported, decided = frame(connection, _reported(plan_id, day)), changes(connection, plan_id)
    if decided:
        nodes = undone(nodes, decided, day)
    if reported.is_empty() and not decided:
        return nodes
    return _as_of(nodes, reported, statuses(decided, day), day)


def _reported(plan_id: int, day: date) -> Select[*tuple[Any, ...]]:
    """Of each node the reports for the last day up to `day` that has any; where none has, for the first day after it."""
    up_to, after = (func.max(case((progress.c.day <= day, progress.c.day))), func.min(case((progress.c.day > day, progress.c.day))))
    chosen = (
        select(progress.c.node, func.coalesce(up_to, after).label("day"))
        .join(node, node.c.id == progress.c.node).where(node.c.plan == plan_id).group_by(progress.c.node)
    ).subquery()  # fmt: skip
    told = (progress.c.node, progress.c.day, progress.c.declared, progress.c.status, progress.c.was_declared, progress.c.was_status)
    that_day = and_(progress.c.node == chosen.c.node, progress.c.day == chosen.c.day)
    return select(*told).join(chosen, that_day).order_by(progress.c.id)


def _as_of(nodes: pl.DataFrame, reported: pl.DataFrame, decided: pl.DataFrame, day: date) -> pl.DataFrame:
    """Nodes with what was last reported or decided up to the day; before the first of them, what held then.

    A decision goes before a report for the same day. `reported` in the order of writing, `decided` as `earlier.statuses` gives it.
    """
    before = reported.filter(pl.col("day") <= day).group_by("node").agg(pl.col("declared", "status", "day").last())
    after = reported.filter(pl.col("day") > day).group_by("node").agg(pl.col("was_declared", "was_status", "day").first())
    after = after.rename({"was_declared": "declared", "was_status": "status", "day": "next"}).join(before, on="node", how="anti")
    known = pl.concat([before, after], how="diagonal").rename({"node": "id"}).with_columns(told=pl.lit(value=True))
    joined = nodes.join(known, on="id", how="left", suffix="_then", maintain_order="left")
    joined = joined.join(decided, on="id", how="left", maintain_order="left")
    status = (
        pl.when(pl.col("decided_on") >= pl.col("day").fill_null(pl.col("decided_on"))).then("decided")
        .when(pl.col("day").is_not_null()).then("status_then")
        .when(pl.col("decided_next") <= pl.col("next").fill_null(pl.col("decided_next"))).then("undecided")
        .when("told").then("status_then")
        .otherwise("status")
    )  # fmt: skip
    declared = pl.when("told").then("declared_then").otherwise("declared")
    return joined.with_columns(status=status, declared=declared).select(nodes.columns)


def _proofs(plan_id: int, day: date, *, live: bool) -> Select[*tuple[Any, ...]]:
    """The milestones of each node, each with its evidence."""
    until, after = (date.max, datetime.max.replace(tzinfo=UTC)) if live else (day, moment_after(day))
    judged = _judged(after)
    accepted, waiting = func.coalesce(judged.c.accepted, 0), func.coalesce(judged.c.waits, 0)
    share, open_due = milestone.c.share, case((accepted == 0, milestone.c.due))
    due_share = case((milestone.c.due <= day, share), else_=0.0)
    unsaid = and_(accepted == 0, waiting == 0, or_(milestone.c.done_on.is_(None), milestone.c.done_on > until))
    return (
        select(
            milestone.c.node, func.count().label("milestones"), func.sum(share).label("shares"),
            func.sum(share * accepted).label("proved"), func.sum(share * (1 - accepted) * waiting).label("awaiting"),
            func.sum(case((milestone.c.done_on <= until, share), else_=0.0)).label("done"),
            func.sum(case((unsaid, 1), else_=0)).label("open"),
            func.sum(case((and_(unsaid, milestone.c.due < day), 1), else_=0)).label("late"),
            func.min(open_due).label("next_due"),
            case((func.count() == func.count(milestone.c.due), func.sum(due_share))).label("planned"),
        )
        .join(node, node.c.id == milestone.c.node).outerjoin(judged, judged.c.milestone == milestone.c.id)
        .where(node.c.plan == plan_id).group_by(milestone.c.node)
    )  # fmt: skip


def _judged(after: datetime) -> Subquery:
    """For each milestone with evidence, so that one with two papers counts once: whether some is accepted before, and some waits."""
    accepted = and_(evidence.c.state == "accepted", evidence.c.judged_at < after)
    waits = and_(evidence.c.brought_at < after, or_(evidence.c.judged_at.is_(None), evidence.c.judged_at >= after))
    either = (func.max(case((held, 1), else_=0)).label(name) for name, held in {"accepted": accepted, "waits": waits}.items())
    return select(evidence.c.milestone, *either).group_by(evidence.c.milestone).subquery()


def _money(plan_id: int) -> Select[*tuple[Any, ...]]:
    in_force = func.sum(func.coalesce(budget_line.c.modified, budget_line.c.initial)).label("budget")
    sums = (in_force, *(func.sum(budget_line.c[phase]).label(phase) for phase in PHASES))
    return (
        select(budget_line.c.node, budget_line.c.currency, func.count().label("lines"), *sums)
        .join(node, node.c.id == budget_line.c.node).where(node.c.plan == plan_id)
        .group_by(budget_line.c.node, budget_line.c.currency).order_by(budget_line.c.node, budget_line.c.currency)
    )  # fmt: skip
